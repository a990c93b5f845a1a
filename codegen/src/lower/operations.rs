//! Operations: their arguments, how they are sent, how the answer is read.

use std::collections::BTreeSet;

use super::case::snake;
use super::fields::{presence, type_of};
use super::module::Scalar;
use super::module::{EncodeStep, Field, OperationDef, TypeDef, TypeRef};
use super::names::call_setter;
use super::plan::{OperationPlan, Plan};
use super::repeat::SecretTypes;
use super::responses::{self, body_of};
use super::{bodies, client, docs, example, pagination};
use crate::api::{Api, Location, Operation, Parameter, Style};
use crate::config::Config;
use crate::diagnostic::{Problem, Problems};

pub(super) fn lower(
    api: &Api,
    plan: &Plan,
    types: &[TypeDef],
    config: &Config,
) -> Result<Vec<OperationDef>, Problems> {
    let pairs = api.operations.iter().zip(&plan.operations);
    let secrets = SecretTypes::find(types);
    // A list that grows keeps room for as many again: here, and in each operation.
    let mut operations = Vec::with_capacity(api.operations.len());
    let mut problems = Vec::new();
    for (operation, names) in pairs {
        match one(api, plan, (types, &secrets), operation, names, config) {
            Ok(operation) => operations.push(operation),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(operations)
    } else {
        Err(problems)
    }
}

fn one(
    api: &Api,
    plan: &Plan,
    (types, secrets): (&[TypeDef], &SecretTypes),
    operation: &Operation,
    names: &OperationPlan,
    config: &Config,
) -> Result<OperationDef, Problem> {
    let field_names = parameter_names(&operation.parameters);
    let count = operation.parameters.len() + usize::from(operation.body.is_some());
    let mut fields = Vec::with_capacity(count);
    let mut encode = Vec::with_capacity(count);
    for (parameter, name) in operation.parameters.iter().zip(field_names) {
        encode.push(parameter_step(parameter, &name));
        fields.push(parameter_field(api, plan, parameter, name));
    }
    let taken: Vec<String> = fields
        .iter()
        .map(|field: &Field| field.name.clone())
        .collect();
    if let Some((of_body, step)) = bodies::lower(api, plan, operation, names, &taken) {
        encode.push(step);
        fields.extend(of_body);
    }
    // Canonical order: what is required first, each part by name. The order of the document may
    // change without a change of meaning, and then callers must not break.
    fields.sort_by(|one, other| (!one.required, &one.name).cmp(&(!other.required, &other.name)));
    let responses = responses::lower(api, plan, operation, names);
    let example = config
        .example_path
        .as_ref()
        .and_then(|_| example::of_operation(operation, &fields, types));
    let paging = operation
        .pagination
        .as_ref()
        .map(|pagination| pagination::lower(pagination, &fields, &responses.output, types))
        .transpose()?;
    Ok(OperationDef {
        pointer: operation.pointer.clone(),
        id: names.id.clone(),
        name: names.ty.clone(),
        method_name: names.method.clone(),
        kept: Vec::new(),
        features: Vec::new(),
        docs: docs::of_operation(operation),
        deprecated: operation.deprecated,
        method: operation.method.clone(),
        path: operation.path.clone(),
        server: operation.server.as_ref().map(|server| server.url.clone()),
        authenticated: operation.authenticated,
        repeatable: secrets.allow_repeating(&operation.method, &encode, &fields),
        security: client::alternatives(api, operation),
        accept: accept(operation),
        streams: responses::streamed(api, operation),
        stream: responses::stream(api, plan, operation).map(Box::new),
        headers: responses::headers(api, plan, operation, names),
        fields,
        encode,
        checks: Vec::new(),
        output: responses.output,
        error: responses.error,
        arms: responses.arms,
        example,
        paging: paging.map(Box::new),
    })
}

/// Field names: that of the parameter, with its place where two would have the same.
pub(super) fn parameter_names(parameters: &[Parameter]) -> Vec<String> {
    let plain: Vec<String> = parameters
        .iter()
        .map(|parameter| snake(&parameter.name, "parameter"))
        .collect();
    let mut taken: BTreeSet<String> = BTreeSet::from(["body".to_owned()]);
    let mut names = Vec::new();
    for (parameter, name) in parameters.iter().zip(&plain) {
        let is_shared = name == "body" || plain.iter().filter(|other| *other == name).count() > 1;
        let mut name = if is_shared {
            format!("{name}_{}", parameter.location.as_str())
        } else {
            name.clone()
        };
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        names.push(name);
    }
    names
}

/// The type of a parameter's value.
pub(super) fn parameter_type(api: &Api, plan: &Plan, parameter: &Parameter) -> TypeRef {
    match (&parameter.named_type, parameter.schema) {
        (Some(named), _) => TypeRef::Named(named.name.clone()),
        (None, Some(schema)) => type_of(api, plan, schema),
        (None, None) => TypeRef::Scalar(Scalar::String),
    }
}

fn parameter_field(api: &Api, plan: &Plan, parameter: &Parameter, name: String) -> Field {
    // Null cannot be sent in a parameter: it reads as absent.
    let ty = presence(
        parameter_type(api, plan, parameter),
        parameter.required,
        false,
    );
    Field {
        pointer: parameter.pointer.as_str().into(),
        wire: parameter.name.clone(),
        ty,
        summary: docs::of_parameter_place(parameter),
        docs: docs::of_parameter_setter(&api.schemas, parameter),
        required: parameter.required,
        setter: call_setter(&name),
        name,
        deprecated: parameter.deprecated,
        flatten: false,
    }
}

fn parameter_step(parameter: &Parameter, field: &str) -> EncodeStep {
    if parameter.is_whole_query {
        return EncodeStep::Query {
            field: field.to_owned(),
            is_json: parameter.is_json,
        };
    }
    let default = match parameter.location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
    };
    let style = (parameter.style, parameter.explode);
    EncodeStep::Parameter {
        location: parameter.location,
        wire: parameter.name.clone(),
        field: field.to_owned(),
        style: (style != default || parameter.allow_reserved).then_some(style),
        reserved: parameter.allow_reserved,
        is_json: parameter.is_json,
    }
}

/// What `Accept` says: every form that the client reads of a declared response.
fn accept(operation: &Operation) -> Option<String> {
    let mut types: Vec<String> = Vec::new();
    for media in operation
        .responses
        .iter()
        .filter_map(|response| body_of(&response.content))
    {
        let essence = media.essence();
        if !types.contains(&essence) {
            types.push(essence);
        }
    }
    let is_json_alone = types.iter().all(|name| name == "application/json");
    (!is_json_alone).then(|| types.join(", "))
}
