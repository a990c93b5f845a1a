//! Sends operations.

mod asked;
mod outgoing;
mod pending;

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::ACCEPT;
use tokio::time::Instant;

use crate::auth::{Credentials, Ready, resolve};
use crate::base_url::BaseUrl;
use crate::builder::Limits;
use crate::clock::SharedClock;
use crate::connect::{self, Places};
use crate::retry::{self, Attempts, Budget, Ending, Policy, is_safe};
use crate::trace::Trace;
use crate::transport::{Live, Outgoing, Reading, exchange};
use crate::{
    ByteStream, CallOptions, ConfigError, EncodeError, Error, Items, Operation, Phase, RawResponse,
    Response,
};

use asked::{Asked, request_of};
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

/// What every attempt of a call sends, and how its answer is read.
struct Sent<'a> {
    outgoing: Outgoing,
    reading: Reading,
    base: &'a BaseUrl,
    /// The most that one may take.
    attempt: Duration,
    /// The most that connecting may take, where the call says so itself.
    connect: Option<Duration>,
    trace: &'a Trace,
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
            .exchange(Asked::of(operation), options, Some(media), Live::All)
            .await;
        read(successful::<O>(answer)?)
    }

    /// The one exchange of all operations. It is boxed, so that each operation's own future is small and dependents
    /// compile none of it.
    fn exchange<'a>(
        &'a self,
        asked: Asked,
        options: CallOptions,
        accept: Option<&'a str>,
        live: Live,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'a>> {
        Box::pin(self.execute(asked, options, accept, live))
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
        let mut request = request_of(operation)?;
        let base = self.base(O::SERVER)?;
        let chosen = self.chosen(O::AUTHENTICATE.then_some(O::SECURITY))?;
        let ready: Vec<Ready> = chosen.into_iter().cloned().collect();
        self.outgoing(&mut request, options, &base, &ready)?
            .into_http()
    }

    async fn execute(
        &self,
        asked: Asked,
        options: CallOptions,
        accept: Option<&str>,
        live: Live,
    ) -> Result<Answer, Error> {
        let mut request = asked.request?;
        if let Some(accept) = accept {
            request.set_header(ACCEPT.as_str(), accept)?;
        }
        let trace = asked.trace;
        let started = Instant::now();
        let limits = self.limits(&options)?;
        let base = self.base(asked.server)?;
        let chosen = self.chosen(asked.security)?;
        let ready = resolve(chosen, limits.operation).await?;
        let is_repeatable =
            is_safe(request.method()) || (options.is_repeatable && !request.has_secret_body());
        // A stream is gone once it was handed to the transport, whatever became of it.
        let attempts = if request.is_repeatable() {
            limits.retry.attempts
        } else {
            1
        };
        let sent = Sent {
            outgoing: self.outgoing(&mut request, &options, &base, &ready)?,
            reading: Reading {
                limit: limits.response,
                live,
                idle: limits.operation,
            },
            base: &base,
            attempt: limits.attempt,
            connect: options.connect_timeout,
            trace: &trace,
        };
        let attempts = Attempts {
            policy: Policy {
                attempts,
                ..limits.retry
            },
            budget: &self.0.budget,
            clock: &self.0.clock,
            is_repeatable,
            started,
            limit: limits.operation,
        };
        let call = retry::run(&attempts, |number| self.attempt(&sent, &attempts, number));
        let (result, ending) = trace.around(&base, call).await;
        self.tell_sources(&result);
        match result {
            Ok(response) => Ok((response, ending)),
            Err(error) => Err(ending.wrap(error)),
        }
    }

    /// One attempt, within its own deadline and the call's: one timer does for both.
    async fn attempt(
        &self,
        sent: &Sent<'_>,
        call: &Attempts<'_>,
        number: u32,
    ) -> Result<RawResponse, Error> {
        // Waiting for a place is the call's time and not the attempt's.
        let place = self.0.places.take(|| call.left()).await;
        let _place = place.ok_or(Error::Timeout(Phase::Operation))?;
        let left = call.left();
        let (limit, phase) = if left < sent.attempt {
            (left, Phase::Operation)
        } else {
            (sent.attempt, Phase::Attempt)
        };
        // Boxed where it begins: it is large, and would be moved into each future around it.
        let exchange = Box::pin(exchange(
            &self.0.http,
            &sent.outgoing,
            sent.base,
            sent.reading,
        ));
        let timed = tokio::time::timeout(limit, async {
            match sent.connect {
                Some(limit) => connect::within(limit, exchange).await,
                None => exchange.await,
            }
        });
        let result = timed.await.unwrap_or(Err(Error::Timeout(phase)));
        self.0.places.note(&result);
        sent.trace.attempt(number, &result);
        result
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
    fn chosen(&self, security: Option<&[&[&str]]>) -> Result<Vec<&Ready>, EncodeError> {
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
