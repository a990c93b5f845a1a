//! What the server said, found in the shapes that APIs commonly use.

use serde_json::Value;

use crate::Parts;

/// Characters of a message that are kept.
const MAX: usize = 500;

/// The message in a body: a text itself, or under the usual names (RFC 9457 §3.1 among them).
pub(super) fn find(parts: &Parts) -> Option<String> {
    let text = match serde_json::from_slice(parts.body()) {
        Ok(value) => in_value(&value, 4)?,
        Err(_) if is_plain_text(parts) => String::from_utf8_lossy(parts.body()).into_owned(),
        Err(_) => return None,
    };
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
            let found = names
                .iter()
                .find_map(|name| in_value(entries.get(*name)?, depth - 1))?;
            // Beside a word such as "error" the list has what matters.
            let list = entries.get("errors").filter(|list| list.is_array());
            match list.and_then(|list| in_value(list, depth - 1)) {
                Some(more) if more != found => Some(format!("{found}; {more}")),
                _ => Some(found),
            }
        }
        _ => None,
    }
}

fn is_plain_text(parts: &Parts) -> bool {
    let media = parts.headers().get(http::header::CONTENT_TYPE);
    let media = media.and_then(|media| media.to_str().ok());
    media.is_some_and(|media| media.trim_start().starts_with("text/plain"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::find;
    use crate::Parts;

    fn found(media: &'static str, body: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(media));
        let parts = Parts::new(
            StatusCode::BAD_REQUEST,
            headers,
            Bytes::from_static(body.as_bytes()),
        );
        find(&parts)
    }

    #[test]
    fn a_message_is_a_text_or_stands_under_its_name() {
        let json = |body| found("application/json", body);
        assert_eq!(json(r#""no""#).as_deref(), Some("no"));
        // RFC 9457 §3.1: the detail is what is said of this occurrence, the title of all.
        assert_eq!(json(r#"{"title":"t","detail":"d"}"#).as_deref(), Some("d"));
        let listed = r#"{"error":"bad request","errors":[{"message":"a"},{"message":"b"}]}"#;
        assert_eq!(json(listed).as_deref(), Some("bad request; a; b"));
        assert_eq!(
            json(r#"{"message":"m","errors":["m"]}"#).as_deref(),
            Some("m")
        );
        for nothing in ["{}", "[]", "7", "null", r#"" ""#, r#"{"code":"x"}"#] {
            assert_eq!(json(nothing), None, "{nothing}");
        }
        assert_eq!(
            found("text/plain; charset=utf-8", "no\n").as_deref(),
            Some("no")
        );
        assert_eq!(found("text/html", "<p>no"), None);
    }

    #[test]
    fn a_message_is_not_looked_for_without_end() {
        let json = |body| found("application/json", body);
        assert_eq!(json(r#"[[["a"]]]"#).as_deref(), Some("a"));
        assert_eq!(json(r#"[[[["a"]]]]"#), None);
        assert_eq!(
            json(r#"{"error":{"error":{"error":"a"}}}"#).as_deref(),
            Some("a")
        );
        assert_eq!(json(r#"{"error":{"error":{"error":{"error":"a"}}}}"#), None);
        assert_eq!(
            json(r#"{"message":"m","errors":[["a"]]}"#).as_deref(),
            Some("m; a")
        );
        assert_eq!(
            json(r#"{"message":"m","errors":[[["a"]]]}"#).as_deref(),
            Some("m")
        );
        let long = found("text/plain", Box::leak("x".repeat(600).into_boxed_str()));
        assert_eq!(long.map(|text| text.len()), Some(500));
    }
}
