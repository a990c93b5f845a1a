//! Fields of structs: their types, and what required, optional and nullable mean for them.

use super::case::snake;
use super::docs;
use super::flatten::Flat;
use super::module::{Field, TypeRef};
use super::names::unique;
use super::plan::Plan;
use super::shape::{Shape, decisive, is_nullable, shape};
use super::views;
use crate::api::{Additional, Api, SchemaId};
use crate::load::child;

/// The Rust type of a schema, null left aside.
pub(super) fn type_of(api: &Api, plan: &Plan, id: SchemaId) -> TypeRef {
    let id = decisive(&api.schemas, id);
    if plan.parts.contains(&id) {
        return TypeRef::Part;
    }
    if let Some(name) = plan.types.get(&id) {
        return TypeRef::Named(name.clone());
    }
    if plan.any.contains_key(&id) {
        return TypeRef::Value;
    }
    match shape(&api.schemas, id) {
        Shape::Scalar(scalar) => TypeRef::Scalar(scalar),
        Shape::List(items) => TypeRef::List(Box::new(item_of(api, plan, items))),
        Shape::Tuple(items) => TypeRef::Tuple(tuple(api, plan, &items)),
        Shape::External(path) => TypeRef::External(path),
        Shape::Map(values) => TypeRef::Map(Box::new(item_of(api, plan, values))),
        Shape::Any(_) | Shape::StringEnum(_) | Shape::Struct(_) | Shape::Union(_) => TypeRef::Value,
    }
}

/// The type of what a list or a map holds, null included.
pub(super) fn item_of(api: &Api, plan: &Plan, id: Option<SchemaId>) -> TypeRef {
    let Some(id) = id else { return TypeRef::Value };
    nullable(type_of(api, plan, id), is_nullable(&api.schemas, id))
}

/// The types of a tuple's places.
pub(super) fn tuple(api: &Api, plan: &Plan, items: &[SchemaId]) -> Vec<TypeRef> {
    let items = items.iter().map(|id| item_of(api, plan, Some(*id)));
    items.collect()
}

/// Any JSON value can be null as it stands.
fn nullable(ty: TypeRef, is_nullable: bool) -> TypeRef {
    if is_nullable && ty != TypeRef::Value {
        TypeRef::Option(Box::new(ty))
    } else {
        ty
    }
}

/// The type of a field or a parameter: `Option` if it may be absent, three states if it may be null too.
pub(super) fn presence(ty: TypeRef, required: bool, is_nullable: bool) -> TypeRef {
    match (required, is_nullable) {
        (true, _) => nullable(ty, is_nullable),
        (false, false) => TypeRef::Option(Box::new(ty)),
        (false, true) => TypeRef::Maybe(Box::new(ty)),
    }
}

/// The fields of the struct that the schema at `pointer` becomes, in document order.
pub(super) fn of_struct(api: &Api, plan: &Plan, flat: &Flat<'_>, pointer: &str) -> Vec<Field> {
    let wires = flat
        .each_property()
        .map(|(name, _)| name.as_str())
        .chain(undescribed(flat));
    let names = unique(wires, |name| snake(name, "field"), &[], "_");
    let mut fields: Vec<Field> = flat
        .each_property()
        .map(|(wire, id)| {
            let schema = api.schemas.get(*id);
            let required = flat.required.contains(wire.as_str());
            let name = names[wire.as_str()].clone();
            Field {
                pointer: views::place_of(schema),
                setter: name.clone(),
                name,
                wire: wire.clone(),
                ty: presence(
                    type_of(api, plan, *id),
                    required,
                    is_nullable(&api.schemas, *id),
                ),
                summary: String::new(),
                docs: docs::of_schema(&api.schemas, *id),
                required,
                deprecated: schema.deprecated,
                flatten: false,
            }
        })
        .collect();
    fields.extend(undescribed(flat).map(|wire| {
        let name = names[wire].clone();
        Field {
            setter: name.clone(),
            name,
            wire: wire.to_owned(),
            ty: TypeRef::Option(Box::new(TypeRef::Value)),
            summary: String::new(),
            pointer: child(pointer, "required").into(),
            docs: "Required, though the document does not say what it is.".to_owned(),
            required: false,
            deprecated: false,
            flatten: false,
        }
    }));
    fields.extend(rest_of(api, plan, flat, pointer, &fields));
    // One more than were counted before: a list that grows keeps room for as many again.
    fields.shrink_to_fit();
    fields
}

/// Names that are required and have no schema, where nothing else would hold them. Often they are slips, so that
/// callers are not made to give them.
pub(super) fn undescribed<'f>(flat: &'f Flat<'_>) -> impl Iterator<Item = &'f str> {
    let is_held = matches!(flat.additional, Additional::Any | Additional::Schema(_));
    let properties = flat.properties.as_deref();
    let is_known = move |name: &str| properties.is_some_and(|all| all.contains_key(name));
    let names = flat.required.iter().copied();
    names.filter(move |name| !is_held && !is_known(name))
}

/// The field for properties that have none of their own, where the document expects some.
fn rest_of(api: &Api, plan: &Plan, flat: &Flat, pointer: &str, fields: &[Field]) -> Option<Field> {
    let values = match flat.additional {
        Additional::Unsaid | Additional::Forbidden => return None,
        Additional::Any => None,
        Additional::Schema(id) => Some(id),
    };
    let mut name = "additional_properties".to_owned();
    while fields.iter().any(|field| field.name == name) {
        name.push('_');
    }
    Some(Field {
        pointer: pointer.into(),
        setter: name.clone(),
        name,
        wire: String::new(),
        ty: TypeRef::Map(Box::new(item_of(api, plan, values))),
        summary: String::new(),
        docs: "Properties that have no field of their own.".to_owned(),
        required: false,
        deprecated: false,
        flatten: true,
    })
}
