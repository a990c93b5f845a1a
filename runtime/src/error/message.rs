//! What the server said, found in the shapes that APIs commonly use.

use serde_json::Value;

/// Characters of a message that are kept.
const MAX: usize = 500;

/// The message in a body: a text itself, or under the usual names (RFC 9457 §3.1 among them).
pub(super) fn find(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let text = in_value(&value, 4)?;
    let visible: String = text.chars().filter(|c| !c.is_control()).take(MAX).collect();
    (!visible.trim().is_empty()).then_some(visible)
}

fn in_value(value: &Value, depth: usize) -> Option<String> {
    if depth == 0 {
        return None;
    }
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Vec<String> = items
                .iter()
                .take(8)
                .filter_map(|item| in_value(item, depth - 1))
                .collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        Value::Object(entries) => {
            let names = [
                "message",
                "detail",
                "error_description",
                "title",
                "error",
                "errors",
            ];
            names
                .iter()
                .find_map(|name| in_value(entries.get(*name)?, depth - 1))
        }
        _ => None,
    }
}
