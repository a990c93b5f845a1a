//! Types from schemas.

use std::collections::HashMap;

use super::case::upper_camel;
use super::docs;
use super::fields::of_struct;
use super::flatten::flatten;
use super::module::{StructDef, TypeDef, TypeKind, Variant};
use super::names::unique;
use super::plan::Plan;
use super::shape::{Shape, shape};
use super::{unions, views};
use crate::api::{Api, SchemaId};

/// All types, in the order of their names, but those of one operation at its place.
pub(super) fn lower(api: &Api, plan: &Plan) -> Vec<TypeDef> {
    let operations = api.operations.iter().enumerate();
    let operations: HashMap<&str, usize> = operations
        .rev()
        .map(|(index, operation)| (operation.pointer.as_str(), index))
        .collect();
    let mut types: Vec<TypeDef> = plan
        .types
        .iter()
        .map(|(id, name)| {
            let owner = owner(&operations, &api.schemas.get(*id).pointer);
            one(api, plan, *id, name, owner)
        })
        .collect();
    types.sort_by(|one, other| one.name.cmp(&other.name));
    types
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
    let pointer = views::in_document(&schema.pointer);
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
        example: schema.examples.first().cloned(),
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
    let mut variants: Vec<Variant> = Vec::new();
    for value in values {
        let variant = Variant {
            name: names[value.as_str()].clone(),
            value: value.clone(),
        };
        if !variants.iter().any(|known| known.value == variant.value) {
            variants.push(variant);
        }
    }
    variants
}
