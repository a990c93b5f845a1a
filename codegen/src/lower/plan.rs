//! Which schemas become types, and what every type is called.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::case::upper_camel;
use super::locked;
use super::names::{OperationNames, TypeNames};
use super::nesting;
use super::places::Places;
use super::reach::as_any;
use super::responses::body_of;
use super::wanted::{Roots, Wanted};
use super::{parts, told};
use crate::api::{Api, LostNode, Operation, Schema, SchemaId};
use crate::diagnostic::Problem;
use crate::load::{FILES, decode};
use crate::lock::{Lock, LockedOperation};

/// The names of one operation, none of which is taken.
#[derive(Debug)]
pub(super) struct OperationPlan {
    pub(super) id: String,
    pub(super) ty: String,
    pub(super) method: String,
    pub(super) error: String,
    pub(super) output: String,
    /// The struct of the headers of responses, where there are some.
    pub(super) headers: String,
    /// The enum of the forms of the body, where there are several.
    pub(super) content: String,
}

/// The names of all types.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) operations: Vec<OperationPlan>,
    /// The schemas that become types, with their names.
    pub(super) types: BTreeMap<SchemaId, String>,
    /// Those of them that a request can hold.
    pub(super) requests: BTreeSet<SchemaId>,
    /// Every schema that a request can hold.
    pub(super) sent: BTreeSet<SchemaId>,
    /// The schemas whose values are files in multipart bodies.
    pub(super) parts: BTreeSet<SchemaId>,
    /// The schemas that are read as any value, as their types could not be written out.
    pub(super) any: BTreeMap<SchemaId, &'static str>,
    pub(super) losses: Vec<LostNode>,
    /// Why there is no client: the types would have too many parts.
    pub(super) too_much: Option<Problem>,
}

/// Finds what operations can reach, and names it; `places` are for the lock, where it has names.
pub(super) fn plan(
    api: &Api,
    names: &[OperationNames],
    lock: &Lock,
    places: Option<&Places<'_>>,
) -> Plan {
    let Wanted {
        roots,
        mut sent,
        received,
    } = Wanted::of(api, names);
    let mut losses = sent.losses;
    losses.extend(received.losses);
    sent.held.extend(received.held);
    let any = nesting::too_deep(&sent.held);
    losses.extend(any.iter().map(|(id, why)| as_any(&api.schemas, *id, why)));
    losses.extend(api.operations.iter().flat_map(unread_forms));
    losses.extend(
        api.operations
            .iter()
            .flat_map(|operation| told::of_body(api, operation)),
    );
    losses.extend(
        api.operations
            .iter()
            .flat_map(|operation| told::of_text(api, operation)),
    );
    let mut taken = TypeNames::new(named_types(api));
    let reached: BTreeSet<SchemaId> = sent.types.union(&received.types).copied().collect();
    let locked = places.map(|places| locked::types(lock, places, &reached));
    let mut types = claim_locked(lock, api, locked.unwrap_or_default(), &mut taken);
    name_components(api, &reached, &mut taken, &mut types);
    let operations = name_operations(api, names, lock, &mut taken);
    name_inline(api, &reached, &roots, &mut taken, &mut types);
    Plan {
        operations,
        types,
        requests: sent.types,
        sent: sent.seen,
        parts: parts::files(api),
        any,
        too_much: sent.too_much.or(received.too_much),
        losses,
    }
}

/// Forms of responses that have no type, as the client reads another one: they can be asked for as bytes.
fn unread_forms(operation: &Operation) -> Vec<LostNode> {
    let mut losses = Vec::new();
    for response in &operation.responses {
        let Some(read) = body_of(&response.content) else {
            continue;
        };
        let others = response.content.iter().filter(|media| {
            media.is_json() && media.essence() != read.essence() && media.schema != read.schema
        });
        losses.extend(others.map(|media| {
            let what = format!(
                "`{}` is asked for in its place: `send_for` gives this one as bytes",
                read.essence()
            );
            LostNode::new(&media.pointer, what)
        }));
    }
    losses
}

fn named_types(api: &Api) -> impl Iterator<Item = String> {
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    parameters.filter_map(|parameter| Some(parameter.named_type.as_ref()?.name.clone()))
}

/// Takes the names of the lock before any other is given, and old ones that lead to them. What has the name of a type
/// that the document names by `x-stencil-type` gets another one.
fn claim_locked(
    lock: &Lock,
    api: &Api,
    mut types: BTreeMap<SchemaId, String>,
    taken: &mut TypeNames,
) -> BTreeMap<SchemaId, String> {
    let all: BTreeSet<String> = types.values().cloned().collect();
    types.retain(|_, name| taken.take(name));
    let others = locked::taken(lock, api).types;
    for name in others
        .iter()
        .chain(&locked::leading_to(&lock.kept_types, &all))
    {
        taken.take(name);
    }
    types
}

fn name_operations(
    api: &Api,
    names: &[OperationNames],
    lock: &Lock,
    taken: &mut TypeNames,
) -> Vec<OperationPlan> {
    let given: BTreeSet<String> = named_types(api).collect();
    let all = api.operations.iter().zip(names).map(|(operation, names)| {
        let locked = lock.of(operation);
        let mut name = |kind: &str, end: &str, suffix: &str| {
            let had = |locked: &LockedOperation| locked.types.get(kind).cloned();
            match locked.and_then(had).filter(|name| !given.contains(name)) {
                Some(name) => name,
                None => taken.claim(&format!("{}{end}", names.ty), suffix),
            }
        };
        OperationPlan {
            id: names.id.clone(),
            ty: name("type", "", "Operation"),
            method: names.method.clone(),
            error: name("error", "Error", "Kind"),
            output: name("output", "Output", "Kind"),
            headers: name("headers", "Headers", "Kind"),
            content: name("content", "Content", "Kind"),
        }
    });
    all.collect()
}

/// The name that `x-stencil-name` gives.
pub(super) fn given_name(schema: &Schema) -> Option<String> {
    let name = schema.extension("x-stencil-name")?.as_str()?;
    Some(upper_camel(name, "Type"))
}

pub(super) fn component_type(pointer: &str) -> Option<String> {
    if let Some(rest) = pointer.strip_prefix(&format!("/{FILES}")) {
        return of_file(rest);
    }
    let name = pointer
        .strip_prefix("/components/schemas/")
        .filter(|name| !name.contains('/'))?;
    decode(&format!("/{name}"))
        .next()
        .map(|name| upper_camel(&name, "Type"))
}

/// The name of what a webhook sends, if that is what stands at the pointer.
pub(super) fn webhook_type(pointer: &str) -> Option<String> {
    if !pointer.starts_with("/webhooks/") {
        return None;
    }
    let keys: Vec<String> = decode(pointer).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    match keys[..] {
        ["webhooks", name, _, "requestBody", "content", _, "schema"] => {
            Some(format!("{}Webhook", upper_camel(name, "Webhook")))
        }
        _ => None,
    }
}

/// The name of a schema in another file: that of its key where files commonly keep schemas, else the file's.
fn of_file(rest: &str) -> Option<String> {
    let keys: Vec<String> = decode(rest).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    match keys[..] {
        [file] => {
            let name = file.rsplit('/').next().unwrap_or(file);
            Some(upper_camel(name.split('.').next().unwrap_or(name), "Type"))
        }
        [_, "components", "schemas", name]
        | [_, "schemas" | "definitions" | "$defs", name]
        | [_, name] => Some(upper_camel(name, "Type")),
        _ => None,
    }
}

fn name_components(
    api: &Api,
    reached: &BTreeSet<SchemaId>,
    taken: &mut TypeNames,
    types: &mut BTreeMap<SchemaId, String>,
) {
    let mut named: Vec<(bool, Arc<str>, SchemaId, String)> = reached
        .iter()
        .filter(|id| !types.contains_key(*id))
        .filter_map(|id| {
            let pointer = &api.schemas.get(*id).pointer;
            let name = component_type(pointer)?;
            let name = given_name(api.schemas.get(*id)).unwrap_or(name);
            Some((
                !pointer.ends_with(&format!("/{name}")),
                pointer.clone(),
                *id,
                name,
            ))
        })
        .collect();
    // A component that is spelled as its type is called comes before one that only becomes it.
    named.sort();
    let named = named.into_iter();
    types.extend(named.map(|(_, _, id, name)| (id, taken.claim(&name, "Model"))));
}

fn name_inline(
    api: &Api,
    reached: &BTreeSet<SchemaId>,
    roots: &Roots,
    taken: &mut TypeNames,
    types: &mut BTreeMap<SchemaId, String>,
) {
    let inline = reached
        .iter()
        .filter(|id| component_type(&api.schemas.get(**id).pointer).is_none());
    let mut sorted: Vec<(&str, SchemaId)> = inline
        .filter(|id| !types.contains_key(*id))
        .map(|id| (&*api.schemas.get(*id).pointer, *id))
        .collect();
    sorted.sort();
    for (pointer, id) in sorted {
        let name = inline_name(pointer, roots);
        types.insert(id, taken.claim(&name, "Model"));
    }
}

/// The name of the nearest root, and the way from there.
fn inline_name(pointer: &str, roots: &Roots) -> String {
    let mut root = pointer;
    let base = loop {
        if let Some(name) = roots.get(root) {
            break name.clone();
        }
        match root.rsplit_once('/') {
            Some((parent, _)) => root = parent,
            None => break String::new(),
        }
    };
    let mut name = base;
    let mut keys = decode(&pointer[root.len()..]);
    while let Some(key) = keys.next() {
        match key.as_str() {
            "items" => name.push_str("Item"),
            "additionalProperties" => name.push_str("Value"),
            "patternProperties" => {
                name.push_str("Value");
                drop(keys.next());
            }
            "properties" | "$defs" | "definitions" => {
                name.push_str(
                    &keys
                        .next()
                        .map(|key| upper_camel(&key, "Property"))
                        .unwrap_or_default(),
                );
            }
            "oneOf" | "anyOf" => {
                let number = keys
                    .next()
                    .and_then(|index| index.parse::<usize>().ok())
                    .unwrap_or_default()
                    + 1;
                name += &format!("Option{number}");
            }
            // Parts of `allOf` are the same instance, so that they add nothing to its name.
            "allOf" => drop(keys.next()),
            other => name.push_str(&upper_camel(other, "")),
        }
    }
    upper_camel(&name, "Type")
}
