//! What one call has of its own.

use std::time::Duration;

/// What one call has of its own.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) headers: Vec<(String, String)>,
    /// Where the call goes in place of the operation's path and query: what a server gave as the next page.
    pub(crate) url: Option<String>,
}

impl CallOptions {
    /// The most that the call may take.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
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
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}
