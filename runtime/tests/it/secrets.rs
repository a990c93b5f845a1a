//! What must not be shown is not.

use std::error::Error as _;
use std::fmt::Debug;

use crate::support::{self, Get, GetError, KEY, Problem, TestClient, builder};
use serde_json::{Value, json};
use stencil_runtime::{
    ApiKey, Auth, CallOptions, Error, HeaderMap, Method, NoError, Operation, RawResponse, Request,
    Secret, StatusCode,
};

fn shown(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

#[test]
fn the_key_is_in_no_debug_output() {
    let key = ApiKey::new(KEY);
    let client = builder().build().unwrap().0;
    let mut options = CallOptions::default();
    options.header("X-Token", KEY.to_owned());
    let mut request = Request::new(Method::POST, "/", "application/json");
    request.json(&json!({ "password": KEY })).unwrap();
    request.header("X-Token", KEY).unwrap();
    request.query("token", KEY).unwrap();
    let auths = [
        Auth::bearer(key.clone()),
        Auth::basic(KEY.to_owned(), key.clone()),
        Auth::header("X-Key", key.clone()),
        Auth::query("key", key.clone()),
        Auth::cookie("key", key.clone()),
    ];
    let all: [&dyn Debug; 7] = [
        &key,
        &Secret::new(KEY),
        &builder(),
        &client,
        &options,
        &request,
        &auths,
    ];
    for value in all {
        assert!(!shown(value).contains("very-secret"), "{}", shown(value));
        assert!(!shown(value).contains("dmVyeS"), "{}", shown(value));
    }
}

#[test]
fn the_header_with_the_key_is_marked_sensitive() {
    let request = support::request(|request| request.path("id", "1")).unwrap();
    let header = &request.headers()["authorization"];
    assert_eq!(header.to_str().unwrap(), format!("Bearer {KEY}"));
    assert!(header.is_sensitive());
    assert!(!shown(&request).contains("very-secret"));
}

#[test]
fn a_key_with_a_line_end_is_refused_without_showing_it() {
    let built = stencil_runtime::ClientBuilder::<TestClient>::new(Auth::bearer(ApiKey::new(
        "SG.very\nsecret",
    )))
    .build();
    let error = built.err().unwrap().to_string();
    assert!(
        error.contains("line end") && !error.contains("very"),
        "{error}"
    );
    // At the ends a line end is what files and shells leave there.
    assert!(
        stencil_runtime::ClientBuilder::<TestClient>::new(Auth::bearer(ApiKey::new("SG.x\n")))
            .build()
            .is_ok()
    );
}

#[test]
fn an_empty_key_is_refused() {
    for key in ["", " \n"] {
        let built =
            stencil_runtime::ClientBuilder::<TestClient>::new(Auth::bearer(ApiKey::new(key)))
                .build();
        assert!(built.err().unwrap().to_string().contains("empty"));
    }
}

fn decoded(status: u16, body: &str) -> Error<GetError> {
    let status = StatusCode::from_u16(status).unwrap();
    Get::decode(RawResponse::new(status, HeaderMap::new(), body.to_owned())).unwrap_err()
}

/// Everything that a program might log of an error.
fn logged(error: &Error<GetError>) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        text += &format!(" {cause} {cause:?}");
        source = cause.source();
    }
    text
}

#[test]
fn an_error_does_not_show_the_body() {
    let bodies = [
        r#"{"code":"hunter2"}"#,
        r#"{"code":"missing field hunter2"}"#,
        r#"{"code":", expected hunter2"}"#,
        r#"{"code":" at line hunter2, expected hunter2"}"#,
        r#"{"hunter2":1}"#,
        r#""hunter2""#,
        "hunter2",
    ];
    for body in bodies {
        for status in [200, 404, 500] {
            let response = RawResponse::new(
                StatusCode::from_u16(status).unwrap(),
                HeaderMap::new(),
                body.to_owned(),
            );
            // As a success with another type than this body has.
            let error = response.json::<Problem, GetError>().unwrap_err();
            assert!(!logged(&error).contains("hunter2"), "{}", logged(&error));
            if status != 200 {
                let error = decoded(status, body);
                assert!(!logged(&error).contains("hunter2"), "{}", logged(&error));
                assert_eq!(error.body().unwrap(), body, "but it is there for who asks");
            }
        }
    }
}

#[test]
fn a_declared_error_with_another_body_keeps_status_and_message() {
    let error = decoded(404, r#"{"errors":[{"message":"no such thing"}]}"#);
    assert!(matches!(error, Error::Unexpected(_)));
    assert!(error.is_not_found());
    assert_eq!(error.message().unwrap(), "no such thing");
    assert!(error.to_string().contains("404"), "{error}");

    let error = decoded(404, r#"{"code":7}"#);
    assert!(matches!(&error, Error::Api(GetError::NotFound(response)) if response.code == 7));
    let erased: Error<NoError> = error.erase();
    assert_eq!(erased.status().unwrap(), 404);
}

#[test]
fn a_body_of_another_kind_never_hides_the_status() {
    for body in ["", "<html>", "null", "[]", "{}", "\u{0}", r#"{"code":"x"}"#] {
        for status in [301, 404, 418, 500, 503] {
            assert_eq!(decoded(status, body).status().unwrap(), status, "{body:?}");
        }
    }
}

#[test]
fn a_message_is_bounded_and_has_no_control_characters() {
    let long = json!({ "message": format!("\u{1b}[31m{}", "x".repeat(5000)) }).to_string();
    let message = decoded(500, &long).message().unwrap();
    assert_eq!(message.chars().count(), 500);
    assert!(!message.contains('\u{1b}'));
    // Deep nesting ends.
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(decoded(500, &deep).message(), None);
}

#[test]
fn an_error_is_small() {
    // It stands in the result of every call.
    assert!(
        size_of::<Error<GetError>>() <= 64,
        "{}",
        size_of::<Error<GetError>>()
    );
}

#[test]
fn a_secret_is_sent_as_it_is() {
    let secret: Secret = serde_json::from_value(json!(" pa ss ")).unwrap();
    assert_eq!(secret.expose(), " pa ss ");
    assert_eq!(
        serde_json::to_value(&secret).unwrap(),
        Value::from(" pa ss ")
    );
}

/// In processes of their own, as the variables of this one are those of all tests.
#[test]
fn a_key_from_the_environment_is_there_and_not_empty() {
    const CASE: &str = "STENCIL_TEST_CASE";
    const VARIABLE: &str = "STENCIL_TEST_KEY";
    if let Ok(expected) = std::env::var(CASE) {
        let said = match ApiKey::from_env(VARIABLE) {
            Ok(_) => "read".to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(said.ends_with(&expected), "{said}");
        return;
    }
    for (key, expected) in [
        (Some("k"), "read"),
        (Some(" \n"), "is empty"),
        (None, "is not set"),
    ] {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args([
            "--exact",
            "secrets::a_key_from_the_environment_is_there_and_not_empty",
        ]);
        child.env(CASE, expected).env_remove(VARIABLE);
        if let Some(key) = key {
            child.env(VARIABLE, key);
        }
        let output = child.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{text}"
        );
    }
}
