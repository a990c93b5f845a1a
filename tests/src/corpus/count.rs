//! What a document has, counted without the compiler.

use std::path::Path;

use serde_json::Value;

/// Counts of a document.
pub(super) struct Count {
    pub(super) version: String,
    pub(super) operations: usize,
}

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// `None` if the text is no OpenAPI document that can be read without care for duplicate keys.
pub(super) fn count(path: &Path, text: &str) -> Option<Count> {
    let is_json = path
        .extension()
        .is_some_and(|extension| extension == "json");
    let tree: Value = if is_json {
        serde_json::from_str(text).ok()?
    } else {
        serde_yaml::from_str(text).ok()?
    };
    let version = match tree.get("openapi")? {
        Value::String(version) => version.clone(),
        other => other.to_string(),
    };
    let items = tree.get("paths").and_then(Value::as_object);
    let items = items
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.starts_with("x-"));
    let operations = items.map(|(_, item)| of_item(&tree, item)).sum();
    Some(Count {
        version,
        operations,
    })
}

fn of_item(tree: &Value, item: &Value) -> usize {
    let item = match item
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|at| at.strip_prefix('#'))
    {
        Some(pointer) => tree.pointer(pointer).unwrap_or(item),
        None => item,
    };
    let Some(entries) = item.as_object() else {
        return 0;
    };
    let plain = entries
        .iter()
        .filter(|(key, value)| METHODS.contains(&key.as_str()) && value.is_object());
    let more = entries
        .get("additionalOperations")
        .and_then(Value::as_object);
    plain.count() + more.map_or(0, serde_json::Map::len)
}
