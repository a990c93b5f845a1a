//! What operations can reach, and whether that is too much.

use std::collections::{BTreeMap, BTreeSet};

use super::flatten::{Flat, flatten};
use super::shape::{Alternative, Shape, decisive, shape};
use super::{told, unions};
use crate::api::{Additional, Api, LostNode, SchemaId, Schemas};
use crate::diagnostic::{Code, Problem};

/// Properties, alternatives and parts of `allOf` that all types may be made of: some ten times those of the
/// largest public documents.
const MOST_PARTS: usize = 400_000;
/// Bytes of descriptions of the properties of all types, each time that they are written.
const MOST_WORDS: usize = 8 << 20;
/// What helps against a client that is too large.
pub(super) const WAY_OUT: &str =
    "make a client of some of the operations (`only`), or refer to what is shared";

/// Schemas that named shapes can be reached from.
#[derive(Default)]
pub(super) struct Reach {
    pub(super) seen: BTreeSet<SchemaId>,
    pub(super) types: BTreeSet<SchemaId>,
    /// What each schema without a name holds.
    pub(super) held: BTreeMap<SchemaId, Vec<SchemaId>>,
    pub(super) losses: Vec<LostNode>,
    parts: usize,
    words: usize,
    pub(super) too_much: Option<Problem>,
}

impl Reach {
    pub(super) fn visit(&mut self, api: &Api, id: SchemaId) {
        let schemas = &api.schemas;
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let id = decisive(schemas, id);
            if !self.seen.insert(id) {
                continue;
            }
            let shape = shape(schemas, id);
            if shape.is_named() {
                self.types.insert(id);
            }
            self.count(schemas, id, &shape);
            if self.too_much.is_some() {
                return;
            }
            match shape {
                Shape::List(inner) | Shape::Map(inner) => {
                    waiting.extend(self.hold(schemas, id, inner.as_slice()));
                }
                Shape::Tuple(items) => waiting.extend(self.hold(schemas, id, &items)),
                Shape::Struct(flat) => {
                    self.losses.extend(told::of_struct(schemas, id, &flat));
                    waiting.extend(flat.each_property().map(|(_, id)| *id));
                    if let Additional::Schema(values) = flat.additional {
                        waiting.push(values);
                    }
                }
                Shape::Union(alternatives) => {
                    self.losses.extend(unions::losses(api, id, &alternatives));
                    waiting.extend(schemas.get(id).base);
                    for alternative in alternatives {
                        match alternative {
                            Alternative::Schema(id) => waiting.push(id),
                            Alternative::Type(..) => waiting.extend(items_of(schemas, id)),
                        }
                    }
                }
                Shape::Any(Some(why)) => self.losses.push(as_any(schemas, id, why)),
                _ => {}
            }
        }
    }

    /// Counts what a type is made of, and notes where that is too much.
    fn count(&mut self, schemas: &Schemas, id: SchemaId, shape: &Shape) {
        self.parts += parts(schemas, shape);
        self.words += words(schemas, shape);
        let message = match (self.parts > MOST_PARTS, self.words > MOST_WORDS) {
            (true, _) => format!("more than {MOST_PARTS} parts"),
            (_, true) => format!("more than {MOST_WORDS} bytes of descriptions"),
            _ => return,
        };
        let message = format!("with this one the types of the client have {message}");
        let problem = Problem::at(Code::Limit, &*schemas.get(id).pointer, message);
        self.too_much = Some(problem.help(WAY_OUT));
    }

    /// Notes what a schema without a name holds, and gives that.
    fn hold(&mut self, schemas: &Schemas, id: SchemaId, held: &[SchemaId]) -> Vec<SchemaId> {
        let held: Vec<SchemaId> = held.iter().map(|part| decisive(schemas, *part)).collect();
        self.held.insert(id, held.clone());
        held
    }
}

/// What a shape is made of, as much as it takes to find that out: an alternative is looked at with all that it is
/// made of each time that it is listed.
fn parts(schemas: &Schemas, shape: &Shape) -> usize {
    let of_flat = |flat: &Flat<'_>| flat.parts + flat.each_property().count();
    let of_alternative = |one: &Alternative| match one {
        Alternative::Schema(id) => {
            let flat = flatten(schemas, decisive(schemas, *id));
            1 + of_flat(&flat) + flat.alternatives.len()
        }
        Alternative::Type(..) => 1,
    };
    match shape {
        Shape::Struct(flat) => of_flat(flat),
        Shape::Union(alternatives) => alternatives.iter().map(of_alternative).sum(),
        Shape::StringEnum(values) => values.len(),
        _ => 1,
    }
}

/// The bytes of the descriptions of its properties.
fn words(schemas: &Schemas, shape: &Shape) -> usize {
    let Shape::Struct(flat) = shape else { return 0 };
    let of = |id: SchemaId| schemas.get(id).description.as_ref().map(String::len);
    let properties = flat.each_property();
    properties
        .map(|(_, id)| {
            of(*id)
                .or_else(|| of(schemas.target(*id)))
                .unwrap_or_default()
        })
        .sum()
}

/// What values of a schema with several `type`s hold, as far as these have types.
fn items_of(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    let flat = flatten(schemas, id);
    let values = match flat.additional {
        Additional::Schema(values) => Some(values),
        _ => None,
    };
    flat.items.into_iter().chain(flat.prefix).chain(values)
}

pub(super) fn as_any(schemas: &Schemas, id: SchemaId, why: &str) -> LostNode {
    LostNode::new(
        &*schemas.get(id).pointer,
        format!("{why}: read as any JSON value"),
    )
}
