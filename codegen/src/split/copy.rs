//! Copies of values that take no more room than they need.

use serde_json::{Map, Value};

/// What `clone` gives, but for the room that a cloned mapping keeps for more entries: examples are thousands of them.
pub(super) fn copy(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let mut copied = Map::with_capacity(entries.len());
            copied.extend(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), copy(value))),
            );
            Value::Object(copied)
        }
        Value::Array(items) => Value::Array(items.iter().map(copy).collect()),
        other => other.clone(),
    }
}
