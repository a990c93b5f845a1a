//! What the server says about how much more it will take.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;

/// The headers `X-RateLimit-Limit`, `-Remaining` and `-Reset`, as far as the server sends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in a period.
    pub limit: Option<u64>,
    /// Requests left in this period.
    pub remaining: Option<u64>,
    /// When the next period starts.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let limit = Self {
            limit: number(headers, "x-ratelimit-limit"),
            remaining: number(headers, "x-ratelimit-remaining"),
            reset: number(headers, "x-ratelimit-reset")
                .and_then(|at| UNIX_EPOCH.checked_add(Duration::from_secs(at))),
        };
        (limit.limit.is_some() || limit.remaining.is_some() || limit.reset.is_some())
            .then_some(limit)
    }

    /// How long until the next period; zero if it has begun.
    pub fn until_reset(&self) -> Option<Duration> {
        Some(
            self.reset?
                .duration_since(SystemTime::now())
                .unwrap_or_default(),
        )
    }
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// `Retry-After` as a number of seconds (RFC 9110 §10.2.3); dates are left to the caller.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    number(headers, "retry-after").map(Duration::from_secs)
}
