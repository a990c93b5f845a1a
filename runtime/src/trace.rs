//! What a call tells `tracing`: which operation, how it ended; never values.

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

    /// Runs a call in a span of its own. The path is the template: values of parameters stay out.
    #[cfg(feature = "tracing")]
    pub(crate) async fn around(
        self,
        call: impl Future<Output = Result<RawResponse, Error>>,
    ) -> Result<RawResponse, Error> {
        use tracing::Instrument;
        let span = tracing::info_span!(
            "call",
            operation = self.id,
            http.request.method = self.method,
            url.template = self.path,
            http.response.status_code = tracing::field::Empty,
            error.kind = tracing::field::Empty,
        );
        let result = call.instrument(span.clone()).await;
        match &result {
            Ok(response) => span.record("http.response.status_code", response.status()),
            Err(error) => span.record("error.kind", kind(error)),
        };
        result
    }

    /// Runs a call.
    #[cfg(not(feature = "tracing"))]
    pub(crate) async fn around(
        self,
        call: impl Future<Output = Result<RawResponse, Error>>,
    ) -> Result<RawResponse, Error> {
        call.await
    }
}

#[cfg(feature = "tracing")]
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Request(_) => "request",
        Error::Refused(_) => "refused",
        Error::Token(_) => "token",
        Error::Connect(_) => "connect",
        Error::Timeout(_) => "timeout",
        Error::Transport(_) => "transport",
        Error::TooLarge(..) => "too_large",
        Error::Api(_) | Error::Unexpected(_) | Error::Decode(_) => "response",
    }
}
