//! How long to wait before the next attempt.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::DATE;

use super::Policy;
use crate::rate_limit::{http_date, number, retry_after};

/// The shortest wait after 429.
const LEAST_THROTTLED: Duration = Duration::from_millis(50);
/// What is added at random to a wait that the server asked for: it told many clients the same second.
const SPREAD: Duration = Duration::from_secs(1);

/// A random wait before attempt `attempt + 1`: up to `first`, doubled with each attempt, at most `most`.
pub(super) fn backoff(policy: &Policy, attempt: u32, random: f64) -> Duration {
    let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
    let bound = policy.first.saturating_mul(factor).min(policy.most);
    bound.mul_f64(random.clamp(0.0, 1.0))
}

/// The same after 429, where the server did not say how long.
pub(super) fn throttled_backoff(policy: &Policy, attempt: u32, random: f64) -> Duration {
    backoff(policy, attempt, random).max(LEAST_THROTTLED)
}

/// What the server asks for, and a bit at random.
pub(super) fn spread(asked: Duration, random: f64) -> Duration {
    asked
        .saturating_add(SPREAD.mul_f64(random.clamp(0.0, 1.0)))
        .max(LEAST_THROTTLED)
}

/// How long the server asks to wait: the longer of `Retry-After` and, after 429, the time until `X-RateLimit-Reset`.
/// Its dates are compared with its own (`Date`), so that a clock that is wrong here does not matter.
pub(super) fn asked(headers: &HeaderMap, is_throttled: bool, now: SystemTime) -> Option<Duration> {
    let server_now = http_date(headers, DATE.as_str()).unwrap_or(now);
    let after = retry_after(headers, now);
    let until = reset(headers).filter(|_| is_throttled);
    let until = until.and_then(|at| at.duration_since(server_now).ok());
    after.max(until)
}

/// `X-RateLimit-Reset`: seconds since 1970.
pub(crate) fn reset(headers: &HeaderMap) -> Option<SystemTime> {
    let seconds = number(headers, "x-ratelimit-reset")?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}
