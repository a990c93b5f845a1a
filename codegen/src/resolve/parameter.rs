//! Parameters (3.1 §4.8.12).

use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::components::{Components, follow};
use crate::api::{Location, LostNode, NamedType, Parameter, Style, is_json_type};
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::child;
use crate::split::{COOKIE_STYLE, WHOLE_QUERY};

/// Header parameters that mean something else (3.1 §4.8.12.2.1): they are to be ignored.
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

pub(super) fn resolve(
    parameters: &[ReferenceOr<openapiv3::Parameter>],
    owner: &str,
    components: &Components<'_>,
    losses: &mut Vec<LostNode>,
    problems: &mut Problems,
) -> Vec<Parameter> {
    let list = child(owner, "parameters");
    let mut resolved: Vec<Parameter> = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let at = child(&list, &index.to_string());
        let table = &components.parts.parameters;
        let Some((parameter, pointer)) = follow("parameters", table, parameter, &at, problems)
        else {
            continue;
        };
        let Some(parameter) = resolve_one(parameter, pointer, components, problems) else {
            continue;
        };
        if parameter.location == Location::Header
            && NOT_PARAMETERS.contains(&parameter.name.to_ascii_lowercase().as_str())
        {
            let what = format!(
                "3.1 §4.8.12.2.1 asks to ignore a header parameter `{}`",
                parameter.name
            );
            losses.push(LostNode::new(at, what));
            continue;
        }
        let is_same =
            |one: &Parameter| one.name == parameter.name && one.location == parameter.location;
        if resolved.iter().any(is_same) {
            let (place, name) = (parameter.location.as_str(), &parameter.name);
            losses.push(LostNode::new(
                at,
                format!("the {place} parameter `{name}` is declared twice: the first one counts"),
            ));
        } else {
            resolved.push(parameter);
        }
    }
    resolved
}

/// A placeholder of a path that nothing declares.
pub(super) fn undeclared(name: &str, operation: &str) -> Parameter {
    Parameter {
        pointer: operation.to_owned(),
        name: name.to_owned(),
        location: Location::Path,
        description: None,
        required: true,
        deprecated: false,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        schema: None,
        is_json: false,
        is_whole_query: false,
        named_type: None,
        client_wide: false,
    }
}

fn resolve_one(
    parameter: &openapiv3::Parameter,
    pointer: String,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Option<Parameter> {
    let (location, style, allow_reserved) = match parameter {
        openapiv3::Parameter::Query {
            style,
            allow_reserved,
            ..
        } => (Location::Query, query_style(style), *allow_reserved),
        openapiv3::Parameter::Header { .. } => (Location::Header, Style::Simple, false),
        openapiv3::Parameter::Path { style, .. } => (Location::Path, path_style(style), false),
        openapiv3::Parameter::Cookie { .. } => (Location::Cookie, Style::Form, false),
    };
    let data = parameter.parameter_data_ref();
    let extension = |name| data.extensions.get(name);
    let style = match extension(COOKIE_STYLE) {
        Some(Value::Bool(true)) => Style::Cookie,
        _ => style,
    };
    Some(Parameter {
        name: data.name.clone(),
        location,
        description: data.description.clone(),
        // 3.1 §4.8.12.2.1: a path parameter is always required.
        required: data.required || location == Location::Path,
        deprecated: data.deprecated == Some(true),
        style,
        explode: data
            .explode
            .unwrap_or(matches!(style, Style::Form | Style::Cookie)),
        allow_reserved,
        schema: components.of_parameter(&data.format),
        is_json: is_json(data),
        is_whole_query: extension(WHOLE_QUERY) == Some(&Value::Bool(true)),
        named_type: match extension("x-stencil-type") {
            Some(value) => Some(named_type(
                value,
                &child(&pointer, "x-stencil-type"),
                problems,
            )?),
            None => None,
        },
        client_wide: extension("x-stencil-client") == Some(&Value::Bool(true)),
        pointer,
    })
}

/// Whether `content` says so; any other media type is written as its style says.
fn is_json(data: &ParameterData) -> bool {
    match &data.format {
        ParameterSchemaOrContent::Schema(_) => false,
        ParameterSchemaOrContent::Content(content) => {
            content.keys().next().is_some_and(|name| is_json_type(name))
        }
    }
}

fn named_type(value: &Value, pointer: &str, problems: &mut Problems) -> Option<NamedType> {
    let name = value.get("name").and_then(Value::as_str);
    let forms = value.get("forms").and_then(Value::as_object);
    let (Some(name), Some(forms)) = (name, forms) else {
        let message =
            "`x-stencil-type` must have a `name` and, under `forms`, a template for each form";
        problems.push(Problem::at(Code::Structure, pointer, message));
        return None;
    };
    if !is_type_name(name) {
        let message = format!(
            "{name:?} is no name for a type: it must begin with a letter, and have letters and digits only"
        );
        problems.push(Problem::at(
            Code::Structure,
            child(pointer, "name"),
            message,
        ));
        return None;
    }
    let mut named = NamedType {
        name: name.to_owned(),
        forms: Vec::new(),
    };
    for (form, template) in forms {
        let template = template.as_str().unwrap_or_default();
        if template.matches("{}").count() != 1 {
            let at = child(&child(pointer, "forms"), form);
            let message = format!(
                "the form `{form}` must be a text with `{{}}` once, where the value stands"
            );
            problems.push(Problem::at(Code::Structure, at, message));
            return None;
        }
        named.forms.push((form.clone(), template.to_owned()));
    }
    Some(named)
}

/// Upper case, as types have it (RFC 430), so that it is no keyword either.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|sign| sign.is_ascii_alphanumeric())
        && name != "Self"
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix,
        PathStyle::Label => Style::Label,
        PathStyle::Simple => Style::Simple,
    }
}
