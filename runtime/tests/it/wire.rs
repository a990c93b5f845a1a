//! What goes over the wire, and what happens when the wire fails.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use stencil_runtime::{CallOptions, Error, Phase, Refusal};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Elsewhere, Get, GetError, KEY, PLAIN, builder, client};

type Sent = Result<stencil_runtime::Response<serde_json::Value>, Error<GetError>>;

async fn get(base_url: &str) -> Sent {
    client(base_url).send(&PLAIN, CallOptions::default()).await
}

/// A server that reads a request, answers with these bytes, and closes after `open`.
async fn raw(answer: Vec<u8>, open: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&answer).await;
                tokio::time::sleep(open).await;
            });
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_request_says_who_asks_and_for_what() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/prefix/things/1"))
        .and(header("authorization", format!("Bearer {KEY}").as_str()))
        .and(header("accept", "application/json"))
        .and(header("user-agent", "test/1"))
        .and(header("x-own", "yes"))
        .respond_with(ResponseTemplate::new(200).set_body_json(serde_json::json!({ "a": 1 })))
        .expect(1)
        .mount(&server)
        .await;
    let mut options = CallOptions::default();
    options.header("X-Own", "yes".to_owned());
    let client = client(&format!("{}/prefix/", server.uri()));
    let response = client.send(&PLAIN, options).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response["a"], 1);
}

#[tokio::test]
async fn a_call_cannot_replace_credentials_or_framing() {
    for name in [
        "Authorization",
        "host",
        "Content-Length",
        "Transfer-Encoding",
    ] {
        let mut options = CallOptions::default();
        options.header(name, "x".to_owned());
        // Nothing listens there: it fails before it is sent.
        let error = client("http://127.0.0.1:9")
            .send(&PLAIN, options)
            .await
            .unwrap_err();
        assert!(error.is_request(), "{name}: {error}");
    }
    for (name, value) in [
        ("X-A", "a\r\nX-B: c"),
        ("X A", "a"),
        ("", "a"),
        ("X-A\r\nX-B", "a"),
    ] {
        let mut options = CallOptions::default();
        options.header(name, value.to_owned());
        let error = client("http://127.0.0.1:9")
            .send(&PLAIN, options)
            .await
            .unwrap_err();
        assert!(error.is_request(), "{name}: {error}");
    }
}

#[tokio::test]
async fn rate_limits_are_read_from_successes_and_errors() {
    let later = SystemTime::now() + Duration::from_secs(100);
    let reset = later.duration_since(UNIX_EPOCH).unwrap().as_secs();
    for status in [200, 429] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status)
            .insert_header("X-RateLimit-Limit", "600")
            .insert_header("X-RateLimit-Remaining", "0")
            .insert_header("X-RateLimit-Reset", reset.to_string())
            .insert_header("Retry-After", "7")
            .set_body_string("{}");
        Mock::given(method("GET"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let (limit, retry_after) = match get(&server.uri()).await {
            Ok(response) => (response.rate_limit(), response.parts().retry_after()),
            Err(error) => {
                assert!(error.is_rate_limited());
                (error.rate_limit(), error.retry_after())
            }
        };
        let limit = limit.unwrap();
        assert_eq!((limit.limit, limit.remaining), (Some(600), Some(0)));
        assert_eq!(limit.reset, Some(UNIX_EPOCH + Duration::from_secs(reset)));
        let left = limit.until_reset().unwrap();
        assert!((90..=100).contains(&left.as_secs()), "{left:?}");
        assert_eq!(retry_after, Some(Duration::from_secs(7)));
    }
}

#[tokio::test]
async fn rate_limit_headers_that_are_no_numbers_are_none() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200)
        .insert_header("X-RateLimit-Limit", "-1")
        .insert_header("X-RateLimit-Reset", "99999999999999999999")
        .insert_header("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")
        .set_body_string("{}");
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let response = get(&server.uri()).await.unwrap();
    assert_eq!(response.rate_limit(), None);
    assert_eq!(
        response.parts().retry_after(),
        Some(Duration::ZERO),
        "a date that has passed"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200))
        .expect(0)
        .mount(&elsewhere)
        .await;
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status)
            .insert_header("Location", format!("{}/things/1", elsewhere.uri()).as_str());
        Mock::given(method("GET"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let error = get(&server.uri()).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(error.to_string().contains("redirect"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_from_another_origin_is_refused() {
    // A client of the user's own that follows redirects, as reqwest does unless told otherwise.
    let elsewhere = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
        .mount(&elsewhere)
        .await;
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(307)
        .insert_header("Location", format!("{}/things/1", elsewhere.uri()).as_str());
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let own = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = builder()
        .base_url(server.uri())
        .http_client(own)
        .build()
        .unwrap()
        .0;
    let error = client
        .send(&PLAIN, CallOptions::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused(Refusal::Origin)), "{error}");
    // Another port is another origin (RFC 6454 §4), to which reqwest itself sends no credentials.
    let received = elsewhere.received_requests().await.unwrap();
    assert!(
        received
            .iter()
            .all(|request| !request.headers.contains_key("authorization"))
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_an_error_whether_it_says_so_or_not() {
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n[".to_vec();
    let mut chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..40 {
        chunked.extend_from_slice(b"100\r\n");
        chunked.extend_from_slice(&[b' '; 256]);
        chunked.extend_from_slice(b"\r\n");
    }
    for answer in [announced, chunked] {
        let url = raw(answer, Duration::from_secs(5)).await;
        let client = builder()
            .base_url(url)
            .max_response_size(4096)
            .build()
            .unwrap()
            .0;
        let start = Instant::now();
        let error = client
            .send(&PLAIN, CallOptions::default())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::TooLarge(_, 4096)), "{error}");
        assert_eq!(error.status().unwrap(), 200);
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "it did not wait for the rest"
        );
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let server = MockServer::start().await;
    let body = format!("\"{}\"", "x".repeat(4094));
    let answer = ResponseTemplate::new(200).set_body_string(body);
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = builder()
        .base_url(server.uri())
        .max_response_size(4096)
        .build()
        .unwrap()
        .0;
    assert!(client.send(&PLAIN, CallOptions::default()).await.is_ok());
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_an_error() {
    let answers: [&[u8]; 3] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
    ];
    for answer in answers {
        let url = raw(answer.to_vec(), Duration::ZERO).await;
        let error = get(&url).await.unwrap_err();
        assert!(error.is_transport(), "{error:?}");
        assert!(!error.to_string().contains(&url), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_says_so() {
    let free = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let error = get(&format!("http://{free}")).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn a_slow_answer_ends_at_the_attempts_deadline() {
    let url = raw(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".to_vec(),
        Duration::from_secs(30),
    )
    .await;
    let client = builder()
        .base_url(url)
        .attempt_timeout(Duration::from_millis(100))
        .build()
        .unwrap()
        .0;
    let start = Instant::now();
    let error = client
        .send(&PLAIN, CallOptions::default())
        .await
        .unwrap_err();
    assert!(
        matches!(error.cause(), Error::Timeout(Phase::Attempt)),
        "{error:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_calls_own_deadline_wins_both_ways() {
    let url = raw(b"".to_vec(), Duration::from_secs(30)).await;
    let mut options = CallOptions::default();
    options.timeout(Duration::from_millis(100));
    let error = client(&url).send(&PLAIN, options).await.unwrap_err();
    assert!(
        matches!(error, Error::Timeout(Phase::Operation)),
        "{error:?}"
    );

    // Longer than an attempt has: the attempt has it too.
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200)
        .set_body_string("{}")
        .set_delay(Duration::from_millis(400));
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = builder()
        .base_url(server.uri())
        .attempt_timeout(Duration::from_millis(100))
        .build()
        .unwrap()
        .0;
    let mut options = CallOptions::default();
    options.timeout(Duration::from_secs(20));
    assert!(client.send(&PLAIN, options).await.is_ok());
}

#[tokio::test]
async fn an_argument_that_cannot_be_sent_sends_nothing() {
    let server = MockServer::start().await;
    let bad = Get(|request| request.path("id", ".."));
    let error = client(&server.uri())
        .send(&bad, CallOptions::default())
        .await
        .unwrap_err();
    assert!(error.is_request());
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[test]
fn a_base_url_is_https_or_loopback() {
    for url in [
        "http://api.example.com",
        "ftp://127.0.0.1",
        "http://127.0.0.1.example.com",
        "//x",
        "",
    ] {
        assert!(builder().base_url(url).build().is_err(), "{url}");
    }
    for url in [
        "https://api.example.com",
        "http://127.0.0.1:1",
        "http://localhost",
        "http://[::1]:1/x",
    ] {
        assert!(builder().base_url(url).build().is_ok(), "{url}");
    }
}

#[test]
fn an_operation_may_have_a_server_of_its_own() {
    let uri = |client: &stencil_runtime::Client| {
        client
            .request(&Elsewhere, &CallOptions::default())
            .unwrap()
            .uri()
            .to_string()
    };
    assert_eq!(
        uri(&builder().build().unwrap().0),
        "https://other.example.com/v2/there"
    );
    // A base URL of the program's own, a mock server perhaps, counts for all.
    assert_eq!(
        uri(&client("http://127.0.0.1:9")),
        "http://127.0.0.1:9/there"
    );
}
