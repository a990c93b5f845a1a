//! A schema with what `allOf` and `$ref` bring into it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::api::{Additional, Discriminator, SchemaId, Schemas, SimpleType};

/// What a schema asks for as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'a> {
    pub(super) types: Vec<SimpleType>,
    pub(super) format: Option<&'a str>,
    /// The smallest number allowed, if it is said.
    pub(super) minimum: Option<f64>,
    /// The largest one.
    pub(super) maximum: Option<f64>,
    pub(super) values: Option<&'a [Value]>,
    /// `None` if `properties` stands nowhere.
    pub(super) properties: Option<Cow<'a, IndexMap<String, SchemaId>>>,
    pub(super) required: BTreeSet<&'a str>,
    /// Properties that this view does not have.
    pub(super) left_out: Vec<&'a str>,
    pub(super) additional: Additional,
    pub(super) items: Option<SchemaId>,
    /// The schemas of the first items.
    pub(super) prefix: Vec<SchemaId>,
    /// Whether there are no items but those.
    pub(super) is_closed: bool,
    /// The alternatives of `oneOf` and `anyOf`.
    pub(super) alternatives: Vec<SchemaId>,
    /// What tells them apart, if the document says so where it lists them.
    pub(super) discriminator: Option<&'a Discriminator>,
    /// How many references and parts of `allOf` it was made from.
    pub(super) parts: usize,
}

impl Flat<'_> {
    /// All properties.
    pub(super) fn each_property(&self) -> impl Iterator<Item = (&String, &SchemaId)> + Clone {
        self.properties.iter().flat_map(|all| all.iter())
    }
}

/// Merges everything that applies to the instance at once: what a schema is made of before the schema itself.
/// Without recursion, since a document decides how long a chain is.
pub(super) fn flatten(schemas: &Schemas, id: SchemaId) -> Flat<'_> {
    let mut flat = Flat::default();
    let schema = schemas.get(id);
    if schema.reference.is_none() && schema.all_of.is_empty() {
        merge(schemas, id, id, &mut flat);
        return without_left_out(flat);
    }
    for part in parts(schemas, id) {
        merge(schemas, id, part, &mut flat);
    }
    without_left_out(flat)
}

/// The schemas that apply to the instance at once, each after what it is made of, so that the last one counts.
pub(super) fn parts(schemas: &Schemas, id: SchemaId) -> Vec<SchemaId> {
    let mut parts = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![Step::Enter(id)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Enter(part) if seen.insert(part) => {
                let schema = schemas.get(part);
                waiting.push(Step::Leave(part));
                let made_of = schema.reference.iter().chain(&schema.all_of);
                let first = waiting.len();
                waiting.extend(made_of.map(|part| Step::Enter(*part)));
                waiting[first..].reverse();
            }
            Step::Enter(_) => {}
            Step::Leave(part) => parts.push(part),
        }
    }
    parts
}

/// What a view leaves out, and no other part brings, is not required.
fn without_left_out(mut flat: Flat<'_>) -> Flat<'_> {
    let properties = flat.properties.as_deref();
    let has = |name: &str| properties.is_some_and(|all| all.contains_key(name));
    let gone: Vec<&str> = flat
        .left_out
        .iter()
        .copied()
        .filter(|name| !has(name))
        .collect();
    flat.required.retain(|name| !gone.contains(name));
    flat
}

enum Step {
    Enter(SchemaId),
    Leave(SchemaId),
}

fn merge<'a>(schemas: &'a Schemas, root: SchemaId, id: SchemaId, flat: &mut Flat<'a>) {
    let schema = schemas.get(id);
    flat.parts += schema.all_of.len() + usize::from(schema.reference.is_some());
    if flat.types.is_empty() {
        flat.types = schema.types.to_vec();
    }
    flat.minimum = schema.minimum().or(flat.minimum);
    flat.maximum = schema.maximum().or(flat.maximum);
    flat.format = schema.format.as_deref().or(flat.format);
    flat.values = schema.values.as_deref().or(flat.values);
    flat.items = schema.items.or(flat.items);
    if !schema.prefix.is_empty() {
        let is_false = |id: SchemaId| schemas.get(id).boolean == Some(false);
        let most = schema.count("maxItems").map(usize::try_from);
        flat.prefix = schema.prefix.to_vec();
        flat.is_closed = schema.items.is_some_and(is_false)
            || most.is_some_and(|most| most.is_ok_and(|most| most <= schema.prefix.len()));
    }
    flat.left_out
        .extend(schema.left_out.iter().map(String::as_str));
    flat.required
        .extend(schema.required.iter().map(String::as_str));
    match (&mut flat.properties, schema.properties.as_deref()) {
        (_, None) => {}
        (none @ None, Some(properties)) => *none = Some(Cow::Borrowed(properties)),
        (Some(merged), Some(properties)) => {
            let merged = merged.to_mut();
            for (name, property) in properties {
                // One that says nothing of the value leaves what another part says.
                if !merged.contains_key(name) || !schemas.get(*property).is_anything() {
                    merged.insert(name.clone(), *property);
                }
            }
        }
    }
    if schema.additional != Additional::Unsaid {
        flat.additional = schema.additional.clone();
    }
    let alternatives = || schema.one_of.iter().chain(&schema.any_of).copied();
    // A base that lists its derived schemas does not make each of these a choice between all of them.
    let lists_root = alternatives().any(|part| schemas.target(part) == root);
    if flat.alternatives.is_empty() && !lists_root {
        flat.alternatives = alternatives().collect();
        if !flat.alternatives.is_empty() {
            flat.discriminator = schema.discriminator.as_deref();
        }
    }
}
