//! What a plain scalar is (YAML 1.2.2 §10.3.2).

use granit_parser::Tag;
use serde_json::{Number, Value};

/// The value that is no text; `None` for a text.
pub(super) fn plain(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        // Most texts end here.
        _ if !text.starts_with(|sign: char| sign.is_ascii_digit() || "+-.".contains(sign)) => None,
        _ => integer(text).or_else(|| float(text)),
    }
}

/// Whether a value is of the type that a tag of the core schema names.
pub(super) fn is_of(value: &Value, tag: Option<&Tag>) -> bool {
    match tag.map(Tag::suffix) {
        Some("null") => value.is_null(),
        Some("bool") => value.is_boolean(),
        Some("int") => value.is_i64() || value.is_u64(),
        Some("float") => value.is_number(),
        _ => false,
    }
}

fn integer(text: &str) -> Option<Value> {
    let (is_negative, digits) = match text.as_bytes()[0] {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (digits, radix) = match digits.get(..2) {
        Some("0x") => (&digits[2..], 16),
        Some("0o") => (&digits[2..], 8),
        Some("0b") => (&digits[2..], 2),
        // Digits behind a zero are a text: a postal code, a telephone number.
        _ if digits.len() > 1 && digits.starts_with('0') => return None,
        _ => (digits, 10),
    };
    // The standard library would take another sign here.
    if !digits.starts_with(|digit: char| digit.is_digit(radix)) {
        return None;
    }
    let size = i128::from_str_radix(digits, radix).ok()?;
    Some(number(if is_negative { -size } else { size }))
}

/// A number beyond 64 bits is a limit, where magnitude counts.
fn number(value: i128) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "its magnitude is what counts")]
    let about = value as f64;
    let exact = u64::try_from(value).map(Number::from);
    let exact = exact.or_else(|_| i64::try_from(value).map(Number::from));
    exact.map_or_else(|_| real(about), Value::Number)
}

fn float(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let ".inf" | ".Inf" | ".INF" = unsigned {
        let is_negative = text.starts_with('-');
        let infinite = if is_negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
        return Some(real(infinite));
    }
    if let ".nan" | ".NaN" | ".NAN" = text {
        return Some(real(f64::NAN));
    }
    let is_code = unsigned.len() > 1
        && unsigned.starts_with('0')
        && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let value = text.parse::<f64>().ok();
    value
        .filter(|value| value.is_finite() && is_number && !is_code)
        .map(real)
}

/// JSON has no NaN and no infinity (RFC 8259 §6): what YAML calls so is kept as text.
pub(super) fn real(value: f64) -> Value {
    Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::plain;

    /// Those of the specification's table (YAML 1.2.2 §10.3.2), and what readers often take for something else.
    #[test]
    fn plain_scalars_are_those_of_the_core_schema() {
        let cases = [
            ("", json!(null)),
            ("~", json!(null)),
            ("NULL", json!(null)),
            ("True", json!(true)),
            ("FALSE", json!(false)),
            ("0", json!(0)),
            ("0o7", json!(7)),
            ("0x3A", json!(58)),
            ("-19", json!(-19)),
            ("+12", json!(12)),
            ("0.", json!(0.0)),
            ("-0.0", json!(-0.0)),
            (".5", json!(0.5)),
            ("+12e03", json!(12000.0)),
            ("-2E+05", json!(-200_000.0)),
            (".inf", json!("inf")),
            ("-.Inf", json!("-inf")),
            (".NAN", json!("NaN")),
            ("18446744073709551615", json!(u64::MAX)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ];
        for (text, value) in cases {
            assert_eq!(plain(text), Some(value), "{text}");
        }
        for text in [
            "yes",
            "no",
            "on",
            "y",
            "nan",
            "inf",
            "0123",
            "-012",
            "+-1",
            "--1",
            "0x",
            "0x-1",
            "1_000",
            "12:30",
            "2020-01-01",
            "1.2.3",
            "-",
            "+",
            ".",
            "e5",
            "-inf",
            "+nan",
        ] {
            assert_eq!(plain(text), None::<Value>, "{text}");
        }
    }
}
