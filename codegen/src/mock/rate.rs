//! Too many requests.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::refusal::Refusal;

/// So many requests in a period, counted from the first one.
#[derive(Debug)]
pub(super) struct RateLimit {
    limit: u32,
    period: Duration,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    used: u32,
    reset: SystemTime,
}

impl RateLimit {
    pub(super) fn new(limit: u32, period: Duration) -> Self {
        Self {
            limit,
            period,
            window: Mutex::new(Window {
                used: 0,
                reset: UNIX_EPOCH,
            }),
        }
    }

    /// Counts a request; refuses it when there were too many.
    pub(super) fn count(&self) -> Result<(), Refusal> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemTime::now();
        if now >= window.reset {
            *window = Window {
                used: 0,
                reset: now + self.period,
            };
        }
        if window.used >= self.limit {
            let wait = window
                .reset
                .duration_since(now)
                .unwrap_or_default()
                .as_secs()
                + 1;
            return Err(
                Refusal::new(429, "too many requests").header("retry-after", wait.to_string())
            );
        }
        window.used += 1;
        Ok(())
    }

    /// What every answer says about it.
    pub(super) fn headers(&self) -> Vec<(&'static str, String)> {
        let window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        // Whole seconds, rounded up: at that time the period is over.
        let reset = window
            .reset
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs()
            + 1;
        vec![
            ("x-ratelimit-limit", self.limit.to_string()),
            (
                "x-ratelimit-remaining",
                self.limit.saturating_sub(window.used).to_string(),
            ),
            ("x-ratelimit-reset", reset.to_string()),
        ]
    }
}
