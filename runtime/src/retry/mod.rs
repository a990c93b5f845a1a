//! When a call is sent again.
//!
//! - What failed before a byte was sent, and what the server turned away because of too many requests (429), is
//!   sent again whatever its method: nothing was done.
//! - After a time-out, a broken connection, or 500, 502, 503, 504 the server may have done what was asked. Then only
//!   safe methods (GET, HEAD, OPTIONS: RFC 9110 §9.2.1) are sent again, and calls that were said to be repeatable;
//!   never one whose body holds a secret.
//! - Waits are random up to a bound that doubles (full jitter), or what the server asks for: `Retry-After` (RFC 9110
//!   §10.2.3) and, with 429, `X-RateLimit-Reset`. What it asks for beyond the cap is not waited for.
//! - Retries are paid for from a budget that calls which succeed fill up again, so that an outage is not made worse.

mod budget;
mod delay;
mod run;

use std::time::{Duration, SystemTime};

use http::Method;

pub(crate) use budget::Budget;
pub(crate) use delay::reset;
pub(crate) use run::{Attempts, run};

use crate::error::{Exhausted, Limited};
use crate::{Error, Phase, RawResponse};

/// How often a call is sent, and how long is waited in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    /// Requests of one call, the first one too.
    pub(crate) attempts: u32,
    /// The bound of the first wait.
    pub(crate) first: Duration,
    /// The bound of any wait that the server did not ask for.
    pub(crate) most: Duration,
    /// The longest wait that the server may ask for.
    pub(crate) longest_asked: Duration,
}

impl Policy {
    pub(crate) const DEFAULT: Self = Self {
        attempts: 3,
        first: Duration::from_millis(200),
        most: Duration::from_secs(20),
        longest_asked: Duration::from_secs(60),
    };
}

/// Why an attempt could be followed by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// There was no connection.
    NotSent,
    /// 429 (RFC 6585 §4).
    Throttled,
    /// The server may have done what was asked.
    Unclear,
}

impl Cause {
    /// `None` for what another attempt would not change.
    fn of(result: &Result<RawResponse, Error>) -> Option<Self> {
        match result {
            Ok(response) => match response.status() {
                429 => Some(Self::Throttled),
                500 | 502 | 503 | 504 => Some(Self::Unclear),
                _ => None,
            },
            Err(Error::Connect(error)) if error.is_refused_certificate() => None,
            Err(Error::Connect(_) | Error::Timeout(Phase::Connect)) => Some(Self::NotSent),
            Err(Error::Transport(_) | Error::Timeout(Phase::Attempt)) => Some(Self::Unclear),
            Err(_) => None,
        }
    }
}

/// Whether a method asks for nothing to be done (RFC 9110 §9.2.1). TRACE is left out: it shows credentials.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// How the attempts of a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As the last one did.
    Plain,
    /// After this many, the last of which failed too.
    Exhausted(u32),
    /// The server takes no more, until then if it said so.
    Limited(u32, Option<SystemTime>),
}

impl Ending {
    /// The error of the last attempt as that of the call.
    pub(crate) fn wrap<E>(self, last: Error<E>) -> Error<E> {
        match self {
            Self::Plain => last,
            Self::Exhausted(attempts) => {
                Error::RetriesExhausted(Box::new(Exhausted { attempts, last }))
            }
            Self::Limited(attempts, until) => Error::RateLimited(Box::new(Limited {
                attempts,
                until,
                last,
            })),
        }
    }
}
