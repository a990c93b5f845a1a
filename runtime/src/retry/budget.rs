//! How many retries a client can afford.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a client starts with, and the most that it can have.
const FULL: u32 = 500;

/// Tokens that retries cost and successes earn, shared by the clones of a client.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl Budget {
    /// Takes the price of a retry; `false` if there is not enough.
    pub(super) fn spend(&self, price: u32) -> bool {
        let left = |tokens: u32| tokens.checked_sub(price);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, left)
            .is_ok()
    }

    /// Puts in what a success earns.
    pub(super) fn earn(&self) {
        let more = |tokens: u32| (tokens < FULL).then_some(tokens + 1);
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn a_budget_is_spent_and_earned() {
        let budget = Budget::default();
        let spent = (0..1000).filter(|_| budget.spend(14)).count();
        assert_eq!(spent, 35, "500 / 14");
        assert!(
            budget.spend(5) && budget.spend(5) && !budget.spend(5),
            "10 were left"
        );
        for _ in 0..13 {
            budget.earn();
        }
        assert!(!budget.spend(14));
        budget.earn();
        assert!(budget.spend(14), "one retry is paid for by 14 successes");
        for _ in 0..1000 {
            budget.earn();
        }
        assert!(budget.spend(500) && !budget.spend(1), "500 are the most");
    }
}
