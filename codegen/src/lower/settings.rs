//! What the settings change: names, types, secrets, and what is set once for the client.

use serde_json::Value;

use super::module::TypeDef;
use crate::api::{Api, Location, Operation, SchemaId, SimpleType};
use crate::config::Config;
use crate::diagnostic::{Code, Problem, Problems, nearest};
use crate::load::child;
use crate::resolve::pagination;

/// The document with the settings laid over it. A setting that changes nothing is a problem: it is a mistake,
/// or a thing of the past.
pub(super) fn apply(mut api: Api, config: &Config) -> Result<Api, Problems> {
    let mut problems = Vec::new();
    for (name, how) in &config.pagination {
        let is_meant = |one: &&mut Operation| one.id.as_deref() == Some(name);
        let Some(operation) = api.operations.iter_mut().find(is_meant) else {
            problems.push(idle("pagination", "operation", name, names(&api)));
            continue;
        };
        match pagination::read(how, &operation.pointer) {
            Ok(pagination) => operation.pagination = Some(pagination),
            Err(problem) => problems.push(problem),
        }
    }
    for (old, new) in &config.rename {
        if !rename(&mut api, old, new) {
            problems.push(idle("rename", "operation or schema", old, names(&api)));
        }
    }
    for (name, path) in &config.types {
        if syn::parse_str::<syn::TypePath>(path).is_err() {
            problems.push(no_path("types", path));
        } else if !replace_type(&mut api, name, path) {
            problems.push(idle("types", "format or schema", name, names(&api)));
        }
    }
    for name in &config.secrets {
        if !make_secret(&mut api, name) {
            problems.push(idle(
                "secrets",
                "string property or parameter",
                name,
                Vec::new(),
            ));
        }
    }
    for name in &config.client_parameters {
        if !make_client_wide(&mut api, name) {
            let known = parameters(&api);
            problems.push(idle("client_parameters", "parameter", name, known));
        }
    }
    if !config.runtime.is_empty() && syn::parse_str::<syn::Path>(&config.runtime).is_err() {
        problems.push(no_path("runtime", &config.runtime));
    }
    if config.validate && !cfg!(feature = "validate") {
        let message = "the setting `validate` needs the feature `validate` of `stencil-codegen`";
        problems.push(
            Problem::at(Code::Setting, "", message).help(
                "turn it on where the client is made: `stencil-macros` has it by the same name",
            ),
        );
    }
    if problems.is_empty() {
        Ok(api)
    } else {
        Err(problems)
    }
}

/// Adds the traits that the settings name.
pub(super) fn derive(mut types: Vec<TypeDef>, config: &Config) -> Result<Vec<TypeDef>, Problems> {
    let mut problems = Vec::new();
    for (name, path) in &config.derives {
        if syn::parse_str::<syn::Path>(path).is_err() {
            problems.push(no_path("derives", path));
            continue;
        }
        let mut is_idle = name != "*";
        for def in types
            .iter_mut()
            .filter(|def| name == "*" || def.name == *name)
        {
            is_idle = false;
            if !def.derives.contains(path) {
                def.derives.push(path.clone());
            }
        }
        if is_idle {
            let known = types.iter().map(|def| def.name.clone()).collect();
            problems.push(idle("derives", "type", name, known));
        }
    }
    if problems.is_empty() {
        Ok(types)
    } else {
        Err(problems)
    }
}

fn rename(api: &mut Api, old: &str, new: &str) -> bool {
    let mut operations = api.operations.iter_mut();
    if let Some(operation) = operations.find(|operation| operation.id.as_deref() == Some(old)) {
        operation.id = Some(new.to_owned());
        return true;
    }
    let Some(id) = component(api, old) else {
        return false;
    };
    api.schemas.change(id, |schema| {
        let name = Value::from(new);
        match schema.name_mut() {
            Some(old) => *old = name,
            None => schema.extensions.push(("x-stencil-name".to_owned(), name)),
        }
    });
    true
}

fn replace_type(api: &mut Api, name: &str, path: &str) -> bool {
    let of_format = api.schemas.iter().filter(|(_, schema)| {
        let is_text = matches!(schema.types[..], [] | [SimpleType::String]);
        is_text && schema.format.as_deref() == Some(name)
    });
    let mut wanted: Vec<SchemaId> = of_format.map(|(id, _)| id).collect();
    wanted.extend(component(api, name));
    for id in &wanted {
        api.schemas
            .change(*id, |schema| schema.rust_type = Some(path.to_owned()));
    }
    !wanted.is_empty()
}

/// Strings become `format: password`, which is what a secret is in OpenAPI (3.1 §4.4).
fn make_secret(api: &mut Api, name: &str) -> bool {
    let mut wanted: Vec<SchemaId> = Vec::new();
    for (_, schema) in api.schemas.iter() {
        wanted.extend(
            schema
                .each_property()
                .filter_map(|(key, id)| (key == name).then_some(*id)),
        );
    }
    for operation in &api.operations {
        let named = operation.parameters.iter().filter(|one| one.name == name);
        wanted.extend(named.filter_map(|one| one.schema));
    }
    wanted.retain(|id| {
        let schema = api.schemas.get(*id);
        schema.values.is_none() && matches!(schema.types[..], [] | [SimpleType::String])
    });
    for id in &wanted {
        api.schemas.change(*id, |schema| {
            // A reference to a shared string would still be that string.
            schema.reference = None;
            schema.types = [SimpleType::String].into_iter().collect();
            schema.format = Some("password".to_owned());
        });
    }
    !wanted.is_empty()
}

fn make_client_wide(api: &mut Api, name: &str) -> bool {
    let parameters = api
        .operations
        .iter_mut()
        .flat_map(|operation| &mut operation.parameters);
    let is_meant = |one: &&mut crate::api::Parameter| {
        one.name == name && !one.required && one.location != Location::Path
    };
    let mut found = false;
    for parameter in parameters.filter(is_meant) {
        parameter.client_wide = true;
        found = true;
    }
    found
}

fn component(api: &Api, key: &str) -> Option<SchemaId> {
    api.schemas.at(&child("/components/schemas", key))
}

/// The names of operations and schemas.
fn names(api: &Api) -> Vec<String> {
    let operations = api
        .operations
        .iter()
        .filter_map(|operation| operation.id.clone());
    let schemas = api.schemas.iter().filter_map(|(_, schema)| {
        let name = schema.pointer.strip_prefix("/components/schemas/")?;
        (!name.contains('/')).then(|| name.to_owned())
    });
    operations.chain(schemas).collect()
}

fn parameters(api: &Api) -> Vec<String> {
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    parameters
        .filter(|one| !one.required)
        .map(|one| one.name.clone())
        .collect()
}

fn idle(setting: &str, kind: &str, name: &str, known: Vec<String>) -> Problem {
    let message =
        format!("the setting `{setting}` names `{name}`, and there is no {kind} of that name");
    let problem = Problem::at(Code::Setting, "", message);
    match nearest(name, known) {
        Some(nearest) => problem.help(format!("there is `{nearest}`")),
        None => problem.help("take it out of the settings, or correct it"),
    }
}

fn no_path(setting: &str, path: &str) -> Problem {
    let message = format!("the setting `{setting}` has `{path}`, which is no Rust path");
    Problem::at(Code::Setting, "", message).help("write it like `rust_decimal::Decimal`")
}
