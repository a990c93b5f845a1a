//! What the keywords hold that are read as they stand.

use serde_json::Value;

use crate::load::child;

/// Whether a keyword's value is of the kind that the specification asks for; one that is not says nothing, and is
/// told. Keywords that are not here have readers that say more.
pub(super) fn fits(key: &str, value: &Value) -> bool {
    match key {
        "title" | "description" | "format" | "contentMediaType" | "pattern" | "$id" | "$anchor"
        | "$dynamicAnchor" => value.is_string(),
        "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" => value.is_boolean(),
        "multipleOf" | "minimum" | "maximum" => value.is_number(),
        // A boolean in 3.0.
        "exclusiveMinimum" | "exclusiveMaximum" => value.is_number() || value.is_boolean(),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            value.is_number()
        }
        "examples" => value.is_array(),
        "discriminator" => value.get("propertyName").is_some_and(Value::is_string),
        _ => true,
    }
}

/// Keys of the objects that some keywords hold, as pointers from the schema, that the specification does not have.
pub(super) fn unknown_below(key: &str, value: &Value) -> Vec<String> {
    let known: &[&str] = match key {
        "discriminator" => &["propertyName", "mapping", "defaultMapping"],
        "externalDocs" => &["url", "description"],
        "xml" => &[
            "name",
            "namespace",
            "prefix",
            "attribute",
            "wrapped",
            "nodeType",
        ],
        _ => return Vec::new(),
    };
    let entries = value.as_object().into_iter().flatten();
    let unknown = entries.map(|(name, _)| name.as_str());
    unknown
        .filter(|name| !known.contains(name) && !name.starts_with("x-"))
        .map(|name| child(key, name))
        .collect()
}
