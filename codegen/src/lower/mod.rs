//! The fourth stage decides everything that is Rust: names, types, what is optional, where a box is.
//!
//! All names are decided here, once, and do not depend on the order of maps.

mod alternatives;
mod bases;
mod bodies;
mod boxes;
mod case;
mod checks;
mod client;
pub(crate) mod docs;
mod example;
mod features;
mod fields;
mod flatten;
mod locked;
mod merged;
pub(crate) mod module;
mod names;
mod nesting;
mod operations;
mod pagination;
mod parts;
mod places;
mod plan;
mod reach;
mod repeat;
mod responses;
mod samples;
mod select;
mod setters;
mod settings;
mod shape;
mod streams;
mod told;
mod types;
mod unions;
mod views;
mod wanted;

use indexmap::IndexSet;

use crate::api::{Api, LostNode};
use crate::config::Config;
use crate::diagnostic::Problems;
use crate::lock::{Current, Lock};

pub(crate) use module::Module;
pub(crate) use names::{is_own_method, is_own_type};
pub(crate) use setters::null_setter;

use places::Places;
use plan::Plan;

/// The document as this client sees it: what was not asked for left out, what is sent parted from what is
/// received.
pub(crate) fn adapt(api: Api, config: &Config) -> Result<Api, Problems> {
    let mut api = select::select(api, &config.only)?;
    api.schemas.make_plain(&config.string_formats);
    let api = bases::part(merged::merge(settings::apply(api, config)?));
    Ok(views::split(api))
}

/// Decides how the document looks in Rust, by the names of the lock where it has some.
pub(crate) fn lower(api: &Api, config: &Config, lock: &Lock) -> Result<Module, Problems> {
    let places = (!lock.is_empty()).then(|| Places::new(api, lock));
    let (mut module, plan) = module(api, config, plan(api, lock, places.as_ref()), lock)?;
    if let Some(places) = &places {
        let current = locked::current(lock, places, api, &plan, &module);
        locked::keep(lock, &current, &mut module);
    }
    if config.tag_features {
        features::gate(api, &plan, &mut module);
    }
    Ok(module)
}

/// The names that the document has in Rust, and where those of the lock lead.
pub(crate) fn names(api: &Api, config: &Config, lock: &Lock) -> Result<Current, Problems> {
    let places = Places::new(api, lock);
    let (module, plan) = module(api, config, plan(api, lock, Some(&places)), lock)?;
    Ok(locked::current(lock, &places, api, &plan, &module))
}

fn plan(api: &Api, lock: &Lock, places: Option<&Places<'_>>) -> Plan {
    let names = names::operations(api, lock);
    plan::plan(api, &names, lock, places)
}

fn module(
    api: &Api,
    config: &Config,
    mut plan: Plan,
    lock: &Lock,
) -> Result<(Module, Plan), Problems> {
    if let Some(problem) = plan.too_much.take() {
        return Err(vec![problem]);
    }
    let types = setters::of_types(types::lower(api, &plan)?, config.setters);
    let mut types = boxes::insert(settings::derive(types, config)?);
    let checks = config
        .validate
        .then(|| checks::Checks::of_types(api, &plan, &mut types));
    let mut operations = operations::lower(api, &plan, &types, config)?;
    setters::of_operations(&mut operations, config.setters);
    let mut others = names::shared_ids(api, lock);
    if let Some(checks) = checks {
        checks.of_operations(&mut operations);
        others.extend(checks::losses(api, &plan));
    }
    let losses = std::mem::take(&mut plan.losses);
    let module = Module {
        header: module::Header {
            document: api.document.clone(),
            runtime: match config.runtime.as_str() {
                "" => "::stencil_runtime".to_owned(),
                path => path.to_owned(),
            },
        },
        client: client::lower(api, &plan, config),
        servers: client::servers(api),
        named_types: client::named_types(api),
        operations,
        types,
        kept_types: Vec::new(),
        losses: told_once(losses, others),
    };
    Ok((module, plan))
}

/// What is lost in both views of a schema is lost in the schema.
fn told_once(of_schemas: Vec<LostNode>, others: Vec<LostNode>) -> Vec<LostNode> {
    let all = of_schemas.into_iter().chain(others);
    let told = all.map(|loss| LostNode {
        pointer: views::in_document(&loss.pointer),
        ..loss
    });
    told.collect::<IndexSet<_>>().into_iter().collect()
}

/// The types that have names, with the schemas that they are made from.
pub(crate) fn types(api: &Api, lock: &Lock) -> Vec<module::Sample> {
    let places = (!lock.is_empty()).then(|| Places::new(api, lock));
    samples::types(api, &plan(api, lock, places.as_ref()))
}

/// The document's own values with the types that they should have.
pub(crate) fn samples(api: &Api, lock: &Lock) -> Vec<module::Sample> {
    let places = (!lock.is_empty()).then(|| Places::new(api, lock));
    samples::lower(api, &plan(api, lock, places.as_ref()))
}
