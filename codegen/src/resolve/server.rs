//! Where the API is served (3.1 §4.8.5).

use serde_json::Value;

use crate::api::{Server, ServerVariable};
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::child;

pub(super) fn resolve(servers: &[openapiv3::Server], problems: &mut Problems) -> Vec<Server> {
    let servers: Vec<Server> = servers
        .iter()
        .enumerate()
        .map(|(index, server)| resolve_one(server, format!("/servers/{index}"), problems))
        .collect();
    if !servers.is_empty() {
        return servers;
    }
    // 3.1 §4.8.1: no servers means one with the URL `/`, where the document itself came from.
    vec![Server {
        pointer: "/servers".to_owned(),
        name: None,
        url: "/".to_owned(),
        description: None,
        variables: Vec::new(),
    }]
}

fn resolve_one(server: &openapiv3::Server, pointer: String, problems: &mut Problems) -> Server {
    let variables = server.variables.iter().flatten();
    let variables: Vec<ServerVariable> = variables
        .map(|(name, variable)| ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            description: variable.description.clone(),
            values: variable.enumeration.clone(),
        })
        .collect();
    for name in placeholders(&server.url) {
        if !variables.iter().any(|variable| variable.name == name) {
            let message = format!("the URL has `{{{name}}}`, which `variables` does not define");
            problems.push(Problem::at(
                Code::Structure,
                child(&pointer, "url"),
                message,
            ));
        }
    }
    let name = server
        .extensions
        .get("x-stencil-name")
        .and_then(Value::as_str);
    Server {
        name: name.map(str::to_owned),
        url: server.url.clone(),
        description: server.description.clone(),
        variables,
        pointer,
    }
}

/// The names between braces.
pub(super) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
