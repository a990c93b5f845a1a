//! Types, and values of schemas, that cannot be: told, as no code can follow them.

use serde_json::Value;

use crate::api::{LostNode, Schema, SchemaId, Schemas, SimpleType};
use crate::load::child;

/// What no value fits: a default or an enum that has another type, and parts of `allOf` with different ones.
pub(super) fn unfit(schemas: &Schemas, schema: &Schema) -> Vec<LostNode> {
    let mut losses = Vec::new();
    if let Some(default) = &schema.default
        && !allows(schema, default)
    {
        let what = "the default has another type than the schema: it is told in words only";
        losses.push(LostNode::new(child(&schema.pointer, "default"), what));
    }
    let values = schema.values.as_deref().unwrap_or_default();
    if values.iter().any(|value| !allows(schema, value)) {
        let what = "it has values of another type than `type` says: they are allowed all the same";
        losses.push(LostNode::new(child(&schema.pointer, "enum"), what));
    }
    losses.extend(apart(schemas, schema));
    losses
}

/// Whether the schema's own types have the value; without any all are had.
fn allows(schema: &Schema, value: &Value) -> bool {
    let Some(simple) = type_of(value) else {
        // Null is everywhere in enums and defaults, and says that there is none.
        return true;
    };
    let is_whole = || value.as_f64().is_some_and(|number| number.fract() == 0.0);
    schema.types.is_empty()
        || schema.types.contains(&simple)
        || (simple == SimpleType::Number
            && schema.types.contains(&SimpleType::Integer)
            && is_whole())
        || (simple == SimpleType::Integer && schema.types.contains(&SimpleType::Number))
}

fn type_of(value: &Value) -> Option<SimpleType> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => SimpleType::Boolean,
        Value::Number(number) if number.is_f64() => SimpleType::Number,
        Value::Number(_) => SimpleType::Integer,
        Value::String(_) => SimpleType::String,
        Value::Array(_) => SimpleType::Array,
        Value::Object(_) => SimpleType::Object,
    })
}

/// Parts of `allOf` whose types have no value in common.
fn apart(schemas: &Schemas, schema: &Schema) -> Option<LostNode> {
    let kinds = |id: &SchemaId| -> Vec<SimpleType> {
        let types = schemas.get(schemas.target(*id)).types.iter();
        // Each whole number is a number.
        let kind = |simple: &SimpleType| match simple {
            SimpleType::Integer => SimpleType::Number,
            other => *other,
        };
        types.map(kind).collect()
    };
    let parts: Vec<Vec<SimpleType>> = schema
        .all_of
        .iter()
        .map(kinds)
        .filter(|kinds| !kinds.is_empty())
        .collect();
    let (first, others) = parts.split_first()?;
    let can_meet = |other: &Vec<SimpleType>| first.iter().any(|kind| other.contains(kind));
    if others.iter().all(can_meet) {
        return None;
    }
    let what = "parts of it have different types, so that no value fits all: the first one counts";
    Some(LostNode::new(child(&schema.pointer, "allOf"), what))
}
