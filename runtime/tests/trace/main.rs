//! What a log gets to see: a program of its own, as `tracing` remembers who listens for the whole process.

#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

// What only the other tests use.
#[allow(dead_code)]
#[path = "../it/fault.rs"]
mod fault;
#[allow(dead_code)]
#[path = "../it/support.rs"]
mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};

use stencil_runtime::CallOptions;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::fault::{Fault, Step, answer};
use crate::support::{Get, PLAIN, builder, client};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// What is logged while this guard lives.
    fn listen(&self, level: tracing::Level) -> tracing::subscriber::DefaultGuard {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(self.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[tokio::test]
async fn a_trace_has_an_event_for_each_attempt_by_the_names_of_opentelemetry() {
    let server = Fault::start(|number| match number {
        0 => vec![Step::Reset],
        1 => vec![Step::Send(answer(503, "", "{}")), Step::Keep],
        _ => vec![Step::Send(answer(504, "", "{}")), Step::Keep],
    })
    .await;
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let log = Log::default();
    let guard = log.listen(tracing::Level::DEBUG);
    let client = builder().base_url(&server.url).build().unwrap().0;
    assert!(client.send(&PLAIN, CallOptions::default()).await.is_err());
    drop(guard);
    let text = log.text();
    let attempts: Vec<&str> = text
        .lines()
        .filter(|line| line.contains(": attempt"))
        .collect();
    assert_eq!(attempts.len(), 3, "{text}");
    let expected = [
        (0, "error.type=\"transport\""),
        (1, "http.response.status_code=503 error.type=\"503\""),
        (2, "http.response.status_code=504 error.type=\"504\""),
    ];
    for (line, (number, said)) in attempts.iter().zip(expected) {
        let count = format!("http.request.resend_count={number}");
        assert!(line.contains(&count) && line.contains(said), "{line}");
    }
    let closed: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("stencil") && line.contains(": close"))
        .collect();
    assert_eq!(closed.len(), 1, "one span: {text}");
    for said in [
        "http.request.method=\"GET\"",
        "url.template=\"/things/{id}\"",
        "server.address=\"127.0.0.1\"",
        &format!("server.port={port}"),
        "http.response.status_code=504",
        "error.type=\"504\"",
        "http.request.resend_count=2",
        "otel.kind=\"client\"",
    ] {
        assert!(closed[0].contains(said), "{said}: {}", closed[0]);
    }
}

#[tokio::test]
async fn a_trace_has_the_operation_and_no_values() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(404).set_body_string("{\"code\":\"hunter2\"}");
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let log = Log::default();
    let guard = log.listen(tracing::Level::TRACE);
    let call = Get(|request| {
        request.path("id", "hunter2")?;
        request.query("token", "hunter2")?;
        request.header("X-Token", "hunter2")
    });
    let mut options = CallOptions::default();
    options.header("X-Other", "hunter2".to_owned());
    drop(client(&server.uri()).send(&call, options).await);
    drop(guard);
    let text = log.text();
    // Lines of other crates below ours may hold a path; ours never do.
    let ours: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("stencil"))
        .collect();
    assert!(!ours.is_empty(), "{text}");
    for line in ours {
        assert!(
            !line.contains("hunter2") && !line.contains("very-secret"),
            "{line}"
        );
    }
    assert!(!text.contains("very-secret"), "the key is in nobody's line");
    assert!(
        text.contains("/things/{id}") && text.contains("404"),
        "{text}"
    );
}
