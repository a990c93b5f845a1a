//! `readOnly` and `writeOnly`: what is sent and what is received are two types where they differ, and one
//! where they do not (JSON Schema Validation 2020-12 §9.4, 3.1 §4.8.24.1).

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Api, Schema, SchemaId, Schemas};

/// The name of a view in the pointer of its schema, and so in the name of its type.
const SENT: &str = "@request";

/// The pointer in the document, of a schema that may be a view.
pub(super) fn in_document(pointer: &str) -> String {
    pointer
        .replace(&format!("{SENT}/"), "/")
        .trim_end_matches(SENT)
        .to_owned()
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
        for schema in parameters.chain(bodies.filter_map(|media| media.schema.as_mut())) {
            *schema = renamed(*schema);
        }
    }
    api
}

fn sent_roots(api: &Api) -> Vec<SchemaId> {
    let of_operations = api.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().filter_map(|one| one.schema);
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        parameters
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
        .flat_map(|response| &response.content)
        .filter_map(|media| media.schema)
        .collect()
}

fn properties(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    schema.properties.iter().flatten().map(|(_, id)| *id)
}

/// The words stand beside a `$ref` or at its target.
fn is_marked(schemas: &Schemas, id: SchemaId) -> bool {
    [id, schemas.target(id)]
        .iter()
        .any(|id| schemas.get(*id).read_only || schemas.get(*id).write_only)
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
    let pointers: BTreeSet<String> = both
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
        schema.pointer = renamed(&schema.pointer);
        if let Some(discriminator) = &mut schema.discriminator {
            for (_, pointer) in &mut discriminator.mapping {
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
        .properties
        .iter()
        .flatten()
        .filter(|(_, id)| is_out(schemas.get(**id)) || is_out(schemas.get(schemas.target(**id))))
        .map(|(name, _)| name.clone())
        .collect();
    schemas.change(id, |schema| {
        if let Some(properties) = &mut schema.properties {
            properties.retain(|name, _| !out.contains(name));
        }
        schema.required.retain(|name| !out.contains(name));
    });
}

/// The schemas that a schema is made of.
fn parts(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    let additional = match schema.additional {
        Additional::Schema(values) => Some(values),
        _ => None,
    };
    let single = [schema.reference, schema.items, additional];
    let listed = lists.into_iter().flatten().copied();
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
    edges.extend(schema.properties.iter_mut().flatten().map(|(_, id)| id));
    edges.extend(&mut schema.items);
    edges.extend(&mut schema.all_of);
    edges.extend(&mut schema.any_of);
    edges.extend(&mut schema.one_of);
    if let Additional::Schema(values) = &mut schema.additional {
        edges.push(values);
    }
    edges
}
