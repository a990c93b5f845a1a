//! Operations with all that belongs to them.

use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use super::components::{Components, follow};
use super::security::Security;
use super::server::placeholders;
use super::{parameter, response};
use crate::api::{Body, Location, LostNode, Operation};
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::child;

/// All operations, in document order.
pub(super) fn resolve(
    openapi: &OpenAPI,
    components: &Components<'_>,
    security: &Security,
    losses: &mut Vec<LostNode>,
    problems: &mut Problems,
) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in &openapi.paths.paths {
        // References between path items were followed when the document was taken apart.
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        let pointer = child("/paths", path);
        if !item.servers.is_empty() {
            losses.push(LostNode::new(
                child(&pointer, "servers"),
                "`servers` of a path: the client has one server for all calls",
            ));
        }
        for (method, operation) in item.iter() {
            let place = Place {
                path,
                item,
                method,
                pointer: child(&pointer, method),
            };
            if !operation.servers.is_empty() {
                losses.push(LostNode::new(
                    child(&place.pointer, "servers"),
                    "`servers` of an operation: the client has one server for all calls",
                ));
            }
            let authenticated =
                security.authenticates(operation.security.as_ref(), openapi.security.as_ref());
            operations.push(resolve_one(
                &place,
                operation,
                authenticated,
                components,
                problems,
            ));
        }
    }
    operations
}

struct Place<'a> {
    path: &'a str,
    item: &'a PathItem,
    method: &'a str,
    pointer: String,
}

fn resolve_one(
    place: &Place<'_>,
    operation: &openapiv3::Operation,
    authenticated: bool,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Operation {
    let Place {
        path,
        item,
        method,
        pointer,
    } = place;
    let item_pointer = child("/paths", path);
    let mut parameters = parameter::resolve(&operation.parameters, pointer, components, problems);
    for shared in parameter::resolve(&item.parameters, &item_pointer, components, problems) {
        let is_same = |near: &crate::api::Parameter| {
            near.name == shared.name && near.location == shared.location
        };
        if !parameters.iter().any(is_same) {
            parameters.push(shared);
        }
    }
    for name in placeholders(path) {
        if !parameters
            .iter()
            .any(|one| one.location == Location::Path && one.name == name)
        {
            let message = format!(
                "the path has `{{{name}}}`, but no path parameter of that name is declared"
            );
            problems.push(
                Problem::at(Code::Conflict, pointer.clone(), message).help(
                    "declare it under `parameters`, in an overlay if the document is not yours",
                ),
            );
        }
    }
    parameters.retain(|one| {
        one.location != Location::Path || placeholders(path).any(|name| name == one.name)
    });
    Operation {
        id: operation.operation_id.clone(),
        method: method.to_uppercase(),
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
        pointer: pointer.clone(),
        parameters,
        authenticated,
    }
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
