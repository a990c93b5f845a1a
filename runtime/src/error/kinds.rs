//! What the variants of an error hold.

use std::{fmt, io};

use super::{advice, excerpt};
use crate::{ApiError, Parts};

/// A client that cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// The errors of an operation that declares none: there is no such value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {}

impl ApiError for NoError {
    fn parts(&self) -> &Parts {
        match *self {}
    }
}

/// Why the client refused to send, or to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The response came from another origin than the configured server's (RFC 6454): credentials may
    /// have gone there. Only a `reqwest::Client` that follows redirects leads here.
    Origin,
    /// A blocking call inside an asynchronous task would block the thread that should drive it.
    Blocking,
    /// The runtime for blocking calls could not be started.
    Runtime,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Origin => {
                "the response came from another origin than that of the configured server"
            }
            Self::Blocking => {
                "a blocking call inside an asynchronous task: use `.await`, or a thread of its own"
            }
            Self::Runtime => "the runtime for blocking calls could not be started",
        })
    }
}

/// The deadline that passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Connecting; nothing was sent.
    Connect,
    /// One attempt, from the first byte sent to the last byte read.
    Attempt,
    /// The whole call.
    Operation,
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connect => "connecting took too long, nothing was sent",
            Self::Attempt => {
                "the answer took too long: the server may still have done what was asked"
            }
            Self::Operation => {
                "the call took too long: the server may still have done what was asked"
            }
        })
    }
}

/// A failure below HTTP. `Display` names no URL, as a query may hold what must not be logged.
pub struct Transport(reqwest::Error);

impl Transport {
    pub(crate) fn new(error: reqwest::Error) -> Self {
        Self(error.without_url())
    }

    /// Whether the certificate of the server was refused, which asking again would not change. Known of rustls alone.
    pub(crate) fn is_refused_certificate(&self) -> bool {
        let mut next = std::error::Error::source(&self.0);
        while let Some(error) = next {
            next = error.source();
            let Some(io) = error.downcast_ref::<io::Error>() else {
                continue;
            };
            if io.kind() == io::ErrorKind::InvalidData {
                return true;
            }
            // An error that only wraps another gives what is behind that as its source, and not it.
            if let Some(wrapped) = io.get_ref() {
                next = Some(wrapped);
            }
        }
        false
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Transport({self})")
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The innermost error is the one that says something: "connection refused".
        let mut innermost: &dyn std::error::Error = &self.0;
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        write!(formatter, "{innermost}")
    }
}

impl std::error::Error for Transport {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.0)
    }
}

/// A response that the document does not declare.
pub struct Unexpected {
    parts: Parts,
    mismatch: Option<String>,
}

impl Unexpected {
    pub(crate) fn new(parts: Parts, mismatch: Option<String>) -> Self {
        Self { parts, mismatch }
    }

    /// Status, headers and raw body (of a large one the first 64 KiB).
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The start of the body as a text, for people: at most 512 bytes, without control characters.
    pub fn excerpt(&self) -> String {
        excerpt::of(self.parts.body())
    }
}

impl fmt::Debug for Unexpected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Unexpected")
            .field("parts", &self.parts)
            .field("mismatch", &self.mismatch)
            .finish()
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&advice::of_status(self.parts.status()))?;
        match &self.mismatch {
            Some(mismatch) => write!(
                formatter,
                " (the body is not what the document declares: {mismatch})"
            ),
            None => Ok(()),
        }
    }
}

/// A body that is not what the document says.
pub struct Decode {
    parts: Parts,
    mismatch: Box<Mismatch>,
}

/// Where and how a body is not what was expected.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// What was expected, and the line and column; no part of the body.
    pub(crate) what: String,
    /// The way to it. Keys of maps in it are the body's own.
    pub(crate) path: String,
}

impl From<&str> for Mismatch {
    fn from(what: &str) -> Self {
        Self {
            what: what.to_owned(),
            path: ".".to_owned(),
        }
    }
}

impl Decode {
    pub(crate) fn new(parts: Parts, mismatch: Box<Mismatch>) -> Self {
        Self { parts, mismatch }
    }

    /// Where in the body: `.` for the body itself, else names and numbers such as `users[3].name`.
    ///
    /// It is no part of the error's own text, as it may hold keys of maps, which are the body's own.
    pub fn path(&self) -> &str {
        &self.mismatch.path
    }

    /// What was expected there, and the line and column; no part of the body.
    pub fn mismatch(&self) -> &str {
        &self.mismatch.what
    }

    /// Status, headers and raw body.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }
}

impl fmt::Display for Decode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}, but the body is not what the document says: {}",
            self.parts.status(),
            self.mismatch.what
        )
    }
}

impl fmt::Debug for Decode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Decode")
            .field("parts", &self.parts)
            .field("mismatch", &self.mismatch.what)
            .finish_non_exhaustive()
    }
}
