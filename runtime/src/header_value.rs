//! Headers as values.

use http::HeaderValue;
use http::header::GetAll;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A header as a value of this type: a text, else what JSON reads it as, else the items between its commas.
pub(crate) fn read<T: DeserializeOwned>(values: &GetAll<'_, HeaderValue>) -> Option<T> {
    let texts = values.iter().map(HeaderValue::to_str);
    let texts: Vec<&str> = texts.collect::<Result<_, _>>().ok()?;
    if texts.is_empty() {
        return None;
    }
    // Several lines of one header are one list (RFC 9110 §5.3).
    let text = texts.join(", ");
    let whole = || serde_json::from_value(Value::from(text.as_str())).ok();
    let scalar = || serde_json::from_str(&text).ok();
    let items = || {
        text.split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
    };
    let list = |item: fn(&str) -> Value| serde_json::from_value(items().map(item).collect()).ok();
    whole()
        .or_else(scalar)
        .or_else(|| list(text_value))
        .or_else(|| list(|item| serde_json::from_str(item).unwrap_or_else(|_| Value::from(item))))
}

fn text_value(text: &str) -> Value {
    Value::from(text)
}
#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn value<T: DeserializeOwned>(lines: &[&str]) -> Option<T> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x", line.parse().unwrap());
        }
        read(&headers.get_all("x"))
    }

    #[test]
    fn a_header_is_read_as_its_type() {
        assert_eq!(value::<i64>(&["7"]), Some(7));
        assert_eq!(value::<bool>(&["true"]), Some(true));
        // A text that looks like a number stays one.
        assert_eq!(value::<String>(&["7"]), Some("7".to_owned()));
        assert_eq!(
            value::<Vec<String>>(&["a, b", "c"]),
            Some(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()])
        );
        assert_eq!(value::<Vec<i64>>(&["1,2"]), Some(vec![1, 2]));
        assert_eq!(value::<i64>(&["many"]), None);
        assert_eq!(value::<String>(&[]), None);
    }
}
