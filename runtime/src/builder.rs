//! Builds a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::USER_AGENT;

use crate::base_url::BaseUrl;
use crate::clock::SharedClock;
use crate::connect::{ConnectLimit, Places};
use crate::retry::Policy;
use crate::{Api, Auth, Client, Clock, ConfigError, Server};

/// Deadlines and limits of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
    pub(crate) operation: Duration,
    /// Bytes.
    pub(crate) response: usize,
    /// Requests that are sent and not answered yet.
    pub(crate) in_flight: usize,
    pub(crate) retry: Policy,
}

impl Limits {
    /// Nothing can be done in no time, or with nothing.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let zero = [
            ("connect_timeout", self.connect.is_zero()),
            ("attempt_timeout", self.attempt.is_zero()),
            ("timeout", self.operation.is_zero()),
            ("attempts", self.retry.attempts == 0),
            ("max_in_flight", self.in_flight == 0),
        ];
        match zero.iter().find(|(_, is_zero)| *is_zero) {
            Some((name, _)) => Err(ConfigError::new(format!("`{name}` cannot be zero"))),
            None => Ok(()),
        }
    }
}

const DEFAULT_LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    attempt: Duration::from_secs(15),
    operation: Duration::from_secs(60),
    response: 16 << 20,
    in_flight: 64,
    retry: Policy::DEFAULT,
};

/// How long a connection that nobody uses is kept. Servers and what stands before them close theirs after 30 seconds
/// or more; a request that meets such an end may be lost.
const IDLE: Duration = Duration::from_secs(20);

/// Builds a client: server, deadlines, limits.
pub struct ClientBuilder<C: Api> {
    auth: Auth,
    server: C::Server,
    base_url: Option<String>,
    user_agent: Option<String>,
    limits: Limits,
    clock: SharedClock,
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
            clock: SharedClock::default(),
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

    /// The most that connecting may take (name lookup, TCP and TLS together); 5 seconds unless set here or on the call.
    /// Does not apply to a client of [`ClientBuilder::http_client`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// The most that one attempt may take, from the first byte sent to the last byte read; 15 seconds
    /// unless set here or on the call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// The most that a call may take as a whole, retries and the waits before them included; 60 seconds unless set here
    /// or on the call. `Duration::MAX` stands for no end.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.operation = timeout;
        self
    }

    /// The largest body that is read, in bytes after decompression; 16 MiB unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// How often a call may be sent, the first time included; 3 unless set here or on the call, 1 turns retries off.
    ///
    /// Sent again is what failed before a byte was sent and what the server turned away for now (429), whatever the
    /// method; and after a time-out of an attempt, a broken connection, or 500, 502, 503, 504 what has a safe method
    /// (GET, HEAD, OPTIONS) or was said to be repeatable on the call. All attempts and waits are within the deadline of
    /// the call, and the clones of a client share a budget for retries: 500 tokens, of which a retry takes 14 (5 after
    /// 429) and an answered call gives back one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.limits.retry.attempts = attempts;
        self
    }

    /// The bounds of the waits between attempts, which are random: from nothing to `first`, twice that before each
    /// further attempt, never more than `most`; 200 ms and 20 s unless set.
    pub fn backoff(mut self, first: Duration, most: Duration) -> Self {
        self.limits.retry.first = first;
        self.limits.retry.most = most;
        self
    }

    /// The longest wait that the server may ask for (`Retry-After`, and `X-RateLimit-Reset` with 429); 60 seconds
    /// unless set. If it asks for more, or for more than the call has left, the call ends at once: with
    /// [`Error::RateLimited`](crate::Error::RateLimited) after 429.
    pub fn max_server_wait(mut self, wait: Duration) -> Self {
        self.limits.retry.longest_asked = wait;
        self
    }

    /// How many requests may be on their way at once, for all clones of the client; 64 unless set. Others wait, within
    /// their deadlines. A body that is read while it comes does not count.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.limits.in_flight = requests;
        self
    }

    /// The clock that retries go by, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = SharedClock(Arc::new(clock));
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
    /// The base URL is not allowed, the credentials cannot be sent, a limit is zero, or TLS cannot be started.
    pub fn build(self) -> Result<C, ConfigError> {
        self.limits.check()?;
        let is_own_base = self.base_url.is_some();
        let url = self
            .base_url
            .unwrap_or_else(|| self.server.url().into_owned());
        let base = BaseUrl::parse(&url)?;
        let user_agent = match self.user_agent {
            Some(own) => HeaderValue::try_from(own),
            // Without a count of those who share it, as each call does.
            None => HeaderValue::from_maybe_shared(Bytes::from_static(C::USER_AGENT.as_bytes())),
        };
        let user_agent = user_agent.map_err(|_| {
            ConfigError::new("the user agent holds a character that a header cannot hold")
        })?;
        let credentials = self.auth.prepare()?;
        let places = Places::new(self.limits.in_flight);
        let http = match self.http {
            Some(http) => http,
            None => http_client(&self.limits, &places, self.proxy)?,
        };
        let mut headers = http::HeaderMap::new();
        headers.insert(USER_AGENT, user_agent);
        Ok(C::from_runtime(Client::new(
            (base, is_own_base),
            credentials,
            headers,
            self.limits,
            self.clock,
            (places, http),
        )))
    }
}

fn http_client(
    limits: &Limits,
    places: &Places,
    proxy: bool,
) -> Result<reqwest::Client, ConfigError> {
    let builder = reqwest::Client::builder()
        // A redirect would carry arguments, and maybe credentials, to where nobody said.
        .redirect(reqwest::redirect::Policy::none())
        // Retries are ours; two layers of them would multiply.
        .retry(reqwest::retry::never())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(limits.in_flight)
        .connector_layer(ConnectLimit {
            usual: limits.connect,
            places: places.clone(),
        });
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
