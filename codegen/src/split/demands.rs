//! What the specification demands of each kind of object, to say what is wrong in its own words: the reader of
//! the skeleton names its own types, and not the key at fault.

use serde_json::Value;

use super::grammar::Kind;
use crate::diagnostic::{Code, Problem};
use crate::load::child;

/// What stands under a key.
enum Shape {
    Text,
    Flag,
    Mapping,
    List,
    /// A list of texts.
    Texts,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

use Shape::{Flag, List, Mapping, OneOf, Text, Texts};

struct Demand {
    key: &'static str,
    is_required: bool,
    shape: Shape,
}

const fn must(key: &'static str, shape: Shape) -> Demand {
    Demand {
        key,
        is_required: true,
        shape,
    }
}

const fn may(key: &'static str, shape: Shape) -> Demand {
    Demand {
        key,
        is_required: false,
        shape,
    }
}

/// What is wrong with an object, each at its key; nothing if what is demanded here is there.
pub(super) fn unmet(kind: Kind, pointer: &str, value: &Value) -> Vec<Problem> {
    let problem = |at: String, message: String| Problem::at(Code::Structure, at, message);
    let Value::Object(entries) = value else {
        let message = format!("{} must be a mapping, found {}", name(kind), found(value));
        return vec![problem(pointer.to_owned(), message)];
    };
    if entries.contains_key("$ref") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for Demand {
        key,
        is_required,
        shape,
    } in demands(kind, pointer, value)
    {
        match entries.get(key) {
            None if is_required => {
                let message = format!("{} must have `{key}`", name(kind));
                problems.push(problem(pointer.to_owned(), message));
            }
            Some(value) if !is_met(&shape, value) => {
                let message = format!("`{key}` must be {}, found {}", words(&shape), found(value));
                problems.push(problem(child(pointer, key), message));
            }
            _ => {}
        }
    }
    problems
}

fn demands(kind: Kind, pointer: &str, value: &Value) -> Vec<Demand> {
    match kind {
        Kind::Document => vec![
            must("openapi", Text),
            may("tags", List),
            may("security", List),
        ],
        Kind::Info => vec![
            must("title", Text),
            must("version", Text),
            may("description", Text),
        ],
        Kind::Server | Kind::ExternalDocs => vec![must("url", Text), may("description", Text)],
        Kind::ServerVariable => vec![
            must("default", Text),
            may("enum", Texts),
            may("description", Text),
        ],
        Kind::PathItem | Kind::Example => vec![may("summary", Text), may("description", Text)],
        Kind::Operation => vec![
            may("operationId", Text),
            may("summary", Text),
            may("description", Text),
            may("deprecated", Flag),
            may("tags", Texts),
            may("security", List),
        ],
        Kind::Parameter => parameter(value),
        Kind::Header => vec![
            may("style", OneOf(&["simple"])),
            may("description", Text),
            may("required", Flag),
            may("deprecated", Flag),
            may("explode", Flag),
        ],
        Kind::RequestBody => vec![
            must("content", Mapping),
            may("description", Text),
            may("required", Flag),
        ],
        Kind::Response => vec![may("description", Text)],
        Kind::Encoding => vec![
            may("contentType", Text),
            may(
                "style",
                OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
            ),
            may("explode", Flag),
        ],
        Kind::SecurityScheme => security_scheme(value),
        Kind::Flow => flow(pointer),
        Kind::License | Kind::Tag => vec![must("name", Text), may("description", Text)],
        Kind::Contact => vec![may("name", Text), may("url", Text), may("email", Text)],
        _ => Vec::new(),
    }
}

/// 3.1 §4.8.12.2, with the styles that each place allows.
fn parameter(value: &Value) -> Vec<Demand> {
    let styles: &[&str] = match value.get("in").and_then(Value::as_str) {
        Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Some("header") => &["simple"],
        Some("path") => &["simple", "label", "matrix"],
        Some("cookie") => &["form", "cookie"],
        _ => &["form"],
    };
    vec![
        must("name", Text),
        must(
            "in",
            OneOf(&["query", "header", "path", "cookie", "querystring"]),
        ),
        may("style", OneOf(styles)),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("explode", Flag),
        may("allowReserved", Flag),
    ]
}

/// 3.1 §4.8.27.1: what is demanded depends on the type.
fn security_scheme(value: &Value) -> Vec<Demand> {
    let mut demands = vec![
        must(
            "type",
            OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        ),
        may("description", Text),
    ];
    match value.get("type").and_then(Value::as_str) {
        Some("apiKey") => {
            demands.push(must("name", Text));
            demands.push(must("in", OneOf(&["query", "header", "cookie"])));
        }
        Some("http") => demands.push(must("scheme", Text)),
        Some("oauth2") => demands.push(must("flows", Mapping)),
        Some("openIdConnect") => demands.push(must("openIdConnectUrl", Text)),
        _ => {}
    }
    demands
}

/// 3.1 §4.8.29.1: what is demanded depends on the flow.
fn flow(pointer: &str) -> Vec<Demand> {
    let mut demands = vec![must("scopes", Mapping), may("refreshUrl", Text)];
    let name = pointer.rsplit('/').next().unwrap_or_default();
    if name != "implicit" {
        demands.push(must("tokenUrl", Text));
    }
    if ["implicit", "authorizationCode"].contains(&name) {
        demands.push(must("authorizationUrl", Text));
    }
    demands
}

fn is_met(shape: &Shape, value: &Value) -> bool {
    match shape {
        Text => value.is_string(),
        Flag => value.is_boolean(),
        Mapping => value.is_object(),
        List => value.is_array(),
        Texts => value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_string)),
        OneOf(words) => value.as_str().is_some_and(|word| words.contains(&word)),
    }
}

fn words(shape: &Shape) -> String {
    match shape {
        Text => "a string".to_owned(),
        Flag => "true or false".to_owned(),
        Mapping => "a mapping".to_owned(),
        List => "a list".to_owned(),
        Texts => "a list of strings".to_owned(),
        OneOf([only]) => format!("`{only}`"),
        OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("one of {}", words.join(", "))
        }
    }
}

/// The value where it is short, else what kind of value it is.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.len() <= 40 => format!("{text:?}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "a document",
        Kind::Info => "`info`",
        Kind::Server => "a server",
        Kind::ServerVariable => "a server variable",
        Kind::Components => "`components`",
        Kind::PathItem => "a path item",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::RequestBody => "a request body",
        Kind::MediaType => "a media type",
        Kind::Encoding => "an encoding",
        Kind::Response => "a response",
        Kind::Responses => "`responses`",
        Kind::Header => "a header",
        Kind::SecurityScheme => "a security scheme",
        Kind::Flows => "`flows`",
        Kind::Flow => "an OAuth 2 flow",
        Kind::Contact => "`contact`",
        Kind::License => "`license`",
        Kind::ExternalDocs => "`externalDocs`",
        Kind::Tag => "a tag",
        Kind::Example => "an example",
        Kind::Schema | Kind::Plain => "this",
    }
}
