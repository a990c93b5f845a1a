//! The exchange that a call is: its attempts, each within its deadlines.
//!
//! Its futures are allocated for each call, and moved when they are. So they are kept small, and are two of a size that
//! allocators have at hand, rather than one: that made a call over loopback 5 % slower.

use std::pin::{Pin, pin};
use std::time::Duration;

use http::header::ACCEPT;
use tokio::time::Instant;

use super::asked::Asked;
use super::outgoing::Source;
use super::{Answer, Client};
use crate::auth::resolve;
use crate::builder::Limits;
use crate::connect;
use crate::retry::{self, Attempts, is_safe};
use crate::trace::Trace;
use crate::transport::{Live, Reading, exchange};
use crate::{CallOptions, EncodeError, Error, Phase, RawResponse, Request};

/// What every attempt of a call sends, and how its answer is read.
struct Sent<'a> {
    source: Source<'a>,
    reading: Reading,
    /// The most that one may take.
    attempt: Duration,
    /// The most that connecting may take, where the call says so itself.
    connect: Option<Duration>,
    trace: &'a Trace,
}

impl Client {
    /// The one exchange of all operations. It is boxed, so that each operation's own future is small and dependents
    /// compile none of it. What it is given is used where it is, as a variable that it is moved to would be room for one
    /// more; what waits for nothing is in functions of its own.
    pub(super) fn exchange<'a>(
        self,
        asked: Result<Asked, EncodeError>,
        options: CallOptions,
        accept: Option<&'a str>,
        live: Live,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'a>> {
        let mut asked = match asked {
            Ok(asked) => asked,
            Err(error) => return Box::pin(std::future::ready(Err(error.into()))),
        };
        Box::pin(async move {
            let started = Instant::now();
            if let Some(accept) = accept {
                asked.request.set_header(ACCEPT.as_str(), accept)?;
            }
            let limits = self.limits(&options)?;
            let base = self.base(asked.server)?;
            let mut credentials = self.chosen(asked.security)?;
            if credentials.iter().any(|one| one.is_asked_for()) {
                // Of few clients: boxed, as there would be room for it in each call.
                credentials = Box::pin(resolve(credentials, limits.operation)).await?;
            }
            let attempts = self.attempts(&asked.request, &options, &limits, started);
            let sent = Sent {
                source: Source {
                    request: &asked.request,
                    options: &options,
                    base: &base,
                    credentials: &credentials,
                },
                reading: Reading {
                    limit: limits.response,
                    live,
                    idle: limits.operation,
                },
                attempt: limits.attempt,
                connect: options.connect_timeout,
                trace: &asked.trace,
            };
            let attempt = |number| self.attempt(&sent, &attempts, number);
            let call = Box::pin(retry::run(&attempts, attempt));
            let (result, ending) = asked.trace.around(&base, call).await;
            self.tell_sources(&result);
            match result {
                Ok(response) => Ok((response, ending)),
                Err(error) => Err(ending.wrap(error)),
            }
        })
    }

    /// The attempts that a call has.
    fn attempts(
        &self,
        request: &Request,
        options: &CallOptions,
        limits: &Limits,
        started: Instant,
    ) -> Attempts<'_> {
        let mut policy = limits.retry;
        if !request.is_repeatable() {
            // A stream is gone once it was handed to the transport, whatever became of it.
            policy.attempts = 1;
        }
        Attempts {
            policy,
            budget: &self.0.budget,
            clock: &self.0.clock,
            is_repeatable: is_safe(request.method())
                || (options.is_repeatable && !request.has_secret_body()),
            started,
            limit: limits.operation,
        }
    }

    /// One attempt, within its own deadline and the call's: one timer does for both.
    async fn attempt(
        &self,
        sent: &Sent<'_>,
        call: &Attempts<'_>,
        number: u32,
    ) -> Result<RawResponse, Error> {
        let outgoing = self.outgoing(&sent.source)?;
        // Waiting for a place is the call's time and not the attempt's.
        let place = self.0.places.take(|| call.left()).await;
        let _place = place.ok_or(Error::Timeout(Phase::Operation))?;
        let left = call.left();
        let (limit, phase) = if left < sent.attempt {
            (left, Phase::Operation)
        } else {
            (sent.attempt, Phase::Attempt)
        };
        let Source { request, base, .. } = sent.source;
        // It stays where it is: it would be moved into each future around it.
        let exchange = exchange(&self.0.http, request, outgoing, base, sent.reading);
        let exchange = pin!(exchange);
        let result = tokio::time::timeout(limit, async {
            match sent.connect {
                Some(limit) => connect::within(limit, exchange).await,
                None => exchange.await,
            }
        })
        .await
        .unwrap_or(Err(Error::Timeout(phase)));
        self.0.places.note(&result);
        sent.trace.attempt(number, &result);
        result
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use http::Method;
    use tokio::time::Instant;

    use super::{Asked, Client, Sent, Source};
    use crate::retry;
    use crate::trace::Trace;
    use crate::transport::{Live, Reading};
    use crate::{Api, ApiKey, Auth, CallOptions, ClientBuilder, Request, Server};

    #[derive(Default)]
    struct Here;

    impl Server for Here {
        fn url(&self) -> Cow<'_, str> {
            "http://localhost:1".into()
        }
    }

    struct Plain(Client);

    impl Api for Plain {
        type Server = Here;
        const USER_AGENT: &'static str = "test";

        fn from_runtime(inner: Client) -> Self {
            Self(inner)
        }
    }

    /// What allocators have at hand: glibc keeps freed chunks of up to 1,032 bytes for each thread, and searches, and
    /// joins what was freed, for more than that.
    const AT_HAND: usize = 1032;

    #[tokio::test]
    async fn what_a_call_allocates_for_its_futures_is_at_hand() {
        let client = ClientBuilder::<Plain>::new(Auth::bearer(ApiKey::new("key"))).build();
        let client = client.unwrap().0;
        let request = Request::new(Method::GET, "/", "application/json");
        let asked = Asked {
            request: request.clone(),
            server: None,
            security: Some(&[]),
            trace: Trace::new("get", "GET", "/"),
        };
        let options = CallOptions::default();
        let whole = client
            .clone()
            .exchange(Ok(asked), options.clone(), None, Live::All);
        assert!(size_of_val(&*whole) <= AT_HAND, "{}", size_of_val(&*whole));

        let limits = client.limits(&options).unwrap();
        let attempts = client.attempts(&request, &options, &limits, Instant::now());
        let base = client.base(None).unwrap();
        let sent = Sent {
            source: Source {
                request: &request,
                options: &options,
                base: &base,
                credentials: &[],
            },
            reading: Reading {
                limit: 1,
                live: Live::All,
                idle: limits.operation,
            },
            attempt: limits.attempt,
            connect: None,
            trace: &Trace::new("get", "GET", "/"),
        };
        let attempt = |number| client.attempt(&sent, &attempts, number);
        let call = size_of_val(&retry::run(&attempts, attempt));
        assert!(call <= AT_HAND, "{call}");
    }
}
