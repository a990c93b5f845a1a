//! What a log gets to see.

use std::io::Write;
use std::sync::{Arc, Mutex};

use stencil_runtime::CallOptions;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Get, client};

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

#[tokio::test]
async fn a_trace_has_the_operation_and_no_values() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(404).set_body_string("{\"code\":\"hunter2\"}");
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let call = Get(|request| {
        request.path("id", "hunter2")?;
        request.query("token", "hunter2")?;
        request.header("X-Token", "hunter2")
    });
    let mut options = CallOptions::default();
    options.header("X-Other", "hunter2".to_owned());
    drop(client(&server.uri()).send(&call, options).await);
    drop(guard);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
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
