//! The calls, and what became of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use stencil_runtime::{
    Api, ApiKey, Auth, CallOptions, Client, ClientBuilder, EncodeError, Error, NoError, Operation,
    RawResponse, Request, Response, Server,
};

use super::server;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What 10,000 calls were like.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) calls: usize,
    pub(crate) errors: usize,
    /// Connections that were open at once.
    pub(crate) sockets: usize,
    /// Of the fastest of three runs each.
    pub(crate) ours: Duration,
    pub(crate) bare: Duration,
    /// 99 of 100 calls took no longer.
    pub(crate) p99: Duration,
    pub(crate) bare_p99: Duration,
}

impl fmt::Display for Load {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} calls, {} errors, {} sockets; {:.0?}, reqwest itself {:.0?}: {:.2} times; p99 {:.2?} and {:.2?}",
            self.calls,
            self.errors,
            self.sockets,
            self.ours,
            self.bare,
            self.ours.div_duration_f64(self.bare),
            self.p99,
            self.bare_p99,
        )
    }
}

/// Sends so many calls, so many at once, and does the same with `reqwest` alone: a request, the status, the body as
/// JSON. Both three times, in turn, of which the fastest counts.
pub(crate) async fn load(calls: usize, at_once: usize) -> Outcome<Load> {
    let (url, seen) = server::start(0).await?;
    let (bare_url, _) = server::start(0).await?;
    let client = client(&url, Duration::from_secs(15))?;
    let bare = reqwest::Client::builder().no_proxy().build()?;
    let bare_url: Arc<str> = format!("{bare_url}/v3/user/account").into();
    let mut load = Load {
        calls,
        errors: 0,
        sockets: 0,
        ours: Duration::MAX,
        bare: Duration::MAX,
        p99: Duration::MAX,
        bare_p99: Duration::MAX,
    };
    for _ in 0..3 {
        let own = client.clone();
        let run = at_once_all(calls, at_once, move || {
            let client = own.clone();
            async move { client.send(&Get, CallOptions::default()).await.is_ok() }
        });
        let (took, p99, errors) = run.await?;
        load.ours = load.ours.min(took);
        load.p99 = load.p99.min(p99);
        load.errors += errors;
        let (bare, url) = (bare.clone(), Arc::clone(&bare_url));
        let run = at_once_all(calls, at_once, move || {
            let (bare, url) = (bare.clone(), Arc::clone(&url));
            async move { plain(&bare, &url).await.is_ok() }
        });
        let (took, p99, _) = run.await?;
        load.bare = load.bare.min(took);
        load.bare_p99 = load.bare_p99.min(p99);
    }
    load.sockets = seen.most_open.load(Ordering::SeqCst);
    Ok(load)
}

async fn plain(client: &reqwest::Client, url: &str) -> Outcome<Value> {
    let request = client.get(url).header("accept", "application/json");
    let request = request.header("authorization", "Bearer key");
    let response = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&response.bytes().await?)?)
}

/// Runs calls from so many tasks; how long it took, the 99th percentile, how many failed.
async fn at_once_all<F>(
    calls: usize,
    at_once: usize,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> Outcome<(Duration, Duration, usize)>
where
    F: Future<Output = bool> + Send,
{
    let start = Instant::now();
    let left = Arc::new(AtomicUsize::new(calls));
    let tasks: Vec<_> = (0..at_once)
        .map(|_| {
            let (call, left) = (call.clone(), Arc::clone(&left));
            tokio::spawn(async move {
                let (mut times, mut errors) = (Vec::new(), 0);
                while take(&left) {
                    let start = Instant::now();
                    errors += usize::from(!call().await);
                    times.push(start.elapsed());
                }
                (times, errors)
            })
        })
        .collect();
    let (mut times, mut errors) = (Vec::new(), 0);
    for task in tasks {
        let (more, failed) = task.await?;
        times.extend(more);
        errors += failed;
    }
    let took = start.elapsed();
    times.sort();
    let p99 = times
        .get(times.len() * 99 / 100)
        .copied()
        .unwrap_or_default();
    Ok((took, p99, errors))
}

fn take(left: &AtomicUsize) -> bool {
    let less = |left: usize| left.checked_sub(1);
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
        .is_ok()
}

/// What a soak was like.
#[derive(Debug, Default)]
pub(crate) struct Soak {
    pub(crate) calls: usize,
    pub(crate) requests: usize,
    /// How calls ended.
    pub(crate) ends: BTreeMap<String, usize>,
    /// Resident memory in KiB after a tenth of the time, and at the end.
    pub(crate) memory: (usize, usize),
}

impl fmt::Display for Soak {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(clippy::cast_precision_loss, reason = "for people")]
        let ratio = self.requests as f64 / self.calls.max(1) as f64;
        write!(
            formatter,
            "{} calls, {} requests: {ratio:.3} each; resident {} KiB early, {} KiB at the end; {:?}",
            self.calls, self.requests, self.memory.0, self.memory.1, self.ends
        )
    }
}

/// Calls from so many tasks for so long, a tenth of whose requests are served badly.
pub(crate) async fn soak(length: Duration, at_once: usize, tell: fn(String)) -> Outcome<Soak> {
    let (url, seen) = server::start(10).await?;
    let client = client(&url, Duration::from_millis(200))?;
    let start = Instant::now();
    let calls = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..at_once)
        .map(|_| {
            let (client, calls) = (client.clone(), Arc::clone(&calls));
            tokio::spawn(async move {
                let mut ends: BTreeMap<String, usize> = BTreeMap::new();
                while start.elapsed() < length {
                    calls.fetch_add(1, Ordering::Relaxed);
                    let sent = client.send(&Get, CallOptions::default()).await;
                    *ends.entry(end(&sent)).or_default() += 1;
                }
                ends
            })
        })
        .collect();
    tokio::time::sleep(length / 10).await;
    let mut soak = Soak::default();
    soak.memory.0 = resident();
    for tenth in 2..=10 {
        tell(format!(
            "{:.0?}: {} calls, resident {} KiB",
            start.elapsed(),
            calls.load(Ordering::Relaxed),
            resident()
        ));
        tokio::time::sleep((length / 10 * tenth).saturating_sub(start.elapsed())).await;
    }
    soak.memory.1 = resident();
    for task in tasks {
        for (end, count) in task.await? {
            *soak.ends.entry(end).or_default() += count;
        }
    }
    soak.calls = calls.load(Ordering::Relaxed);
    soak.requests = seen.requests.load(Ordering::SeqCst);
    Ok(soak)
}

/// How a call ended, in a word.
fn end(sent: &Result<Response<Value>, Error>) -> String {
    let Err(error) = sent else {
        return "Ok".to_owned();
    };
    let word = |error: &Error| {
        let shown = format!("{error:?}");
        shown.split('(').next().unwrap_or_default().to_owned()
    };
    if error.is_exhausted() {
        format!("{} after retries", word(error.cause()))
    } else {
        word(error)
    }
}

/// Resident memory of this process in KiB; 0 where the system does not say.
pub(crate) fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

fn client(url: &str, attempt: Duration) -> Outcome<Client> {
    let builder: ClientBuilder<Plain> = ClientBuilder::new(Auth::bearer(ApiKey::new("key")));
    let builder = builder.base_url(url).attempt_timeout(attempt);
    // The waits of a soak are shortened with the rest.
    let waits = (Duration::from_millis(2), Duration::from_millis(20));
    Ok(builder.backoff(waits.0, waits.1).build()?.0)
}

/// A client and an operation as they would be generated.
struct Plain(Client);

#[derive(Default)]
struct Local;

impl Server for Local {
    fn url(&self) -> Cow<'_, str> {
        "https://api.example.com".into()
    }
}

impl Api for Plain {
    type Server = Local;
    const USER_AGENT: &'static str = "load/1";
    fn from_runtime(inner: Client) -> Self {
        Self(inner)
    }
}

struct Get;

impl Operation for Get {
    const ID: &'static str = "get";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/v3/user/account";
    type Output = Value;
    type Error = NoError;
    fn encode(&self, _: &mut Request) -> Result<(), EncodeError> {
        Ok(())
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error> {
        match response.status() {
            200 => response.json(),
            _ => response.undeclared(),
        }
    }
}
