//! How requests show who sends them.

mod client_credentials;
mod credentials;
mod token;

use std::fmt;

pub use client_credentials::ClientCredentials;
pub(crate) use credentials::{Chosen, Credentials, Ready, resolve};
pub use token::{Token, TokenError, TokenSource};

use crate::{ApiKey, ConfigError};

/// Credentials, and where they are sent: none, or one for each security scheme of the document.
#[derive(Clone, Default)]
pub struct Auth(Vec<(&'static str, Kind)>);

#[derive(Clone)]
enum Kind {
    Bearer(Token),
    Basic(String, ApiKey),
    Header(&'static str, ApiKey),
    Query(&'static str, ApiKey),
    Cookie(&'static str, ApiKey),
}

impl Auth {
    /// No credentials.
    pub fn none() -> Self {
        Self::default()
    }

    /// `Authorization: Bearer` (RFC 6750 §2.1).
    pub fn bearer(token: impl Into<Token>) -> Self {
        Self::one(Kind::Bearer(token.into()))
    }

    /// `Authorization: Basic` (RFC 7617).
    pub fn basic(user: impl Into<String>, password: ApiKey) -> Self {
        Self::one(Kind::Basic(user.into(), password))
    }

    /// A key in a header.
    pub fn header(name: &'static str, key: ApiKey) -> Self {
        Self::one(Kind::Header(name, key))
    }

    /// A key in a query parameter.
    pub fn query(name: &'static str, key: ApiKey) -> Self {
        Self::one(Kind::Query(name, key))
    }

    /// A key in a cookie.
    pub fn cookie(name: &'static str, key: ApiKey) -> Self {
        Self::one(Kind::Cookie(name, key))
    }

    /// These credentials too, for the security scheme of this name; operations say which schemes they take.
    pub fn and(mut self, scheme: &'static str, other: Self) -> Self {
        self.0.retain(|(known, _)| *known != scheme);
        self.0
            .extend(other.0.into_iter().map(|(_, kind)| (scheme, kind)));
        self
    }

    fn one(kind: Kind) -> Self {
        Self(vec![("", kind)])
    }

    /// The credentials in the form in which they are sent.
    pub(crate) fn prepare(self) -> Result<Credentials, ConfigError> {
        let ready = self
            .0
            .into_iter()
            .map(|(scheme, kind)| Ok((scheme, kind.prepare()?)));
        Ok(Credentials(ready.collect::<Result<_, _>>()?))
    }
}

impl Kind {
    fn prepare(self) -> Result<Ready, ConfigError> {
        match self {
            Self::Bearer(Token::Fixed(key)) => Ready::bearer(&key),
            Self::Bearer(Token::Source(source)) => Ok(Ready::Source(source)),
            Self::Basic(user, password) => Ready::basic(&user, &password),
            Self::Header(name, key) => Ready::header(name, &key),
            Self::Query(name, key) => Ready::query(name, key),
            Self::Cookie(name, key) => Ready::cookie(name, &key),
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.0.iter().map(|(_, kind)| match kind {
            Kind::Bearer(_) => "Bearer([redacted])",
            Kind::Basic(..) => "Basic([redacted])",
            Kind::Header(..) => "Header([redacted])",
            Kind::Query(..) => "Query([redacted])",
            Kind::Cookie(..) => "Cookie([redacted])",
        });
        let kinds: Vec<&str> = kinds.collect();
        write!(
            formatter,
            "Auth::{}",
            if kinds.is_empty() {
                "None".to_owned()
            } else {
                kinds.join("+")
            }
        )
    }
}
