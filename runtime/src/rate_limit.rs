//! What the server says about how much more it will take.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::DATE;

/// The headers `X-RateLimit-Limit`, `-Remaining` and `-Reset`, as far as the server sends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in a period.
    pub limit: Option<u64>,
    /// Requests left in this period.
    pub remaining: Option<u64>,
    /// When the next period starts, by the clock of the server.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let limit = Self {
            limit: number(headers, "x-ratelimit-limit"),
            remaining: number(headers, "x-ratelimit-remaining"),
            reset: crate::retry::reset(headers),
        };
        (limit.limit.is_some() || limit.remaining.is_some() || limit.reset.is_some())
            .then_some(limit)
    }

    /// How long until the next period by the clock of this machine; zero if it has begun.
    pub fn until_reset(&self) -> Option<Duration> {
        Some(
            self.reset?
                .duration_since(SystemTime::now())
                .unwrap_or_default(),
        )
    }
}

/// A header that is a whole number.
pub(crate) fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// A header that is a date (RFC 9110 §5.6.7).
pub(crate) fn http_date(headers: &HeaderMap, name: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?.trim()).ok()
}

/// `Retry-After` (RFC 9110 §10.2.3): a number of seconds, or a date, which is compared with the response's own
/// (`Date`), else with `now`; zero for one that has passed.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    if let Some(seconds) = number(headers, "retry-after") {
        return Some(Duration::from_secs(seconds));
    }
    let at = http_date(headers, "retry-after")?;
    let now = http_date(headers, DATE.as_str()).unwrap_or(now);
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::HeaderMap;

    use super::RateLimit;

    #[test]
    fn one_header_of_the_three_is_enough() {
        let read = |name: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, "7".parse().unwrap());
            RateLimit::read(&headers)
        };
        let nothing = RateLimit {
            limit: None,
            remaining: None,
            reset: None,
        };
        let expected = [
            (
                "x-ratelimit-limit",
                RateLimit {
                    limit: Some(7),
                    ..nothing
                },
            ),
            (
                "x-ratelimit-remaining",
                RateLimit {
                    remaining: Some(7),
                    ..nothing
                },
            ),
            (
                "x-ratelimit-reset",
                RateLimit {
                    reset: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(7)),
                    ..nothing
                },
            ),
        ];
        for (name, expected) in expected {
            assert_eq!(read(name), Some(expected), "{name}");
        }
        assert_eq!(read("x-other"), None);
    }
}
