//! How a call ended that was sent several times, or that the server wants less often or elsewhere.

use std::fmt;
use std::time::SystemTime;

use http::header::LOCATION;

use super::Error;
use crate::{ApiError, Parts};

/// The server takes no more requests for now (429).
#[derive(Debug)]
pub struct Limited<E> {
    pub(crate) attempts: u32,
    pub(crate) until: Option<SystemTime>,
    pub(crate) last: Error<E>,
}

impl<E> Limited<E> {
    /// When the server takes requests again, if it said so (`Retry-After`, `X-RateLimit-Reset`): by the clock of this
    /// machine, corrected by the server's `Date`.
    pub fn until(&self) -> Option<SystemTime> {
        self.until
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What the server answered last.
    pub fn last(&self) -> &Error<E> {
        &self.last
    }

    /// What the server answered last.
    pub fn into_last(self) -> Error<E> {
        self.last
    }
}

/// Several attempts, of which none gave an answer.
#[derive(Debug)]
pub struct Exhausted<E> {
    pub(crate) attempts: u32,
    pub(crate) last: Error<E>,
}

impl<E> Exhausted<E> {
    /// How often the request was sent, or tried to be.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How the last attempt ended.
    pub fn last(&self) -> &Error<E> {
        &self.last
    }

    /// How the last attempt ended.
    pub fn into_last(self) -> Error<E> {
        self.last
    }
}

impl<E: ApiError> fmt::Display for Limited<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.last.fmt(formatter)?;
        match self.until {
            Some(until) => write!(
                formatter,
                " (requests are taken again from {})",
                httpdate::fmt_http_date(until)
            ),
            None => Ok(()),
        }
    }
}

impl<E: ApiError> fmt::Display for Exhausted<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} attempts failed, the last one so: {}",
            self.attempts, self.last
        )
    }
}

/// An answer that points elsewhere (301, 302, 303, 307, 308) and that the document does not declare. It is not
/// followed: arguments, and maybe credentials, would go where nobody said.
#[derive(Debug)]
pub struct Redirected(pub(super) Parts);

impl Redirected {
    /// Whether a status asks to go elsewhere (RFC 9110 §15.4).
    pub(crate) fn covers(status: http::StatusCode) -> bool {
        matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
    }

    pub(crate) fn new(parts: Parts) -> Self {
        Self(parts)
    }

    /// Status, headers and raw body.
    pub fn parts(&self) -> &Parts {
        &self.0
    }

    /// Where it points (`Location`). It is no part of the error's own text, as it may hold what must not be logged.
    pub fn location(&self) -> Option<&str> {
        self.0.headers().get(LOCATION)?.to_str().ok()
    }
}
