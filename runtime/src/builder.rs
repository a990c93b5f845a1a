//! Builds a client.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::HeaderValue;
use http::header::USER_AGENT;

use crate::base_url::BaseUrl;
use crate::{Api, Auth, Client, ConfigError, Server};

/// Deadlines and limits of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
    pub(crate) operation: Duration,
    /// Bytes.
    pub(crate) response: usize,
}

const DEFAULT_LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    attempt: Duration::from_secs(15),
    operation: Duration::from_secs(60),
    response: 16 << 20,
};

/// Builds a client: server, deadlines, limits.
pub struct ClientBuilder<C: Api> {
    auth: Auth,
    server: C::Server,
    base_url: Option<String>,
    user_agent: Option<String>,
    limits: Limits,
    proxy: bool,
    http: Option<reqwest::Client>,
    api: PhantomData<C>,
}

impl<C: Api> ClientBuilder<C> {
    #[doc(hidden)]
    pub fn new(auth: Auth) -> Self {
        Self {
            auth,
            server: C::Server::default(),
            base_url: None,
            user_agent: None,
            limits: DEFAULT_LIMITS,
            proxy: false,
            http: None,
            api: PhantomData,
        }
    }

    /// One of the servers that the document names; the first if none is chosen.
    pub fn server(mut self, server: C::Server) -> Self {
        self.server = server;
        self
    }

    /// Another server: https, or http on a loopback address. A path is kept as a prefix.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The most that connecting may take; 5 seconds unless set. Does not apply to a client of
    /// [`ClientBuilder::http_client`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// The most that one attempt may take, from the first byte sent to the last byte read; 15 seconds
    /// unless set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// The most that a call may take as a whole; 60 seconds unless set here or on the call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.operation = timeout;
        self
    }

    /// The largest body that is read, in bytes after decompression; 16 MiB unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// What `User-Agent` says; name and version of the client's crate unless set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends requests through the proxy that the system or the environment names. Off unless asked for:
    /// credentials go where the program says.
    pub fn system_proxy(mut self) -> Self {
        self.proxy = true;
        self
    }

    /// Sends requests with a client of your own: its TLS, proxy, connect timeout and redirects are
    /// yours to set, and those set here do not apply. Attempt and operation deadlines and the limit of
    /// the body still do, and a response from another origin is an error. Leave redirects off.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// The base URL is not allowed, the credentials cannot be sent, or TLS cannot be started.
    pub fn build(self) -> Result<C, ConfigError> {
        let is_own_base = self.base_url.is_some();
        let url = self
            .base_url
            .unwrap_or_else(|| self.server.url().into_owned());
        let base = BaseUrl::parse(&url)?;
        let user_agent = self.user_agent.as_deref().unwrap_or(C::USER_AGENT);
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| {
            ConfigError::new("the user agent holds a character that a header cannot hold")
        })?;
        let credentials = self.auth.prepare()?;
        let http = match self.http {
            Some(http) => http,
            None => http_client(&self.limits, self.proxy)?,
        };
        let mut headers = http::HeaderMap::new();
        headers.insert(USER_AGENT, user_agent);
        Ok(C::from_runtime(Client::new(
            (base, is_own_base),
            credentials,
            headers,
            self.limits,
            http,
        )))
    }
}

fn http_client(limits: &Limits, proxy: bool) -> Result<reqwest::Client, ConfigError> {
    let builder = reqwest::Client::builder()
        // A redirect would carry arguments, and maybe credentials, to where nobody said.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(limits.connect);
    let builder = if proxy { builder } else { builder.no_proxy() };
    builder.build().map_err(|_| {
        ConfigError::new("TLS cannot be started: is the feature `rustls` or `native-tls` on?")
    })
}

impl<C: Api> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
