//! How requests show who sends them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use crate::{ApiKey, ConfigError};

/// Credentials, and where they are sent.
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    None,
    Bearer(ApiKey),
    Basic(String, ApiKey),
    Header(&'static str, ApiKey),
    Query(&'static str, ApiKey),
    Cookie(&'static str, ApiKey),
}

impl Auth {
    /// No credentials.
    pub fn none() -> Self {
        Self(Kind::None)
    }

    /// `Authorization: Bearer` (RFC 6750 §2.1).
    pub fn bearer(key: ApiKey) -> Self {
        Self(Kind::Bearer(key))
    }

    /// `Authorization: Basic` (RFC 7617).
    pub fn basic(user: String, password: ApiKey) -> Self {
        Self(Kind::Basic(user, password))
    }

    /// A key in a header.
    pub fn header(name: &'static str, key: ApiKey) -> Self {
        Self(Kind::Header(name, key))
    }

    /// A key in a query parameter.
    pub fn query(name: &'static str, key: ApiKey) -> Self {
        Self(Kind::Query(name, key))
    }

    /// A key in a cookie.
    pub fn cookie(name: &'static str, key: ApiKey) -> Self {
        Self(Kind::Cookie(name, key))
    }

    /// What is added to each request.
    pub(crate) fn prepare(self) -> Result<Credentials, ConfigError> {
        Ok(match self.0 {
            Kind::None => Credentials::None,
            Kind::Bearer(key) => Credentials::Header(
                AUTHORIZATION,
                sensitive(&format!("Bearer {}", present(&key)?))?,
            ),
            Kind::Basic(user, password) => {
                let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
                Credentials::Header(AUTHORIZATION, sensitive(&format!("Basic {pair}"))?)
            }
            Kind::Header(name, key) => {
                let name = HeaderName::from_bytes(name.as_bytes())
                    .map_err(|_| ConfigError::new(format!("`{name}` is no name for a header")))?;
                Credentials::Header(name, sensitive(present(&key)?)?)
            }
            Kind::Query(name, key) => {
                present(&key)?;
                Credentials::Query(name, key)
            }
            Kind::Cookie(name, key) => {
                Credentials::Header(COOKIE, sensitive(&format!("{name}={}", present(&key)?))?)
            }
        })
    }
}

/// Credentials in the form in which they are sent.
pub(crate) enum Credentials {
    None,
    Header(HeaderName, HeaderValue),
    Query(&'static str, ApiKey),
}

fn present(key: &ApiKey) -> Result<&str, ConfigError> {
    match key.expose() {
        "" => Err(ConfigError::new("the API key is empty")),
        key => Ok(key),
    }
}

/// Marked so that no log shows it and HTTP/2 does not index it.
fn sensitive(text: &str) -> Result<HeaderValue, ConfigError> {
    let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let value = HeaderValue::from_str(text).ok().filter(|_| is_visible);
    let mut value = value.ok_or_else(|| {
        ConfigError::new(
            "the API key holds a character that a header cannot hold: a line end, perhaps?",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Auth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Kind::None => "Auth::None",
            Kind::Bearer(_) => "Auth::Bearer([redacted])",
            Kind::Basic(..) => "Auth::Basic([redacted])",
            Kind::Header(..) => "Auth::Header([redacted])",
            Kind::Query(..) => "Auth::Query([redacted])",
            Kind::Cookie(..) => "Auth::Cookie([redacted])",
        })
    }
}
