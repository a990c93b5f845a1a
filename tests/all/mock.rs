//! The mock server, as seen by a program that is not our client.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use stencil_codegen::mock::{Mock, Running};
use stencil_tests::api;

struct Server {
    running: Running,
    http: Client,
}

async fn start(mock: Mock) -> Server {
    let running = mock.start(([127, 0, 0, 1], 0).into()).await.unwrap();
    Server {
        running,
        http: Client::builder().no_proxy().build().unwrap(),
    }
}

async fn server() -> Server {
    start(Mock::new(api().unwrap())).await
}

impl Server {
    fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.running.url()))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).bearer_auth("SG.any")
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

/// The message and field of the first error, in the document's shape.
fn error(body: &Value) -> (&str, Option<&str>) {
    let first = &body["errors"][0];
    (
        first["message"].as_str().unwrap_or_default(),
        first["field"].as_str(),
    )
}

#[tokio::test]
async fn it_serves_the_documents_examples() {
    let server = server().await;
    let (status, body) = server.get("/v3/user/account").await;
    assert_eq!(
        (status.as_u16(), body),
        (200, json!({ "reputation": 100, "type": "paid" }))
    );
    let (status, body) = server.get("/v3/user/username").await;
    assert_eq!(
        (status.as_u16(), body),
        (200, json!({ "username": "test_username", "user_id": 1 }))
    );
}

#[tokio::test]
async fn it_asks_for_credentials() {
    let server = server().await;
    let (status, body) = answer(server.bare(Method::GET, "/v3/user/account")).await;
    assert_eq!(status, 401);
    assert_eq!(error(&body).0, "authorization required");
    let other = server
        .bare(Method::GET, "/v3/user/account")
        .basic_auth("a", Some("b"));
    assert_eq!(answer(other).await.0, 401);
}

#[tokio::test]
async fn it_checks_bodies() {
    let server = server().await;
    let put = |path: &str| server.request(Method::PUT, path);
    let (status, body) = answer(put("/v3/user/password")).await;
    assert_eq!(
        (status.as_u16(), error(&body).0),
        (400, "a body is required")
    );

    let (status, body) =
        answer(put("/v3/user/password").json(&json!({ "new_password": "x" }))).await;
    assert_eq!(status, 400);
    assert_eq!(error(&body).1, Some("old_password"), "{body}");

    let (status, body) = answer(put("/v3/user/email").json(&json!({ "email": 7 }))).await;
    assert_eq!(status, 400);
    assert_eq!(error(&body).1, Some("email"), "{body}");

    let broken = put("/v3/user/email")
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(answer(broken).await.0, 400);
    let text = put("/v3/user/email")
        .header("content-type", "text/plain")
        .body("{}");
    assert_eq!(answer(text).await.0, 415);
    let untyped = put("/v3/user/email").body("{}");
    assert_eq!(answer(untyped).await.0, 415);
}

#[tokio::test]
async fn it_knows_paths_and_methods() {
    let server = server().await;
    assert_eq!(server.get("/v3/user/nothing").await.0, 404);
    let response = server
        .request(Method::DELETE, "/v3/user/email")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 405);
    // RFC 9110 §15.5.6: a 405 says what is allowed.
    let allowed = response.headers()["allow"].to_str().unwrap().to_owned();
    assert!(
        allowed.contains("GET") && allowed.contains("PUT"),
        "{allowed}"
    );
}

#[tokio::test]
async fn an_update_shows_in_the_next_read_of_who_made_it() {
    let server = server().await;
    let email = |body: &Value| body["email"].clone();
    let before = email(&server.get("/v3/user/email").await.1);
    let put = server
        .request(Method::PUT, "/v3/user/email")
        .json(&json!({ "email": "new@x.y" }));
    assert_eq!(email(&answer(put).await.1), "new@x.y");
    assert_eq!(email(&server.get("/v3/user/email").await.1), "new@x.y");

    let sub = |method| {
        server
            .request(method, "/v3/user/email")
            .header("on-behalf-of", "someone")
    };
    assert_eq!(
        email(&answer(sub(Method::GET)).await.1),
        before,
        "a subuser has its own"
    );
    drop(answer(sub(Method::PUT).json(&json!({ "email": "sub@x.y" }))).await);
    assert_eq!(email(&answer(sub(Method::GET)).await.1), "sub@x.y");
    assert_eq!(email(&server.get("/v3/user/email").await.1), "new@x.y");
}

#[tokio::test]
async fn a_password_is_not_remembered() {
    let server = server().await;
    let both = json!({ "new_password": "hunter2", "old_password": "x" });
    let put = server.request(Method::PUT, "/v3/user/password").json(&both);
    let (status, body) = answer(put).await;
    assert_eq!((status.as_u16(), body), (200, json!({})));
}

#[tokio::test]
async fn it_answers_as_asked() {
    let server = server().await;
    let ask = |code: &str| {
        server
            .request(Method::PATCH, "/v3/user/profile")
            .header("prefer", format!("code={code}"))
            .json(&json!({}))
    };
    let (status, body) = answer(ask("401")).await;
    assert_eq!(status, 401);
    assert_eq!(
        error(&body).0,
        "authorization required",
        "the document's own example"
    );
    assert_eq!(answer(ask("503")).await.0, 503);
    assert_eq!(answer(ask("what")).await.0, 400);
}

#[tokio::test]
async fn it_limits_the_rate() {
    let mock = Mock::new(api().unwrap()).rate_limit(2, Duration::from_secs(3600));
    let server = start(mock).await;
    for remaining in ["1", "0"] {
        let response = server
            .request(Method::GET, "/v3/user/email")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["x-ratelimit-limit"], "2");
        assert_eq!(response.headers()["x-ratelimit-remaining"], remaining);
    }
    let response = server
        .request(Method::GET, "/v3/user/email")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 429);
    let wait: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((3590..=3601).contains(&wait), "{wait}");
}

#[tokio::test]
async fn our_client_and_it_agree_on_all_nine() {
    let server = server().await;
    let client = sendgrid_user::Client::builder(sendgrid_user::ApiKey::new("SG.any"))
        .base_url(server.running.url())
        .build()
        .unwrap();
    assert_eq!(crate::nine::run(&client).await, Vec::<String>::new());
    let tenant = client.on_behalf_of(sendgrid_user::OnBehalfOf::subuser("someone"));
    assert_eq!(crate::nine::run(&tenant).await, Vec::<String>::new());
}
