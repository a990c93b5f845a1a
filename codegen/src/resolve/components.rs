//! Follows references to what is shared.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

use super::StandIn;
use crate::api::{Header, MediaType, SchemaId};
use crate::diagnostic::{Code, Problem, Problems, nearest};
use crate::load::{Size, child, decode};
use crate::schema::Schemas;

/// The shared parts of a document.
pub(super) struct Components<'a> {
    pub(super) parts: &'a openapiv3::Components,
    pub(super) schemas: &'a Schemas,
    /// For the examples of responses.
    pub(super) stand_in: Option<StandIn>,
    /// What was read at each place that refers to it; `None` once that is too much.
    copied: Cell<Option<Size>>,
    /// What was read of `components.responses`, by pointer.
    pub(super) responses: RefCell<HashMap<String, Parts>>,
}

/// What a response is beside its status, once for all operations that refer to it.
#[derive(Clone)]
pub(super) struct Parts {
    /// Where it stands.
    pub(super) pointer: Arc<str>,
    pub(super) description: Arc<str>,
    pub(super) content: Arc<[MediaType]>,
    pub(super) headers: Arc<[Header]>,
}

/// A chain of references longer than this is a circle.
const MAX_CHAIN: usize = 32;

impl<'a> Components<'a> {
    pub(super) fn new(
        parts: &'a openapiv3::Components,
        schemas: &'a Schemas,
        stand_in: Option<StandIn>,
    ) -> Self {
        Self {
            parts,
            schemas,
            stand_in,
            copied: Cell::new(Some(Size::default())),
            responses: RefCell::default(),
        }
    }

    /// Whether this may be taken once more, for the node at `pointer`.
    pub(super) fn may_copy(&self, pointer: &str, what: &Value, problems: &mut Problems) -> bool {
        let Some(copied) = self.copied.get() else {
            return false;
        };
        match copied.add(what) {
            Ok(copied) => self.copied.set(Some(copied)),
            Err(message) => {
                self.copied.set(None);
                let message = format!("with all that references repeat {message}");
                problems.push(Problem::at(Code::Limit, pointer, message));
            }
        }
        self.copied.get().is_some()
    }

    /// The schema that stood here before the document was taken apart.
    pub(super) fn schema(&self, reference: &ReferenceOr<openapiv3::Schema>) -> Option<SchemaId> {
        match reference {
            ReferenceOr::Reference { reference } => self.schemas.at(reference.strip_prefix('#')?),
            ReferenceOr::Item(_) => None,
        }
    }

    /// The schema of a parameter or a header.
    pub(super) fn of_parameter(&self, format: &ParameterSchemaOrContent) -> Option<SchemaId> {
        match format {
            ParameterSchemaOrContent::Schema(schema) => self.schema(schema),
            ParameterSchemaOrContent::Content(content) => {
                let media = content.values().next()?;
                self.schema(media.schema.as_ref()?)
            }
        }
    }

    /// The schema that stood under a key that the reader of the skeleton does not know.
    pub(super) fn extension(
        &self,
        extensions: &IndexMap<String, Value>,
        key: &str,
    ) -> Option<SchemaId> {
        let reference = extensions.get(key)?.get("$ref")?.as_str()?;
        self.schemas.at(reference.strip_prefix('#')?)
    }

    /// Examples by name, references followed; one that has only a URL has no value.
    pub(super) fn examples(
        &self,
        single: Option<&Value>,
        named: &IndexMap<String, ReferenceOr<openapiv3::Example>>,
        pointer: &str,
        problems: &mut Problems,
    ) -> Vec<(String, Value)> {
        let single = single.filter(|value| self.may_copy(pointer, value, problems));
        let mut examples: Vec<_> = single
            .map(|value| ("example".to_owned(), value.clone()))
            .into_iter()
            .collect();
        for (name, example) in named {
            let at = child(&child(pointer, "examples"), name);
            if let Some((example, _)) =
                follow("examples", &self.parts.examples, example, &at, problems)
                && let Some(value) = &example.value
                && self.may_copy(&at, value, problems)
            {
                examples.push((name.clone(), value.clone()));
            }
        }
        examples
    }
}

/// What `item` is or refers to, with the pointer of the place where it stands.
pub(super) fn follow<'a, T>(
    kind: &str,
    table: &'a IndexMap<String, ReferenceOr<T>>,
    item: &'a ReferenceOr<T>,
    pointer: &str,
    problems: &mut Problems,
) -> Option<(&'a T, String)> {
    let mut item = item;
    let mut at = pointer.to_owned();
    for _ in 0..MAX_CHAIN {
        let reference = match item {
            ReferenceOr::Item(item) => return Some((item, at)),
            ReferenceOr::Reference { reference } => reference,
        };
        let name = component_name(reference, kind);
        if let Some((next, name)) = name
            .as_ref()
            .and_then(|name| Some((table.get(name)?, name)))
        {
            item = next;
            at = child(&format!("/components/{kind}"), name);
        } else {
            let message = format!("`{reference}` is not in `components.{kind}` of this document");
            let problem = Problem::at(Code::Reference, child(&at, "$ref"), message);
            problems.push(
                match nearest(
                    reference.rsplit('/').next().unwrap_or(reference),
                    table.keys(),
                ) {
                    Some(known) => problem.help(format!("there is `#/components/{kind}/{known}`")),
                    None => problem.help(format!("define it in `components.{kind}`")),
                },
            );
            return None;
        }
    }
    problems.push(Problem::at(
        Code::Reference,
        child(pointer, "$ref"),
        "this refers to itself",
    ));
    None
}

fn component_name(reference: &str, kind: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
    let mut keys = decode(&decoded);
    let is_component =
        keys.next().as_deref() == Some("components") && keys.next().as_deref() == Some(kind);
    let name = keys.next()?;
    (is_component && keys.next().is_none()).then_some(name)
}
