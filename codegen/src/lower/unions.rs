//! Enums from `oneOf`, `anyOf`, and bases with a discriminator.

use std::collections::BTreeSet;

use super::fields::{item_of, tuple, type_of};
use super::flatten::{Flat, flatten};
use super::module::Scalar;
use super::module::{TypeRef, UnionDef, UnionVariant};
use super::names::{Numbers, free_name};
use super::plan::Plan;
use super::shape::{Alternative, Shape, decisive, derived, of_type, shape};
use super::views;
use crate::api::{Api, Discriminator, LostNode, SchemaId, Schemas, SimpleType};
use crate::load::{child, decode};

pub(super) fn lower(
    api: &Api,
    plan: &Plan,
    id: SchemaId,
    alternatives: &[Alternative],
) -> UnionDef {
    let listed = flatten(&api.schemas, id).discriminator;
    let is_listed = listed.is_some();
    let discriminator = listed.or_else(|| api.schemas.get(id).discriminator.as_deref());
    let own_name = plan.types.get(&id).map(String::as_str).unwrap_or_default();
    let mut variants: Vec<UnionVariant> = Vec::new();
    for alternative in alternatives {
        let mut variant = variant(api, plan, own_name, alternative, discriminator);
        if let (false, Alternative::Schema(part), Some(from)) =
            (is_listed, alternative, discriminator.as_ref())
        {
            let above = mapped_above(api, *part, from);
            if !above.is_empty() {
                variant.tags = above;
            }
        }
        // The same type twice is one alternative, with the tags of both.
        match variants.iter_mut().find(|known| known.ty == variant.ty) {
            Some(known) => {
                known.tags.extend(variant.tags);
                known.is_fallback |= variant.is_fallback;
            }
            None => variants.push(variant),
        }
    }
    number(&mut variants);
    // A number without a fraction reads as both.
    variants.sort_by_key(|variant| matches!(variant.ty, TypeRef::Scalar(Scalar::F64)));
    let base = api.schemas.get(id).base;
    UnionDef {
        base: base
            .map(|base| type_of(api, plan, base))
            .filter(|ty| matches!(ty, TypeRef::Named(_))),
        tag: discriminator.map(|discriminator| discriminator.property.clone()),
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
        is_fallback: id
            .zip(discriminator.and_then(|from| from.default.as_ref()))
            .is_some_and(|(id, pointer)| names(&api.schemas, pointer, id)),
        has_tag: discriminator.is_none_or(|from| has(&from.property)),
        fixed: fixed(api, flat.each_property()),
        ty,
    }
}

/// Whether a pointer of a discriminator names this alternative, itself or by a reference.
pub(super) fn names(schemas: &Schemas, pointer: &str, id: SchemaId) -> bool {
    schemas.at(pointer).is_some_and(|named| {
        named == id
            || schemas.target(named) == schemas.target(id)
            || schemas.get(named).base == Some(id)
    })
}

/// The values that name an alternative: as mapped, else those that its own schema allows the tag to have, else
/// its name in `components.schemas`.
fn tags(api: &Api, id: SchemaId, discriminator: &Discriminator, flat: &Flat) -> Vec<String> {
    let target = api.schemas.target(id);
    let mapped = discriminator
        .mapping
        .iter()
        .filter(|(_, pointer)| names(&api.schemas, pointer, id));
    let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    if tags.is_empty() && api.schemas.get(id).is_base_part {
        tags = tags_elsewhere(api, id);
    }
    let tag = flat
        .properties
        .as_ref()
        .and_then(|all| all.get(&discriminator.property));
    if let (true, Some(tag)) = (tags.is_empty(), tag)
        && let Shape::StringEnum(values) = shape(&api.schemas, decisive(&api.schemas, *tag))
    {
        tags = values;
    }
    if tags.is_empty() && !api.schemas.get(target).is_base_part {
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

/// The values that the discriminators of other bases map to a schema that is made from those by `allOf`: what a
/// hierarchy of several levels maps at the top holds below it too. None if this discriminator maps the schema itself.
fn mapped_above(api: &Api, part: SchemaId, discriminator: &Discriminator) -> Vec<String> {
    let is_named = |from: &Discriminator| {
        let mut mapped = from.mapping.iter();
        mapped.any(|(_, pointer)| names(&api.schemas, pointer, part))
    };
    if is_named(discriminator) || api.schemas.get(part).is_base_part {
        return Vec::new();
    }
    let mut tags = Vec::new();
    for (base, schema) in api.schemas.iter() {
        let Some(other) = &schema.discriminator else {
            continue;
        };
        let is_above = other.property == discriminator.property
            && is_named(other)
            && derived(&api.schemas, base).contains(&part);
        if is_above {
            let mapped = other.mapping.iter();
            let mapped = mapped.filter(|(_, pointer)| names(&api.schemas, pointer, part));
            tags.extend(mapped.map(|(tag, _)| tag.clone()));
        }
    }
    tags.sort();
    tags.dedup();
    tags
}

/// The values that name a base that is made from another one: as mapped there, else its name.
fn tags_elsewhere(api: &Api, part: SchemaId) -> Vec<String> {
    let others = api
        .schemas
        .iter()
        .filter_map(|(_, other)| other.discriminator.as_ref());
    let mut tags: Vec<String> = Vec::new();
    for (tag, _) in others
        .flat_map(|other| &other.mapping)
        .filter(|(_, pointer)| names(&api.schemas, pointer, part))
    {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    if tags.is_empty() {
        let pointer = views::place_of(api.schemas.get(part));
        tags.extend(decode(&pointer).last());
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
    let mut taken = BTreeSet::from(["Other".to_owned()]);
    let mut numbers = Numbers::default();
    for variant in variants {
        variant.name = free_name(&variant.name, "", &mut numbers, |name| {
            taken.insert(name.to_owned())
        });
    }
}

/// What a discriminator names that is none of the alternatives.
pub(super) fn losses(api: &Api, id: SchemaId, alternatives: &[Alternative]) -> Vec<LostNode> {
    let listed = flatten(&api.schemas, id).discriminator;
    let Some(discriminator) = listed.or_else(|| api.schemas.get(id).discriminator.as_deref())
    else {
        return Vec::new();
    };
    let is_known = |pointer: &str| {
        alternatives.iter().any(|alternative| match alternative {
            Alternative::Schema(id) => names(&api.schemas, pointer, *id),
            Alternative::Type(..) => false,
        })
    };
    let place = child(&api.schemas.get(id).pointer, "discriminator");
    let mapped = discriminator
        .mapping
        .iter()
        .map(|(tag, pointer)| (child(&child(&place, "mapping"), tag), pointer));
    let default = discriminator.default.iter();
    let named = mapped.chain(default.map(|pointer| (child(&place, "defaultMapping"), pointer)));
    let unknown = named.filter(|(_, pointer)| !is_known(pointer));
    let told = unknown.map(|(at, _)| {
        LostNode::new(
            at,
            "it names none of the alternatives: such a value is kept as it came",
        )
    });
    told.collect()
}
