//! A response that was read.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::rate_limit::retry_after;
use crate::{RateLimit, header_value, link};

/// Status, headers and raw body of a response.
#[derive(Clone)]
pub struct Parts {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Parts {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// A header as a value of this type (style `simple`, 3.1 §4.8.21); `None` if it is missing or no such value.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        header_value::read(&self.headers.get_all(name))
    }

    /// The target of the link with this relation (RFC 8288), such as `next`.
    pub fn link(&self, relation: &str) -> Option<String> {
        let lines = self.headers.get_all(http::header::LINK).iter();
        lines
            .filter_map(|line| line.to_str().ok())
            .find_map(|line| link::find(line, relation))
    }

    /// What the server says about how much more it will take.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// How long the server asks to wait (`Retry-After`, in seconds or as a date), counted from its answer.
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        retry_after(&self.headers, std::time::SystemTime::now())
    }

    /// The id that the server gave the request, under one of the usual names.
    pub fn request_id(&self) -> Option<&str> {
        let names = [
            "x-request-id",
            "request-id",
            "x-correlation-id",
            "x-message-id",
        ];
        let mut given = names.iter().filter_map(|name| self.headers.get(*name));
        given.next()?.to_str().ok()
    }
}

impl fmt::Debug for Parts {
    /// Headers and body are left out: they may hold what must not be logged.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Parts")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A body with the status and headers that it came with. It can be used as the body itself.
#[derive(Clone)]
pub struct Response<T>(Box<(Parts, T)>);

impl<T> Response<T> {
    pub(crate) fn new(parts: Parts, body: T) -> Self {
        Self(Box::new((parts, body)))
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.0.headers
    }

    /// What the server says about how much more it will take.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.0.0.rate_limit()
    }

    /// Status, headers and raw body.
    pub fn parts(&self) -> &Parts {
        &self.0.0
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.0.1
    }

    /// The body itself.
    pub fn into_body(self) -> T {
        self.0.1
    }

    /// The same response with another body.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let (parts, body) = *self.0;
        Response::new(parts, change(body))
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.body()
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status())
            .field("body", self.body())
            .finish_non_exhaustive()
    }
}
