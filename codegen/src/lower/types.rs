//! Types from schemas.

use std::collections::{BTreeSet, HashMap};

use super::case::upper_camel;
use super::docs;
use super::fields::of_struct;
use super::flatten::flatten;
use super::module::{StructDef, TypeDef, TypeKind, Variant};
use super::names::unique;
use super::plan::Plan;
use super::reach::WAY_OUT;
use super::shape::{Shape, shape};
use super::{unions, views};
use crate::api::{Api, SchemaId};
use crate::diagnostic::{Code, Problem, Problems};

/// Bytes that the words, fields and variants of all types may come to: some three times those of the largest
/// public documents.
const MOST: usize = 16 << 20;

/// All types, in the order of their names, but those of one operation at its place.
///
/// A description is written at each place that refers to its schema, and a property in each type that takes it
/// by `allOf`: what a document says once can come to more than anybody compiles.
pub(super) fn lower(api: &Api, plan: &Plan) -> Result<Vec<TypeDef>, Problems> {
    let operations = api.operations.iter().enumerate();
    let operations: HashMap<&str, usize> = operations
        .rev()
        .map(|(index, operation)| (operation.pointer.as_str(), index))
        .collect();
    let mut types: Vec<TypeDef> = Vec::with_capacity(plan.types.len());
    let mut size = 0;
    for (id, name) in &plan.types {
        let owner = owner(&operations, &api.schemas.get(*id).pointer);
        let ty = one(api, plan, *id, name, owner);
        size += weight(&ty);
        if size > MOST {
            let message =
                format!("with this one the types of the client have more than {MOST} bytes");
            let problem = Problem::at(Code::Limit, &*api.schemas.get(*id).pointer, message);
            return Err(vec![problem.help(WAY_OUT)]);
        }
        types.push(ty);
    }
    types.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(types)
}

/// About the bytes of a type in the client, whatever it holds.
fn weight(ty: &TypeDef) -> usize {
    let parts: usize = match &ty.kind {
        TypeKind::Struct(of) => {
            let fields = of.fields.iter();
            fields
                .map(|field| 2 * field.docs.len() + field.wire.len() + 4 * field.name.len() + 100)
                .sum()
        }
        TypeKind::StringEnum(variants) => {
            let variants = variants.iter();
            variants
                .map(|one| 3 * (one.name.len() + one.value.len()) + 20)
                .sum()
        }
        TypeKind::Union(of) => of.variants.iter().map(|one| 3 * one.name.len() + 200).sum(),
    };
    ty.docs.len() + parts + 200
}

/// The operation that a schema stands in.
fn owner(operations: &HashMap<&str, usize>, pointer: &str) -> Option<usize> {
    let ends = pointer.char_indices().filter(|(_, sign)| *sign == '/');
    ends.filter_map(|(end, _)| operations.get(&pointer[..end]))
        .min()
        .copied()
}

fn one(api: &Api, plan: &Plan, id: SchemaId, name: &str, owner: Option<usize>) -> TypeDef {
    let schema = api.schemas.get(id);
    let pointer = views::place_of(schema);
    let kind = match shape(&api.schemas, id) {
        Shape::StringEnum(values) => TypeKind::StringEnum(variants(&values)),
        Shape::Union(alternatives) => TypeKind::Union(unions::lower(api, plan, id, &alternatives)),
        Shape::Struct(flat) => TypeKind::Struct(StructDef {
            fields: of_struct(api, plan, &flat, &pointer),
            constructor: plan.requests.contains(&id),
        }),
        // Only what has a name comes here; anything else would be a struct without fields.
        _ => TypeKind::Struct(StructDef {
            fields: of_struct(api, plan, &flatten(&api.schemas, id), &pointer),
            constructor: plan.requests.contains(&id),
        }),
    };
    let method = owner.map(|index| plan.operations[index].method.as_str());
    let union = schema
        .is_base_part
        .then(|| base_of(api, plan, id))
        .flatten();
    TypeDef {
        name: name.to_owned(),
        docs: match union {
            Some(union) => docs::of_base(union),
            None => docs::of_type(&api.schemas, id, name, method),
        },
        derives: Vec::new(),
        checks: Vec::new(),
        example: schema.examples.first().cloned().map(Box::new),
        kind,
        owner,
        features: Vec::new(),
        pointer,
    }
}

/// The type of the base that a schema is a part of.
fn base_of<'a>(api: &Api, plan: &'a Plan, part: SchemaId) -> Option<&'a str> {
    let mut types = plan.types.iter();
    let (_, name) = types.find(|(id, _)| api.schemas.get(**id).base == Some(part))?;
    Some(name)
}

fn variants(values: &[String]) -> Vec<Variant> {
    let names = unique(
        values.iter().map(String::as_str),
        |value| upper_camel(value, "Value"),
        &["Unknown"],
        "",
    );
    let mut seen = BTreeSet::new();
    let new = values.iter().filter(|value| seen.insert(value.as_str()));
    let variants = new.map(|value| Variant {
        name: names[value.as_str()].clone(),
        value: value.clone(),
    });
    let mut variants: Vec<Variant> = variants.collect();
    variants.shrink_to_fit();
    variants
}
