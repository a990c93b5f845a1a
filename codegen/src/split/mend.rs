//! Small differences between what documents say and what the reader of the skeleton expects.

use serde_json::{Map, Value};

use super::grammar::{ITEM_SCHEMA, Kind};
use super::walk::MORE_METHODS;
use crate::load::child;

/// A requirement without scopes is sometimes written with nothing where an empty list belongs (3.1 §4.8.30).
pub(super) fn mend_security(entries: &mut Map<String, Value>) {
    let requirements = entries.get_mut("security").and_then(Value::as_array_mut);
    let requirements = requirements.into_iter().flatten();
    for requirement in requirements.filter_map(Value::as_object_mut) {
        for scopes in requirement.values_mut().filter(|scopes| scopes.is_null()) {
            *scopes = Value::Array(Vec::new());
        }
    }
}

/// The operations whose methods the reader of the skeleton does not know (3.2 §4.8.9), where it passes
/// them on: by method, each with its place.
pub(super) fn more_methods(pointer: &str, entries: &mut Map<String, Value>) {
    let mut more = Map::new();
    let query = entries
        .remove("query")
        .map(|operation| ("query".to_owned(), "query".to_owned(), operation));
    let others = match entries.remove("additionalOperations") {
        Some(Value::Object(others)) => others,
        _ => Map::new(),
    };
    let others = others
        .into_iter()
        .map(|(method, operation)| (child("additionalOperations", &method), method, operation));
    for (place, method, operation) in query.into_iter().chain(others) {
        let at = format!("{pointer}/{place}");
        more.insert(
            method,
            serde_json::json!({ "pointer": at, "operation": operation }),
        );
    }
    if !more.is_empty() {
        entries.insert(MORE_METHODS.to_owned(), Value::Object(more));
    }
}

/// A key as the reader of the skeleton expects it; `None` for one that it would pass over.
pub(super) fn spelled(kind: Kind, key: &str) -> Option<String> {
    match (kind, key.as_bytes()) {
        // Real documents write `4xx`; the specification wants upper case (3.1 §4.8.16.2).
        (Kind::Responses, [b'1'..=b'5', b'x' | b'X', b'x' | b'X']) => Some(key.to_uppercase()),
        (Kind::Responses, [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']) => Some(key.to_owned()),
        (Kind::Responses, _) if key != "default" && !key.starts_with("x-") => None,
        // A field since 3.2, an extension before.
        (Kind::Server, b"name") => Some("x-stencil-name".to_owned()),
        // A field since 3.2.
        (Kind::MediaType, b"itemSchema") => Some(ITEM_SCHEMA.to_owned()),
        _ => Some(key.to_owned()),
    }
}

/// What is optional in a later version and demanded by the reader of the skeleton.
pub(super) fn fill_defaults(kind: Kind, entries: &mut Map<String, Value>) {
    let (key, default) = match kind {
        // Optional since 3.1.
        Kind::Document => ("paths", Value::Object(Map::new())),
        // Optional since 3.1; `{}` declares no response.
        Kind::Operation => ("responses", Value::Object(Map::new())),
        // Where a style is named without it (3.1 §4.8.15.1.2).
        Kind::Encoding if entries.get("style") == Some(&Value::from("form")) => {
            ("explode", Value::Bool(true))
        }
        // Optional since 3.2.
        Kind::Response => ("description", Value::String(String::new())),
        _ => return,
    };
    if !entries.contains_key("$ref") {
        entries.entry(key).or_insert(default);
    }
}
