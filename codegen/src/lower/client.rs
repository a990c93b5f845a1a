//! The client, its servers, and string types that an overlay names.

use std::collections::BTreeMap;

use super::case::{snake, upper_camel};
use super::docs;
use super::module::{ClientDef, Field, NamedTypeDef, ServerVariant, ServersDef, TypeRef};
use super::names::unique;
use super::operations::parameter_type;
use super::plan::Plan;
use crate::api::{Api, NamedScheme, Parameter, SecurityScheme};
use crate::config::Config;

pub(super) fn lower(api: &Api, plan: &Plan, config: &Config) -> ClientDef {
    ClientDef {
        docs: docs::of_client(api),
        security: security(api),
        defaults: defaults(api)
            .into_iter()
            .map(|(name, parameter)| default_field(api, plan, name, parameter))
            .collect(),
        blocking: config.blocking,
        example_path: config.example_path.clone(),
    }
}

/// Schemes by name; two that are sent alike are one.
fn security(api: &Api) -> Vec<(String, SecurityScheme)> {
    let mut schemes: Vec<&NamedScheme> = Vec::new();
    for one in &api.security {
        if !schemes.iter().any(|known| known.scheme == one.scheme) {
            schemes.push(one);
        }
    }
    let names = unique(
        schemes.iter().map(|one| one.name.as_str()),
        |name| upper_camel(name, "Scheme"),
        &["None"],
        "",
    );
    let pairs = schemes
        .iter()
        .map(|one| (names[one.name.as_str()].clone(), one.scheme.clone()));
    pairs.collect()
}

/// Parameters that can be set once for the client, by field name.
fn defaults(api: &Api) -> BTreeMap<String, &Parameter> {
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    parameters
        .filter(|parameter| parameter.client_wide)
        .map(|parameter| (snake(&parameter.name, "parameter"), parameter))
        .collect()
}

fn default_field(api: &Api, plan: &Plan, name: String, parameter: &Parameter) -> Field {
    Field {
        ty: TypeRef::Option(Box::new(parameter_type(api, plan, parameter))),
        wire: parameter.name.clone(),
        summary: docs::of_parameter_place(parameter),
        docs: docs::of_default(parameter),
        required: false,
        setter: name.clone(),
        name,
        deprecated: parameter.deprecated,
        flatten: false,
    }
}

/// The servers by name; those without one by number, as nothing else of them stays the same.
pub(super) fn servers(api: &Api) -> ServersDef {
    let wanted: Vec<String> = api
        .servers
        .iter()
        .enumerate()
        .map(|(index, server)| {
            server
                .name
                .clone()
                .unwrap_or_else(|| format!("server {}", index + 1))
        })
        .collect();
    let names = unique(
        wanted.iter().map(String::as_str),
        |name| upper_camel(name, "Server"),
        &[],
        "",
    );
    let variants = api.servers.iter().zip(&wanted).map(|(server, wanted)| {
        let mut url = server.url.trim_end_matches('/').to_owned();
        let fields = unique(
            server
                .variables
                .iter()
                .map(|variable| variable.name.as_str()),
            |name| snake(name, "variable"),
            &[],
            "_",
        );
        for (variable, field) in &fields {
            url = url.replace(&format!("{{{variable}}}"), &format!("{{{field}}}"));
        }
        let variables = server.variables.iter();
        ServerVariant {
            name: names[wanted.as_str()].clone(),
            docs: docs::of_server(&server.url, server.description.as_deref()),
            variables: variables
                .map(|one| (fields[one.name.as_str()].clone(), one.default.clone()))
                .collect(),
            url,
        }
    });
    ServersDef {
        variants: variants.collect(),
    }
}

pub(super) fn named_types(api: &Api) -> Vec<NamedTypeDef> {
    let mut defs: BTreeMap<String, NamedTypeDef> = BTreeMap::new();
    for parameter in api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
    {
        if let Some(named) = &parameter.named_type {
            let forms = named
                .forms
                .iter()
                .map(|(form, template)| (snake(form, "form"), template.clone()));
            defs.entry(named.name.clone())
                .or_insert_with(|| NamedTypeDef {
                    name: named.name.clone(),
                    docs: docs::of_parameter(parameter),
                    forms: forms.collect(),
                });
        }
    }
    defs.into_values().collect()
}
