//! Values for answers: the document's examples, and where it has none, the simplest that its schema
//! allows.

use serde_json::{Map, Value, json};

use crate::api::{Additional, Api, MediaType, SchemaId, SimpleType};

/// Schemas within schemas; recursive ones end here.
const DEPTH: usize = 6;

/// A value for a body: the example of this name, the first one, or one made from the schema.
pub(super) fn example_of(api: &Api, media: &MediaType, name: Option<&str>) -> Option<Value> {
    let named = name.and_then(|name| media.examples.iter().find(|(key, _)| key == name));
    let example = named
        .or(media.examples.first())
        .map(|(_, value)| value.clone());
    example.or_else(|| Some(value_of(api, media.schema?, DEPTH)))
}

/// The simplest value that the schema allows, with all its properties.
fn value_of(api: &Api, id: SchemaId, depth: usize) -> Value {
    let schema = api.schemas.get(id);
    if let Some(example) = schema.examples.first().or(schema.default.as_deref()) {
        return example.clone();
    }
    if let Some(value) = schema.values.as_ref().and_then(|values| values.first()) {
        return value.clone();
    }
    if depth == 0 {
        return Value::Null;
    }
    let inner = |id: SchemaId| value_of(api, id, depth - 1);
    if let Some(reference) = schema.reference {
        return inner(reference);
    }
    if let Some(first) = schema.one_of.first().or(schema.any_of.first()) {
        return inner(*first);
    }
    let mut members = Map::new();
    for part in &schema.all_of {
        match inner(*part) {
            Value::Object(part) => members.extend(part),
            other if schema.all_of.len() == 1 => return other,
            _ => {}
        }
    }
    for (name, property) in schema.each_property() {
        members.insert(name.clone(), inner(*property));
    }
    let is_object = schema.properties.is_some()
        || !schema.all_of.is_empty()
        || schema.additional != Additional::Unsaid;
    match schema.types.first() {
        Some(SimpleType::Boolean) => Value::Bool(true),
        Some(SimpleType::Integer) => limit(&schema.limits).unwrap_or(json!(1)),
        Some(SimpleType::Number) => limit(&schema.limits).unwrap_or(json!(1.5)),
        Some(SimpleType::String) => Value::from(text(schema.format.as_deref())),
        Some(SimpleType::Array) => Value::Array(schema.items.map(inner).into_iter().collect()),
        Some(SimpleType::Object) => Value::Object(members),
        None if is_object => Value::Object(members),
        None if schema.items.is_some() => {
            Value::Array(schema.items.map(inner).into_iter().collect())
        }
        None => Value::Null,
    }
}

/// A number that keeps to the smallest allowed.
fn limit(limits: &[(String, Value)]) -> Option<Value> {
    limits
        .iter()
        .find(|(keyword, _)| keyword == "minimum")
        .map(|(_, value)| value.clone())
}

fn text(format: Option<&str>) -> &'static str {
    match format {
        Some("date") => "2026-01-01",
        Some("date-time") => "2026-01-01T00:00:00Z",
        Some("email") => "user@example.com",
        Some("uri" | "url") => "https://example.com",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        _ => "string",
    }
}
