//! Bearer tokens: one for good, or a new one when it is time.

use std::fmt;
use std::sync::Arc;

use crate::{ApiKey, BoxFuture};

/// A bearer token: one for good, or from a [`TokenSource`].
#[derive(Clone)]
pub enum Token {
    #[doc(hidden)]
    Fixed(ApiKey),
    #[doc(hidden)]
    Source(Arc<dyn TokenSource>),
}

/// Where access tokens come from: OAuth 2 flows, a vault, a file that another process renews.
///
/// It is asked before each request, so that it should keep a token for as long as that is good.
pub trait TokenSource: Send + Sync + 'static {
    /// A token that is good now.
    ///
    /// # Errors
    ///
    /// There is none to be had; the call that wanted it fails with [`crate::Error::Token`].
    fn token(&self) -> BoxFuture<Result<ApiKey, TokenError>>;

    /// Told when the server refused the last token (401), before its time perhaps.
    fn refused(&self) {}
}

impl<S: TokenSource> From<S> for Token {
    fn from(source: S) -> Self {
        Self::Source(Arc::new(source))
    }
}

impl From<ApiKey> for Token {
    fn from(key: ApiKey) -> Self {
        Self::Fixed(key)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token([redacted])")
    }
}

/// Why there is no access token. What is given must hold no secret: it is shown.
#[derive(Debug)]
pub struct TokenError(Box<dyn std::error::Error + Send + Sync>);

impl TokenError {
    /// An error with this cause, or this text.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
