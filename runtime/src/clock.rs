//! Time and chance, so that tests need not wait for either.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::BoxFuture;

/// What retries take from the world: the time of day, the passing of time, and chance.
///
/// Each method has the usual answer, so that a test replaces only what it is about:
/// `ClientBuilder::clock` takes it. Deadlines are counted by `tokio`, whose own clock a test can pause.
pub trait Clock: Send + Sync + 'static {
    /// The time of day, which the dates that servers send are compared with.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits this long.
    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(wait))
    }

    /// A random number, from 0 up to but not including 1, each as likely as any other.
    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

/// The clock of the machine.
struct System;

impl Clock for System {}

/// A clock that clients share.
#[derive(Clone)]
pub(crate) struct SharedClock(pub(crate) Arc<dyn Clock>);

impl Default for SharedClock {
    fn default() -> Self {
        Self(Arc::new(System))
    }
}

impl fmt::Debug for SharedClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock")
    }
}
