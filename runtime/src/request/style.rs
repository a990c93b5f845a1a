//! How values are written into paths, queries, headers and cookies (OpenAPI 3.1 §4.8.12, "Style
//! Values" and "Style Examples"; RFC 6570 for what those leave open).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::Value;

/// How a parameter is written (OpenAPI 3.1 §4.8.12, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `blue,black`: in paths and headers.
    Simple,
    /// `.blue.black`: in paths.
    Label,
    /// `;color=blue`: in paths.
    Matrix,
    /// `color=blue`: in queries and cookies.
    Form,
    /// `color=blue%20black`: in queries.
    SpaceDelimited,
    /// `color=blue%7Cblack`: in queries.
    PipeDelimited,
    /// `color%5BR%5D=100`: in queries.
    DeepObject,
    /// `color=blue`: in cookies, as it is (OpenAPI 3.2 §4.12.3); `Form` encodes what is no letter.
    Cookie,
}

/// All but the unreserved characters (RFC 3986 §2.3).
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// All but the unreserved and the reserved characters (RFC 3986 §2.2); `#`, `&` and `+` stay encoded, as
/// they would end the value or change it.
const NOT_RESERVED: &AsciiSet = &NOT_UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

type Written<T> = Result<T, &'static str>;

/// A value taken apart: what all styles are about.
enum Shape {
    Nothing,
    Text(String),
    List(Vec<String>),
    Entries(Vec<(String, String)>),
}

/// Takes a value apart; `encode` is what each text goes through.
fn shape(value: &Value, encode: impl Fn(&str) -> String) -> Written<Shape> {
    Ok(match value {
        Value::Null => Shape::Nothing,
        Value::Array(items) => {
            let texts = items.iter().filter(|item| !item.is_null()).map(plain);
            Shape::List(
                texts
                    .map(|text| Ok(encode(&text?)))
                    .collect::<Written<_>>()?,
            )
        }
        Value::Object(entries) => {
            let texts = entries.iter().filter(|(_, value)| !value.is_null());
            let texts = texts.map(|(name, value)| Ok((encode(name), encode(&plain(value)?))));
            Shape::Entries(texts.collect::<Written<_>>()?)
        }
        other => Shape::Text(encode(&plain(other)?)),
    })
}

fn plain(value: &Value) -> Written<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => {
            Err("lists and objects within others cannot be sent in this style")
        }
    }
}

pub(super) fn encoded(text: &str) -> String {
    percent_encode(text.as_bytes(), NOT_UNRESERVED).to_string()
}

/// A path parameter; `None` for null.
pub(super) fn segment(
    name: &str,
    style: Style,
    explode: bool,
    value: &Value,
) -> Written<Option<String>> {
    let shape = shape(value, encoded)?;
    match style {
        Style::Label => Ok(prefixed(
            ".",
            if explode { "." } else { "," },
            explode,
            shape,
        )),
        Style::Matrix => Ok(matrix(&encoded(name), explode, shape)),
        _ => Ok(prefixed("", ",", explode, shape)),
    }
}

/// A header parameter; `None` for null. Nothing is encoded (OpenAPI 3.1 §4.8.12, "Style Values").
pub(super) fn header(explode: bool, value: &Value) -> Written<Option<String>> {
    Ok(prefixed("", ",", explode, shape(value, str::to_owned)?))
}

fn prefixed(prefix: &str, separator: &str, explode: bool, shape: Shape) -> Option<String> {
    let parts = match shape {
        Shape::Nothing => return None,
        Shape::Text(text) => vec![text],
        Shape::List(items) => items,
        Shape::Entries(entries) => named(entries, explode),
    };
    Some(format!("{prefix}{}", parts.join(separator)))
}

/// Exploded entries are `name=value`, others `name` and `value` in turn.
fn named(entries: Vec<(String, String)>, explode: bool) -> Vec<String> {
    if explode {
        entries
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect()
    } else {
        entries
            .into_iter()
            .flat_map(|(name, value)| [name, value])
            .collect()
    }
}

fn matrix(name: &str, explode: bool, shape: Shape) -> Option<String> {
    let with_name = |value: &str| {
        if value.is_empty() {
            format!(";{name}")
        } else {
            format!(";{name}={value}")
        }
    };
    Some(match shape {
        Shape::Nothing => return None,
        Shape::Text(text) => with_name(&text),
        Shape::List(items) if explode => items.iter().map(|item| with_name(item)).collect(),
        Shape::List(items) => with_name(&items.join(",")),
        Shape::Entries(entries) if explode => format!(";{}", named(entries, true).join(";")),
        Shape::Entries(entries) => with_name(&named(entries, false).join(",")),
    })
}

/// The `name=value` pairs of a query or a cookie; none for null and for empty lists (RFC 6570 §2.3).
pub(super) fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    reserved: bool,
    value: &Value,
) -> Written<Vec<String>> {
    let encode = |text: &str| match (style, reserved) {
        // Whoever gives a value that needs an encoding gives it encoded.
        (Style::Cookie, _) => text.to_owned(),
        (_, true) => percent_encode(text.as_bytes(), NOT_RESERVED).to_string(),
        (_, false) => encoded(text),
    };
    let name = encode_name(style, name);
    if style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep(&name, value, &encode, &mut pairs)?;
        return Ok(pairs);
    }
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let pairs = match shape(value, encode)? {
        Shape::Nothing => Vec::new(),
        Shape::Text(text) => vec![format!("{name}={text}")],
        Shape::List(items) if explode => {
            items.iter().map(|item| format!("{name}={item}")).collect()
        }
        Shape::Entries(entries) if explode => named(entries, true),
        Shape::List(items) if items.is_empty() => Vec::new(),
        Shape::List(items) => vec![format!("{name}={}", items.join(separator))],
        Shape::Entries(entries) if entries.is_empty() => Vec::new(),
        Shape::Entries(entries) => {
            vec![format!("{name}={}", named(entries, false).join(separator))]
        }
    };
    if style == Style::Cookie && !is_cookie(&pairs) {
        return Err(
            "a cookie holds no blanks, quotes, semicolons, backslashes and nothing beyond ASCII: give them encoded",
        );
    }
    Ok(pairs)
}

fn encode_name(style: Style, name: &str) -> String {
    match style {
        Style::Cookie => name.to_owned(),
        _ => encoded(name),
    }
}

/// What a cookie holds as it is (RFC 6265 §4.1.1), and the comma, which parts the items of a list.
fn is_cookie(pairs: &[String]) -> bool {
    let is_octet = |byte: u8| byte.is_ascii_graphic() && !b"\";\\".contains(&byte);
    pairs.iter().all(|pair| pair.bytes().all(is_octet))
}

/// A property without an encoding of its own: a list item by item, and JSON for objects (3.1 §4.8.15.1.1).
fn usual(name: &str, value: &Value) -> Written<Vec<String>> {
    match value {
        Value::Object(_) => Ok(json(name, value).into_iter().collect()),
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            Ok(items.iter().filter_map(|item| json(name, item)).collect())
        }
        _ => pairs(name, Style::Form, true, false, value),
    }
}

fn json(name: &str, value: &Value) -> Option<String> {
    let text = || format!("{}={}", encoded(name), encoded(&value.to_string()));
    (!value.is_null()).then(text)
}

/// `name[key]=value`, deeper where the value is.
fn deep(
    name: &str,
    value: &Value,
    encode: &impl Fn(&str) -> String,
    pairs: &mut Vec<String>,
) -> Written<()> {
    match value {
        Value::Null => {}
        Value::Object(entries) => {
            for (key, value) in entries {
                deep(
                    &format!("{name}%5B{}%5D", encoded(key)),
                    value,
                    encode,
                    pairs,
                )?;
            }
        }
        // The specification leaves lists open. Servers that read brackets read them so; what is no plain value
        // needs its number, as its own members would mix with those of the next one.
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let is_plain = !item.is_object() && !item.is_array();
                let index = if is_plain {
                    String::new()
                } else {
                    index.to_string()
                };
                deep(&format!("{name}%5B{index}%5D"), item, encode, pairs)?;
            }
        }
        other => pairs.push(format!("{name}={}", encode(&plain(other)?))),
    }
    Ok(())
}

/// How one property of a form is written (`encoding`, 3.1 §4.8.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormField {
    /// As JSON.
    Json,
    /// In this style, exploded or not.
    Styled(Style, bool),
}

/// The pairs of a form (WHATWG URL §5.2, with `%20` for blanks, which every reader takes).
pub(super) fn form(value: &Value, fields: &[(&str, FormField)]) -> Written<Option<Vec<String>>> {
    match value {
        Value::Null => Ok(None),
        Value::Object(entries) => {
            let mut parts = Vec::new();
            for (name, value) in entries {
                let told = fields.iter().find(|(known, _)| known == name);
                match told.map(|(_, field)| *field) {
                    None => parts.extend(usual(name, value)?),
                    Some(FormField::Json) => parts.extend(json(name, value)),
                    Some(FormField::Styled(style, explode)) => {
                        parts.extend(pairs(name, style, explode, false, value)?);
                    }
                }
            }
            Ok(Some(parts))
        }
        _ => Err("a form is made of an object"),
    }
}
