//! Cargo features by tag: an operation is there with any of its tags, a type with any operation that needs it.

use std::collections::{BTreeMap, BTreeSet};

use super::case::snake;
use super::module::{Module, TypeDef};
use super::names::unique;
use super::plan::{Plan, webhook_type};
use super::shape::decisive;
use crate::api::{Api, Operation};

/// Features that the crate has beside, and the names of its dependencies, which no feature can have.
const RESERVED: [&str; 8] = [
    "all-tags",
    "blocking",
    "default",
    "native-tls",
    "rustls",
    "serde",
    "stencil-runtime",
    "tracing",
];

/// Decides which features each part of the client is behind; none for what is always there: operations without a tag,
/// what they need, and what nothing but webhooks or the client itself needs.
pub(super) fn gate(api: &Api, plan: &Plan, module: &mut Module) {
    let tags = api.operations.iter().flat_map(|operation| &operation.tags);
    let names = unique(tags.map(String::as_str), feature, &RESERVED, "-");
    let of = |operation: &Operation| -> BTreeSet<String> {
        let tags = operation.tags.iter();
        tags.filter_map(|tag| names.get(tag.as_str()).cloned())
            .collect()
    };
    let features: Vec<BTreeSet<String>> = api.operations.iter().map(of).collect();
    for (def, features) in module.operations.iter_mut().zip(&features) {
        def.features = features.iter().cloned().collect();
    }

    let uses: BTreeMap<&str, BTreeSet<&str>> = module
        .types
        .iter()
        .map(|def| (def.name.as_str(), used_by(def)))
        .collect();
    let mut needed: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut always = reach(&uses, roots(api, plan, module));
    for (def, features) in module.operations.iter().zip(&features) {
        let names = def
            .types()
            .into_iter()
            .flat_map(super::module::TypeRef::names);
        let reached = reach(&uses, names.collect());
        if features.is_empty() {
            always.extend(reached);
        } else {
            for name in reached {
                needed
                    .entry(name)
                    .or_default()
                    .extend(features.iter().cloned());
            }
        }
    }
    // What nothing here leads to is there for its own sake, with what it needs.
    let own = uses
        .keys()
        .copied()
        .filter(|name| !needed.contains_key(name));
    always.extend(reach(&uses, own.collect()));
    let gates: BTreeMap<String, Vec<String>> = needed
        .into_iter()
        .filter(|(name, _)| !always.contains(name))
        .map(|(name, features)| (name.to_owned(), features.into_iter().collect()))
        .collect();
    for def in &mut module.types {
        def.features = gates.get(&def.name).cloned().unwrap_or_default();
    }
    for kept in &mut module.kept_types {
        let of_operation = kept.owner.and_then(|owner| module.operations.get(owner));
        let of_operation = of_operation.map(|def| def.features.clone());
        let is_schema = module.types.iter().any(|def| def.name == kept.new);
        let of_schema = || gates.get(&kept.new).cloned();
        let features = if is_schema { of_schema() } else { of_operation };
        kept.features = features.unwrap_or_default();
    }
}

/// The feature of a tag: its words with hyphens between them, as Cargo has them.
fn feature(tag: &str) -> String {
    snake(tag, "tag")
        .replace('_', "-")
        .trim_matches('-')
        .to_owned()
}

/// The types that webhooks send, and that can be set once for the client.
fn roots<'a>(api: &Api, plan: &'a Plan, module: &'a Module) -> Vec<&'a str> {
    let webhooks = api
        .schemas
        .iter()
        .filter(|(_, schema)| webhook_type(&schema.pointer).is_some());
    let webhooks = webhooks.filter_map(|(id, _)| plan.types.get(&decisive(&api.schemas, id)));
    let defaults = module
        .client
        .defaults
        .iter()
        .flat_map(|field| field.ty.names());
    webhooks.map(String::as_str).chain(defaults).collect()
}

fn used_by(def: &TypeDef) -> BTreeSet<&str> {
    def.types()
        .into_iter()
        .flat_map(super::module::TypeRef::names)
        .collect()
}

/// Types that values of these can hold, these included.
fn reach<'a>(
    uses: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    mut waiting: Vec<&'a str>,
) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some((name, used)) = uses.get_key_value(name)
            && reached.insert(*name)
        {
            waiting.extend(used);
        }
    }
    reached
}
