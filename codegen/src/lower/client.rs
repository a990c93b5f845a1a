//! The client, its servers, and string types that an overlay names.

use std::collections::BTreeMap;

use super::case::{snake, upper_camel};
use super::docs;
use super::module::{
    ClientDef, Field, NamedTypeDef, SchemeDef, ServerVariant, ServersDef, TypeRef, VariableDef,
};
use super::names::unique;
use super::operations::parameter_type;
use super::plan::Plan;
use crate::api::{Api, NamedScheme, Operation, Parameter};
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

/// The schemes, two that are sent alike as one.
fn schemes(api: &Api) -> Vec<&NamedScheme> {
    let mut schemes: Vec<&NamedScheme> = Vec::new();
    for one in &api.security {
        if !schemes
            .iter()
            .any(|known| known.scheme.is_sent_like(&one.scheme))
        {
            schemes.push(one);
        }
    }
    schemes
}

fn security(api: &Api) -> Vec<SchemeDef> {
    let schemes = schemes(api);
    let names = unique(
        schemes.iter().map(|one| one.name.as_str()),
        |name| snake(name, "scheme"),
        &["new", "clone", "default", "fmt"],
        "_",
    );
    let defs = schemes.iter().map(|one| SchemeDef {
        wire: one.name.clone(),
        name: names[one.name.as_str()].clone(),
        scheme: one.scheme.clone(),
    });
    defs.collect()
}

/// The alternatives of an operation by the names of [`schemes`]; none where a client has one scheme at most.
pub(super) fn alternatives(api: &Api, operation: &Operation) -> Vec<Vec<String>> {
    let schemes = schemes(api);
    if schemes.len() < 2 || !operation.authenticated {
        return Vec::new();
    }
    let name = |name: &String| {
        let meant = api.security.iter().find(|one| one.name == *name)?;
        let known = schemes
            .iter()
            .find(|one| one.scheme.is_sent_like(&meant.scheme))?;
        Some(known.name.clone())
    };
    let mut alternatives: Vec<Vec<String>> = Vec::new();
    for names in &operation.security {
        let names: Vec<String> = names.iter().filter_map(name).collect();
        if !alternatives.contains(&names) {
            alternatives.push(names);
        }
    }
    alternatives
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
        pointer: parameter.pointer.as_str().into(),
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
            pointer: server.pointer.clone(),
            name: names[wanted.as_str()].clone(),
            docs: docs::of_server(&server.url, server.description.as_deref()),
            variables: variables
                .map(|one| VariableDef {
                    field: fields[one.name.as_str()].clone(),
                    default: one.default.clone(),
                    docs: docs::of_variable(one),
                })
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
                    pointer: parameter.pointer.clone(),
                    name: named.name.clone(),
                    docs: docs::of_parameter(parameter),
                    forms: forms.collect(),
                });
        }
    }
    defs.into_values().collect()
}
