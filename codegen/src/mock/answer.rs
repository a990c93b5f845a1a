//! From a request to an answer.

use serde_json::{Map, Value};

use super::Shared;
use super::check::check;
use super::incoming::Incoming;
use super::rate::RateLimit;
use super::refusal::{Refusal, Reply};
use super::route::{Route, find};
use super::state::Key;
use super::synthesize::example_of;
use crate::api::{Api, MediaType, Operation, Response, SchemaId, StatusPattern};

/// The answer, and the operation whose errors a refusal should look like.
pub(super) fn answer<'a>(
    shared: &'a Shared,
    request: &Incoming<'_>,
) -> (Result<Reply, Refusal>, Option<&'a Operation>) {
    let route = match find(&shared.api, request.method, request.path) {
        Ok(route) => route,
        Err(refusal) => return (Err(refusal), None),
    };
    (on_route(shared, &route, request), Some(route.operation))
}

fn on_route(shared: &Shared, route: &Route<'_>, request: &Incoming<'_>) -> Result<Reply, Refusal> {
    let api = &shared.api;
    shared.rate.as_ref().map_or(Ok(()), RateLimit::count)?;
    let sent = check(api, route, request)?;
    let response = choose(route.operation, request)?;
    let key = Key {
        path: request.path.to_owned(),
        scope: scope(route.operation, request),
    };
    if response.status.is_success() {
        remember(shared, route.operation, key.clone(), sent);
    }
    let status = match response.status {
        StatusPattern::Code(code) => code,
        StatusPattern::Range(digit) => digit * 100,
        StatusPattern::Default => 200,
    };
    let body = response
        .content
        .iter()
        .find(|media| media.is_json())
        .or(response.content.first());
    let body = body.and_then(|media| {
        let mut value = example_of(api, media, request.preference("example"))?;
        if response.status.is_success() {
            lay_over(api, media, &mut value, shared.store.get(&key));
        }
        Some((media.name.clone(), text_of(media, &value)))
    });
    Ok(Reply {
        status,
        headers: Vec::new(),
        body,
    })
}

/// The response that is asked for, else the first success.
fn choose<'a>(operation: &'a Operation, request: &Incoming<'_>) -> Result<&'a Response, Refusal> {
    let responses = &operation.responses;
    if let Some(code) = request.preference("code") {
        let code: u16 = code
            .parse()
            .map_err(|_| Refusal::new(400, "`Prefer: code=` needs a status"))?;
        let patterns = [
            StatusPattern::Code(code),
            StatusPattern::Range(code / 100),
            StatusPattern::Default,
        ];
        let found = patterns
            .iter()
            .find_map(|status| responses.iter().find(|one| one.status == *status));
        return match found {
            Some(response) if response.status == StatusPattern::Code(code) => Ok(response),
            // A pattern has no status of its own, so that it is told as a refusal with the one asked for.
            _ => Err(Refusal::new(
                code,
                format!("asked for with Prefer: code={code}"),
            )),
        };
    }
    let success = responses
        .iter()
        .find(|response| response.status.is_success());
    let default = responses
        .iter()
        .find(|response| response.status == StatusPattern::Default);
    success
        .or(default)
        .or(responses.first())
        .ok_or_else(|| Refusal::new(501, "the document declares no response"))
}

/// On whose behalf: parameters that a client sets for all its calls part one state from another.
fn scope(operation: &Operation, request: &Incoming<'_>) -> Vec<String> {
    let wide = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.client_wide);
    wide.filter_map(|parameter| request.header(&parameter.name).map(str::to_owned))
        .collect()
}

fn remember(shared: &Shared, operation: &Operation, key: Key, sent: Option<Value>) {
    match (operation.method.as_str(), sent) {
        ("PUT" | "PATCH", Some(Value::Object(mut members))) => {
            let media = operation.body.iter().flat_map(|body| &body.content);
            for schema in media.filter_map(|media| media.schema) {
                members.retain(|name, _| !is_secret(&shared.api, schema, name));
            }
            shared.store.update(key, members);
        }
        ("DELETE", _) => shared.store.remove(&key),
        _ => {}
    }
}

/// Lays remembered members over the example, as far as the response has them.
fn lay_over(api: &Api, media: &MediaType, value: &mut Value, members: Map<String, Value>) {
    let (Value::Object(entries), Some(schema)) = (value, media.schema) else {
        return;
    };
    for (name, member) in members {
        if property(api, schema, &name).is_some() {
            entries.insert(name, member);
        }
    }
}

fn is_secret(api: &Api, schema: SchemaId, name: &str) -> bool {
    property(api, schema, name)
        .is_some_and(|property| api.schemas.get(property).format.as_deref() == Some("password"))
}

/// A property of a schema or of the parts that it is made of.
fn property(api: &Api, schema: SchemaId, name: &str) -> Option<SchemaId> {
    fn search(api: &Api, schema: SchemaId, name: &str, depth: usize) -> Option<SchemaId> {
        let schema = api.schemas.get(schema);
        let own = schema
            .properties
            .as_ref()
            .and_then(|properties| properties.get(name).copied());
        let mut parts = schema.reference.iter().chain(&schema.all_of);
        own.or_else(|| {
            if depth == 0 {
                None
            } else {
                parts.find_map(|part| search(api, *part, name, depth - 1))
            }
        })
    }
    search(api, schema, name, 8)
}

fn text_of(media: &MediaType, value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) if !media.is_json() => text.clone().into_bytes(),
        other => other.to_string().into_bytes(),
    }
}
