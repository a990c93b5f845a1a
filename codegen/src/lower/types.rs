//! Types from schemas.

use super::case::upper_camel;
use super::docs;
use super::fields::{item_of, of_struct, type_of};
use super::flatten::flatten;
use super::module::{StructDef, TypeDef, TypeKind, TypeRef, UnionVariant, Variant};
use super::names::unique;
use super::plan::Plan;
use super::shape::{Alternative, Shape, decisive, of_type, shape};
use crate::api::{Api, SchemaId, SimpleType};

/// All types, in the order of their names, but those of one operation at its place.
pub(super) fn lower(api: &Api, plan: &Plan) -> Vec<TypeDef> {
    let mut types: Vec<TypeDef> = plan
        .types
        .iter()
        .map(|(id, name)| one(api, plan, *id, name))
        .collect();
    types.sort_by(|one, other| one.name.cmp(&other.name));
    types
}

fn one(api: &Api, plan: &Plan, id: SchemaId, name: &str) -> TypeDef {
    let schema = api.schemas.get(id);
    let kind = match shape(&api.schemas, id) {
        Shape::StringEnum(values) => TypeKind::StringEnum(variants(&values)),
        Shape::Union(alternatives) => TypeKind::Union(union(api, plan, &alternatives)),
        _ => TypeKind::Struct(StructDef {
            fields: of_struct(api, plan, &flatten(&api.schemas, id)),
            constructor: plan.requests.contains(&id),
        }),
    };
    let owner = api.operations.iter().position(|operation| {
        schema
            .pointer
            .starts_with(&format!("{}/", operation.pointer))
    });
    TypeDef {
        name: name.to_owned(),
        docs: docs::of_type(
            &api.schemas,
            id,
            name,
            owner.map(|index| plan.operations[index].method.as_str()),
        ),
        example: schema.examples.first().cloned(),
        kind,
        owner,
    }
}

fn variants(values: &[String]) -> Vec<Variant> {
    let names = unique(
        values.iter().map(String::as_str),
        |value| upper_camel(value, "Value"),
        &["Unknown"],
    );
    let mut variants: Vec<Variant> = Vec::new();
    for value in values {
        let variant = Variant {
            name: names[value.as_str()].replace('_', ""),
            value: value.clone(),
        };
        if !variants.iter().any(|known| known.value == variant.value) {
            variants.push(variant);
        }
    }
    variants
}

fn union(api: &Api, plan: &Plan, alternatives: &[Alternative]) -> Vec<UnionVariant> {
    let types: Vec<TypeRef> = alternatives
        .iter()
        .map(|alternative| match alternative {
            Alternative::Schema(id) => type_of(api, plan, *id),
            Alternative::Type(simple, id) => simple_type(api, plan, *simple, *id),
        })
        .collect();
    let mut variants: Vec<UnionVariant> = types
        .into_iter()
        .map(|ty| UnionVariant {
            name: variant_of(&ty),
            ty,
        })
        .collect();
    // A string with known values takes any string, and a number without fraction reads as both.
    variants.sort_by_key(|variant| matches!(variant.ty, TypeRef::F64));
    variants
}

/// One of several types of a schema: its object is a map, as no name of its own leads to it.
fn simple_type(api: &Api, plan: &Plan, simple: SimpleType, id: SchemaId) -> TypeRef {
    match of_type(simple, flatten(&api.schemas, decisive(&api.schemas, id))) {
        Shape::Bool => TypeRef::Bool,
        Shape::I64 => TypeRef::I64,
        Shape::U64 => TypeRef::U64,
        Shape::F64 => TypeRef::F64,
        Shape::Secret => TypeRef::Secret,
        Shape::List(items) => TypeRef::List(Box::new(item_of(api, plan, items))),
        Shape::Map(values) => TypeRef::Map(Box::new(item_of(api, plan, values))),
        Shape::Struct(_) => TypeRef::Map(Box::new(TypeRef::Value)),
        Shape::String | Shape::StringEnum(_) | Shape::Union(_) | Shape::Any(_) => TypeRef::String,
    }
}

/// Alternatives are of different kinds, so that the kind names them.
fn variant_of(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Bool => "Boolean",
        TypeRef::I64 | TypeRef::U64 => "Integer",
        TypeRef::F64 => "Number",
        TypeRef::String | TypeRef::Secret => "String",
        TypeRef::List(_) => "Array",
        TypeRef::Named(name) => name,
        _ => "Object",
    }
    .to_owned()
}
