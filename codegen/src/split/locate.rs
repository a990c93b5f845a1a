//! Reads the skeleton, and where it does not read finds the smallest part at fault.
//!
//! The reader says what is wrong but, behind flattened and untagged types, not where. So when the
//! whole fails its parts are tried alone, downwards, by the same grammar that took it apart.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::demands::{found, unmet};
use super::grammar::{Holds, Kind, holds};
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::child;

/// The skeleton as a typed document, and its path items as they stand.
pub(super) fn read(
    mut skeleton: Value,
) -> Result<(openapiv3::OpenAPI, Map<String, Value>), Problems> {
    let mut paths = Map::new();
    if let Some(Value::Object(all)) = skeleton.get_mut("paths") {
        paths = std::mem::take(all);
        let others = paths.iter().filter(|(key, _)| !key.starts_with('/'));
        all.extend(others.map(|(key, value)| (key.clone(), value.clone())));
    }
    match openapiv3::OpenAPI::deserialize(&skeleton) {
        Ok(openapi) => {
            paths.retain(|key, _| key.starts_with('/'));
            Ok((openapi, paths))
        }
        Err(error) => {
            // What is wrong with path items is told as well.
            if let Some(Value::Object(others)) = skeleton.get_mut("paths") {
                *others = paths;
            }
            let mut problems = Vec::new();
            let why = error.to_string();
            blame(Kind::Document, "", &skeleton, &why, &mut problems);
            Err(problems)
        }
    }
}

/// One path item as a typed one.
pub(crate) fn path_item(path: &str, item: &Value) -> Result<openapiv3::PathItem, Problems> {
    openapiv3::PathItem::deserialize(item).map_err(|_| {
        let mut problems = Vec::new();
        try_part(Kind::PathItem, &child("/paths", path), item, &mut problems);
        problems
    })
}

/// Adds a problem for each smallest part of `value` that does not read; `why` is what was said of it.
fn blame(kind: Kind, pointer: &str, value: &Value, why: &str, problems: &mut Problems) {
    let before = problems.len();
    if let Value::Object(entries) = value {
        for (key, part) in entries {
            let at = child(pointer, key);
            match (holds(kind, key), part) {
                (Some(Holds::One(kind)), _) => try_part(kind, &at, part, problems),
                (Some(Holds::List(kind)), Value::Array(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        try_part(kind, &child(&at, &index.to_string()), item, problems);
                    }
                }
                (Some(Holds::Map(kind)), Value::Object(entries)) => {
                    for (key, item) in entries {
                        try_part(kind, &child(&at, key), item, problems);
                    }
                }
                (Some(Holds::List(_)), other) => {
                    problems.push(wrong_shape(&at, key, "a list", other));
                }
                (Some(Holds::Map(_)), other) => {
                    problems.push(wrong_shape(&at, key, "a mapping", other));
                }
                _ => {}
            }
        }
    }
    if problems.len() == before {
        problems.extend(unmet(kind, pointer, value));
    }
    // What is demanded and not known to be: the reader's own words are better than none.
    if problems.len() == before {
        problems.push(Problem::at(
            Code::Structure,
            pointer,
            format!("{}: {why}", name(kind)),
        ));
    }
}

fn try_part(kind: Kind, pointer: &str, value: &Value, problems: &mut Problems) {
    if let Some(Err(why)) = reads_as(kind, value) {
        blame(kind, pointer, value, &why, problems);
    }
}

fn wrong_shape(pointer: &str, key: &str, expected: &str, value: &Value) -> Problem {
    let message = format!("`{key}` must be {expected}, found {}", found(value));
    Problem::at(Code::Structure, pointer, message)
}

/// Whether a part reads alone; `None` for what has no type of its own.
fn reads_as(kind: Kind, value: &Value) -> Option<Result<(), String>> {
    fn test<T: DeserializeOwned>(value: &Value) -> Result<(), String> {
        T::deserialize(value)
            .map(drop)
            .map_err(|error| error.to_string())
    }
    use openapiv3::{self as v3, ReferenceOr};
    Some(match kind {
        Kind::Document => test::<v3::OpenAPI>(value),
        Kind::Info => test::<v3::Info>(value),
        Kind::Server => test::<v3::Server>(value),
        Kind::ServerVariable => test::<v3::ServerVariable>(value),
        Kind::Components => test::<v3::Components>(value),
        Kind::PathItem => test::<ReferenceOr<v3::PathItem>>(value),
        Kind::Operation => test::<v3::Operation>(value),
        Kind::Parameter => test::<ReferenceOr<v3::Parameter>>(value),
        Kind::RequestBody => test::<ReferenceOr<v3::RequestBody>>(value),
        Kind::MediaType => test::<v3::MediaType>(value),
        Kind::Encoding => test::<v3::Encoding>(value),
        Kind::Response => test::<ReferenceOr<v3::Response>>(value),
        Kind::Responses => test::<v3::Responses>(value),
        Kind::Header => test::<ReferenceOr<v3::Header>>(value),
        Kind::SecurityScheme => test::<ReferenceOr<v3::SecurityScheme>>(value),
        Kind::Flows => test::<v3::OAuth2Flows>(value),
        Kind::Contact => test::<v3::Contact>(value),
        Kind::License => test::<v3::License>(value),
        Kind::ExternalDocs => test::<v3::ExternalDocumentation>(value),
        Kind::Tag => test::<v3::Tag>(value),
        Kind::Example => test::<ReferenceOr<v3::Example>>(value),
        Kind::Flow | Kind::Schema | Kind::Plain => return None,
    })
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "this document cannot be read",
        Kind::Info => "this info object cannot be read",
        Kind::Server => "this server cannot be read",
        Kind::ServerVariable => "this server variable cannot be read",
        Kind::Components => "these components cannot be read",
        Kind::PathItem => "this path item cannot be read",
        Kind::Operation => "this operation cannot be read",
        Kind::Parameter => "this parameter cannot be read",
        Kind::RequestBody => "this request body cannot be read",
        Kind::MediaType => "this media type cannot be read",
        Kind::Encoding => "this encoding cannot be read",
        Kind::Response | Kind::Responses => "this response cannot be read",
        Kind::Header => "this header cannot be read",
        Kind::SecurityScheme => "this security scheme cannot be read",
        Kind::Flows | Kind::Flow => "these OAuth 2 flows cannot be read",
        Kind::Contact => "this contact cannot be read",
        Kind::License => "this license cannot be read",
        Kind::ExternalDocs => "these external documents cannot be read",
        Kind::Tag => "this tag cannot be read",
        Kind::Example => "this example cannot be read",
        Kind::Schema | Kind::Plain => "this value cannot be read",
    }
}
