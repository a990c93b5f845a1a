//! Answers to requests that are wrong, in the shape that the document gives to errors.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::Value;

use super::synthesize::example_of;
use crate::api::{Api, Operation, StatusPattern};

/// Why a request is refused.
pub(super) struct Refusal {
    status: u16,
    message: String,
    /// The parameter or property at fault.
    field: Option<String>,
    headers: Vec<(&'static str, String)>,
}

/// An answer: status, headers, body with its media type.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<(String, Vec<u8>)>,
}

impl Refusal {
    pub(super) fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            field: None,
            headers: Vec::new(),
        }
    }

    /// Names what is at fault.
    pub(super) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    pub(super) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Another method on a path that exists (RFC 9110 §15.5.6).
    pub(super) fn method(allowed: &[String]) -> Self {
        Self::new(405, "the document has no such method on this path")
            .header("allow", allowed.join(", "))
    }

    /// The refusal as the operation declares such a status; as a plain object where nothing does.
    pub(super) fn into_reply(mut self, api: &Api, operation: Option<&Operation>) -> Reply {
        let operation = operation.or(api.operations.first());
        let body = operation.and_then(|operation| self.declared_body(api, operation));
        let body = body.unwrap_or_else(|| serde_json::json!({ "message": self.message }));
        let visible = |c: char| if (' '..='~').contains(&c) { c } else { '?' };
        self.headers.push((
            "x-stencil-mock-reason",
            self.message.chars().map(visible).take(300).collect(),
        ));
        let body = Some(("application/json".to_owned(), body.to_string().into_bytes()));
        Reply {
            status: self.status,
            headers: self.headers,
            body,
        }
    }

    fn declared_body(&self, api: &Api, operation: &Operation) -> Option<Value> {
        let patterns = [
            StatusPattern::Code(self.status),
            StatusPattern::Range(self.status / 100),
            StatusPattern::Default,
        ];
        let mut found = patterns
            .iter()
            .filter_map(|status| operation.responses.iter().find(|one| one.status == *status));
        let media = found.next()?.content.iter().find(|media| media.is_json())?;
        let schema = media.schema?;
        let mut body = example_of(api, media, None)?;
        let target = api.schemas.get(api.schemas.target(schema));
        let places = target.extension("x-stencil-mock");
        let place = |name: &str| places.and_then(|places| places.get(name)?.as_str());
        set(
            &mut body,
            place("message"),
            Value::from(self.message.as_str()),
        );
        set(
            &mut body,
            place("field"),
            self.field.as_deref().map_or(Value::Null, Value::from),
        );
        Some(body)
    }
}

fn set(body: &mut Value, pointer: Option<&str>, value: Value) {
    let Some((parent, name)) = pointer.and_then(|pointer| pointer.rsplit_once('/')) else {
        return;
    };
    if let Some(Value::Object(entries)) = body.pointer_mut(parent) {
        entries.insert(name.to_owned(), value);
    }
}

impl Reply {
    pub(super) fn into_response(self, more: Vec<(&'static str, String)>) -> Response<Body> {
        let (media, bytes) = self
            .body
            .map_or((None, Vec::new()), |(media, bytes)| (Some(media), bytes));
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let media = media.map(|media| (header::CONTENT_TYPE.as_str().to_owned(), media));
        let headers = self
            .headers
            .into_iter()
            .chain(more)
            .map(|(name, value)| (name.to_owned(), value));
        for (name, value) in headers.chain(media) {
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_str(&value),
            ) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
