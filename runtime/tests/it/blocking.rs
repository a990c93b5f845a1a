//! Calls from threads without an async runtime.

use stencil_runtime::{CallOptions, Error, Refusal};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{PLAIN, client};

#[test]
fn a_blocking_call_works_without_a_runtime() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(async {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(200).set_body_string("[1]");
        Mock::given(method("GET"))
            .respond_with(answer)
            .mount(&server)
            .await;
        server
    });
    let client = client(&server.uri());
    for _ in 0..3 {
        let response = client
            .send_blocking(&PLAIN, CallOptions::default())
            .unwrap();
        assert_eq!(response[0], 1);
    }
}

#[tokio::test]
async fn a_blocking_call_in_a_task_is_an_error_and_no_panic() {
    let error = client("http://127.0.0.1:9")
        .send_blocking(&PLAIN, CallOptions::default())
        .unwrap_err();
    assert!(
        matches!(error, Error::Refused(Refusal::Blocking)),
        "{error}"
    );
    assert!(error.to_string().contains(".await"), "{error}");
}
