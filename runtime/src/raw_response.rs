//! A response as it came, and how it is read.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Decode, Mismatch, Redirected, Unexpected};
use crate::{ByteStream, Error, Event, Items, Parts, Response, json};

/// Bytes of a body that errors keep.
const KEPT: usize = 64 << 10;

/// A response as it came: status, headers, and the body, whole or still coming.
#[derive(Debug)]
pub struct RawResponse(Parts, Option<Box<ByteStream>>);

impl RawResponse {
    /// A response, for tests and for other transports.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self(Parts::new(status, headers, body.into()), None)
    }

    /// A response whose body is still coming.
    pub(crate) fn live(status: StatusCode, headers: HeaderMap, body: ByteStream) -> Self {
        Self(
            Parts::new(status, headers, Bytes::new()),
            Some(Box::new(body)),
        )
    }

    /// Status, headers and body, apart.
    fn into_stream(self) -> (Parts, ByteStream) {
        let Self(parts, live) = self;
        let bytes = live.map_or_else(|| parts.body().clone().into(), |live| *live);
        (parts, bytes)
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    /// The body as it comes.
    pub(crate) fn into_bytes(self) -> Response<ByteStream> {
        let (parts, bytes) = self.into_stream();
        Response::new(parts, bytes)
    }

    fn items<T>(self, read: fn(Parts, ByteStream) -> Items<T>) -> Response<Items<T>> {
        let (parts, bytes) = self.into_stream();
        Response::new(parts.clone(), read(parts, bytes))
    }

    /// The body as JSON values, one on each line (JSON Lines, NDJSON).
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn lines<T: DeserializeOwned, E>(self) -> Result<Response<Items<T>>, Error<E>> {
        Ok(self.items(Items::lines))
    }

    /// The body as JSON text sequences (RFC 7464).
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn sequence<T: DeserializeOwned, E>(self) -> Result<Response<Items<T>>, Error<E>> {
        Ok(self.items(Items::sequence))
    }

    /// The body as server-sent events (WHATWG HTML §9.2) with JSON data; data that is `[DONE]` ends them.
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn events<T: DeserializeOwned, E>(self) -> Result<Response<Items<Event<T>>>, Error<E>> {
        Ok(self.items(Items::events))
    }

    /// The body as server-sent events with text.
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn event_texts<E>(self) -> Result<Response<Items<Event<String>>>, Error<E>> {
        Ok(self.items(Items::event_texts))
    }

    /// The body as server-sent events that a type describes as objects (OpenAPI 3.2 §4.14.4).
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn whole_events<T: DeserializeOwned, E>(self) -> Result<Response<Items<T>>, Error<E>> {
        Ok(self.items(Items::whole_events))
    }

    /// The status as a number.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] with the place in the body that is not what was expected.
    pub fn json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        match json::read(self.0.body()) {
            Ok(body) => Ok(Response::new(self.0, body)),
            Err(mismatch) => Err(self.mismatched(mismatch).widen()),
        }
    }

    /// Reads the body as JSON; an empty one stands for an empty object.
    ///
    /// # Errors
    ///
    /// As for [`RawResponse::json`].
    pub fn json_or_empty<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        if !self.0.body().iter().all(u8::is_ascii_whitespace) {
            return self.json();
        }
        match json::read(b"{}") {
            Ok(body) => Ok(Response::new(self.0, body)),
            Err(mismatch) => Err(self.mismatched(mismatch).widen()),
        }
    }

    /// Reads the body as text in UTF-8.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it is none.
    pub fn text<E>(self) -> Result<Response<String>, Error<E>> {
        match std::str::from_utf8(self.0.body()).map(str::to_owned) {
            Ok(body) => Ok(Response::new(self.0, body)),
            Err(_) => Err(self.mismatched(Box::new("not UTF-8".into())).widen()),
        }
    }

    /// The body as it came.
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn bytes<E>(self) -> Result<Response<Bytes>, Error<E>> {
        let body = self.0.body().clone();
        Ok(Response::new(self.0, body))
    }

    /// Takes no notice of the body.
    ///
    /// # Errors
    ///
    /// None; it has the type of its siblings.
    pub fn empty<E>(self) -> Result<Response<()>, Error<E>> {
        Ok(Response::new(self.0, ()))
    }

    /// A declared error with a JSON body; with another body it is [`Error::Unexpected`], which never
    /// hides the status.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn error<B: DeserializeOwned, T, E>(
        self,
        declared: fn(Response<B>) -> E,
    ) -> Result<T, Error<E>> {
        match json::read(self.0.body()) {
            Ok(body) => Err(Error::Api(declared(Response::new(self.0, body)))),
            Err(mismatch) => Err(self.unexpected(Some(mismatch.what)).widen()),
        }
    }

    /// A declared error without a body.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn error_empty<T, E>(self, declared: fn(Response<()>) -> E) -> Result<T, Error<E>> {
        Err(Error::Api(declared(Response::new(self.0, ()))))
    }

    /// A declared error with a text body.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn error_text<T, E>(self, declared: fn(Response<String>) -> E) -> Result<T, Error<E>> {
        let body = String::from_utf8_lossy(self.0.body()).into_owned();
        Err(Error::Api(declared(Response::new(self.0, body))))
    }

    /// A declared error with a body that is kept as it came.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn error_bytes<T, E>(self, declared: fn(Response<Bytes>) -> E) -> Result<T, Error<E>> {
        let body = self.0.body().clone();
        Err(Error::Api(declared(Response::new(self.0, body))))
    }

    /// A status that the document does not declare.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn undeclared<T, E>(self) -> Result<T, Error<E>> {
        Err(self.undeclared_error().widen())
    }

    pub(crate) fn undeclared_error(self) -> Error {
        self.unexpected(None)
    }

    fn mismatched(self, mismatch: Box<Mismatch>) -> Error {
        Error::Decode(Box::new(Decode::new(self.bounded(), mismatch)))
    }

    fn unexpected(self, mismatch: Option<String>) -> Error {
        if Redirected::covers(self.0.status()) {
            return Error::Redirect(Box::new(Redirected::new(self.bounded())));
        }
        Error::Unexpected(Box::new(Unexpected::new(self.bounded(), mismatch)))
    }

    /// Errors are kept and passed on, so that they do not keep a large body alive.
    fn bounded(self) -> Parts {
        let body = self.0.body();
        let kept = if body.len() > KEPT {
            Bytes::copy_from_slice(&body[..KEPT])
        } else {
            body.clone()
        };
        Parts::new(self.0.status(), self.0.headers().clone(), kept)
    }
}
