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

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use http::{HeaderMap, HeaderValue};

    use super::{Policy, asked, backoff, spread, throttled_backoff};

    /// How far the numbers are from being uniform from 0 to 1 (Kolmogorov and Smirnov).
    fn distance(mut numbers: Vec<f64>) -> f64 {
        numbers.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let share = |count: usize| count as f64 / numbers.len() as f64;
        let gaps = numbers.iter().enumerate();
        gaps.map(|(at, number)| (share(at + 1) - number).max(number - share(at)))
            .fold(0.0, f64::max)
    }

    fn waits(seed: u64, attempt: u32) -> Vec<Duration> {
        let mut random = fastrand::Rng::with_seed(seed);
        (0..10_000)
            .map(|_| backoff(&Policy::DEFAULT, attempt, random.f64()))
            .collect()
    }

    #[test]
    fn waits_are_uniform_up_to_a_bound_that_doubles() {
        for (attempt, millis) in [
            (1, 200),
            (2, 400),
            (3, 800),
            (7, 12_800),
            (8, 20_000),
            (99, 20_000),
        ] {
            let bound = Duration::from_millis(millis);
            let shares = waits(7, attempt)
                .into_iter()
                .map(|wait| wait.div_duration_f64(bound));
            let shares: Vec<f64> = shares.collect();
            assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
            // 1.628 / sqrt(n) is where p is 0.01.
            assert!(distance(shares) < 0.01628, "attempt {attempt}");
        }
        assert_eq!(waits(7, 1), waits(7, 1), "the same seed, the same waits");
        assert_ne!(waits(7, 1), waits(8, 1));
        // The measure itself sees what is not uniform.
        assert!(distance(vec![0.5; 10_000]) > 0.4);
    }

    #[test]
    fn a_wait_stays_within_its_bounds() {
        let policy = Policy::DEFAULT;
        assert_eq!(backoff(&policy, 1, 0.0), Duration::ZERO);
        assert_eq!(backoff(&policy, 1, 1.0), Duration::from_millis(200));
        assert_eq!(
            backoff(&policy, 1, 7.5),
            Duration::from_millis(200),
            "a clock of somebody else"
        );
        assert_eq!(
            throttled_backoff(&policy, 1, 0.0),
            Duration::from_millis(50)
        );
        assert_eq!(
            throttled_backoff(&policy, 2, 0.5),
            Duration::from_millis(200)
        );
        assert_eq!(spread(Duration::ZERO, 0.0), Duration::from_millis(50));
        assert_eq!(
            spread(Duration::from_secs(2), 0.25),
            Duration::from_millis(2250)
        );
        assert_eq!(spread(Duration::MAX, 1.0), Duration::MAX);
    }

    #[test]
    fn no_header_breaks_the_count() {
        let mut random = fastrand::Rng::with_seed(7);
        let now = UNIX_EPOCH + Duration::from_secs(1_795_521_600);
        let names = ["date", "retry-after", "x-ratelimit-reset"];
        let texts = [
            "Tue, 24 Nov 2026 12:00:00 GMT",
            "18446744073709551615",
            "7",
            "-1",
            " 9 ",
            "\u{fc}",
        ];
        for _ in 0..100_000 {
            let mut headers = HeaderMap::new();
            for name in names {
                let mut bytes = texts[random.usize(..texts.len())].as_bytes().to_vec();
                if random.bool() {
                    let at = random.usize(..bytes.len());
                    bytes[at] = random.u8(b' '..);
                }
                if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                    headers.insert(name, value);
                }
            }
            for time in [now, UNIX_EPOCH, SystemTime::now()] {
                asked(&headers, random.bool(), time);
            }
        }
    }
}
