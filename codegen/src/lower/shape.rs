//! What kind of Rust type a schema becomes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::alternatives::union;
use super::flatten::{Flat, flatten};
use super::module::Scalar;
use crate::api::{Additional, Schema, SchemaId, Schemas, SimpleType};

/// The kind of Rust type.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "it lives for one decision")]
pub(super) enum Shape<'a> {
    Scalar(Scalar),
    /// Anything: `rt::Value`. Holds why, if the document says more than that.
    Any(Option<&'static str>),
    List(Option<SchemaId>),
    /// A list with a schema for each place.
    Tuple(Vec<SchemaId>),
    /// A type that the settings name.
    External(String),
    Map(Option<SchemaId>),
    StringEnum(Vec<String>),
    Struct(Flat<'a>),
    /// One of several.
    Union(Vec<Alternative>),
}

/// One alternative of a union: a schema of its own, or one of several `type`s.
#[derive(Clone, Debug)]
pub(super) enum Alternative {
    Schema(SchemaId),
    Type(SimpleType, SchemaId),
}

impl Shape<'_> {
    /// Whether it needs a name.
    pub(super) fn is_named(&self) -> bool {
        matches!(self, Self::StringEnum(_) | Self::Struct(_) | Self::Union(_))
    }
}

/// The schema that decides the Rust type: the end of a chain of references that add nothing to it,
/// `allOf` and `anyOf` around a single one included.
pub(super) fn decisive(schemas: &Schemas, id: SchemaId) -> SchemaId {
    let mut id = schemas.target(id);
    // A chain cannot be longer than the table; circles through `allOf` end here.
    for _ in 0..64 {
        let schema = schemas.get(id);
        let Some(only) = only_part(schemas, schema) else {
            break;
        };
        id = schemas.target(only);
    }
    id
}

/// The one schema that another consists of.
fn only_part(schemas: &Schemas, schema: &Schema) -> Option<SchemaId> {
    let adds_nothing = schema.properties.is_none()
        && schema.rust_type.is_none()
        && schema.reference.is_none()
        && schema.values.is_none()
        && schema.items.is_none()
        && schema.required.is_empty()
        && schema.additional == Additional::Unsaid;
    let of = |list: &[SchemaId]| lone(list.iter().filter(|id| !is_null(schemas, **id)));
    match (
        schema.all_of.is_empty(),
        schema.any_of.is_empty(),
        schema.one_of.is_empty(),
    ) {
        (false, true, true) if adds_nothing => lone_part(schemas, schema)
            .filter(|base| derived(schemas, schemas.target(*base)).is_empty()),
        (true, false, true) if adds_nothing => of(&schema.any_of),
        (true, true, false) if adds_nothing => of(&schema.one_of),
        _ => None,
    }
}

/// The one part of `allOf` that says what a value is: words are often put into a part of their own.
fn lone_part(schemas: &Schemas, schema: &Schema) -> Option<SchemaId> {
    let says = |part: &&SchemaId| !is_null(schemas, **part) && !schemas.get(**part).is_words();
    lone(schema.all_of.iter().filter(says))
}

/// The one there is.
fn lone<'a>(mut parts: impl Iterator<Item = &'a SchemaId>) -> Option<SchemaId> {
    let only = parts.next()?;
    parts.next().is_none().then_some(*only)
}

pub(super) fn is_null(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = schemas.get(id);
    let only_null = schema.values.as_deref() == Some(&[Value::Null]);
    let plain = schema.reference.is_none()
        && schema.types.is_empty()
        && schema.properties.is_none()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty();
    only_null || (plain && schema.nullable && schema.values.is_none())
}

/// Whether null is allowed, by the schema itself or by what it refers to.
pub(super) fn is_nullable(schemas: &Schemas, id: SchemaId) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = schemas.get(id);
        let has_null = schema
            .values
            .as_ref()
            .is_some_and(|values| values.contains(&Value::Null));
        if schema.nullable || has_null {
            return true;
        }
        waiting.extend(schema.reference);
        waiting.extend(schema.one_of.iter().chain(&schema.any_of));
        waiting.extend(lone_part(schemas, schema));
    }
    false
}

/// The kind of Rust type of a schema; `id` must be [`decisive`].
pub(super) fn shape(schemas: &Schemas, id: SchemaId) -> Shape<'_> {
    let shape = open_shape(schemas, id);
    if nameless_parts(&shape).next().is_some()
        && let Some(why) = endless(schemas, id)
    {
        return Shape::Any(Some(why));
    }
    shape
}

/// What a list or a map is made of.
fn nameless_parts<'s>(shape: &'s Shape<'_>) -> impl Iterator<Item = SchemaId> + use<'s> {
    let (one, several) = match shape {
        Shape::List(inner) | Shape::Map(inner) => (*inner, &[][..]),
        Shape::Tuple(items) => (None, &items[..]),
        _ => (None, &[][..]),
    };
    one.into_iter().chain(several.iter().copied())
}

/// Lists and maps that one may hold, with nothing that has a name on the way.
const MOST_NAMELESS: usize = 100;

/// Whether a list or a map leads back to itself, and to nothing that has a name on the way, or to so many others that
/// nobody would write them out. `nesting` finds what is too long for other reasons.
fn endless(schemas: &Schemas, id: SchemaId) -> Option<&'static str> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![id];
    while let Some(next) = waiting.pop() {
        let shape = open_shape(schemas, next);
        for part in nameless_parts(&shape).map(|part| decisive(schemas, part)) {
            if part == id {
                return Some("lists or maps of nothing but themselves");
            }
            if seen.insert(part) {
                waiting.push(part);
            }
        }
        if seen.len() > MOST_NAMELESS {
            return Some("lists or maps within each other, too many to write out");
        }
    }
    None
}

pub(super) fn open_shape(schemas: &Schemas, id: SchemaId) -> Shape<'_> {
    if let Some(path) = &schemas.get(id).rust_type {
        return Shape::External(path.clone());
    }
    let flat = flatten(schemas, id);
    if !flat.alternatives.is_empty() {
        return union(schemas, id, flat);
    }
    let derived = derived(schemas, id);
    if !derived.is_empty() {
        let own = own_alternative(schemas, id);
        let alternatives = derived.into_iter().chain(own);
        return Shape::Union(alternatives.map(Alternative::Schema).collect());
    }
    if let Some(values) = flat.values {
        return of_values(values, &flat);
    }
    let is_object = flat.properties.is_some() || flat.additional != Additional::Unsaid;
    match flat.types[..] {
        [] if is_object => object(flat),
        // Items without `type` say nothing of what is no list, and those who write them that way mean just that.
        [] if flat.items.is_some() => Shape::Union(vec![Alternative::Type(SimpleType::Array, id)]),
        [] if !flat.prefix.is_empty() => list(flat),
        [] => Shape::Any(None),
        [SimpleType::Integer, SimpleType::Number] | [SimpleType::Number, SimpleType::Integer] => {
            Shape::Scalar(Scalar::F64)
        }
        [only] => of_type(only, flat),
        _ => {
            let types = flat
                .types
                .iter()
                .map(|simple| Alternative::Type(*simple, id));
            Shape::Union(types.collect())
        }
    }
}

/// The kind of Rust type of a schema as if it had this one `type`.
pub(super) fn of_type(simple: SimpleType, flat: Flat<'_>) -> Shape<'_> {
    let scalar = match simple {
        SimpleType::Boolean => Scalar::Bool,
        SimpleType::Integer => integer(&flat),
        SimpleType::Number => Scalar::F64,
        SimpleType::String => text(flat.format),
        SimpleType::Array => return list(flat),
        SimpleType::Object => return object(flat),
    };
    Shape::Scalar(scalar)
}

/// The most places of a tuple that the standard library's traits know.
const LARGEST_TUPLE: usize = 12;

fn list(flat: Flat<'_>) -> Shape<'_> {
    match flat.prefix.len() {
        0 => Shape::List(flat.items),
        1..=LARGEST_TUPLE if flat.is_closed => Shape::Tuple(flat.prefix),
        _ if flat.is_closed => Shape::Any(Some("more than twelve `prefixItems`")),
        _ => Shape::Any(Some("`prefixItems` with any number of items")),
    }
}

/// The width that the format names, or a larger one that the largest value asks for; unsigned where the smallest
/// value says so.
fn integer(flat: &Flat<'_>) -> Scalar {
    let largest = flat.maximum.unwrap_or_default();
    let is_small = matches!(
        flat.format,
        Some("int32" | "int16" | "int8" | "uint32" | "uint16" | "uint8")
    );
    let is_unsigned = flat.format.is_some_and(|format| format.starts_with("uint"))
        || flat.minimum.is_some_and(|minimum| minimum >= 0.0);
    // Beyond what is signed, and nothing below zero is asked for.
    let is_unsigned =
        is_unsigned || (flat.minimum.is_none() && largest >= 9_223_372_036_854_775_808.0);
    let is_small = is_small
        && largest
            <= if is_unsigned {
                4_294_967_295.0
            } else {
                2_147_483_647.0
            };
    match (is_small, is_unsigned) {
        (true, true) => Scalar::U32,
        (true, false) => Scalar::I32,
        (false, true) => Scalar::U64,
        (false, false) => Scalar::I64,
    }
}

/// The formats that have a type of their own; all others are told in the documentation.
fn text(format: Option<&str>) -> Scalar {
    match format {
        Some("password") => Scalar::Secret,
        Some("date-time") => Scalar::Timestamp,
        Some("date") => Scalar::Date,
        Some("uuid") => Scalar::Uuid,
        Some("ipv4") => Scalar::Ipv4,
        Some("ipv6") => Scalar::Ipv6,
        _ => Scalar::String,
    }
}

pub(super) fn object(flat: Flat<'_>) -> Shape<'_> {
    match (&flat.properties, &flat.additional) {
        (None, Additional::Schema(values)) => Shape::Map(Some(*values)),
        (None, _) => Shape::Map(None),
        (Some(properties), Additional::Schema(values)) if properties.is_empty() => {
            Shape::Map(Some(*values))
        }
        (Some(properties), Additional::Any) if properties.is_empty() => Shape::Map(None),
        _ => Shape::Struct(flat),
    }
}

fn of_values<'a>(values: &[Value], flat: &Flat<'a>) -> Shape<'a> {
    let texts: Vec<String> = values
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let others = values
        .iter()
        .filter(|value| !value.is_string() && !value.is_null());
    match (texts.is_empty(), others.clone().next()) {
        (false, None) => Shape::StringEnum(texts),
        (true, Some(_)) if others.clone().all(Value::is_i64) => Shape::Scalar(Scalar::I64),
        (true, Some(_)) if others.clone().all(Value::is_u64) => Shape::Scalar(Scalar::U64),
        (true, Some(_)) if others.clone().all(Value::is_number) => Shape::Scalar(Scalar::F64),
        (true, Some(_)) if others.clone().all(Value::is_boolean) => Shape::Scalar(Scalar::Bool),
        (true, None) if flat.types.len() == 1 => of_type(
            flat.types[0],
            Flat {
                values: None,
                ..flat.clone()
            },
        ),
        _ => Shape::Any(Some("values of several kinds in one `enum`")),
    }
}

/// The schemas that are made from a base with a discriminator by `allOf` (3.1 §4.8.25, the example of
/// `Pet`): a value of the base is one of them.
pub(super) fn derived(schemas: &Schemas, base: SchemaId) -> Vec<SchemaId> {
    let schema = schemas.get(base);
    let lists_its_own = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if schema.discriminator.is_none() || lists_its_own {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    let mut bases = vec![base];
    while let Some(one) = bases.pop() {
        let made = schemas.made_from(one).iter().copied();
        bases.extend(made.filter(|id| *id != base && found.insert(*id)));
    }
    found.into_iter().collect()
}

/// The base itself, where its discriminator says that a tag means just that.
fn own_alternative(schemas: &Schemas, base: SchemaId) -> Option<SchemaId> {
    let schema = schemas.get(base);
    let discriminator = schema.discriminator.as_ref()?;
    let mapped = discriminator.mapping.iter().map(|(_, pointer)| pointer);
    let is_own = |pointer: &String| schemas.at(pointer) == Some(base);
    let is_meant = mapped.chain(&discriminator.default).any(is_own);
    // One that is made from another base is a thing of its own too.
    let is_derived = || {
        let parts = schema.all_of.iter().map(|part| schemas.target(*part));
        parts
            .into_iter()
            .any(|part| schemas.get(part).discriminator.is_some())
    };
    schema.base.filter(|_| is_meant || is_derived())
}
