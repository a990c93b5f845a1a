//! Credentials in the form in which they are sent.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use super::TokenSource;
use crate::{ApiKey, ConfigError, EncodeError, Error, Phase};

/// The credentials of a client, by security scheme; the scheme without a name fits every operation.
pub(crate) struct Credentials(pub(super) Vec<(&'static str, Ready)>);

/// One of them.
#[derive(Clone)]
pub(crate) enum Ready {
    Header(HeaderName, HeaderValue),
    Query(&'static str, ApiKey),
    /// A bearer token that is asked for before each request.
    Source(Arc<dyn TokenSource>),
}

/// The credentials for one call.
pub(crate) type Chosen<'a> = Vec<Cow<'a, Ready>>;

impl Ready {
    /// Whether it is not known yet.
    pub(crate) fn is_asked_for(&self) -> bool {
        matches!(self, Self::Source(_))
    }

    pub(super) fn bearer(key: &ApiKey) -> Result<Self, ConfigError> {
        let text = format!("Bearer {}", present(key)?);
        Ok(Self::Header(AUTHORIZATION, sensitive(&text)?))
    }

    pub(super) fn basic(user: &str, password: &ApiKey) -> Result<Self, ConfigError> {
        let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
        Ok(Self::Header(
            AUTHORIZATION,
            sensitive(&format!("Basic {pair}"))?,
        ))
    }

    pub(super) fn header(name: &str, key: &ApiKey) -> Result<Self, ConfigError> {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| ConfigError::new(format!("`{name}` is no name for a header")))?;
        Ok(Self::Header(name, sensitive(present(key)?)?))
    }

    pub(super) fn query(name: &'static str, key: ApiKey) -> Result<Self, ConfigError> {
        present(&key)?;
        Ok(Self::Query(name, key))
    }

    pub(super) fn cookie(name: &str, key: &ApiKey) -> Result<Self, ConfigError> {
        let text = format!("{name}={}", present(key)?);
        Ok(Self::Header(COOKIE, sensitive(&text)?))
    }

    /// Whether it is sent in this header.
    pub(crate) fn is_in(&self, header: &HeaderName) -> bool {
        match self {
            Self::Header(own, _) => own == header,
            Self::Source(_) => header == AUTHORIZATION,
            Self::Query(..) => false,
        }
    }
}

impl Credentials {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Ready> {
        self.0.iter().map(|(_, ready)| ready)
    }

    /// Those that an operation takes: of its alternatives, each a list of schemes, the first that there are
    /// credentials for. Without alternatives it takes whatever there is; so does a client without credentials,
    /// behind which something may add them.
    pub(crate) fn choose(&self, alternatives: &[&[&str]]) -> Result<Chosen<'_>, EncodeError> {
        if alternatives.is_empty() || self.0.is_empty() {
            return Ok(self.iter().map(Cow::Borrowed).collect());
        }
        let of = |scheme: &str| {
            let mut known = self.0.iter();
            known
                .find(|(name, _)| *name == scheme || name.is_empty())
                .map(|(_, ready)| Cow::Borrowed(ready))
        };
        let mut fitting = alternatives.iter().filter_map(|schemes| {
            schemes
                .iter()
                .map(|scheme| of(scheme))
                .collect::<Option<Chosen<'_>>>()
        });
        fitting.next().ok_or_else(|| {
            let wanted = alternatives.iter().map(|schemes| schemes.join(" and "));
            let wanted: Vec<String> = wanted.collect();
            EncodeError::new(
                "credentials",
                format!(
                    "the client has none for this operation, which takes {}",
                    wanted.join(", or ")
                ),
            )
        })
    }
}

/// Asks sources for their tokens, for so long, so that what remains can be written into a request.
pub(crate) async fn resolve(mut chosen: Chosen<'_>, limit: Duration) -> Result<Chosen<'_>, Error> {
    let asked = tokio::time::timeout(limit, ask(&mut chosen)).await;
    asked.unwrap_or(Err(Error::Timeout(Phase::Operation)))?;
    Ok(chosen)
}

async fn ask(chosen: &mut Chosen<'_>) -> Result<(), Error> {
    for one in chosen {
        if let Ready::Source(source) = &**one {
            let token = source.token().await.map_err(Error::Token)?;
            let token = Ready::bearer(&token);
            *one = Cow::Owned(token.map_err(|error| Error::Token(super::TokenError::new(error)))?);
        }
    }
    Ok(())
}

pub(super) fn present(key: &ApiKey) -> Result<&str, ConfigError> {
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
