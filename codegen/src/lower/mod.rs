//! The fourth stage decides everything that is Rust: names, types, what is optional, where a box is.
//!
//! All names are decided here, once, and do not depend on the order of maps.

mod bodies;
mod boxes;
mod case;
mod client;
mod docs;
mod example;
mod fields;
mod flatten;
pub(crate) mod module;
mod names;
mod operations;
mod pagination;
mod plan;
mod repeat;
mod responses;
mod samples;
mod select;
mod settings;
mod shape;
mod streams;
mod types;
mod unions;
mod views;

use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::Problems;

pub(crate) use module::Module;

/// The document as this client sees it: what was not asked for left out, what is sent parted from what is
/// received.
pub(crate) fn adapt(api: Api, config: &Config) -> Result<Api, Problems> {
    let mut api = select::select(api, &config.only)?;
    api.schemas.make_plain(&config.string_formats);
    Ok(views::split(settings::apply(api, config)?))
}

/// Decides how the document looks in Rust.
pub(crate) fn lower(api: &Api, config: &Config) -> Result<Module, Problems> {
    let names = names::operations(api);
    let plan = plan::plan(api, &names);
    let types = boxes::insert(settings::derive(types::lower(api, &plan), config)?);
    let operations = operations::lower(api, &plan, &types, config)?;
    Ok(Module {
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
        losses: plan
            .losses
            .into_iter()
            .chain(names::shared_ids(api))
            .collect(),
    })
}

/// The types that have names, with the schemas that they are made from.
pub(crate) fn types(api: &Api) -> Vec<module::Sample> {
    let names = names::operations(api);
    samples::types(api, &plan::plan(api, &names))
}

/// The document's own values with the types that they should have.
pub(crate) fn samples(api: &Api) -> Vec<module::Sample> {
    let names = names::operations(api);
    samples::lower(api, &plan::plan(api, &names))
}
