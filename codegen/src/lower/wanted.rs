//! Which schemas operations send and receive, and the names that their places give them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bodies;
use super::case::upper_camel;
use super::names::OperationNames;
use super::plan::{component_type, given_name, webhook_type};
use super::reach::Reach;
use super::responses::{self, body_of, variant_name};
use super::streams;
use crate::api::{Api, Operation, SchemaId};
use crate::load::decode;

/// The pointers at which names of inline schemas start.
pub(super) type Roots = BTreeMap<Arc<str>, String>;

/// What is wanted of the document's schemas.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) roots: Roots,
    pub(super) sent: Reach,
    pub(super) received: Reach,
}

impl Wanted {
    pub(super) fn of(api: &Api, names: &[OperationNames]) -> Self {
        let mut wanted = Self {
            roots: component_roots(api),
            ..Self::default()
        };
        for (operation, names) in api.operations.iter().zip(names) {
            wanted.add_parameters(api, operation, &names.ty);
            wanted.add_bodies(api, operation, &names.ty);
            wanted.add_responses(api, operation, &names.ty);
        }
        for (id, schema) in api.schemas.iter() {
            if let Some(name) = webhook_type(&schema.pointer) {
                wanted.receive(api, id, &name);
            }
        }
        // A document without operations is about its schemas: all of them are wanted.
        if api.operations.is_empty() {
            for (id, schema) in api.schemas.iter() {
                if component_type(&schema.pointer).is_some() {
                    wanted.sent.visit(api, id);
                }
            }
        }
        wanted
    }

    fn send(&mut self, api: &Api, id: SchemaId, name: &str) {
        add_root(&mut self.roots, api, id, name);
        self.sent.visit(api, id);
    }

    fn receive(&mut self, api: &Api, id: SchemaId, name: &str) {
        add_root(&mut self.roots, api, id, name);
        self.received.visit(api, id);
    }

    fn add_parameters(&mut self, api: &Api, operation: &Operation, ty: &str) {
        for parameter in &operation.parameters {
            if let (Some(schema), None) = (parameter.schema, &parameter.named_type) {
                let name = upper_camel(&parameter.name, "Parameter");
                self.send(api, schema, &format!("{ty}{name}"));
            }
        }
    }

    fn add_bodies(&mut self, api: &Api, operation: &Operation, ty: &str) {
        for (index, media) in bodies::forms(api, operation).into_iter().enumerate() {
            for (part, header) in &media.part_headers {
                if let Some(schema) = header.schema {
                    let name = upper_camel(&format!("{part} {}", header.name), "Header");
                    self.send(api, schema, &format!("{ty}{name}"));
                }
            }
            let Some(schema) = media.schema else { continue };
            let kind = if index == 0 {
                String::new()
            } else {
                bodies::form_name(media)
            };
            self.send(api, schema, &format!("{ty}{kind}Body"));
        }
    }

    fn add_responses(&mut self, api: &Api, operation: &Operation, ty: &str) {
        let bodies = operation
            .responses
            .iter()
            .filter_map(|response| Some((response, body_of(&response.content)?.schema?)));
        let successes = bodies
            .clone()
            .filter(|(response, _)| responses::is_success(operation, response))
            .count();
        for (response, schema) in bodies {
            let name = match (responses::is_success(operation, response), successes) {
                (true, 1) => format!("{ty}Response"),
                (true, _) => format!("{ty}{}Response", variant_name(response.status)),
                (false, _) => format!("{ty}{}Body", variant_name(response.status)),
            };
            self.receive(api, schema, &name);
        }
        for response in &operation.responses {
            let stream =
                streams::of(api, response).filter(|_| responses::is_success(operation, response));
            if let Some(item) = stream.and_then(|stream| stream.item) {
                self.receive(api, item, &format!("{ty}Item"));
            }
            for header in response.headers.iter() {
                if let Some(schema) = header.schema {
                    let name = upper_camel(&header.name, "Header");
                    self.receive(api, schema, &format!("{ty}{name}"));
                }
            }
        }
    }
}

fn component_roots(api: &Api) -> Roots {
    let roots = api.schemas.iter().filter_map(|(_, schema)| {
        let name = given_name(schema).or_else(|| component_type(&schema.pointer))?;
        Some((Arc::clone(&schema.pointer), name))
    });
    roots.collect()
}

/// What stands in `components` is named after its key there, wherever it is used first.
fn add_root(roots: &mut Roots, api: &Api, id: SchemaId, name: &str) {
    let pointer = &api.schemas.get(id).pointer;
    let mut keys = decode(pointer);
    let shared = match (keys.next().as_deref(), keys.next().as_deref(), keys.next()) {
        (Some("components"), Some("headers"), Some(key)) => Some(upper_camel(&key, "Header")),
        (Some("components"), Some("parameters"), Some(key)) => Some(upper_camel(&key, "Parameter")),
        (Some("components"), Some("responses" | "requestBodies"), Some(key)) => {
            Some(format!("{}Body", upper_camel(&key, "Body")))
        }
        _ => None,
    };
    roots
        .entry(pointer.clone())
        .or_insert(shared.unwrap_or_else(|| name.to_owned()));
}
