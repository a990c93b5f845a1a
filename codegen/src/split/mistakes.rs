//! Mistakes of which nothing is lost, as there is no doubt about what is meant: told, with what is done.
//!
//! What cannot be read at all is `demands`' to say, and what is repaired on the way is told in `walk`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::grammar::Kind;
use super::parts::Root;
use crate::api::LostNode;
use crate::load::child;

/// One object of the document with what is needed to judge it.
pub(super) struct Place<'a> {
    pub(super) root: Root<'a>,
    pub(super) kind: Kind,
    pub(super) pointer: &'a str,
    pub(super) entries: &'a Map<String, Value>,
}

/// What is wrong with the object itself; what it holds is judged when the walk gets there.
pub(super) fn of(place: &Place<'_>) -> Vec<LostNode> {
    let mut told = Told(place, Vec::new());
    match place.kind {
        Kind::Document => of_paths(&mut told),
        Kind::Components => of_components(&mut told),
        Kind::Parameter => of_parameter(&mut told),
        Kind::Header => of_content(&mut told),
        Kind::Response => of_headers(&mut told),
        Kind::MediaType => of_encoding(&mut told),
        Kind::Operation => of_operation(&mut told),
        Kind::ServerVariable => of_variable(&mut told),
        Kind::SecurityScheme => of_security_scheme(&mut told),
        _ => {}
    }
    of_version(&mut told);
    told.1
}

struct Told<'a>(&'a Place<'a>, Vec<LostNode>);

impl<'a> Told<'a> {
    fn get(&self, key: &str) -> Option<&'a Value> {
        self.0.entries.get(key)
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str()
    }

    fn map(&self, key: &str) -> Option<&'a Map<String, Value>> {
        self.get(key)?.as_object()
    }

    fn tell(&mut self, key: &str, what: impl Into<String>) {
        let at = child(self.0.pointer, key);
        self.1.push(LostNode::new(at, what));
    }

    fn tell_below(&mut self, key: &str, name: &str, what: impl Into<String>) {
        let at = child(&child(self.0.pointer, key), name);
        self.1.push(LostNode::new(at, what));
    }
}

/// Paths that differ in the names of their parameters alone (3.1 §4.8.8), and braces that are left open.
fn of_paths(told: &mut Told<'_>) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (path, _) in told.map("paths").into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        if path.matches('{').count() != path.matches('}').count() {
            let what = "a brace without its other half: it is sent as it stands";
            told.tell_below("paths", path, what);
        }
        if path.contains('#') {
            let what = "a fragment is not sent (RFC 3986 §3.5): the server cannot tell it from the path without one";
            told.tell_below("paths", path, what);
        }
        let shape = nameless(path);
        if let Some(other) = known.get(&shape) {
            let what = format!("it matches the same requests as `{other}`");
            told.tell_below("paths", path, what);
        }
        known.insert(shape, path);
    }
}

/// The path with nothing between its braces.
fn nameless(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('}').map_or(part, |(_, rest)| rest);
        shape += "{}";
        shape += rest;
    }
    shape
}

/// 3.1 §4.8.7: names of components are of letters, digits, `.`, `-` and `_`.
fn of_components(told: &mut Told<'_>) {
    let sections = told.0.entries.iter();
    for (section, parts) in sections.filter(|(key, _)| !key.starts_with("x-")) {
        for name in parts
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
        {
            let is_allowed = |sign: char| sign.is_ascii_alphanumeric() || ".-_".contains(sign);
            if name.is_empty() || !name.chars().all(is_allowed) {
                let what = "a component's name has letters, digits, `.`, `-` and `_` only: it is taken as it is";
                told.tell_below(section, name, what);
            }
        }
    }
}

fn of_parameter(told: &mut Told<'_>) {
    if told.text("in") == Some("path") && told.get("required") != Some(&Value::Bool(true)) {
        // 3.1 §4.8.12.2.1.
        let key = if told.get("required").is_some() {
            "required"
        } else {
            "in"
        };
        told.tell(
            key,
            "a path parameter is always required: it is an argument",
        );
    }
    if told.text("in") == Some("header")
        && let Some(name) = told.text("name").filter(|name| !is_token(name))
    {
        let what = format!("{name:?} is no name for a header (RFC 9110 §5.1): it cannot be sent");
        told.tell("name", what);
    }
    if told.get("content").is_some() {
        for key in ["style", "explode", "allowReserved"] {
            if told.get(key).is_some() {
                told.tell(key, format!("`{key}` means nothing beside `content`"));
            }
        }
    }
    if told.text("in").is_some_and(|place| place != "query") && told.get("allowReserved").is_some()
    {
        told.tell(
            "allowReserved",
            "`allowReserved` is carried for queries only",
        );
    }
    of_content(told);
}

/// What parameters and headers have in common (3.1 §4.8.12.2).
fn of_content(told: &mut Told<'_>) {
    if told.get("schema").is_some() && told.get("content").is_some() {
        told.tell(
            "content",
            "`schema` and `content` exclude each other: `schema` counts",
        );
    }
    if told.get("example").is_some() && told.get("examples").is_some() {
        told.tell("examples", "`example` and `examples` exclude each other");
    }
    let Some(content) = told.map("content") else {
        return;
    };
    match content.len() {
        0 => told.tell("content", "`content` names no media type: read as a string"),
        1 => {}
        _ => told.tell(
            "content",
            "`content` names several media types: the first counts",
        ),
    }
    let wrong = content.keys().filter(|name| !is_media_type(name));
    for name in wrong {
        told.tell_below("content", name, "it is no media type (RFC 9110 §8.3.1)");
    }
}

fn of_headers(told: &mut Told<'_>) {
    let headers = told.map("headers").into_iter().flatten();
    for (name, _) in headers.filter(|(name, _)| !is_token(name)) {
        let what = format!("{name:?} is no name for a header (RFC 9110 §5.1): it is never there");
        told.tell_below("headers", name, what);
    }
    let content = told.map("content").into_iter().flatten();
    for (name, _) in content.filter(|(name, _)| !is_media_type(name)) {
        let what = "it is no media type (RFC 9110 §8.3.1): read as bytes";
        told.tell_below("content", name, what);
    }
}

/// `encoding` is of properties that the schema has (3.1 §4.8.14.1).
fn of_encoding(told: &mut Told<'_>) {
    let Some(encoding) = told.map("encoding") else {
        return;
    };
    let schema = told
        .get("schema")
        .and_then(|schema| followed(told.0.root, schema));
    let Some(properties) = schema.and_then(|schema| schema.get("properties")?.as_object()) else {
        return;
    };
    let is_whole = schema.is_some_and(|schema| {
        let more = ["allOf", "anyOf", "oneOf", "additionalProperties", "$ref"];
        more.iter().all(|key| schema.get(*key).is_none())
    });
    let unknown = encoding
        .keys()
        .filter(|name| !properties.contains_key(*name));
    for name in unknown.filter(|_| is_whole) {
        let what =
            format!("the schema has no property `{name}` that this could be the encoding of");
        told.tell_below("encoding", name, what);
    }
}

/// What a chain of references ends at.
fn followed<'a>(root: Root<'a>, mut value: &'a Value) -> Option<&'a Value> {
    for _ in 0..8 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some(value);
        };
        value = root.pointer(reference.strip_prefix('#')?)?;
    }
    None
}

fn of_operation(told: &mut Told<'_>) {
    let declared = told.map("responses").map_or(0, Map::len);
    if minor(told.0.root) == 0 && declared == 0 {
        let key = if told.get("responses").is_some() {
            "responses"
        } else {
            ""
        };
        let at = match key {
            "" => told.0.pointer.to_owned(),
            key => child(told.0.pointer, key),
        };
        let what = "an operation declares at least one response: any success is taken";
        told.1.push(LostNode::new(at, what));
    }
}

fn of_variable(told: &mut Told<'_>) {
    let Some(Value::Array(values)) = told.get("enum") else {
        return;
    };
    if values.is_empty() {
        told.tell("enum", "no value is allowed: read as if it were not there");
    } else if told
        .get("default")
        .is_some_and(|default| !values.contains(default))
    {
        told.tell(
            "default",
            "it is none of the values in `enum`: it is used all the same",
        );
    }
}

/// Keys that belong to schemes of another type (3.1 §4.8.27.1).
fn of_security_scheme(told: &mut Told<'_>) {
    let own: &[&str] = match told.text("type") {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme", "bearerFormat"],
        Some("oauth2") => &["flows", "oauth2MetadataUrl"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => return,
    };
    let all = [
        "name",
        "in",
        "scheme",
        "bearerFormat",
        "flows",
        "openIdConnectUrl",
        "oauth2MetadataUrl",
    ];
    for key in all.iter().filter(|key| !own.contains(key)) {
        if told.get(key).is_some() {
            let of = told.text("type").unwrap_or_default();
            told.tell(
                key,
                format!("`{key}` means nothing for a scheme of type `{of}`"),
            );
        }
    }
    if let Some(url) = told.text("openIdConnectUrl")
        && !["https://", "http://", "/"]
            .iter()
            .any(|start| url.starts_with(start))
    {
        told.tell("openIdConnectUrl", "it is no URL");
    }
}

/// Keys of a later version than the document says that it is of.
fn of_version(told: &mut Told<'_>) {
    let since: &[(u32, &str)] = match told.0.kind {
        Kind::Document => &[(1, "webhooks"), (1, "jsonSchemaDialect"), (2, "$self")],
        Kind::Info => &[(1, "summary")],
        Kind::Components => &[(1, "pathItems"), (2, "mediaTypes")],
        Kind::PathItem => &[(2, "query"), (2, "additionalOperations")],
        Kind::MediaType => &[
            (2, "itemSchema"),
            (2, "prefixEncoding"),
            (2, "itemEncoding"),
        ],
        Kind::Server => &[(2, "name")],
        Kind::SecurityScheme => &[(2, "deprecated"), (2, "oauth2MetadataUrl")],
        _ => return,
    };
    let minor = minor(told.0.root);
    for (version, key) in since {
        if *version > minor && told.get(key).is_some() {
            let what = format!(
                "`{key}` is of OpenAPI 3.{version}, and the document of 3.{minor}: read as there"
            );
            told.tell(key, what);
        }
    }
}

/// The second number of the version; the last known one where there is none to read.
fn minor(root: Root<'_>) -> u32 {
    let version = root.get("openapi").and_then(Value::as_str);
    let minor = version.and_then(|version| version.split('.').nth(1));
    minor.and_then(|minor| minor.parse().ok()).unwrap_or(2)
}

/// RFC 9110 §5.6.2.
fn is_token(text: &str) -> bool {
    let is_allowed = |sign: char| sign.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(sign);
    !text.is_empty() && text.chars().all(is_allowed)
}

/// A type and a subtype, either of which may be a range.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let parts = essence.split_once('/');
    parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}
