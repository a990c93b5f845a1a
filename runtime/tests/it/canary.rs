//! Credentials and secrets are in nothing that a program might print, whatever goes wrong.

use std::error::Error as _;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;
use stencil_runtime::{
    ApiKey, Auth, CallOptions, ClientBuilder, EncodeError, Error, NoError, Operation, RawResponse,
    Request, Response, Secret,
};

use crate::fault::{Fault, Step, answer};
use crate::support::TestClient;

/// In the key, the password, an argument of each place, and what the server answers.
const CANARIES: [&str; 6] = [
    "canary-key",
    "canary-pass",
    "canary-path",
    "canary-query",
    "canary-header",
    "canary-answer",
];

#[derive(Debug, Clone, serde::Serialize)]
struct Body {
    password: Secret,
}

struct Change(Body);

impl Operation for Change {
    const ID: &'static str = "change";
    const METHOD: &'static str = "PUT";
    const PATH: &'static str = "/things/{id}";
    type Output = Value;
    type Error = NoError;
    fn encode(&self, request: &mut Request) -> Result<(), EncodeError> {
        request.path("id", "canary-path")?;
        request.query("token", "canary-query")?;
        request.header("X-Token", "canary-header")?;
        request.json(&self.0)
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error> {
        match response.status() {
            200 => Ok(response.json::<u8, NoError>()?.map(Value::from)),
            _ => response.undeclared(),
        }
    }
}

/// All that the error and those behind it say.
fn said(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        write!(text, " {cause} {cause:?} {cause:#?}").unwrap();
        source = cause.source();
    }
    text
}

fn assert_silent(text: &str, what: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} after {what}: {text}");
    }
    assert!(!text.contains("Y2FuYXJ5"), "in base64 after {what}: {text}");
}

#[tokio::test]
async fn no_error_shows_a_secret_or_what_the_server_said() {
    let location = "Location: /canary-answer\r\nX-A: canary-answer\r\n";
    let faults: Vec<Vec<Step>> = vec![
        vec![Step::Reset],
        vec![Step::Send(b"canary-answer".to_vec())],
        vec![Step::Send(
            b"HTTP/1.1 200 canary-answer\r\nContent-Length: canary-answer\r\n\r\n".to_vec(),
        )],
        vec![Step::Send(
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncanary-answer".to_vec(),
        )],
        vec![Step::Send(answer(200, "", "\"canary-answer\""))],
        vec![Step::Send(answer(200, "", "{\"canary-answer\":1}"))],
        vec![Step::Send(answer(200, "", &"canary-answer".repeat(100)))],
        vec![Step::Send(answer(307, location, "canary-answer"))],
        vec![Step::Send(answer(
            401,
            location,
            "{\"message\":\"canary-answer\"}",
        ))],
        vec![Step::Send(answer(
            429,
            "Retry-After: 9999\r\n",
            "canary-answer",
        ))],
        vec![Step::Send(answer(503, location, "canary-answer"))],
        vec![Step::Wait(Duration::from_millis(200))],
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for fault in faults {
        let what = format!("{fault:?}");
        let server = Fault::start(move |_| fault.clone()).await;
        let password = Secret::new("canary-pass");
        let change = Change(Body { password });
        for auth in [
            Auth::bearer(ApiKey::new("canary-key")),
            Auth::basic("canary-key", ApiKey::new("canary-key")),
            Auth::header("X-Key", ApiKey::new("canary-key")),
            Auth::query("key", ApiKey::new("canary-key")),
            Auth::cookie("key", ApiKey::new("canary-key")),
        ] {
            let built: ClientBuilder<TestClient> = ClientBuilder::new(auth);
            let built = built.base_url(&server.url).max_response_size(1000);
            let built = built.attempt_timeout(Duration::from_millis(100));
            assert_silent(&format!("{built:?}"), "the builder");
            let client = built.build().unwrap().0;
            let mut options = CallOptions::default();
            options.header("X-Own", "canary-header".to_owned());
            assert_silent(
                &format!("{client:?} {options:?} {:?}", change.0),
                "the call",
            );
            let error = client.send(&change, options).await.unwrap_err();
            assert_silent(&said(&error), &what);
            let shown = format!("{error:?}");
            kinds.insert(shown.split('(').next().unwrap().to_owned());
        }
    }
    let expected = [
        "Decode",
        "RateLimited",
        "Redirect",
        "Timeout",
        "TooLarge",
        "Transport",
        "Unexpected",
    ];
    assert!(
        expected.iter().all(|kind| kinds.contains(*kind)),
        "{kinds:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_built_or_sent_does_not_show_it_either() {
    for key in ["canary-key\r\nX: y", "canary-key\0", "canary-key\u{fc}"] {
        for auth in [
            Auth::bearer(ApiKey::new(key)),
            Auth::header("X-Key", ApiKey::new(key)),
            Auth::cookie("key", ApiKey::new(key)),
        ] {
            let built: ClientBuilder<TestClient> = ClientBuilder::new(auth);
            let error = built.build().err().unwrap();
            assert_silent(&said(&Error::from(error)), "a bad key");
        }
    }
    let client = crate::support::client("http://127.0.0.1:9");
    let mut options = CallOptions::default();
    options.header("X-Own", "canary-header\r\nX: y".to_owned());
    let password = Secret::new("canary-pass");
    let error = client
        .send(&Change(Body { password }), options)
        .await
        .unwrap_err();
    assert!(error.is_request());
    assert_silent(&said(&error), "a bad header");
    for url in [
        "https://canary-key:canary-pass@x.example.com",
        "https://x.example.com?canary-query",
    ] {
        let built = crate::support::builder().base_url(url).build();
        assert_silent(&said(&Error::from(built.err().unwrap())), "a bad URL");
    }
}

/// A panic of the program's own, in the middle of a call, says nothing either: nothing of ours is in its text.
#[tokio::test]
async fn a_panic_shows_no_secret() {
    let password = Secret::new("canary-pass");
    let key = ApiKey::new("canary-key");
    let panicked = std::panic::catch_unwind(|| {
        panic!("{:?}", (key.clone(), password.clone()));
    });
    let text = panicked.unwrap_err().downcast::<String>().unwrap();
    assert!(text.contains("redacted"));
    assert_silent(&text, "a panic");
}
