//! Sends operations.

mod asked;
mod exchange;
mod outgoing;
mod pending;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;

use crate::auth::{Chosen, Credentials, Ready};
use crate::base_url::BaseUrl;
use crate::builder::Limits;
use crate::clock::SharedClock;
use crate::connect::Places;
use crate::retry::{Budget, Ending};
use crate::transport::Live;
use crate::{
    ByteStream, CallOptions, ConfigError, EncodeError, Error, Items, Operation, RawResponse,
    Response,
};

use asked::{Asked, request_of};
use outgoing::Source;
pub use pending::Pending;

/// The items of a body, or why there are none.
type Streamed<T, E> = Result<Response<Items<T>>, Error<E>>;

/// The last response of a call, and how its attempts ended.
type Answer = (RawResponse, Ending);

/// A transport with its server, credentials and limits; cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    base: BaseUrl,
    /// Whether the base URL is the program's own, which then counts for every operation.
    is_own_base: bool,
    credentials: Credentials,
    headers: HeaderMap,
    limits: Limits,
    clock: SharedClock,
    budget: Budget,
    places: Places,
    http: reqwest::Client,
}

impl Client {
    pub(crate) fn new(
        (base, is_own_base): (BaseUrl, bool),
        credentials: Credentials,
        headers: HeaderMap,
        limits: Limits,
        clock: SharedClock,
        (places, http): (Places, reqwest::Client),
    ) -> Self {
        Self(Arc::new(Inner {
            base,
            is_own_base,
            credentials,
            headers,
            limits,
            clock,
            budget: Budget::default(),
            places,
            http,
        }))
    }

    /// Sends an operation and reads the response.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
    ) -> Result<Response<O::Output>, Error<O::Error>> {
        let (response, ending) = self
            .clone()
            .exchange(Asked::of(operation), options, None, Live::Types(O::STREAMS))
            .await
            .map_err(Error::widen)?;
        O::decode(response).map_err(|error| ending.wrap(error))
    }

    /// Sends an operation, asks for this media type instead of those of the document, and gives the body of a
    /// success as it came.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send_for<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
        media: &str,
    ) -> Result<Response<Bytes>, Error<O::Error>> {
        let answer = self
            .clone()
            .exchange(Asked::of(operation), options, Some(media), Live::Types(&[]))
            .await;
        successful::<O>(answer)?.bytes()
    }

    /// Sends an operation and gives the body of a success while it comes.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn stream<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
    ) -> Result<Response<ByteStream>, Error<O::Error>> {
        let answer = self
            .clone()
            .exchange(Asked::of(operation), options, None, Live::All)
            .await;
        Ok(successful::<O>(answer)?.into_bytes())
    }

    /// Sends an operation, asks for this media type, and reads the body of a success while it comes.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn items<O: Operation, T>(
        &self,
        operation: &O,
        options: CallOptions,
        media: &'static str,
        read: fn(RawResponse) -> Streamed<T, O::Error>,
    ) -> Streamed<T, O::Error> {
        let answer = self
            .clone()
            .exchange(Asked::of(operation), options, Some(media), Live::All)
            .await;
        read(successful::<O>(answer)?)
    }

    /// Sends an operation and waits for the response on this thread.
    ///
    /// # Errors
    ///
    /// See [`Error`]; inside an asynchronous task always [`Error::Refused`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
    ) -> Result<Response<O::Output>, Error<O::Error>> {
        crate::blocking::wait(self.send(operation, options)).map_err(Error::Refused)?
    }

    /// The request of an operation as it would be sent, credentials included (but for tokens that a source
    /// gives): for other transports, for signing, and for tests.
    ///
    /// # Errors
    ///
    /// The arguments cannot be sent.
    pub fn request<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
    ) -> Result<http::Request<Bytes>, EncodeError> {
        let request = request_of(operation)?;
        let base = self.base(O::SERVER)?;
        let credentials = self.chosen(O::AUTHENTICATE.then_some(O::SECURITY))?;
        let source = Source {
            request: &request,
            options,
            base: &base,
            credentials: &credentials,
        };
        self.outgoing(&source)?.into_http(&request)
    }

    /// A token that is refused should not be used again.
    fn tell_sources(&self, result: &Result<RawResponse, Error>) {
        let is_refused = matches!(result, Ok(response) if response.status() == 401);
        for ready in self.0.credentials.iter().filter(|_| is_refused) {
            if let Ready::Source(source) = ready {
                source.refused();
            }
        }
    }

    /// The credentials for an operation; `None` for one that takes none.
    fn chosen(&self, security: Option<&[&[&str]]>) -> Result<Chosen<'_>, EncodeError> {
        security.map_or_else(
            || Ok(Vec::new()),
            |alternatives| self.0.credentials.choose(alternatives),
        )
    }

    /// What a call says for itself wins. Its deadline is for the call as a whole; asked for more than an attempt
    /// has, the attempt has it too.
    fn limits(&self, options: &CallOptions) -> Result<Limits, EncodeError> {
        let mut limits = self.0.limits;
        if let Some(timeout) = options.timeout {
            limits.operation = timeout;
            limits.attempt = limits.attempt.max(timeout);
        }
        limits.attempt = options.attempt_timeout.unwrap_or(limits.attempt);
        limits.connect = options.connect_timeout.unwrap_or(limits.connect);
        limits.retry.attempts = options.attempts.unwrap_or(limits.retry.attempts);
        let wrong = |error: ConfigError| EncodeError::new("options", error.to_string());
        limits.check().map_err(wrong)?;
        Ok(limits)
    }

    /// Where an operation is served.
    fn base(&self, server: Option<&'static str>) -> Result<Cow<'_, BaseUrl>, EncodeError> {
        match server.filter(|_| !self.0.is_own_base) {
            None => Ok(Cow::Borrowed(&self.0.base)),
            Some(url) => BaseUrl::parse(url)
                .map(Cow::Owned)
                .map_err(|error| EncodeError::new("server", error.to_string())),
        }
    }
}

/// The response if it tells of success, else the error that it tells of.
fn successful<O: Operation>(answer: Result<Answer, Error>) -> Result<RawResponse, Error<O::Error>> {
    let (response, ending) = answer.map_err(Error::widen)?;
    let parts = response.parts();
    if parts.status().is_success() {
        return Ok(response);
    }
    let (status, headers) = (parts.status(), parts.headers().clone());
    let again = RawResponse::new(status, headers, parts.body().clone());
    let error = match O::decode(response) {
        Err(error) => error,
        // Declared, but no success (RFC 9110 §15.4).
        Ok(_) => again.undeclared_error().widen(),
    };
    Err(ending.wrap(error))
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.0.base.as_str())
            .finish_non_exhaustive()
    }
}
