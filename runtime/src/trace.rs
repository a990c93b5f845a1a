//! What a call tells `tracing`: a span for the operation and an event for each attempt, by the names of the
//! OpenTelemetry conventions for HTTP clients; never values of parameters, headers or bodies.

use crate::base_url::BaseUrl;
use crate::retry::Ending;
use crate::{Error, RawResponse};

/// A call as a trace sees it.
#[cfg_attr(
    not(feature = "tracing"),
    expect(dead_code, reason = "read by the feature `tracing`")
)]
pub(crate) struct Trace {
    id: &'static str,
    method: &'static str,
    path: &'static str,
}

impl Trace {
    pub(crate) fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self { id, method, path }
    }
}

#[cfg(feature = "tracing")]
impl Trace {
    /// Runs a call in a span of its own. The path is the template: values of parameters stay out.
    pub(crate) async fn around(
        &self,
        base: &BaseUrl,
        call: impl Future<Output = (Result<RawResponse, Error>, Ending)>,
    ) -> (Result<RawResponse, Error>, Ending) {
        use tracing::Instrument;
        let span = tracing::info_span!(
            "call",
            otel.kind = "client",
            operation = self.id,
            http.request.method = self.method,
            url.template = self.path,
            server.address = base.host(),
            server.port = base.port(),
            http.response.status_code = tracing::field::Empty,
            http.request.resend_count = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
        );
        let (result, ending) = call.instrument(span.clone()).await;
        if let Some(status) = status(&result) {
            span.record("http.response.status_code", status);
        }
        if let Some(kind) = kind(&result) {
            span.record("error.type", kind.as_ref());
        }
        if let Ending::Exhausted(attempts) | Ending::Limited(attempts, _) = ending {
            span.record("http.request.resend_count", attempts - 1);
        }
        (result, ending)
    }

    /// Tells how an attempt ended; the first one has number 1.
    pub(crate) fn attempt(&self, number: u32, result: &Result<RawResponse, Error>) {
        tracing::debug!(
            http.request.method = self.method,
            url.template = self.path,
            http.request.resend_count = number - 1,
            http.response.status_code = status(result),
            error.r#type = kind(result).as_deref(),
            "attempt",
        );
    }
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    /// Runs a call.
    pub(crate) async fn around(
        &self,
        _: &BaseUrl,
        call: impl Future<Output = (Result<RawResponse, Error>, Ending)>,
    ) -> (Result<RawResponse, Error>, Ending) {
        call.await
    }

    #[expect(clippy::unused_self, reason = "what is told needs it with the feature")]
    pub(crate) fn attempt(&self, _: u32, _: &Result<RawResponse, Error>) {}
}

#[cfg(feature = "tracing")]
fn status(result: &Result<RawResponse, Error>) -> Option<u16> {
    match result {
        Ok(response) => Some(response.status()),
        Err(error) => error.status().map(|status| status.as_u16()),
    }
}

/// What went wrong: the status of an answer that tells of an error, else one of a few words.
#[cfg(feature = "tracing")]
fn kind(result: &Result<RawResponse, Error>) -> Option<std::borrow::Cow<'static, str>> {
    let error = match result {
        Ok(response) if response.status() < 400 => return None,
        Ok(response) => return Some(response.status().to_string().into()),
        Err(error) => error,
    };
    let word = match error.cause() {
        Error::Configuration(_) => "configuration",
        Error::Request(_) => "request",
        Error::Refused(_) => "refused",
        Error::Token(_) => "token",
        Error::Connect(_) => "connect",
        Error::Timeout(_) => "timeout",
        Error::Transport(_) => "transport",
        Error::TooLarge(..) => "too_large",
        Error::Redirect(_) => "redirect",
        _ => "response",
    };
    Some(word.into())
}
