//! When a call is sent again, and how long it waits.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use stencil_runtime::{
    BoxFuture, CallOptions, Client, Clock, EncodeError, Error, NoError, Operation, RawResponse,
    Request, Response, Secret,
};

use crate::fault::{Fault, Step, answer};
use crate::support::{PLAIN, builder, client};

/// A clock that stands at a time, does not wait, and notes what it should have waited.
#[derive(Clone)]
struct Standing {
    now: SystemTime,
    random: f64,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Standing {
    fn at(now: SystemTime, random: f64) -> Self {
        Self {
            now,
            random,
            waits: Arc::default(),
        }
    }

    fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Clock for Standing {
    fn now(&self) -> SystemTime {
        self.now
    }
    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        self.waits.lock().unwrap().push(wait);
        Box::pin(async {})
    }
    fn random(&self) -> f64 {
        self.random
    }
}

fn impatient(url: &str) -> (Client, Standing) {
    let clock = Standing::at(SystemTime::now(), 0.5);
    let built = builder().base_url(url).clock(clock.clone());
    (built.build().unwrap().0, clock)
}

/// Operations with a method and a body.
macro_rules! operation {
    ($name:ident, $method:literal, $body:expr) => {
        struct $name;
        impl Operation for $name {
            const ID: &'static str = "write";
            const METHOD: &'static str = $method;
            const PATH: &'static str = "/things";
            type Output = Value;
            type Error = NoError;
            fn encode(&self, request: &mut Request) -> Result<(), EncodeError> {
                request.json(&$body)
            }
            fn decode(response: RawResponse) -> Result<Response<Value>, Error> {
                match response.status() {
                    200 => response.json(),
                    _ => response.undeclared(),
                }
            }
        }
    };
}

#[derive(serde::Serialize)]
struct Deep {
    list: Vec<Option<Secret>>,
}

fn deep() -> Deep {
    Deep {
        list: vec![None, Some(Secret::new("hunter2"))],
    }
}

operation!(Put, "PUT", json!({"email": "a@example.com"}));
operation!(Patch, "PATCH", json!({"email": "a@example.com"}));
operation!(Post, "POST", json!({"email": "a@example.com"}));
operation!(Delete, "DELETE", json!(null));
operation!(Head, "HEAD", json!(null));
operation!(Options, "OPTIONS", json!(null));
operation!(Password, "PUT", deep());

type Sent<E = NoError> = Result<Response<Value>, Error<E>>;

async fn send<O: Operation<Output = Value>>(client: &Client, operation: &O) -> Sent<O::Error> {
    client.send(operation, CallOptions::default()).await
}

async fn send_repeatable<O: Operation<Output = Value, Error = NoError>>(
    client: &Client,
    operation: &O,
) -> Sent {
    let mut options = CallOptions::default();
    options.repeatable();
    client.send(operation, options).await
}

#[tokio::test]
async fn a_read_that_fails_twice_is_sent_three_times() {
    for status in [500, 502, 503, 504, 429] {
        let server = Fault::start(move |number| {
            let status = if number < 2 { status } else { 200 };
            vec![Step::Send(answer(status, "", "{}")), Step::Keep]
        })
        .await;
        let (client, clock) = impatient(&server.url);
        assert!(send(&client, &PLAIN).await.is_ok());
        assert_eq!((server.count(), clock.waits().len()), (3, 2), "{status}");
    }
}

#[tokio::test]
async fn after_three_attempts_it_says_so() {
    let server = Fault::statuses(&[503]).await;
    let (client, clock) = impatient(&server.url);
    let error = send(&client, &PLAIN).await.unwrap_err();
    assert!(matches!(&error, Error::RetriesExhausted(e) if e.attempts() == 3));
    assert!(matches!(error.cause(), Error::Unexpected(_)), "{error:?}");
    assert!(error.is_exhausted() && error.is_server_error());
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.count(), 3);
    // Half of 200 ms, and half of twice that.
    let millis = Duration::from_millis;
    assert_eq!(clock.waits(), [millis(100), millis(200)]);
    let text = error.to_string();
    assert!(
        text.contains("3 attempts") && text.contains("503"),
        "{text}"
    );
}

#[tokio::test]
async fn a_write_that_may_have_been_done_is_sent_once() {
    let unclear: [fn() -> Vec<Step>; 5] = [
        || vec![Step::Send(answer(500, "", "{}")), Step::Keep],
        || vec![Step::Send(answer(503, "", "{}")), Step::Keep],
        || vec![Step::Reset],
        || {
            vec![Step::Send(
                b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec(),
            )]
        },
        || vec![Step::Wait(Duration::from_secs(9))],
    ];
    for fault in unclear {
        let server = Fault::start(move |_| fault()).await;
        let built = builder().base_url(&server.url);
        let client = built
            .attempt_timeout(Duration::from_millis(150))
            .build()
            .unwrap()
            .0;
        assert!(send(&client, &Put).await.unwrap_err().attempts().is_none());
        assert!(send(&client, &Patch).await.is_err());
        assert!(send(&client, &Post).await.is_err());
        assert!(send(&client, &Delete).await.is_err());
        assert!(send_repeatable(&client, &Password).await.is_err());
        assert_eq!(server.count(), 5, "each once");
    }
}

#[tokio::test]
async fn a_write_that_was_said_to_be_repeatable_is_sent_again() {
    for fault in [
        || vec![Step::Send(answer(503, "", "{}")), Step::Keep],
        || vec![Step::Reset],
    ] {
        let server = Fault::start(move |number| match number {
            0 => fault(),
            _ => vec![Step::Send(answer(200, "", "{}")), Step::Keep],
        })
        .await;
        let (client, _) = impatient(&server.url);
        assert!(send_repeatable(&client, &Put).await.is_ok());
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn a_body_with_a_secret_is_not_repeated_whatever_is_said() {
    // The options that generated code does not offer for it.
    let server = Fault::statuses(&[503, 200]).await;
    let (client, _) = impatient(&server.url);
    let error = send_repeatable(&client, &Password).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.count()), (503, 1));
    // The next request of the same thread is another one.
    assert!(send_repeatable(&client, &Put).await.is_ok());
    let mut request = Request::new(stencil_runtime::Method::PUT, "/", "application/json");
    request.header("X-Token", &Secret::new("a")).unwrap();
    request.json(&json!({"a": 1})).unwrap();
    assert!(!request.has_secret_body());
    request.form(&json!({"a": 1})).unwrap();
    request.json(&deep()).unwrap();
    assert!(request.has_secret_body());
    let mut form = Request::new(stencil_runtime::Method::PUT, "/", "application/json");
    form.multipart(|parts| parts.field("token", None, &Secret::new("a")))
        .unwrap();
    assert!(form.has_secret_body());
}

#[tokio::test]
async fn safe_methods_are_sent_again() {
    for number in 0..2 {
        let server = Fault::start(|number| match number {
            0 => vec![Step::Reset],
            _ => vec![Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec())],
        })
        .await;
        let (client, _) = impatient(&server.url);
        match number {
            0 => drop(send(&client, &Head).await),
            _ => drop(send(&client, &Options).await),
        }
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn without_a_connection_any_method_is_tried_three_times() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let (client, clock) = impatient(&format!("http://{free}"));
    for error in [
        send(&client, &Put).await.unwrap_err(),
        send(&client, &Password).await.unwrap_err(),
    ] {
        assert!(error.is_connect() && !error.is_transport(), "{error:?}");
        assert!(matches!(error.cause(), Error::Connect(_)));
        assert_eq!(error.attempts(), Some(3));
    }
    assert_eq!(clock.waits().len(), 4);
}

#[tokio::test]
async fn what_another_attempt_would_not_change_is_sent_once() {
    for status in [400, 401, 403, 404, 406, 409, 415, 422, 501, 505] {
        let server =
            Fault::start(move |_| vec![Step::Send(answer(status, "", "{}")), Step::Keep]).await;
        let (client, _) = impatient(&server.url);
        let error = send(&client, &PLAIN).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!((server.count(), error.attempts()), (1, None), "{status}");
    }
}

/// Tuesday, 2026-11-24, noon, in seconds since 1970.
const NOON: u64 = 1_795_521_600;
const DATE: &str = "Date: Tue, 24 Nov 2026 12:00:00 GMT\r\n";

fn noon_and(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOON.checked_add_signed(seconds).unwrap())
}

/// A server that refuses once, with these headers, and what the client then does whose clock is wrong by so much.
async fn throttled(
    status: u16,
    headers: &str,
    skew: i64,
    random: f64,
) -> (Sent, Vec<Duration>, usize) {
    let first = answer(status, headers, "{}");
    let server = Fault::start(move |number| {
        let bytes = if number == 0 {
            first.clone()
        } else {
            answer(200, "", "{}")
        };
        vec![Step::Send(bytes), Step::Keep]
    })
    .await;
    let clock = Standing::at(noon_and(skew), random);
    let client = builder()
        .base_url(&server.url)
        .clock(clock.clone())
        .build()
        .unwrap()
        .0;
    // A write: 429 says that nothing was done.
    let sent = if status == 429 {
        send(&client, &Password).await
    } else {
        send(&client, &Options).await
    };
    (sent, clock.waits(), server.count())
}

#[tokio::test]
async fn a_reset_is_waited_for_by_the_servers_clock() {
    for (skew, random) in [(0, 0.0), (3600, 0.5), (-3600, 0.999)] {
        for name in [
            "X-RateLimit-Reset",
            "x-ratelimit-reset",
            "X-RATELIMIT-RESET",
        ] {
            let headers = format!("{DATE}{name}: {}\r\n", NOON + 2);
            let (sent, waits, count) = throttled(429, &headers, skew, random).await;
            assert!(sent.is_ok());
            assert_eq!((waits.len(), count), (1, 2));
            let seconds = waits[0].as_secs_f64();
            assert!(
                (2.0..=3.0).contains(&seconds),
                "{seconds} s, {skew} s, {name}"
            );
        }
    }
}

#[tokio::test]
async fn a_reset_that_makes_no_sense_is_no_reset() {
    let past = (NOON - 7).to_string();
    let values = [
        past.as_str(),
        "0",
        "-5",
        "9223372036854775808",
        "99999999999999999999999",
        "soon",
        "1e9",
        "\u{fc}",
        "",
    ];
    for value in values {
        for random in [0.0, 0.999_999] {
            let headers = format!("{DATE}X-RateLimit-Reset: {value}\r\n");
            let (sent, waits, _) = throttled(429, &headers, 0, random).await;
            assert!(sent.is_ok(), "{value}");
            let allowed = Duration::from_millis(50)..=Duration::from_secs(20);
            assert!(allowed.contains(&waits[0]), "{value}: {:?}", waits[0]);
        }
    }
    let (sent, waits, _) = throttled(429, "", 0, 0.0).await;
    assert!(sent.is_ok());
    assert_eq!(waits, [Duration::from_millis(50)]);
}

/// Time of day of the moments in these tests, as RFC 9110 §5.6.7 writes it.
fn httpdate_of(time: SystemTime) -> String {
    let seconds = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs()
        % 86_400;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02} GMT", seconds % 60)
}

#[tokio::test]
async fn a_wait_beyond_cap_or_deadline_ends_the_call_at_once() {
    // The cap is 60 s, as is the deadline.
    for (headers, wait) in [
        (
            format!("{DATE}X-RateLimit-Reset: {}\r\n", NOON + 3600),
            3600,
        ),
        (format!("{DATE}Retry-After: 61\r\n"), 61),
        (format!("{DATE}Retry-After: 60\r\n"), 60),
        (
            format!("{DATE}Retry-After: Tue, 24 Nov 2026 13:00:00 GMT\r\n"),
            3600,
        ),
    ] {
        let start = Instant::now();
        let (sent, waits, count) = throttled(429, &headers, 3600, 0.5).await;
        let error = sent.unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(1));
        let Error::RateLimited(limited) = &error else {
            panic!("{error:?}");
        };
        assert!(error.is_rate_limited());
        assert_eq!(limited.until(), Some(noon_and(3600 + wait)));
        assert_eq!(limited.attempts(), 1);
        assert_eq!(limited.last().status().unwrap().as_u16(), 429);
        let until = httpdate_of(noon_and(3600 + wait));
        assert!(error.to_string().contains(&until), "{error}");
        // By the local clock, which is an hour before the server's here.
        assert_eq!(error.limited_until(), Some(noon_and(3600 + wait)));
        assert_eq!((waits.len(), count, error.attempts()), (0, 1, Some(1)));
    }
}

/// With a cap far below the deadline: the cap itself is waited for, and no more than it.
#[tokio::test]
async fn the_cap_of_what_the_server_asks_for_is_its_own() {
    for (seconds, is_waited_for) in [(4, true), (5, true), (6, false)] {
        let header = format!("Retry-After: {seconds}\r\n");
        let first = answer(503, &header, "{}");
        let server = Fault::start(move |number| {
            let bytes = match number {
                0 => first.clone(),
                _ => answer(200, "", "{}"),
            };
            vec![Step::Send(bytes), Step::Keep]
        })
        .await;
        let clock = Standing::at(SystemTime::now(), 0.0);
        let built = builder().base_url(&server.url).clock(clock.clone());
        let built = built.max_server_wait(Duration::from_secs(5));
        let client: Client = built.build().unwrap().0;
        let sent = client.send(&PLAIN, CallOptions::default()).await;
        assert_eq!(sent.is_ok(), is_waited_for, "{seconds}");
        let expected = is_waited_for.then(|| Duration::from_secs(seconds));
        assert_eq!(clock.waits(), expected.into_iter().collect::<Vec<_>>());
    }
}

/// Where chance gives nothing: only after 429 is there a least wait.
#[tokio::test]
async fn the_least_wait_is_for_too_many_requests_alone() {
    for (status, least) in [(429, 50), (503, 0)] {
        let (sent, waits, _) = throttled(status, "", 0, 0.0).await;
        sent.unwrap();
        assert_eq!(waits, [Duration::from_millis(least)], "{status}");
    }
}

#[tokio::test]
async fn what_the_server_asks_for_is_waited_for() {
    let soon = "Tue, 24 Nov 2026 12:00:09 GMT";
    for (status, headers, seconds) in [
        (429, "Retry-After: 7\r\n".to_owned(), 7),
        (503, "Retry-After: 7\r\n".to_owned(), 7),
        (429, format!("{DATE}Retry-After: {soon}\r\n"), 9),
        (503, format!("{DATE}Retry-After: {soon}\r\n"), 9),
        // The later of both.
        (
            429,
            format!(
                "{DATE}Retry-After: 4\r\nX-RateLimit-Reset: {}\r\n",
                NOON + 8
            ),
            8,
        ),
        (
            429,
            format!(
                "{DATE}Retry-After: 12\r\nX-RateLimit-Reset: {}\r\n",
                NOON + 8
            ),
            12,
        ),
        // A period of requests says nothing about a server that fails.
        (
            503,
            format!(
                "{DATE}Retry-After: 4\r\nX-RateLimit-Reset: {}\r\n",
                NOON + 8
            ),
            4,
        ),
    ] {
        let (_, waits, count) = throttled(status, &headers, 0, 0.0).await;
        assert_eq!(waits, [Duration::from_secs(seconds)], "{status} {headers}");
        assert_eq!(count, 2);
    }
    // A failure that asks for too much is what it is, and not a rate limit.
    let (sent, waits, _) = throttled(503, "Retry-After: 3600\r\n", 0, 0.0).await;
    let error = sent.unwrap_err();
    assert!(
        matches!(error, Error::Unexpected(_)) && waits.is_empty(),
        "{error:?}"
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[tokio::test]
async fn an_outage_is_not_made_worse() {
    // 500 tokens at 14 each are 35 retries, and 10 tokens are left: 3 successes do not pay for another one, 4 do.
    let server = Fault::start(|number| {
        let status = if matches!(number, 1035..=1037 | 1039) {
            200
        } else {
            503
        };
        vec![Step::Send(answer(status, "", "{}")), Step::Keep]
    })
    .await;
    let (client, _) = impatient(&server.url);
    for number in 0..1000 {
        // Clones share the budget.
        let client = client.clone();
        assert!(send(&client, &PLAIN).await.is_err(), "{number}");
    }
    assert_eq!(server.count(), 1035);
    for _ in 0..3 {
        assert!(send(&client, &PLAIN).await.is_ok());
    }
    let error = send(&client, &PLAIN).await.unwrap_err();
    assert_eq!((server.count(), error.attempts()), (1039, None));
    assert!(send(&client, &PLAIN).await.is_ok());
    let error = send(&client, &PLAIN).await.unwrap_err();
    assert_eq!((server.count(), error.attempts()), (1042, Some(2)));
}

#[tokio::test]
async fn a_request_is_sent_again_byte_for_byte() {
    let server = Fault::statuses(&[503, 503, 200]).await;
    let (client, _) = impatient(&server.url);
    let mut options = CallOptions::default();
    options.repeatable();
    options.header("X-Own", "1".to_owned());
    client.send(&Post, options).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    let distinct: BTreeSet<&[u8]> = requests.iter().map(Vec::as_slice).collect();
    assert_eq!(distinct.len(), 1);
    let text = String::from_utf8(requests[0].clone())
        .unwrap()
        .to_lowercase();
    assert_eq!(text.matches("authorization:").count(), 1);
    assert!(text.ends_with(r#"{"email":"a@example.com"}"#), "{text}");
}

#[tokio::test]
async fn attempts_can_be_set_on_the_client_and_on_the_call() {
    let server = Fault::statuses(&[503]).await;
    let clock = Standing::at(SystemTime::now(), 1.0);
    let built = builder()
        .base_url(&server.url)
        .clock(clock.clone())
        .attempts(5);
    let first = Duration::from_secs(1);
    let client = built
        .backoff(first, Duration::from_secs(5))
        .build()
        .unwrap()
        .0;
    assert!(send(&client, &PLAIN).await.is_err());
    assert_eq!(server.count(), 5);
    // Doubled, up to the bound.
    let seconds: Vec<u64> = clock.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [1, 2, 4, 5]);
    let mut off = CallOptions::default();
    off.attempts(1);
    let error = client.send(&PLAIN, off).await.unwrap_err();
    assert!(
        matches!(error, Error::Unexpected(_)),
        "one attempt is no retry: {error:?}"
    );
    assert_eq!(server.count(), 6);
    let mut none = CallOptions::default();
    none.attempts(0);
    assert!(client.send(&PLAIN, none).await.unwrap_err().is_request());
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_not_asked_for_again() {
    let server = Fault::start(|_| vec![Step::Send(answer(200, "", "{")), Step::Keep]).await;
    assert!(
        send(&client(&server.url), &PLAIN)
            .await
            .unwrap_err()
            .is_decode()
    );
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_refusal_to_wait_is_made_before_the_budget_is_spent() {
    // 500 tokens are 100 retries after 429; calls that end at once cost none.
    let server = Fault::start(|number| {
        let headers = if number < 200 {
            "Retry-After: 3600\r\n"
        } else {
            ""
        };
        let status = if number < 200 || number % 2 == 0 {
            429
        } else {
            200
        };
        vec![Step::Send(answer(status, headers, "{}")), Step::Keep]
    })
    .await;
    let (client, _) = impatient(&server.url);
    for _ in 0..200 {
        assert!(send(&client, &PLAIN).await.unwrap_err().is_rate_limited());
    }
    for _ in 0..100 {
        assert!(send(&client, &PLAIN).await.is_ok());
    }
    assert_eq!(server.count(), 400);
}
