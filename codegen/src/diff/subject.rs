//! What people call the node at a JSON pointer: `UserProfile.city`, `PUT /v3/user/email`.
//!
//! Names last longer than pointers, which change with the order of a list: fingerprints stand on them.

use std::collections::HashMap;

use crate::api::Api;
use crate::load::decode;

/// Names for the nodes of one document.
pub(crate) struct Subjects {
    /// The names of parameters in lists, by pointer.
    parameters: HashMap<String, String>,
}

impl Subjects {
    pub(crate) fn new(api: &Api) -> Self {
        let parameters = api
            .operations
            .iter()
            .flat_map(|operation| &operation.parameters);
        let named = parameters.map(|one| {
            let name = format!("{} parameter {}", one.location.as_str(), one.name);
            (one.pointer.clone(), name)
        });
        Self {
            parameters: named.collect(),
        }
    }

    /// The name of the node at this pointer.
    pub(crate) fn name(&self, pointer: &str) -> String {
        // Views of a schema have a mark in their pointers: see `lower/views.rs`.
        let keys: Vec<String> = decode(pointer)
            .map(|key| key.replace("@request", ""))
            .collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let (name, rest) = match &keys[..] {
            ["components", "schemas", name, rest @ ..] => ((*name).to_owned(), rest),
            ["components", kind, name, rest @ ..] => (self.component(pointer, kind, name), rest),
            ["paths" | "webhooks", path, rest @ ..] => self.path(pointer, path, rest),
            ["security", ..] => ("all operations".to_owned(), &[][..]),
            ["servers", ..] => ("server".to_owned(), &[][..]),
            ["info", ..] => ("document".to_owned(), &[][..]),
            _ => return pointer.to_owned(),
        };
        name + &tail(rest)
    }

    fn component(&self, pointer: &str, kind: &str, name: &str) -> String {
        let end = pointer
            .match_indices('/')
            .nth(3)
            .map_or(pointer.len(), |(at, _)| at);
        if let Some(known) = self.parameters.get(&pointer[..end]) {
            return known.clone();
        }
        let kind = match kind {
            "responses" => "response",
            "requestBodies" => "body",
            "headers" => "header",
            "parameters" => "parameter",
            "securitySchemes" => "security scheme",
            "pathItems" => "path",
            other => other,
        };
        format!("{kind} {name}")
    }

    fn path<'k>(&self, pointer: &str, path: &str, rest: &'k [&'k str]) -> (String, &'k [&'k str]) {
        let is_method =
            |key: &str| !matches!(key, "parameters" | "servers" | "summary" | "description");
        let (start, rest, depth) = match rest {
            ["additionalOperations", method, rest @ ..] => (format!("{method} {path}"), rest, 5),
            [method, rest @ ..] if is_method(method) => {
                (format!("{} {path}", method.to_uppercase()), rest, 4)
            }
            rest => (path.to_owned(), rest, 3),
        };
        match rest {
            ["parameters", _, rest @ ..] => {
                let slash = pointer.match_indices('/').nth(depth + 1);
                let end = slash.map_or(pointer.len(), |(at, _)| at);
                let known = self.parameters.get(&pointer[..end]);
                let name = known.map_or("parameter", String::as_str);
                (format!("{start} {name}"), rest)
            }
            ["requestBody", rest @ ..] => (format!("{start} request"), rest),
            ["responses", status, rest @ ..] => (format!("{start} {status}"), rest),
            rest => (start, rest),
        }
    }
}

/// The way from what has a name to the node.
fn tail(keys: &[&str]) -> String {
    let mut text = String::new();
    let mut keys = keys;
    loop {
        keys = match keys {
            [] => return text,
            ["properties", name, rest @ ..] => {
                text += &format!(".{name}");
                rest
            }
            ["patternProperties", name, rest @ ..] => {
                text += &format!("./{name}/");
                rest
            }
            ["headers", name, rest @ ..] => {
                text += &format!(" header {name}");
                rest
            }
            ["items", rest @ ..] => {
                text += "[]";
                rest
            }
            ["prefixItems", index, rest @ ..] => {
                text += &format!("[{index}]");
                rest
            }
            ["additionalProperties", rest @ ..] => {
                text += ".*";
                rest
            }
            ["oneOf" | "anyOf", index, rest @ ..] => {
                text += &format!("({index})");
                rest
            }
            // The form of a body is told where there is more to say of it, and not on the way to a property.
            ["content", media] => return format!("{text} {media}"),
            ["allOf" | "content", _, rest @ ..] | ["schema" | "security", rest @ ..] => rest,
            [key, rest @ ..] => {
                text += &format!("/{key}");
                rest
            }
        };
    }
}
