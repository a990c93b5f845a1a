//! Why a call did not give what it should.

mod advice;
mod kinds;
mod message;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use kinds::{ConfigError, Decode, NoError, Phase, Refusal, Transport, Unexpected};

use crate::{ApiError, EncodeError, Parts, RateLimit, TokenError};

/// Why a call did not give what it should. `E` are the errors that the operation declares.
///
/// `Display` says what happened and what to do. It never holds arguments, credentials or bodies; what
/// the server itself said is in [`Error::message`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The arguments cannot be sent; nothing was sent.
    Request(EncodeError),
    /// The client refused to send, or to go on: another origin, or a call from where it cannot wait.
    Refused(Refusal),
    /// There is no access token; nothing was sent.
    Token(TokenError),
    /// No connection; nothing was sent.
    Connect(Transport),
    /// A deadline passed. Unless it was that of connecting, the server may have done what was asked.
    Timeout(Phase),
    /// The connection failed on the way. The server may have done what was asked.
    Transport(Transport),
    /// The body is larger than the client reads (bytes): see `ClientBuilder::max_response_size`.
    TooLarge(Box<Parts>, usize),
    /// An error that the document declares.
    Api(E),
    /// A status that the document does not declare, or a declared error with another body.
    Unexpected(Box<Unexpected>),
    /// A success whose body is not what the document says.
    Decode(Box<Decode>),
}

impl<E> Error<E> {
    /// The same error for an operation with other declared errors; `declared` says what becomes of those.
    fn convert<F>(self, declared: impl FnOnce(E) -> Error<F>) -> Error<F> {
        match self {
            Self::Request(error) => Error::Request(error),
            Self::Refused(error) => Error::Refused(error),
            Self::Token(error) => Error::Token(error),
            Self::Connect(error) => Error::Connect(error),
            Self::Timeout(phase) => Error::Timeout(phase),
            Self::Transport(error) => Error::Transport(error),
            Self::TooLarge(parts, limit) => Error::TooLarge(parts, limit),
            Self::Api(error) => declared(error),
            Self::Unexpected(error) => Error::Unexpected(error),
            Self::Decode(error) => Error::Decode(error),
        }
    }
}

impl Error {
    /// The same error of an operation that declares errors.
    pub(crate) fn widen<E>(self) -> Error<E> {
        self.convert(|never| match never {})
    }
}

impl<E: ApiError> Error<E> {
    /// The same error without the operation's own type, for code that handles several operations: a
    /// declared error becomes [`Error::Unexpected`] with the same status, headers and body.
    pub fn erase(self) -> Error {
        self.convert(|error| {
            Error::Unexpected(Box::new(Unexpected::new(error.parts().clone(), None)))
        })
    }

    /// Status, headers and raw body of the response, if there was one.
    pub fn parts(&self) -> Option<&Parts> {
        match self {
            Self::Api(error) => Some(error.parts()),
            Self::Unexpected(error) => Some(error.parts()),
            Self::Decode(error) => Some(error.parts()),
            Self::TooLarge(parts, _) => Some(parts),
            _ => None,
        }
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.parts().map(Parts::status)
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.parts().map(Parts::headers)
    }

    /// The body of the response as it came, if there was one; cut off where it was too large.
    pub fn body(&self) -> Option<&Bytes> {
        self.parts().map(Parts::body)
    }

    /// What the server says about how much more it will take.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.parts().and_then(Parts::rate_limit)
    }

    /// How long the server asks to wait, if it says so in seconds.
    pub fn retry_after(&self) -> Option<Duration> {
        self.parts().and_then(Parts::retry_after)
    }

    /// What the server said went wrong, in the shapes that APIs commonly use (RFC 9457 among them):
    /// at most 500 characters, without control characters.
    pub fn message(&self) -> Option<String> {
        self.parts().and_then(|parts| message::find(parts.body()))
    }

    /// Whether the server refused because of too many requests (429).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the credentials are missing or wrong (401).
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the credentials do not allow it (403).
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Whether there is nothing of that name (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the server blames the request (4XX).
    pub fn is_client_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_client_error())
    }

    /// Whether the server blames itself (5XX).
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether a deadline passed.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Whether there was no connection, and so nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Connect(_) | Self::Timeout(Phase::Connect))
    }

    /// Whether the arguments cannot be sent.
    pub fn is_request(&self) -> bool {
        matches!(self, Self::Request(_))
    }

    /// Whether a body is not what the document says.
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }
}

impl<E: ApiError> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => write!(formatter, "the request cannot be made: {error}"),
            Self::Refused(refusal) => refusal.fmt(formatter),
            Self::Token(error) => write!(
                formatter,
                "there is no access token, nothing was sent: {error}"
            ),
            Self::Connect(error) => write!(
                formatter,
                "no connection to the server, nothing was sent: {error}"
            ),
            Self::Timeout(phase) => phase.fmt(formatter),
            Self::Transport(error) => {
                write!(formatter, "the connection failed on the way: {error}")
            }
            Self::TooLarge(_, limit) => {
                write!(
                    formatter,
                    "the body is larger than {limit} bytes: raise `max_response_size` if that is right"
                )
            }
            Self::Api(error) => formatter.write_str(&advice::of_status(error.parts().status())),
            Self::Unexpected(error) => error.fmt(formatter),
            Self::Decode(error) => error.fmt(formatter),
        }
    }
}

impl<E: ApiError> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => Some(error),
            Self::Token(error) => Some(error),
            Self::Connect(error) | Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}

impl<E> From<Refusal> for Error<E> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E> From<EncodeError> for Error<E> {
    fn from(error: EncodeError) -> Self {
        Self::Request(error)
    }
}
