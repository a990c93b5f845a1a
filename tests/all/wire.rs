//! What the client makes of answers.

use std::time::Duration;

use sendgrid_user::{
    ApiKey, Client, Error, ListAccountError, Maybe, Server, Type, UpdateProfileError, UserProfile,
};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn answering(answer: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v3/user/account"))
        .respond_with(answer.clone())
        .mount(&server)
        .await;
    Mock::given(method("PATCH"))
        .and(path("/v3/user/profile"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = Client::builder(ApiKey::new("SG.key"))
        .base_url(server.uri())
        .build()
        .unwrap();
    (server, client)
}

fn status(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

#[tokio::test]
async fn a_success_is_a_typed_body() {
    let answer = status(
        200,
        &json!({ "type": "paid", "reputation": 100, "new": true }),
    );
    let (_server, client) = answering(answer).await;
    let account = client.list_account().await.unwrap();
    assert_eq!(account.r#type, Type::Paid);
    assert!((account.reputation - 100.0).abs() < f64::EPSILON);
}

#[tokio::test]
async fn send_gives_status_and_headers_too() {
    let answer = status(200, &json!({ "type": "free", "reputation": 1.5 }))
        .insert_header("X-Request-Id", "abc")
        .insert_header("X-RateLimit-Remaining", "12");
    let (_server, client) = answering(answer).await;
    let response = client.list_account().send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-request-id"], "abc");
    assert_eq!(response.rate_limit().unwrap().remaining, Some(12));
    assert_eq!(response.r#type, Type::Free);
}

#[tokio::test]
async fn a_declared_error_is_typed() {
    let body =
        json!({ "errors": [{ "message": "authorization required", "field": null, "help": null }] });
    let (_server, client) = answering(status(401, &body)).await;
    match client.update_profile(UserProfile::new()).await.unwrap_err() {
        Error::Api(UpdateProfileError::Unauthorized(response)) => {
            assert_eq!(response.status(), 401);
            let first = &response.errors.as_ref().unwrap()[0];
            assert_eq!(first.message.as_deref(), Some("authorization required"));
            assert_eq!(first.field, Maybe::Null);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_exact_status_wins_over_a_range() {
    // OpenAPI 3.1 §4.8.16.2: "the explicit code definition takes precedence".
    let (_server, client) = answering(status(403, &json!({}))).await;
    let error = client.update_profile(UserProfile::new()).await.unwrap_err();
    assert!(
        matches!(error, Error::Api(UpdateProfileError::ClientError(_))),
        "{error:?}"
    );
    assert!(error.is_forbidden() && error.is_client_error() && !error.is_server_error());
    let (_server, client) = answering(status(502, &json!({}))).await;
    let error = client.list_account().await.unwrap_err();
    assert!(
        matches!(error.declared(), Some(ListAccountError::ServerError(_))),
        "{error:?}"
    );
    assert_eq!(
        error.attempts(),
        Some(3),
        "a read that failed is sent again"
    );
}

#[tokio::test]
async fn the_shapes_that_the_live_api_sends_keep_status_and_message() {
    let shapes = [
        (
            json!({ "errors": [{ "message": "m", "field": null, "help": null }] }),
            Some("m"),
        ),
        (
            json!({ "errors": [{ "message": "m", "help": "https://x" }] }),
            Some("m"),
        ),
        (
            json!({ "errors": [{ "message": "m", "help": { "a": 1 } }] }),
            Some("m"),
        ),
        (
            json!({ "errors": [{ "message": "m", "error_id": "x", "parameter": "y" }] }),
            Some("m"),
        ),
        (json!({ "errors": ["m"] }), Some("m")),
        (json!({ "error": "m" }), Some("m")),
        (json!({ "error": { "message": "m" } }), Some("m")),
        // v2: the list has what matters.
        (
            json!({ "errors": ["m", "n"], "message": "error" }),
            Some("error; m; n"),
        ),
        (json!("m"), Some("m")),
        (json!({ "errors": null }), None),
        (json!(null), None),
        (json!([]), None),
    ];
    for (body, message) in shapes {
        let (_server, client) = answering(status(400, &body)).await;
        let error = client.list_account().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 400, "{body}");
        assert_eq!(error.message().as_deref(), message, "{body}");
        assert!(error.to_string().starts_with("400"), "{error}");
    }
    for (code, says) in [
        (406, "Accept"),
        (401, "Maximum credits exceeded"),
        (403, "access forbidden"),
    ] {
        let body = json!({ "errors": [{ "field": null, "message": says }] });
        let (server, client) = answering(status(code, &body)).await;
        let error = client.list_account().await.unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.message().as_deref()),
            (code, Some(says))
        );
        let requests = server.received_requests().await.unwrap();
        assert_eq!(requests.len(), 1, "another attempt would not change it");
        assert_eq!(requests[0].headers["accept"], "application/json");
    }
    for body in ["", "<html><body>502</body></html>", "upstream gone"] {
        let (_server, client) = answering(ResponseTemplate::new(502).set_body_string(body)).await;
        let error = client.list_account().await.unwrap_err();
        assert!(error.is_server_error(), "{error}");
        assert_eq!(error.body().unwrap(), body);
    }
}

#[tokio::test]
async fn a_success_of_another_shape_says_where() {
    let (_server, client) =
        answering(status(200, &json!({ "type": "free", "reputation": "9" }))).await;
    let error = client.list_account().await.unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().contains("line 1 column"), "{error}");
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn a_calls_own_deadline_holds() {
    let slow = status(200, &json!({})).set_delay(Duration::from_secs(20));
    let (_server, client) = answering(slow).await;
    let error = client
        .list_account()
        .timeout(Duration::from_millis(50))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn a_blocking_call_is_the_same_call() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let answer = status(200, &json!({ "type": "paid", "reputation": 1 }));
    let (_server, client) = runtime.block_on(answering(answer));
    let response = client.list_account().send_blocking().unwrap();
    assert_eq!(response.r#type, Type::Paid);
}

#[tokio::test]
async fn debug_shows_no_key_and_no_password() {
    let client = Client::builder(ApiKey::new("SG.hunter2"))
        .server(Server::Eu)
        .build()
        .unwrap();
    let call = client.update_password(sendgrid_user::UpdatePasswordBody::new("hunter2", "hunter2"));
    let call = call.header("X-Key", "hunter2");
    let shown = format!("{client:?} {client:#?} {call:?} {:?}", call.operation());
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("https://api.eu.sendgrid.com"), "{shown}");
}

#[test]
fn calls_can_be_moved_between_threads() {
    fn check<T: Send + Sync + 'static>(_: &T) {}
    fn is_send<T: Send>(_: T) {}
    let client = Client::builder(ApiKey::new("SG.key")).build().unwrap();
    check(&client);
    check(&client.list_account());
    is_send(client.list_account().into_future());
    is_send(client.list_account().send());
}
