//! What people call the node at a JSON pointer: `UserProfile.city`, `PUT /v3/user/email`.
//!
//! Names last longer than pointers, which change with the order of a list: fingerprints stand on them.

use std::collections::HashMap;

use super::Side;
use crate::load::decode;

/// Names for the nodes of one document.
pub(crate) struct Subjects {
    /// The names of parameters in lists, by pointer.
    parameters: HashMap<String, String>,
}

impl Subjects {
    pub(crate) fn new(side: &Side) -> Self {
        let mut parameters = HashMap::new();
        let incoming = side.incoming.wire.iter();
        let wires = std::iter::once(&side.wire).chain(incoming);
        for one in wires
            .flat_map(|wire| &wire.api.operations)
            .flat_map(|one| &one.parameters)
        {
            let name = format!("{} parameter {}", one.location.as_str(), one.name);
            parameters.insert(side.incoming.home(&one.pointer), name);
        }
        Self { parameters }
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
            ["components", "callbacks", name, rest @ ..] => {
                self.callback(pointer, format!("callback {name}"), 3, rest)
            }
            ["components", "securitySchemes"] => ("security schemes".to_owned(), &[][..]),
            ["components", "pathItems", name, rest @ ..] => {
                self.item(pointer, format!("path {name}"), 3, rest)
            }
            ["components", kind, name, rest @ ..] => (self.component(pointer, kind, name), rest),
            ["paths", path, rest @ ..] => self.path(pointer, path, rest),
            ["webhooks", name, rest @ ..] => self.item(pointer, format!("webhook {name}"), 2, rest),
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
            other => other,
        };
        format!("{kind} {name}")
    }

    fn path<'k>(&self, pointer: &str, path: &str, rest: &'k [&'k str]) -> (String, &'k [&'k str]) {
        match rest {
            ["additionalOperations", method, rest @ ..] => {
                self.operation(pointer, format!("{method} {path}"), 4, rest)
            }
            [method, rest @ ..] if is_method(method) => {
                let name = format!("{} {path}", method.to_uppercase());
                self.operation(pointer, name, 3, rest)
            }
            rest => self.operation(pointer, path.to_owned(), 2, rest),
        }
    }

    /// What stands in an operation, or beside those of a path. `depth` is how many keys of the pointer are behind.
    fn operation<'k>(
        &self,
        pointer: &str,
        name: String,
        depth: usize,
        rest: &'k [&'k str],
    ) -> (String, &'k [&'k str]) {
        match rest {
            ["parameters", _, rest @ ..] => {
                let slash = pointer.match_indices('/').nth(depth + 2);
                let end = slash.map_or(pointer.len(), |(at, _)| at);
                let known = self.parameters.get(&pointer[..end]);
                let parameter = known.map_or("parameter", String::as_str);
                (format!("{name} {parameter}"), rest)
            }
            ["requestBody", rest @ ..] => (format!("{name} request"), rest),
            ["responses", status, rest @ ..] => (format!("{name} {status}"), rest),
            ["callbacks", callback, rest @ ..] => self.callback(
                pointer,
                format!("{name} callback {callback}"),
                depth + 2,
                rest,
            ),
            rest => (name, rest),
        }
    }

    /// Where a callback goes is no part of its name.
    fn callback<'k>(
        &self,
        pointer: &str,
        name: String,
        depth: usize,
        rest: &'k [&'k str],
    ) -> (String, &'k [&'k str]) {
        match rest {
            [_, rest @ ..] => self.item(pointer, name, depth + 1, rest),
            [] => (name, rest),
        }
    }

    /// What stands in the path item of a call that comes in.
    fn item<'k>(
        &self,
        pointer: &str,
        name: String,
        depth: usize,
        rest: &'k [&'k str],
    ) -> (String, &'k [&'k str]) {
        match rest {
            [method, rest @ ..] if is_method(method) => {
                let name = format!("{name} {}", method.to_uppercase());
                self.operation(pointer, name, depth + 1, rest)
            }
            rest => self.operation(pointer, name, depth, rest),
        }
    }
}

/// Whether a key of a path item is that of an operation.
fn is_method(key: &str) -> bool {
    !matches!(key, "parameters" | "servers" | "summary" | "description")
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
