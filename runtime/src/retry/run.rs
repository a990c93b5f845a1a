//! The attempts of one call.

use std::time::Duration;

use tokio::time::Instant;

use super::{Budget, Cause, Ending, Policy, delay};
use crate::clock::SharedClock;
use crate::{Error, Phase, RawResponse};

/// What a retry costs where the server may be in trouble, and where it only wants fewer requests.
const PRICE: u32 = 14;
const PRICE_THROTTLED: u32 = 5;

/// The attempts that a call has.
pub(crate) struct Attempts<'a> {
    pub(crate) policy: Policy,
    pub(crate) budget: &'a Budget,
    pub(crate) clock: &'a SharedClock,
    /// Whether the call may be sent again where the server may have done what it asks.
    pub(crate) is_repeatable: bool,
    /// When the call began, and how long it has.
    pub(crate) started: Instant,
    pub(crate) limit: Duration,
}

/// Makes attempts until one gives an answer that another would not better, or none is left. Each is told its number,
/// from 1.
pub(crate) async fn run<F>(
    attempts: &Attempts<'_>,
    mut attempt: impl FnMut(u32) -> F,
) -> (Result<RawResponse, Error>, Ending)
where
    F: Future<Output = Result<RawResponse, Error>>,
{
    let mut number = 1;
    loop {
        let result = attempt(number).await;
        let Some(cause) = Cause::of(&result) else {
            if result.is_ok() {
                attempts.budget.earn();
            }
            return (result, Ending::Plain);
        };
        match attempts.wait(cause, number, &result) {
            Ok(wait) => {
                let wait = attempts.clock.0.sleep(wait);
                if tokio::time::timeout(attempts.left(), wait).await.is_err() {
                    return (Err(Error::Timeout(Phase::Operation)), Ending::Plain);
                }
            }
            Err(ending) => return (result, ending),
        }
        number += 1;
    }
}

impl Attempts<'_> {
    /// How much of the call's time is left.
    pub(crate) fn left(&self) -> Duration {
        self.limit.saturating_sub(self.started.elapsed())
    }

    /// How long to wait before the next attempt, or how the call ends.
    fn wait(
        &self,
        cause: Cause,
        number: u32,
        result: &Result<RawResponse, Error>,
    ) -> Result<Duration, Ending> {
        let is_throttled = cause == Cause::Throttled;
        let now = self.clock.0.now();
        let asked = match result {
            Ok(response) => delay::asked(response.headers(), is_throttled, now),
            Err(_) => None,
        };
        let over = || match cause {
            Cause::Throttled => {
                Ending::Limited(number, asked.and_then(|wait| now.checked_add(wait)))
            }
            _ if number > 1 => Ending::Exhausted(number),
            _ => Ending::Plain,
        };
        let is_allowed = self.is_repeatable || cause != Cause::Unclear;
        if !is_allowed || number >= self.policy.attempts {
            return Err(over());
        }
        let random = self.clock.0.random();
        let wait = match asked {
            Some(asked) if asked > self.policy.longest_asked => return Err(over()),
            Some(asked) => delay::spread(asked, random),
            None if is_throttled => delay::throttled_backoff(&self.policy, number, random),
            None => delay::backoff(&self.policy, number, random),
        };
        let price = if is_throttled { PRICE_THROTTLED } else { PRICE };
        // A wait that the deadline would cut short helps nobody, nor does one that cannot be paid for.
        if wait >= self.left() || !self.budget.spend(price) {
            return Err(over());
        }
        Ok(wait)
    }
}
