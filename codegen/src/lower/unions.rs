//! Enums from `oneOf`, `anyOf`, and bases with a discriminator.

use super::fields::{item_of, tuple, type_of};
use super::flatten::{Flat, flatten};
use super::module::Scalar;
use super::module::{TypeRef, UnionDef, UnionVariant};
use super::names::free_name;
use super::plan::Plan;
use super::shape::{Alternative, Shape, decisive, of_type, shape};
use crate::api::{Api, Discriminator, SchemaId, SimpleType};
use crate::load::decode;

pub(super) fn lower(
    api: &Api,
    plan: &Plan,
    id: SchemaId,
    alternatives: &[Alternative],
) -> UnionDef {
    let listed = flatten(&api.schemas, id).discriminator;
    let discriminator = listed.or_else(|| api.schemas.get(id).discriminator.clone());
    let own_name = plan.types.get(&id).map(String::as_str).unwrap_or_default();
    let mut variants: Vec<UnionVariant> = Vec::new();
    for alternative in alternatives {
        let variant = variant(api, plan, own_name, alternative, discriminator.as_ref());
        // The same type twice is one alternative, with the tags of both.
        match variants.iter_mut().find(|known| known.ty == variant.ty) {
            Some(known) => known.tags.extend(variant.tags),
            None => variants.push(variant),
        }
    }
    number(&mut variants);
    // A number without a fraction reads as both.
    variants.sort_by_key(|variant| matches!(variant.ty, TypeRef::Scalar(Scalar::F64)));
    UnionDef {
        tag: discriminator.map(|discriminator| discriminator.property),
        variants,
    }
}

fn variant(
    api: &Api,
    plan: &Plan,
    own_name: &str,
    alternative: &Alternative,
    discriminator: Option<&Discriminator>,
) -> UnionVariant {
    let (ty, id) = match alternative {
        Alternative::Schema(id) => (type_of(api, plan, *id), Some(*id)),
        Alternative::Type(simple, id) => (simple_type(api, plan, *simple, *id), None),
    };
    let decided = id.map(|id| decisive(&api.schemas, id));
    let flat = decided
        .map(|id| flatten(&api.schemas, id))
        .unwrap_or_default();
    let has = |name: &str| {
        flat.properties
            .as_ref()
            .is_some_and(|all| all.contains_key(name))
    };
    UnionVariant {
        name: variant_name(&ty, own_name),
        is_union: decided.is_some_and(|id| matches!(shape(&api.schemas, id), Shape::Union(_))),
        tags: id
            .zip(discriminator)
            .map(|(id, from)| tags(api, id, from, &flat))
            .unwrap_or_default(),
        has_tag: discriminator.is_none_or(|from| has(&from.property)),
        fixed: fixed(api, flat.properties.iter().flatten()),
        ty,
    }
}

/// The values that name an alternative: as mapped, else those that its own schema allows the tag to have, else
/// its name in `components.schemas`.
fn tags(api: &Api, id: SchemaId, discriminator: &Discriminator, flat: &Flat) -> Vec<String> {
    let target = api.schemas.target(id);
    let mapped = discriminator.mapping.iter().filter(|(_, pointer)| {
        api.schemas
            .at(pointer)
            .is_some_and(|one| one == id || api.schemas.target(one) == target)
    });
    let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    let tag = flat
        .properties
        .as_ref()
        .and_then(|all| all.get(&discriminator.property));
    if let (true, Some(tag)) = (tags.is_empty(), tag)
        && let Shape::StringEnum(values) = shape(&api.schemas, decisive(&api.schemas, *tag))
    {
        tags = values;
    }
    if tags.is_empty() {
        let pointer = &api.schemas.get(target).pointer;
        let name = pointer
            .strip_prefix("/components/schemas")
            .and_then(|rest| {
                let mut keys = decode(rest);
                keys.next().filter(|_| keys.next().is_none())
            });
        tags.extend(name);
    }
    tags
}

/// Properties that can have one value only.
fn fixed<'a>(
    api: &Api,
    properties: impl Iterator<Item = (&'a String, &'a SchemaId)>,
) -> Vec<(String, String)> {
    let fixed = properties.filter_map(|(name, id)| {
        match shape(&api.schemas, decisive(&api.schemas, *id)) {
            Shape::StringEnum(values) if values.len() == 1 => {
                Some((name.clone(), values.into_iter().next()?))
            }
            _ => None,
        }
    });
    fixed.collect()
}

/// One of several types of a schema: its object is a map, as no name of its own leads to it.
fn simple_type(api: &Api, plan: &Plan, simple: SimpleType, id: SchemaId) -> TypeRef {
    match of_type(simple, flatten(&api.schemas, decisive(&api.schemas, id))) {
        Shape::Scalar(scalar) => TypeRef::Scalar(scalar),
        Shape::List(items) => TypeRef::List(Box::new(item_of(api, plan, items))),
        Shape::Tuple(items) => TypeRef::Tuple(tuple(api, plan, &items)),
        Shape::External(path) => TypeRef::External(path),
        Shape::Map(values) => TypeRef::Map(Box::new(item_of(api, plan, values))),
        Shape::Struct(_) => TypeRef::Map(Box::new(TypeRef::Value)),
        Shape::StringEnum(_) | Shape::Union(_) | Shape::Any(_) => TypeRef::Scalar(Scalar::String),
    }
}

/// A type without a name is called after its kind of JSON value.
fn variant_name(ty: &TypeRef, own_name: &str) -> String {
    match ty {
        TypeRef::Scalar(Scalar::Bool) => "Boolean",
        TypeRef::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64) => "Integer",
        TypeRef::Scalar(Scalar::F64) => "Number",
        TypeRef::Scalar(_) => "String",
        TypeRef::List(_) | TypeRef::Tuple(_) => "Array",
        TypeRef::External(path) => path.rsplit("::").next().unwrap_or(path),
        TypeRef::Named(name) => match name.strip_prefix(own_name) {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => rest,
            _ => name,
        },
        _ => "Object",
    }
    .to_owned()
}

/// Gives each variant a name that no other has.
fn number(variants: &mut [UnionVariant]) {
    let mut taken = vec!["Other".to_owned()];
    for variant in variants {
        variant.name = free_name(&variant.name, "", |name| {
            !taken.iter().any(|known| known == name)
        });
        taken.push(variant.name.clone());
    }
}
