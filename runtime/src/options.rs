//! What one call has of its own.

use std::time::Duration;

/// What one call has of its own.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    /// Whether the server may be asked again for what it may have done.
    pub(crate) is_repeatable: bool,
    pub(crate) headers: Vec<(String, String)>,
    /// Where the call goes in place of the operation's path and query: what a server gave as the next page.
    pub(crate) url: Option<String>,
}

impl CallOptions {
    /// The most that the call may take as a whole, waits and retries included. Without an attempt timeout of the
    /// call's own, an attempt may take as long.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// The most that one attempt may take, from the first byte sent to the last byte read.
    pub fn attempt_timeout(&mut self, timeout: Duration) {
        self.attempt_timeout = Some(timeout);
    }

    /// The most that connecting may take, if it needs a new connection.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = Some(timeout);
    }

    /// How often the call may be sent, the first time included; 1 turns retries off.
    pub fn attempts(&mut self, attempts: u32) {
        self.attempts = Some(attempts);
    }

    /// Lets the call be sent again though the server may have done what it asks. A call whose body holds a
    /// [`Secret`](crate::Secret) is not, whatever is said here.
    pub fn repeatable(&mut self) {
        self.is_repeatable = true;
    }

    /// Adds a header; it is checked when the call is sent.
    pub fn header(&mut self, name: &str, value: String) {
        self.headers.push((name.to_owned(), value));
    }
}

impl std::fmt::Debug for CallOptions {
    /// Values of headers are left out: they may be credentials.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&String> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("attempts", &self.attempts)
            .field("is_repeatable", &self.is_repeatable)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}
