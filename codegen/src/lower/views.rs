//! `readOnly` and `writeOnly`: what is sent and what is received are two types where they differ, and one
//! where they do not (JSON Schema Validation 2020-12 §9.4, 3.1 §4.8.24.1).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::bases::OWN;
use crate::api::{Additional, Api, MediaType, Schema, SchemaId, Schemas};

/// The name of a view in the pointer of its schema, and so in the name of its type.
const SENT: &str = "@request";

/// The pointer in the document, of a schema that may be a view or what a base holds itself.
pub(super) fn in_document(pointer: &str) -> String {
    let without = |pointer: &str, mark: &str| {
        let inner = pointer.replace(&format!("{mark}/"), "/");
        inner.strip_suffix(mark).unwrap_or(&inner).to_owned()
    };
    without(&without(pointer, SENT), OWN)
}

/// The same of a schema, most of which stand in the document.
pub(super) fn place_of(schema: &Schema) -> Arc<str> {
    if schema.pointer.contains('@') {
        in_document(&schema.pointer).into()
    } else {
        Arc::clone(&schema.pointer)
    }
}

/// Takes properties that are only read out of what is sent, and those that are only written out of what is
/// received. A schema that goes both ways and differs becomes two.
pub(crate) fn split(mut api: Api) -> Api {
    let marked: BTreeSet<SchemaId> = api
        .schemas
        .iter()
        .filter(|(_, schema)| properties(schema).any(|id| is_marked(&api.schemas, id)))
        .map(|(id, _)| id)
        .collect();
    if marked.is_empty() {
        return api;
    }
    let sent = reach(&api.schemas, sent_roots(&api));
    let received = reach(&api.schemas, received_roots(&api));
    let differing = leads_to(&api.schemas, &marked);
    let both: Vec<SchemaId> = sent
        .iter()
        .copied()
        .filter(|id| received.contains(id) && differing.contains(id))
        .collect();
    let copies = copy(&mut api.schemas, &both);
    let renamed = |id: SchemaId| copies.get(&id).copied().unwrap_or(id);
    for id in sent
        .iter()
        .copied()
        .filter(|id| !received.contains(id))
        .chain(copies.values().copied())
    {
        api.schemas.change(id, |schema| {
            for edge in edges(schema) {
                *edge = renamed(*edge);
            }
        });
        take_out(&mut api.schemas, id, |schema| schema.read_only);
    }
    for id in received {
        take_out(&mut api.schemas, id, |schema| schema.write_only);
    }
    for operation in &mut api.operations {
        let parameters = operation
            .parameters
            .iter_mut()
            .filter_map(|one| one.schema.as_mut());
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        for schema in parameters.chain(bodies.flat_map(schemas_of)) {
            *schema = renamed(*schema);
        }
    }
    api
}

/// The schemas of one form of a body.
fn schemas_of(media: &mut MediaType) -> Vec<&mut SchemaId> {
    let headers = media.part_headers.iter_mut();
    let headers = headers.filter_map(|(_, header)| header.schema.as_mut());
    media.schema.iter_mut().chain(headers).collect()
}

fn sent_roots(api: &Api) -> Vec<SchemaId> {
    let of_operations = api.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().filter_map(|one| one.schema);
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let headers = bodies.clone().flat_map(|media| &media.part_headers);
        parameters
            .chain(headers.filter_map(|(_, header)| header.schema))
            .chain(bodies.filter_map(|media| media.schema))
            .collect::<Vec<_>>()
    });
    of_operations.collect()
}

fn received_roots(api: &Api) -> Vec<SchemaId> {
    let responses = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses);
    responses
        .flat_map(|response| response.content.iter())
        .filter_map(|media| media.schema)
        .collect()
}

fn properties(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    schema.each_property().map(|(_, id)| *id)
}

fn is_marked(schemas: &Schemas, id: SchemaId) -> bool {
    says(schemas, id, |schema| schema.read_only || schema.write_only)
}

/// Whether a schema says so itself or through what applies to the same value: what it refers to, and the parts
/// of `allOf` (JSON Schema Core 2020-12 §7.7, annotations are collected).
fn says(schemas: &Schemas, id: SchemaId, word: fn(&Schema) -> bool) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let schema = schemas.get(id);
        if word(schema) {
            return true;
        }
        if seen.insert(id) {
            waiting.extend(schema.reference.iter().chain(&schema.all_of));
        }
    }
    false
}

/// All schemas that values of these can hold.
fn reach(schemas: &Schemas, roots: Vec<SchemaId>) -> BTreeSet<SchemaId> {
    let derived = derived(schemas);
    let mut seen = BTreeSet::new();
    let mut waiting = roots;
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            waiting.extend(parts(schemas.get(id)));
            waiting.extend(derived.get(&id).into_iter().flatten());
        }
    }
    seen
}

/// The schemas that are made from a base with a discriminator.
fn derived(schemas: &Schemas) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut derived: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (id, schema) in schemas.iter() {
        for base in schema
            .all_of
            .iter()
            .filter_map(|part| schemas.get(*part).reference)
        {
            if schemas.get(base).discriminator.is_some() {
                derived.entry(base).or_default().push(id);
            }
        }
    }
    derived
}

/// The schemas from which one of `targets` can be reached, these included.
fn leads_to(schemas: &Schemas, targets: &BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    let mut sources: BTreeMap<SchemaId, Vec<SchemaId>> =
        derived(schemas)
            .into_iter()
            .fold(BTreeMap::new(), |mut sources, (base, parts)| {
                for part in parts {
                    sources.entry(part).or_insert_with(Vec::new).push(base);
                }
                sources
            });
    for (id, schema) in schemas.iter() {
        for edge in parts(schema) {
            sources.entry(edge).or_default().push(id);
        }
    }
    let mut found = BTreeSet::new();
    let mut waiting: Vec<SchemaId> = targets.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(sources.get(&id).into_iter().flatten());
        }
    }
    found
}

/// Copies each of these, under the pointer of the nearest of them around it.
fn copy(schemas: &mut Schemas, both: &[SchemaId]) -> BTreeMap<SchemaId, SchemaId> {
    let pointers: BTreeSet<Arc<str>> = both
        .iter()
        .map(|id| schemas.get(*id).pointer.clone())
        .collect();
    let renamed = |pointer: &str| {
        // The outermost of them carries the mark; what stands in it keeps its way from there.
        let ends = pointer
            .match_indices('/')
            .map(|(at, _)| at)
            .skip(1)
            .chain([pointer.len()]);
        let root = ends
            .map(|end| &pointer[..end])
            .find(|start| pointers.contains(*start));
        root.map_or_else(
            || pointer.to_owned(),
            |root| format!("{root}{SENT}{}", &pointer[root.len()..]),
        )
    };
    let mut copies = BTreeMap::new();
    for id in both {
        let mut schema = schemas.get(*id).clone();
        schema.pointer = renamed(&schema.pointer).into();
        if let Some(Value::String(name)) = schema.name_mut() {
            name.push_str(SENT);
        }
        let uncommon = schema.uncommon.get_mut();
        let rare = uncommon.and_then(|uncommon| uncommon.rare.get_mut());
        if let Some(discriminator) = rare.and_then(|rare| rare.discriminator.as_mut()) {
            let mapped = discriminator.mapping.iter_mut().map(|(_, pointer)| pointer);
            for pointer in mapped.chain(&mut discriminator.default) {
                *pointer = renamed(pointer);
            }
        }
        copies.insert(*id, schemas.add(schema));
    }
    copies
}

fn take_out(schemas: &mut Schemas, id: SchemaId, is_out: fn(&Schema) -> bool) {
    let out: Vec<String> = schemas
        .get(id)
        .each_property()
        .filter(|(_, id)| says(schemas, **id, is_out))
        .map(|(name, _)| name.clone())
        .collect();
    if out.is_empty() {
        return;
    }
    schemas.change(id, |schema| {
        if let Some(properties) = &mut schema.properties {
            properties.retain(|name, _| !out.contains(name));
        }
        schema.required.retain(|name| !out.contains(name));
        schema.left_out.extend(out);
    });
}

/// The schemas that a schema is made of.
fn parts(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    let additional = match schema.additional {
        Additional::Schema(values) => Some(values),
        _ => None,
    };
    let single = [schema.reference, schema.items, additional, schema.base];
    let lists = lists.into_iter().chain([&schema.prefix, &schema.patterns]);
    let listed = lists.flatten().copied();
    single
        .into_iter()
        .flatten()
        .chain(listed)
        .chain(properties(schema))
}

/// The same, to be led elsewhere.
fn edges(schema: &mut Schema) -> Vec<&mut SchemaId> {
    let mut edges: Vec<&mut SchemaId> = Vec::new();
    edges.extend(&mut schema.reference);
    edges.extend(
        schema
            .properties
            .iter_mut()
            .flat_map(|all| all.values_mut()),
    );
    edges.extend(&mut schema.items);
    if let Some(uncommon) = schema.uncommon.get_mut() {
        edges.extend(&mut uncommon.all_of);
        edges.extend(&mut uncommon.any_of);
        edges.extend(&mut uncommon.one_of);
        edges.extend(&mut uncommon.base);
        if let Some(rare) = uncommon.rare.get_mut() {
            edges.extend(&mut rare.prefix);
            edges.extend(&mut rare.patterns);
        }
    }
    if let Additional::Schema(values) = &mut schema.additional {
        edges.push(values);
    }
    edges
}
