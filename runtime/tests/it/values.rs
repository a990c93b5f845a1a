//! The types of values that generated code uses.

use serde_json::{Value, json};
use stencil_runtime::{FormattedString, Maybe, StringEnum, UnknownValue};

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Update {
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    field: Maybe<String>,
}

#[test]
fn absent_null_and_value_are_three_things_both_ways() {
    let cases = [
        (json!({}), Maybe::Absent),
        (json!({ "field": null }), Maybe::Null),
        (json!({ "field": "x" }), Maybe::Value("x".to_owned())),
    ];
    for (json, field) in cases {
        let read: Update = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(read.field, field);
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Color {
    Blue,
    Unknown(UnknownValue),
}

impl StringEnum for Color {
    fn as_str(&self) -> &str {
        match self {
            Self::Blue => "blue",
            Self::Unknown(value) => value.as_str(),
        }
    }
    fn from_str(value: &str) -> Self {
        match value {
            "blue" => Self::Blue,
            _ => Self::Unknown(UnknownValue::new(value)),
        }
    }
}

stencil_runtime::string_enum!(Color);

#[test]
fn an_enum_keeps_a_value_that_it_does_not_know() {
    for text in ["blue", "Blue", "", "a \"quoted\" one"] {
        let color: Color = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(color == Color::Blue, text == "blue");
        assert_eq!(color.to_string(), text);
        assert_eq!(serde_json::to_value(&color).unwrap(), json!(text));
    }
    assert!(serde_json::from_value::<Color>(json!(1)).is_err());
}

const FORMS: &[&str] = &["account-id {}", "{}"];

fn written(index: usize, value: &str) -> Result<Value, serde_json::Error> {
    serde_json::to_value(FormattedString::new(FORMS, index, value.to_owned()))
}

#[test]
fn a_value_is_written_in_its_form() {
    assert_eq!(written(0, "123").unwrap(), "account-id 123");
    assert_eq!(written(1, "someone").unwrap(), "someone");
    // Not that form, and so allowed.
    assert_eq!(written(1, "account").unwrap(), "account");
}

#[test]
fn a_value_never_passes_for_another_form() {
    for value in [
        "account-id 5",
        "ACCOUNT-ID 5",
        " account-id 5",
        "account-id",
        "",
        "  ",
        "a\r\nb",
    ] {
        let error = written(1, value).unwrap_err().to_string();
        assert!(value.trim().is_empty() || !error.contains(value), "{error}");
    }
}
