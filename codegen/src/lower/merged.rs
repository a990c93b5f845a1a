//! Properties that several parts of `allOf` describe as objects: one schema of all that is said of them.
//!
//! A value has to fit each of the parts (JSON Schema Core 2020-12 §10.2.1.1), so that its type has the properties of
//! all. Where this is done the parts are as they were; the whole gets a property that wins over theirs.

use std::collections::BTreeMap;

use super::flatten::{flatten, parts};
use super::shape::{decisive, is_nullable};
use super::told;
use crate::api::{Api, Schema, SchemaId, Schemas, SimpleType};
use crate::load::child;

/// Stands in pointers for the part of `allOf` that the document does not have.
const PART: &str = "@all";

/// Parts of `allOf` that are looked at, over all schemas: as many as types may be made of. Beyond this, what a property
/// loses is told.
const MOST_PARTS: usize = 400_000;

/// Gives every schema whose parts describe one property in several ways a schema for all of these.
pub(super) fn merge(mut api: Api) -> Api {
    let schemas = &mut api.schemas;
    let mut waiting: Vec<SchemaId> = schemas
        .iter()
        .filter(|(_, schema)| has_parts(schema))
        .map(|(id, _)| id)
        .collect();
    // A circle may ask for many combinations of the same parts: what is beyond this is told as a loss.
    let mut left = waiting.len();
    let mut made: BTreeMap<Vec<SchemaId>, SchemaId> = BTreeMap::new();
    let mut looked_at = 0;
    while let Some(id) = waiting.pop() {
        looked_at += parts(schemas, id).len();
        if looked_at > MOST_PARTS {
            break;
        }
        for (name, said) in to_merge(schemas, id) {
            let mut key: Vec<SchemaId> = said.iter().map(|part| schemas.target(*part)).collect();
            key.sort_unstable();
            let known = made.get(&key).copied();
            if known.is_none() && left == 0 {
                return api;
            }
            let merged = known.unwrap_or_else(|| {
                left -= 1;
                let whole = schemas.add(of_all(schemas, id, &name, said));
                made.insert(key, whole);
                waiting.push(whole);
                whole
            });
            schemas.change(id, |schema| {
                let properties = schema.properties.get_or_insert_default();
                properties.insert(name, merged);
            });
        }
    }
    api
}

fn has_parts(schema: &Schema) -> bool {
    let own = usize::from(schema.properties.is_some());
    schema.all_of.len() + own + usize::from(schema.reference.is_some()) > 1
}

/// The properties that are objects in each part that has them, and where the last one would lose some of theirs.
fn to_merge(schemas: &Schemas, id: SchemaId) -> Vec<(String, Vec<SchemaId>)> {
    if !is_object(schemas, id) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (name, mut said) in told::properties(schemas, id) {
        let made = said.iter().copied().filter(|id| schemas.get(*id).is_merged);
        let within: Vec<SchemaId> = made
            .flat_map(|id| schemas.get(id).all_of.iter().copied())
            .collect();
        said.retain(|part| !within.contains(part));
        let Some((last, others)) = said.split_last() else {
            continue;
        };
        let is_lost = |one: &SchemaId| told::loses_members(schemas, *one, &[*last]);
        if said.iter().all(|part| is_object(schemas, *part)) && others.iter().any(is_lost) {
            found.push((name.to_owned(), said));
        }
    }
    found
}

/// Whether it is an object with properties, and no choice between several.
fn is_object(schemas: &Schemas, id: SchemaId) -> bool {
    let id = decisive(schemas, id);
    let flat = flatten(schemas, id);
    flat.properties.is_some()
        && flat.alternatives.is_empty()
        && flat.values.is_none()
        && matches!(flat.types[..], [] | [SimpleType::Object])
        && schemas.get(id).discriminator.is_none()
        && schemas.get(id).rust_type.is_none()
}

/// The schema of all that is said of a property.
fn of_all(schemas: &Schemas, id: SchemaId, name: &str, said: Vec<SchemaId>) -> Schema {
    let pointer = &schemas.get(id).pointer;
    let pointer = format!("{pointer}/allOf/{PART}/properties");
    let last = |of: fn(&Schema) -> Option<&String>| {
        let mut said = said.iter().map(|part| schemas.get(*part)).rev();
        said.find_map(of).cloned()
    };
    let mut whole = Schema {
        pointer: child(&pointer, name).into(),
        description: last(|schema| schema.description.as_ref()),
        nullable: said.iter().all(|part| is_nullable(schemas, *part)),
        deprecated: said.iter().any(|part| schemas.get(*part).deprecated),
        read_only: said.iter().any(|part| schemas.get(*part).read_only),
        write_only: said.iter().any(|part| schemas.get(*part).write_only),
        is_merged: true,
        ..Schema::default()
    };
    whole.title = last(|schema| schema.title.as_ref());
    whole.all_of = said.into();
    whole
}
