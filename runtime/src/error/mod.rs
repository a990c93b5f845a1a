//! Why a call did not give what it should.

mod advice;
mod ended;
mod excerpt;
mod kinds;
mod message;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use ended::{Exhausted, Limited, Redirected};
pub(crate) use kinds::Mismatch;
pub use kinds::{ConfigError, Decode, NoError, Phase, Refusal, Transport, Unexpected};

use crate::{ApiError, EncodeError, Parts, RateLimit, TokenError};

/// Why a call did not give what it should. `E` are the errors that the operation declares.
///
/// `Display` says what happened and what to do. It never holds arguments, credentials or bodies; what
/// the server itself said is in [`Error::message`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The client cannot be built, or is not set up for this operation; nothing was sent.
    Configuration(ConfigError),
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
    /// The server takes no more requests for now (429): retries were used up, or it asks to wait longer than the
    /// call may.
    RateLimited(Box<Limited<E>>),
    /// The body is larger than the client reads (bytes): see `ClientBuilder::max_response_size`.
    TooLarge(Box<Parts>, usize),
    /// The server wants the request elsewhere, which is not followed.
    Redirect(Box<Redirected>),
    /// An error that the document declares.
    Api(E),
    /// A status that the document does not declare, or a declared error with another body.
    Unexpected(Box<Unexpected>),
    /// A success whose body is not what the document says.
    Decode(Box<Decode>),
    /// The call was sent again after a failure, and failed again; [`Error::cause`] is how it failed last.
    RetriesExhausted(Box<Exhausted<E>>),
}

impl<E> Error<E> {
    /// The same error for an operation with other declared errors; `declared` says what becomes of those.
    fn convert<F>(self, declared: &dyn Fn(E) -> Error<F>) -> Error<F> {
        match self {
            Self::Configuration(error) => Error::Configuration(error),
            Self::Request(error) => Error::Request(error),
            Self::Refused(error) => Error::Refused(error),
            Self::Token(error) => Error::Token(error),
            Self::Connect(error) => Error::Connect(error),
            Self::Timeout(phase) => Error::Timeout(phase),
            Self::Transport(error) => Error::Transport(error),
            Self::RateLimited(limited) => Error::RateLimited(Box::new(Limited {
                attempts: limited.attempts,
                until: limited.until,
                last: limited.last.convert(declared),
            })),
            Self::TooLarge(parts, limit) => Error::TooLarge(parts, limit),
            Self::Redirect(error) => Error::Redirect(error),
            Self::Api(error) => declared(error),
            Self::Unexpected(error) => Error::Unexpected(error),
            Self::Decode(error) => Error::Decode(error),
            Self::RetriesExhausted(exhausted) => Error::RetriesExhausted(Box::new(Exhausted {
                attempts: exhausted.attempts,
                last: exhausted.last.convert(declared),
            })),
        }
    }

    /// What ended the last attempt: the error itself, or the one behind [`Error::RetriesExhausted`] and
    /// [`Error::RateLimited`].
    pub fn cause(&self) -> &Self {
        match self {
            Self::RetriesExhausted(exhausted) => exhausted.last.cause(),
            Self::RateLimited(limited) => limited.last.cause(),
            other => other,
        }
    }

    /// As [`Error::cause`], by value.
    pub fn into_cause(self) -> Self {
        match self {
            Self::RetriesExhausted(exhausted) => exhausted.last.into_cause(),
            Self::RateLimited(limited) => limited.last.into_cause(),
            other => other,
        }
    }

    /// How often the request was sent, where it was sent again or the server takes no more.
    pub fn attempts(&self) -> Option<u32> {
        match self {
            Self::RetriesExhausted(exhausted) => Some(exhausted.attempts),
            Self::RateLimited(limited) => Some(limited.attempts),
            _ => None,
        }
    }

    /// When the server takes requests again, if it takes none now and said so; by the clock of this machine.
    pub fn limited_until(&self) -> Option<SystemTime> {
        match self {
            Self::RateLimited(limited) => limited.until,
            _ => None,
        }
    }
}

impl Error {
    /// The same error of an operation that declares errors.
    pub(crate) fn widen<E>(self) -> Error<E> {
        self.convert(&|never| match never {})
    }
}

impl<E: ApiError> Error<E> {
    /// The same error without the operation's own type, for code that handles several operations: a
    /// declared error becomes [`Error::Unexpected`] with the same status, headers and body.
    pub fn erase(self) -> Error {
        self.convert(&|error| {
            Error::Unexpected(Box::new(Unexpected::new(error.parts().clone(), None)))
        })
    }

    /// Status, headers and raw body of the response, if there was one.
    pub fn parts(&self) -> Option<&Parts> {
        match self.cause() {
            Self::Api(error) => Some(error.parts()),
            Self::Redirect(error) => Some(error.parts()),
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

    /// How long the server asks to wait (`Retry-After`, in seconds or as a date), counted from its answer.
    pub fn retry_after(&self) -> Option<Duration> {
        self.parts().and_then(Parts::retry_after)
    }

    /// What the server said went wrong, in the shapes that APIs commonly use (RFC 9457 among them):
    /// at most 500 characters, without control characters.
    pub fn message(&self) -> Option<String> {
        self.parts().and_then(message::find)
    }

    /// The id that the server gave the request, by which its people find it.
    pub fn request_id(&self) -> Option<&str> {
        self.parts().and_then(Parts::request_id)
    }

    /// The start of the body as a text, for people: at most 512 bytes, without control characters.
    pub fn excerpt(&self) -> Option<String> {
        self.parts().map(|parts| excerpt::of(parts.body()))
    }

    /// The declared error, if it was one, behind retries too.
    pub fn declared(&self) -> Option<&E> {
        match self.cause() {
            Self::Api(error) => Some(error),
            _ => None,
        }
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
        matches!(self.cause(), Self::Timeout(_))
    }

    /// Whether there was no connection, and so nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.cause(),
            Self::Connect(_) | Self::Timeout(Phase::Connect)
        )
    }

    /// Whether the arguments cannot be sent.
    pub fn is_request(&self) -> bool {
        matches!(self, Self::Request(_))
    }

    /// Whether a body is not what the document says.
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// Whether the client is not set up for this.
    pub fn is_configuration(&self) -> bool {
        matches!(self, Self::Configuration(_))
    }

    /// Whether the connection failed on the way.
    pub fn is_transport(&self) -> bool {
        matches!(self.cause(), Self::Transport(_))
    }

    /// Whether the server wants the request elsewhere.
    pub fn is_redirect(&self) -> bool {
        matches!(self, Self::Redirect(_))
    }

    /// Whether a body is larger than the client reads.
    pub fn is_too_large(&self) -> bool {
        matches!(self, Self::TooLarge(..))
    }

    /// Whether the call was sent again, and failed again.
    pub fn is_exhausted(&self) -> bool {
        matches!(self, Self::RetriesExhausted(_))
    }
}

impl<E: ApiError> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => error.fmt(formatter),
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
            Self::RateLimited(limited) => limited.fmt(formatter),
            Self::RetriesExhausted(exhausted) => exhausted.fmt(formatter),
            Self::Redirect(error) => {
                formatter.write_str(&advice::of_status(error.parts().status()))
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
            Self::Configuration(error) => Some(error),
            Self::RateLimited(limited) => Some(&limited.last),
            Self::RetriesExhausted(exhausted) => Some(&exhausted.last),
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

impl<E> From<ConfigError> for Error<E> {
    fn from(error: ConfigError) -> Self {
        Self::Configuration(error)
    }
}

impl<E> From<EncodeError> for Error<E> {
    fn from(error: EncodeError) -> Self {
        Self::Request(error)
    }
}
