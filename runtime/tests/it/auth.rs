//! Who asks: several schemes, and tokens that are had when they are needed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use stencil_runtime::{
    ApiKey, Auth, BoxFuture, CallOptions, Client, ClientBuilder, ClientCredentials, EncodeError,
    Error, NoError, Operation, RawResponse, Request, Response, TokenError, TokenSource,
};
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{PLAIN, TestClient};

/// An operation that takes `key` and `account` at once, or `token`.
struct Either;

impl Operation for Either {
    const ID: &'static str = "either";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/either";
    const SECURITY: &'static [&'static [&'static str]] = &[&["key", "account"], &["token"]];
    type Output = Value;
    type Error = NoError;
    fn encode(&self, _: &mut Request) -> Result<(), EncodeError> {
        Ok(())
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error> {
        match response.status() {
            200 => response.json(),
            _ => response.undeclared(),
        }
    }
}

fn client(auth: Auth, base_url: &str) -> Client {
    let builder: ClientBuilder<TestClient> = ClientBuilder::new(auth);
    builder.base_url(base_url).build().unwrap().0
}

fn key() -> ApiKey {
    ApiKey::new("k1")
}

#[test]
fn the_first_alternative_with_credentials_is_sent() {
    let sent = |auth: Auth| {
        let request = client(auth, "https://example.com").request(&Either, &CallOptions::default());
        request.map(|request| {
            let header = |name: &str| {
                request
                    .headers()
                    .get(name)
                    .map(|value| value.to_str().unwrap().to_owned())
            };
            (
                header("x-key"),
                request.uri().query().map(str::to_owned),
                header("authorization"),
            )
        })
    };
    let with_key = || Auth::none().and("key", Auth::header("x-key", key()));
    let both = with_key().and("account", Auth::query("account", ApiKey::new("a1")));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        sent(both.clone()).unwrap(),
        (some("k1"), some("account=a1"), None)
    );
    let all = both.and("token", Auth::bearer(ApiKey::new("t1")));
    assert_eq!(sent(all).unwrap(), (some("k1"), some("account=a1"), None));
    let token = with_key().and("token", Auth::bearer(ApiKey::new("t1")));
    assert_eq!(sent(token).unwrap(), (None, None, some("Bearer t1")));
    // One of two is none of them, and nothing at all is for whoever stands between.
    let error = sent(with_key()).unwrap_err().to_string();
    assert!(error.contains("key and account, or token"), "{error}");
    assert_eq!(sent(Auth::none()).unwrap(), (None, None, None));
}

struct Counting(Arc<AtomicUsize>, Arc<AtomicUsize>);

impl TokenSource for Counting {
    fn token(&self) -> BoxFuture<Result<ApiKey, TokenError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(ApiKey::new(format!("token-{number}"))) })
    }
    fn refused(&self) {
        self.1.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_source_is_asked_before_each_request_and_told_of_a_refusal() {
    let server = MockServer::start().await;
    for (token, status) in [("token-0", 200), ("token-1", 401)] {
        Mock::given(header("authorization", format!("Bearer {token}").as_str()))
            .respond_with(ResponseTemplate::new(status).set_body_json(json!({})))
            .expect(1)
            .mount(&server)
            .await;
    }
    let refused = Arc::new(AtomicUsize::new(0));
    let source = Counting(Arc::default(), Arc::clone(&refused));
    let client = client(Auth::bearer(source), &server.uri());
    assert!(client.send(&PLAIN, CallOptions::default()).await.is_ok());
    assert_eq!(refused.load(Ordering::SeqCst), 0);
    let error = client
        .send(&PLAIN, CallOptions::default())
        .await
        .unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(refused.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn client_credentials_are_changed_for_a_token_once() {
    let server = MockServer::start().await;
    // RFC 6749 §4.4.2; the pair of §2.3.1 is `id` and `s%2F` here.
    Mock::given(method("POST"))
        .and(path("/token"))
        .and(header("authorization", "Basic aWQ6cyUyRg=="))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .and(body_string(
            "grant_type=client_credentials&scope=read%20write",
        ))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "access_token": "fresh", "token_type": "Bearer", "expires_in": 3600
        })))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(header("authorization", "Bearer fresh"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({})))
        .expect(2)
        .mount(&server)
        .await;
    let url = format!("{}/token", server.uri());
    let source = ClientCredentials::new(&url, "id", ApiKey::new("s/"), &["read", "write"]).unwrap();
    assert!(!format!("{source:?}").contains("s/\""));
    let client = client(Auth::bearer(source), &server.uri());
    for _ in 0..2 {
        client.send(&PLAIN, CallOptions::default()).await.unwrap();
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(400).set_body_string("secret"))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200))
        .expect(0)
        .mount(&server)
        .await;
    let source = ClientCredentials::new(&server.uri(), "id", ApiKey::new("secret"), &[]).unwrap();
    let client = client(Auth::bearer(source), &server.uri());
    let error = client
        .send(&PLAIN, CallOptions::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Token(_)), "{error:?}");
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.is::<TokenError>(), "{source:?}");
    assert!(
        error.to_string().contains("400") && !format!("{error:?}{error}").contains("secret"),
        "{error}"
    );
    assert!(ClientCredentials::new("http://example.com", "id", key(), &[]).is_err());
}

/// An operation with a cookie of its own, that takes the key in another.
struct WithCookie;

impl Operation for WithCookie {
    const ID: &'static str = "with_cookie";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/cookies";
    const SECURITY: &'static [&'static [&'static str]] = &[&["key"]];
    type Output = Value;
    type Error = NoError;
    fn encode(&self, request: &mut Request) -> Result<(), EncodeError> {
        request.cookie("theme", "dark")
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error> {
        response.json()
    }
}

/// RFC 6265 §5.4: one header holds all cookies.
#[test]
fn a_key_in_a_cookie_stands_beside_other_cookies() {
    let auth = Auth::none().and("key", Auth::cookie("session", key()));
    let client = client(auth, "https://example.com");
    let request = client
        .request(&WithCookie, &CallOptions::default())
        .unwrap();
    let cookies: Vec<_> = request.headers().get_all("cookie").iter().collect();
    assert_eq!(cookies, ["theme=dark; session=k1"]);
    assert!(cookies[0].is_sensitive());
}

#[test]
fn a_header_of_the_call_is_no_credential() {
    let auth = Auth::none().and("key", Auth::header("x-key", key()));
    let client = client(auth, "https://example.com");
    let with = |name: &str| {
        let mut options = CallOptions::default();
        options.header(name, "other".to_owned());
        client.request(&WithCookie, &options).map(drop)
    };
    for name in [
        "x-key",
        "X-KEY",
        "authorization",
        "host",
        "content-length",
        "transfer-encoding",
    ] {
        let error = with(name).unwrap_err();
        assert!(
            error.to_string().contains("the client's own"),
            "{name}: {error}"
        );
    }
}

#[test]
fn a_client_tells_where_it_sends_and_no_more() {
    let auth = Auth::none().and("key", Auth::header("x-key", key()));
    let client = client(auth, "https://example.com/base");
    let text = format!("{client:?}");
    assert_eq!(
        text,
        "Client { base_url: \"https://example.com/base\", .. }"
    );
}
