//! What an error of each kind says of itself, and what the server answered.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::time::Duration;

use stencil_runtime::{CallOptions, Error, Phase, Refusal};
use tokio::net::TcpListener;

use crate::fault::{Fault, Step};
use crate::support::{Get, GetError, PLAIN, builder};

type Failed = Error<GetError>;
type Asked = (&'static str, fn(&Failed) -> bool);

/// Everything that can be asked.
const ASKED: [Asked; 15] = [
    ("rate_limited", Failed::is_rate_limited),
    ("unauthorized", Failed::is_unauthorized),
    ("forbidden", Failed::is_forbidden),
    ("not_found", Failed::is_not_found),
    ("client_error", Failed::is_client_error),
    ("server_error", Failed::is_server_error),
    ("timeout", Failed::is_timeout),
    ("connect", Failed::is_connect),
    ("request", Failed::is_request),
    ("decode", Failed::is_decode),
    ("configuration", Failed::is_configuration),
    ("transport", Failed::is_transport),
    ("redirect", Failed::is_redirect),
    ("too_large", Failed::is_too_large),
    ("exhausted", Failed::is_exhausted),
];

/// An error is just what it is asked for here.
fn is_just(error: &Failed, expected: &[&str]) {
    let said = ASKED.iter().filter(|(_, ask)| ask(error));
    let said: BTreeSet<&str> = said.map(|(name, _)| *name).collect();
    assert_eq!(said, expected.iter().copied().collect(), "{error:?}");
    assert!(!error.to_string().is_empty());
}

async fn failed(base_url: &str, operation: &Get, attempts: u32) -> Failed {
    let client = builder()
        .base_url(base_url)
        .attempts(attempts)
        .attempt_timeout(Duration::from_millis(300))
        .max_response_size(64)
        .build()
        .unwrap();
    let sent = client.0.send(operation, CallOptions::default()).await;
    sent.unwrap_err()
}

/// RFC 9110 §15 for what the statuses mean.
#[tokio::test]
async fn an_answer_is_what_its_status_says_and_is_kept() {
    let fits = r#"{"code":7,"message":"Not this."}"#;
    let large = "x".repeat(65);
    let cases: [(u16, &str, &[&str]); 9] = [
        (404, fits, &["not_found", "client_error"]),
        (401, fits, &["unauthorized", "client_error"]),
        (403, fits, &["forbidden", "client_error"]),
        (418, fits, &["client_error"]),
        (429, fits, &["rate_limited", "client_error"]),
        (500, fits, &["server_error"]),
        (308, fits, &["redirect"]),
        (200, "no json", &["decode"]),
        (200, &large, &["too_large"]),
    ];
    for (status, body, expected) in cases {
        let answer = format!(
            "HTTP/1.1 {status} X\r\nX-Request-Id: r-1\r\nRetry-After: 7200\r\nX-RateLimit-Remaining: 3\r\n\
             Location: https://example.com/\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let server = Fault::start(move |_| vec![Step::Send(answer.clone().into())]).await;
        let error = failed(&server.url, &PLAIN, 1).await;
        is_just(&error, expected);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7200)));
        assert_eq!(error.rate_limit().unwrap().remaining, Some(3));
        let kept = error.body().unwrap();
        assert!(body.as_bytes().starts_with(kept), "{kept:?}");
        assert_eq!(kept.len() == body.len(), body != large);
        assert_eq!(error.excerpt().as_deref(), std::str::from_utf8(kept).ok());
        let message = (body == fits).then_some("Not this.");
        assert_eq!(error.message().as_deref(), message);
        let declared = error
            .declared()
            .map(|GetError::NotFound(answer)| answer.code);
        assert_eq!(declared, (status == 404).then_some(7));
        let told = match expected {
            ["too_large"] => "larger than 64 bytes".to_owned(),
            _ => status.to_string(),
        };
        assert!(error.to_string().contains(&told), "{error}");
        if let Error::Decode(error) = &error {
            let told = error.to_string();
            assert!(told.contains("not what the document says") && told.contains(error.mismatch()));
            assert_eq!((error.path(), error.parts().status().as_u16()), (".", 200));
            assert!(error.mismatch().contains("line 1"), "{}", error.mismatch());
            assert!(format!("{error:?}").contains(error.mismatch()));
        }
        if let Error::Unexpected(error) = &error {
            assert_eq!(error.excerpt(), fits);
            assert!(format!("{error:?}").contains(&status.to_string()));
        }
        // What is behind the limit is the answer itself.
        let behind = error.source().map(ToString::to_string);
        assert_eq!(behind.is_some(), status == 429, "{error:?}");
        assert_eq!(error.attempts(), (status == 429).then_some(1));
        // Without the operation's own type it says the same.
        let erased = error.erase();
        assert_eq!(erased.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(erased.message().as_deref(), message);
        let erased = erased.body().map(stencil_runtime::Bytes::len);
        assert_eq!(erased, Some(kept_len(body)));
    }
}

/// What is kept of a body of which 64 bytes are read.
fn kept_len(body: &str) -> usize {
    if body.len() > 64 { 0 } else { body.len() }
}

/// A caller must know whether the server may have done what was asked.
#[test]
fn what_was_refused_or_took_too_long_says_what_was_sent() {
    let told = |phase: Phase| Failed::Timeout(phase).to_string();
    assert!(told(Phase::Connect).contains("nothing was sent"));
    for phase in [Phase::Attempt, Phase::Operation] {
        assert!(told(phase).contains("may still have done what was asked"));
    }
    let told = |refusal: Refusal| Failed::from(refusal).to_string();
    assert!(told(Refusal::Origin).contains("another origin"));
    assert!(told(Refusal::Blocking).contains("`.await`"));
    assert!(told(Refusal::Runtime).contains("could not be started"));
}

#[test]
fn a_client_that_cannot_be_built_says_what_is_wrong() {
    let wrong = builder().base_url("ftp://example.com").build();
    let error = Failed::from(wrong.err().unwrap());
    is_just(&error, &["configuration"]);
    assert_eq!(error.source().unwrap().to_string(), error.to_string());
}

#[tokio::test]
async fn without_an_answer_there_is_none() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let resets = Fault::start(|_| vec![Step::Send(b"HTTP/1.1 2".into())]).await;
    let silent = Fault::start(|_| vec![Step::Wait(Duration::from_secs(5))]).await;
    let unset = Get(|_| Ok(()));
    let cases: [(&str, &Get, u32, &[&str], bool); 5] = [
        (&closed, &PLAIN, 1, &["connect"], true),
        (&resets.url, &PLAIN, 1, &["transport"], true),
        (&silent.url, &PLAIN, 1, &["timeout"], false),
        (&closed, &unset, 1, &["request"], true),
        (&resets.url, &PLAIN, 2, &["transport", "exhausted"], true),
    ];
    for (url, operation, attempts, expected, has_source) in cases {
        let error = failed(url, operation, attempts).await;
        is_just(&error, expected);
        assert_eq!(error.source().is_some(), has_source, "{error:?}");
        if let Error::Connect(failed) | Error::Transport(failed) = error.cause() {
            assert!(failed.source().is_some());
            assert!(format!("{failed:?}").contains(&failed.to_string()));
        }
        assert_eq!(error.attempts(), (attempts > 1).then_some(attempts));
        assert!(error.status().is_none() && error.headers().is_none() && error.body().is_none());
        assert!(error.message().is_none() && error.excerpt().is_none());
        assert!(error.request_id().is_none() && error.rate_limit().is_none());
        assert!(error.retry_after().is_none() && error.declared().is_none());
        assert!(error.limited_until().is_none());
    }
}
