//! Operations with all that belongs to them.

use openapiv3::{PathItem, ReferenceOr, SecurityRequirement};
use serde_json::{Map, Value};

use super::components::{Components, follow};
use super::security::Security;
use super::server::placeholders;
use super::{pagination, parameter, response};
use crate::api::{Body, Location, LostNode, Operation, OwnServer, Parameter};
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::child;
use crate::split::{MORE_METHODS, WRITTEN_PATH, path_item};

/// What operations are resolved with.
pub(super) struct Operations<'a> {
    /// `security` of the document.
    pub(super) of_document: Option<&'a Vec<SecurityRequirement>>,
    pub(super) security: &'a Security,
    pub(super) components: &'a Components<'a>,
    pub(super) losses: &'a mut Vec<LostNode>,
    pub(super) problems: &'a mut Problems,
}

impl Operations<'_> {
    /// All operations, in document order.
    ///
    /// # Errors
    ///
    /// What is wrong with the path items that cannot be read; what is wrong with references does not count then.
    pub(super) fn resolve(mut self, paths: Map<String, Value>) -> Result<Vec<Operation>, Problems> {
        let mut operations = Vec::new();
        let mut unread = Vec::new();
        // Each item goes before the next one is read.
        for (path, item) in paths {
            match path_item(&path, &item) {
                Ok(item) => self.of_item(&path, &item, &mut operations),
                Err(problems) => unread.extend(problems),
            }
        }
        if unread.is_empty() {
            operations.shrink_to_fit();
            Ok(operations)
        } else {
            Err(unread)
        }
    }

    fn of_item(&mut self, path: &str, item: &PathItem, operations: &mut Vec<Operation>) {
        let pointer = place_of(path, item.extensions.get(WRITTEN_PATH));
        let more = more_methods(item, self.problems);
        let common = item
            .iter()
            .map(|(method, operation)| (method, child(&pointer, method), operation));
        let more = more
            .iter()
            .map(|(method, at, operation)| (method.as_str(), at.clone(), operation));
        for (method, at, operation) in common.chain(more) {
            let place = Place {
                path,
                item,
                method,
                pointer: at,
                of_item: &pointer,
            };
            let alternatives = self
                .security
                .alternatives(operation.security.as_ref(), self.of_document);
            operations.push(resolve_one(
                &place,
                operation,
                alternatives,
                self.components,
                self.losses,
                self.problems,
            ));
        }
    }
}

/// The methods that a typed path item has keys for, in its order.
pub(crate) const TYPED_METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Where a path item stands in the document; `written` is its path where that was read as another one.
pub(super) fn place_of(path: &str, written: Option<&Value>) -> String {
    child("/paths", written.and_then(Value::as_str).unwrap_or(path))
}

/// Operations with methods beyond the common ones: see `split::MORE_METHODS`.
fn more_methods(
    item: &PathItem,
    problems: &mut Problems,
) -> Vec<(String, String, openapiv3::Operation)> {
    let listed = item.extensions.get(MORE_METHODS).and_then(Value::as_object);
    let mut more = Vec::new();
    for (method, entry) in listed.into_iter().flatten() {
        let pointer = entry
            .get("pointer")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let operation = entry.get("operation").cloned().unwrap_or_default();
        match serde_json::from_value(operation) {
            Ok(operation) => more.push((method.clone(), pointer.to_owned(), operation)),
            Err(error) => problems.push(Problem::at(
                Code::Structure,
                pointer,
                format!("this operation cannot be read: {error}"),
            )),
        }
    }
    more
}

/// The key that says how a list comes page by page.
const PAGINATION: &str = "x-stencil-pagination";

struct Place<'a> {
    path: &'a str,
    item: &'a PathItem,
    method: &'a str,
    pointer: String,
    /// Where the path item stands.
    of_item: &'a str,
}

fn resolve_one(
    place: &Place<'_>,
    operation: &openapiv3::Operation,
    security: Vec<Vec<String>>,
    components: &Components<'_>,
    losses: &mut Vec<LostNode>,
    problems: &mut Problems,
) -> Operation {
    let Place {
        path,
        item,
        method,
        pointer,
        of_item,
    } = place;
    let mut parameters =
        parameter::resolve(&operation.parameters, pointer, components, losses, problems);
    for shared in parameter::resolve(&item.parameters, of_item, components, losses, problems) {
        let is_same =
            |near: &Parameter| near.name == shared.name && near.location == shared.location;
        if !parameters.iter().any(is_same) {
            parameters.push(shared);
        }
    }
    for name in placeholders(path) {
        let is_declared = |one: &Parameter| one.location == Location::Path && one.name == name;
        if !parameters.iter().any(is_declared) {
            let what = format!("`{{{name}}}` in the path is declared nowhere: taken as a string");
            losses.push(LostNode::new(pointer.clone(), what));
            parameters.push(parameter::undeclared(name, pointer));
        }
    }
    parameters.retain(|one| {
        let is_there =
            one.location != Location::Path || placeholders(path).any(|name| name == one.name);
        if !is_there {
            let what = format!("`{}` is not in the path: it is sent nowhere", one.name);
            losses.push(LostNode::new(&one.pointer, what));
        }
        is_there
    });
    parameters.shrink_to_fit();
    Operation {
        id: operation.operation_id.clone(),
        tags: operation.tags.clone(),
        // What stands under `additionalOperations` is sent as it is spelled (3.2 §4.8.9).
        server: own_server(place, operation, losses),
        method: if TYPED_METHODS.contains(method) || *method == "query" {
            method.to_uppercase()
        } else {
            (*method).to_owned()
        },
        path: (*path).to_owned(),
        summary: operation.summary.clone().or_else(|| item.summary.clone()),
        description: operation
            .description
            .clone()
            .or_else(|| item.description.clone()),
        deprecated: operation.deprecated,
        body: operation
            .request_body
            .as_ref()
            .and_then(|body| resolve_body(body, pointer, components, problems)),
        responses: response::resolve(
            &operation.responses,
            &child(pointer, "responses"),
            components,
            problems,
        ),
        pagination: operation.extensions.get(PAGINATION).and_then(|value| {
            pagination::read(value, &child(pointer, PAGINATION))
                .map_err(|problem| problems.push(problem))
                .ok()
        }),
        pointer: pointer.clone(),
        parameters,
        authenticated: security.iter().any(|names| !names.is_empty()),
        security,
    }
}

/// The first server of the operation, else of its path. It must be a whole URL: what a relative one is relative
/// to, a client cannot know.
fn own_server(
    place: &Place<'_>,
    operation: &openapiv3::Operation,
    losses: &mut Vec<LostNode>,
) -> Option<OwnServer> {
    let of_path = (&place.item.servers, place.of_item);
    let of_operation = (&operation.servers, place.pointer.as_str());
    let (servers, pointer) = [of_operation, of_path]
        .into_iter()
        .find(|(list, _)| !list.is_empty())?;
    let pointer = child(pointer, "servers");
    let server = servers.first()?;
    let url = &server.url;
    let is_whole = ["https://", "http://"]
        .iter()
        .any(|start| url.starts_with(start))
        && !url.contains('{');
    if servers.len() > 1 || !is_whole {
        let what = if is_whole {
            "of several servers of its own the first is used"
        } else {
            "a server of its own that is no whole URL: it is served where the others are"
        };
        losses.push(LostNode::new(pointer, what));
    }
    is_whole.then(|| OwnServer {
        url: url.trim_end_matches('/').to_owned(),
        description: server.description.clone(),
    })
}

fn resolve_body(
    body: &ReferenceOr<openapiv3::RequestBody>,
    operation: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Option<Body> {
    let table = &components.parts.request_bodies;
    let (body, pointer) = follow(
        "requestBodies",
        table,
        body,
        &child(operation, "requestBody"),
        problems,
    )?;
    Some(Body {
        description: body.description.clone(),
        required: body.required,
        content: response::content(
            &body.content,
            &child(&pointer, "content"),
            components,
            problems,
        ),
        pointer,
    })
}
