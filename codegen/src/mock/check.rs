//! Whether a request is what the document asks for.

use serde_json::Value;

use super::incoming::{Incoming, pairs};
use super::refusal::Refusal;
use super::route::Route;
use super::validate::validate;
use crate::api::{
    Api, Body, Location, MediaType, Parameter, SchemaId, SecurityScheme, SimpleType, Style,
};

/// Checks credentials, parameters and body, in the order in which servers do.
///
/// Gives the body if it is JSON.
pub(super) fn check(
    api: &Api,
    route: &Route<'_>,
    request: &Incoming<'_>,
) -> Result<Option<Value>, Refusal> {
    if route.operation.authenticated {
        credentials(api, request)?;
    }
    for parameter in &route.operation.parameters {
        self::parameter(api, route, request, parameter)?;
    }
    match &route.operation.body {
        Some(body) => self::body(api, body, request),
        None => Ok(None),
    }
}

/// Any credentials will do; none will not.
fn credentials(api: &Api, request: &Incoming<'_>) -> Result<(), Refusal> {
    if api.security.is_empty() {
        return Ok(());
    }
    let with_scheme = |name: &str| {
        let value = request.header("authorization")?;
        let (scheme, credentials) = value.split_once(' ')?;
        (scheme.eq_ignore_ascii_case(name) && !credentials.trim().is_empty()).then_some(())
    };
    let found = |scheme: &SecurityScheme| match scheme {
        SecurityScheme::Bearer | SecurityScheme::Token { .. } => with_scheme("bearer"),
        SecurityScheme::Basic => with_scheme("basic"),
        SecurityScheme::Header(name) => {
            request.header(name).filter(|key| !key.is_empty()).map(drop)
        }
        SecurityScheme::Query(name) => request
            .query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(drop),
        SecurityScheme::Cookie(name) => request.cookie(name).map(drop),
    };
    let is_basic = api
        .security
        .iter()
        .all(|one| one.scheme == SecurityScheme::Basic);
    let challenge = if is_basic { "Basic" } else { "Bearer" };
    api.security
        .iter()
        .find_map(|one| found(&one.scheme))
        .ok_or_else(|| {
            Refusal::new(401, "authorization required")
                .header("www-authenticate", challenge.to_owned())
        })
}

fn parameter(
    api: &Api,
    route: &Route<'_>,
    request: &Incoming<'_>,
    parameter: &Parameter,
) -> Result<(), Refusal> {
    let name = &parameter.name;
    let in_pairs = |pairs: &[(String, String)]| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let text = match parameter.location {
        Location::Path => in_pairs(&route.parameters),
        // An object in a query is spread over other names: whether it is there cannot be seen by its own.
        Location::Query if is_spread(api, parameter) => return Ok(()),
        Location::Query => in_pairs(&request.query),
        Location::Header => request.header(name).map(str::to_owned),
        Location::Cookie => request.cookie(name),
    };
    let place = parameter.location.as_str();
    match text {
        None if parameter.required => {
            Err(Refusal::new(400, format!("the {place} parameter {name} is required")).field(name))
        }
        None => Ok(()),
        Some(text) => {
            let Some(value) = parameter
                .schema
                .and_then(|schema| simple_value(api, schema, &text))
            else {
                return Ok(());
            };
            let schema = parameter
                .schema
                .map_or(Ok(()), |schema| validate(&api.schemas, schema, &value));
            schema.map_err(|wrong| {
                Refusal::new(400, wrong.message.replacen("the body", name, 1)).field(name)
            })
        }
    }
}

fn is_spread(api: &Api, parameter: &Parameter) -> bool {
    let schema = parameter
        .schema
        .map(|schema| api.schemas.get(api.schemas.target(schema)));
    let is_object = schema.is_some_and(|schema| {
        schema.types.contains(&SimpleType::Object) || schema.properties.is_some()
    });
    parameter.style == Style::DeepObject || (is_object && parameter.explode)
}

/// A text as the value that the schema asks for; `None` for lists and objects, which are not checked.
fn simple_value(api: &Api, schema: SchemaId, text: &str) -> Option<Value> {
    let schema = api.schemas.get(api.schemas.target(schema));
    match schema.types[..] {
        [SimpleType::Integer | SimpleType::Number | SimpleType::Boolean] => {
            Some(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
        }
        [SimpleType::String] => Some(Value::from(text)),
        _ => None,
    }
}

fn body(api: &Api, body: &Body, request: &Incoming<'_>) -> Result<Option<Value>, Refusal> {
    if request.body.is_empty() {
        let required = || Refusal::new(400, "a body is required");
        return if body.required {
            Err(required())
        } else {
            Ok(None)
        };
    }
    let media_type = request.media_type().unwrap_or_default();
    let Some(media) = body
        .content
        .iter()
        .find(|media| accepts(media, &media_type))
    else {
        let names: Vec<&str> = body
            .content
            .iter()
            .map(|media| media.name.as_str())
            .collect();
        return Err(Refusal::new(
            415,
            format!("the body must be {}", names.join(" or ")),
        ));
    };
    let value = if media.is_json() {
        let value: Result<Value, _> = serde_json::from_slice(request.body);
        value.map_err(|error| {
            Refusal::new(
                400,
                format!(
                    "the body is not JSON: line {} column {}",
                    error.line(),
                    error.column()
                ),
            )
        })?
    } else if media.essence() == "application/x-www-form-urlencoded" {
        let text = String::from_utf8_lossy(request.body);
        return Ok(Some(
            pairs(&text)
                .into_iter()
                .map(|(name, value)| (name, Value::from(value)))
                .collect(),
        ));
    } else {
        return Ok(None);
    };
    let checked = media
        .schema
        .map_or(Ok(()), |schema| validate(&api.schemas, schema, &value));
    checked.map_err(|wrong| Refusal::new(400, wrong.message).field(wrong.field))?;
    Ok(Some(value))
}

/// Whether a body of this type is one of the form (3.1 §4.8.14.1: `*` stands for anything).
fn accepts(media: &MediaType, media_type: &str) -> bool {
    let essence = media.essence();
    match essence.split_once('*') {
        Some((start, _)) => media_type.starts_with(start),
        None => essence == media_type,
    }
}
