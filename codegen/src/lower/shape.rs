//! What kind of Rust type a schema becomes.

use serde_json::Value;

use super::flatten::{Flat, flatten};
use crate::api::{Additional, Schema, SchemaId, Schemas, SimpleType};

/// The kind of Rust type.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Bool,
    I64,
    U64,
    F64,
    String,
    Secret,
    /// Anything: `rt::Value`. Holds why, if the document says more than that.
    Any(Option<&'static str>),
    List(Option<SchemaId>),
    Map(Option<SchemaId>),
    StringEnum(Vec<String>),
    Struct(Flat),
    /// Alternatives that the kind of JSON value tells apart.
    Union(Vec<Alternative>),
}

/// One alternative of a union: a schema of its own, or one of several `type`s.
#[derive(Clone, Debug)]
pub(super) enum Alternative {
    Schema(SchemaId),
    Type(SimpleType, SchemaId),
}

impl Shape {
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
        && schema.reference.is_none()
        && schema.values.is_none()
        && schema.items.is_none()
        && schema.required.is_empty()
        && schema.additional == Additional::Unsaid;
    let of = |list: &[SchemaId]| match list
        .iter()
        .filter(|id| !is_null(schemas, **id))
        .collect::<Vec<_>>()[..]
    {
        [only] => Some(*only),
        _ => None,
    };
    match (
        schema.all_of.is_empty(),
        schema.any_of.is_empty(),
        schema.one_of.is_empty(),
    ) {
        (false, true, true) if adds_nothing => of(&schema.all_of),
        (true, false, true) if adds_nothing => of(&schema.any_of),
        (true, true, false) if adds_nothing => of(&schema.one_of),
        _ => None,
    }
}

fn is_null(schemas: &Schemas, id: SchemaId) -> bool {
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
    fn search(schemas: &Schemas, id: SchemaId, depth: usize) -> bool {
        let schema = schemas.get(id);
        let has_null = schema
            .values
            .as_ref()
            .is_some_and(|values| values.contains(&Value::Null));
        if schema.nullable || has_null || depth == 0 {
            return depth > 0;
        }
        let alternatives = schema.one_of.iter().chain(&schema.any_of);
        schema
            .reference
            .iter()
            .chain(alternatives)
            .any(|id| search(schemas, *id, depth - 1))
            || (schema.all_of.len() == 1 && search(schemas, schema.all_of[0], depth - 1))
    }
    search(schemas, id, 16)
}

/// The kind of Rust type of a schema; `id` must be [`decisive`].
pub(super) fn shape(schemas: &Schemas, id: SchemaId) -> Shape {
    let flat = flatten(schemas, id);
    if !flat.alternatives.is_empty() {
        return union(schemas, &flat);
    }
    if let Some(values) = &flat.values {
        return of_values(values, &flat);
    }
    let is_object = flat.properties.is_some() || flat.additional != Additional::Unsaid;
    match flat.types[..] {
        [] if is_object => object(flat),
        [] if flat.items.is_some() => Shape::List(flat.items),
        [] => Shape::Any(None),
        [SimpleType::Integer, SimpleType::Number] | [SimpleType::Number, SimpleType::Integer] => {
            Shape::F64
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
pub(super) fn of_type(simple: SimpleType, flat: Flat) -> Shape {
    match (simple, flat.format.as_deref()) {
        (SimpleType::Boolean, _) => Shape::Bool,
        (SimpleType::Integer, Some("uint64")) => Shape::U64,
        (SimpleType::Integer, _) => Shape::I64,
        (SimpleType::Number, _) => Shape::F64,
        (SimpleType::String, Some("password")) => Shape::Secret,
        (SimpleType::String, _) => Shape::String,
        (SimpleType::Array, _) => Shape::List(flat.items),
        (SimpleType::Object, _) => object(flat),
    }
}

fn object(flat: Flat) -> Shape {
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

fn of_values(values: &[Value], flat: &Flat) -> Shape {
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
        (true, Some(_)) if others.clone().all(|value| value.is_i64() || value.is_u64()) => {
            Shape::I64
        }
        (true, Some(_)) if others.clone().all(Value::is_number) => Shape::F64,
        (true, Some(_)) if others.clone().all(Value::is_boolean) => Shape::Bool,
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

/// Alternatives that JSON itself tells apart become an enum; others are kept as they came.
fn union(schemas: &Schemas, flat: &Flat) -> Shape {
    if flat.properties.is_some() {
        return Shape::Any(Some("`oneOf` or `anyOf` beside `properties`"));
    }
    let alternatives: Vec<SchemaId> = flat
        .alternatives
        .iter()
        .copied()
        .filter(|id| !is_null(schemas, *id))
        .collect();
    let mut kinds = Vec::new();
    for id in &alternatives {
        let Some(kind) = json_kind(&shape_without_union(schemas, decisive(schemas, *id))) else {
            return Shape::Any(Some(
                "alternatives that the kind of JSON value does not tell apart",
            ));
        };
        if kinds.contains(&kind) {
            return all_text(schemas, &alternatives).unwrap_or(Shape::Any(Some(
                "alternatives that the kind of JSON value does not tell apart",
            )));
        }
        kinds.push(kind);
    }
    Shape::Union(alternatives.into_iter().map(Alternative::Schema).collect())
}

/// Several strings, each with or without known values: a string with known values.
fn all_text(schemas: &Schemas, alternatives: &[SchemaId]) -> Option<Shape> {
    let mut known: Vec<String> = Vec::new();
    for id in alternatives {
        match shape_without_union(schemas, decisive(schemas, *id)) {
            Shape::StringEnum(values) => {
                for value in values {
                    if !known.contains(&value) {
                        known.push(value);
                    }
                }
            }
            Shape::String => {}
            _ => return None,
        }
    }
    Some(if known.is_empty() {
        Shape::String
    } else {
        Shape::StringEnum(known)
    })
}

/// Unions within unions are not told apart; this also ends the recursion.
fn shape_without_union(schemas: &Schemas, id: SchemaId) -> Shape {
    let flat = flatten(schemas, id);
    if flat.alternatives.is_empty() && flat.types.len() < 2 {
        shape(schemas, id)
    } else {
        Shape::Any(None)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonKind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

fn json_kind(shape: &Shape) -> Option<JsonKind> {
    Some(match shape {
        Shape::Bool => JsonKind::Boolean,
        Shape::I64 | Shape::U64 | Shape::F64 => JsonKind::Number,
        Shape::String | Shape::Secret | Shape::StringEnum(_) => JsonKind::String,
        Shape::List(_) => JsonKind::Array,
        Shape::Map(_) | Shape::Struct(_) => JsonKind::Object,
        Shape::Any(_) | Shape::Union(_) => return None,
    })
}
