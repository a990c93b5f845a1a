//! Tokens by client credentials (RFC 6749 §4.4).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{TokenError, TokenSource};
use crate::base_url::BaseUrl;
use crate::{ApiKey, BoxFuture, ConfigError};

/// A source of access tokens by client credentials (RFC 6749 §4.4): a token is kept until shortly before the
/// server says that it expires, and one request at a time asks for the next.
#[derive(Clone)]
pub struct ClientCredentials(Arc<Inner>);

struct Inner {
    url: BaseUrl,
    id: String,
    secret: ApiKey,
    scope: String,
    http: reqwest::Client,
    kept: Mutex<Option<Kept>>,
}

struct Kept {
    token: ApiKey,
    until: Instant,
}

/// The most that asking for a token may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long before its end a token is not used any more.
const MARGIN: Duration = Duration::from_secs(30);
/// How long a token is kept when the server does not say how long it is good (§5.1 recommends to say).
const USUAL: Duration = Duration::from_secs(300);
/// Bytes of an answer that are read.
const LARGEST: usize = 64 << 10;

#[derive(serde::Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<u64>,
}

impl ClientCredentials {
    /// A source that asks at this URL: https, or http on a loopback address.
    ///
    /// # Errors
    ///
    /// The URL is not allowed, or TLS cannot be started.
    pub fn new(
        token_url: &str,
        id: impl Into<String>,
        secret: ApiKey,
        scopes: &[&str],
    ) -> Result<Self, ConfigError> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .build()
            .map_err(|_| ConfigError::new("TLS cannot be started"))?;
        Ok(Self(Arc::new(Inner {
            url: BaseUrl::parse(token_url)?,
            id: id.into(),
            secret,
            scope: scopes.join(" "),
            http,
            kept: Mutex::new(None),
        })))
    }
}

impl TokenSource for ClientCredentials {
    fn token(&self) -> BoxFuture<Result<ApiKey, TokenError>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { inner.token().await })
    }

    fn refused(&self) {
        if let Ok(mut kept) = self.0.kept.try_lock() {
            *kept = None;
        }
    }
}

impl Inner {
    async fn token(&self) -> Result<ApiKey, TokenError> {
        let mut kept = self.kept.lock().await;
        if let Some(known) = kept.as_ref().filter(|known| Instant::now() < known.until) {
            return Ok(known.token.clone());
        }
        let asked = Instant::now();
        let answer = self.ask().await?;
        let lifetime = answer.expires_in.map_or(USUAL, Duration::from_secs);
        let token = ApiKey::new(answer.access_token);
        let until = asked + lifetime.saturating_sub(MARGIN);
        *kept = Some(Kept {
            token: token.clone(),
            until,
        });
        Ok(token)
    }

    /// The server's own words are left out of errors: they may hold what was sent.
    async fn ask(&self) -> Result<Answer, TokenError> {
        let failed = |error: reqwest::Error| TokenError::new(error.without_url());
        let mut body = "grant_type=client_credentials".to_owned();
        if !self.scope.is_empty() {
            body += &format!("&scope={}", encoded(&self.scope));
        }
        let request = self
            .http
            .post(self.url.as_str())
            .header(AUTHORIZATION, self.authorization())
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        let mut response = request.send().await.map_err(failed)?;
        let status = response.status();
        if !status.is_success() {
            return Err(TokenError::new(format!(
                "the token server answered {status}"
            )));
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            answer.extend_from_slice(&chunk);
            if answer.len() > LARGEST {
                return Err(TokenError::new(
                    "the answer of the token server is too large",
                ));
            }
        }
        serde_json::from_slice(&answer)
            .map_err(|_| TokenError::new("the token server's answer holds no access token"))
    }

    /// Both are encoded as in a form before they are joined (§2.3.1).
    fn authorization(&self) -> String {
        let pair = format!("{}:{}", encoded(&self.id), encoded(self.secret.expose()));
        format!("Basic {}", STANDARD.encode(pair))
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientCredentials")
            .field("url", &self.0.url.as_str())
            .finish_non_exhaustive()
    }
}
