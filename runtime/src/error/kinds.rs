//! What the variants of an error hold.

use std::fmt;

use super::advice;
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

    /// Status, headers and raw body.
    pub fn parts(&self) -> &Parts {
        &self.parts
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
#[derive(Debug)]
pub struct Decode {
    parts: Parts,
    mismatch: String,
}

impl Decode {
    pub(crate) fn new(parts: Parts, mismatch: String) -> Self {
        Self { parts, mismatch }
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
            self.mismatch
        )
    }
}
