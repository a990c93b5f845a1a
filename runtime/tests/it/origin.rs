//! Where requests go, and where they never go.

use std::borrow::Cow;

use stencil_runtime::{
    Api, ApiKey, Auth, CallOptions, Client, ClientBuilder, Error, HeaderMap, RawResponse, Server,
    StatusCode,
};

use crate::fault::{Fault, Step, answer};
use crate::support::{Get, GetError, PLAIN, builder, client};

#[tokio::test]
async fn a_redirect_is_an_error_and_nobody_hears_of_it() {
    let elsewhere = Fault::statuses(&[200]).await;
    for status in [301, 302, 303, 307, 308] {
        let there = format!("Location: {}/hunter2\r\n", elsewhere.url);
        for location in [there.as_str(), "Location: /hunter2\r\n"] {
            let server = Fault::answering(answer(status, location, "")).await;
            let error = client(&server.url)
                .send(&PLAIN, CallOptions::default())
                .await
                .unwrap_err();
            let Error::Redirect(redirect) = &error else {
                panic!("{error:?}")
            };
            assert!(error.is_redirect() && redirect.location().unwrap().ends_with("/hunter2"));
            assert_eq!(
                (error.status().unwrap().as_u16(), server.count()),
                (status, 1)
            );
            assert!(!format!("{error} {error:?}").contains("hunter2"));
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn a_status_that_only_looks_like_a_redirect_is_none() {
    for status in [300, 304, 305] {
        let raw = RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::new(), "");
        let error = raw.undeclared::<(), GetError>().unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{status}");
    }
}

#[test]
fn no_argument_leaves_the_origin() {
    let texts = [
        "//evil.example.com/x",
        "/evil",
        "\\\\evil.example.com",
        "https://evil.example.com",
        "@evil.example.com",
        "a/../../b",
        "%2e%2e",
        "?x=y#z",
        "a\tb",
    ];
    for text in texts {
        let mut request =
            stencil_runtime::Request::new(stencil_runtime::Method::GET, "/a/{id}/b", "a/b");
        request.path("id", text).unwrap();
        let path = request.path_text();
        assert!(path.starts_with("/a/") && path.ends_with("/b"), "{path}");
        assert_eq!(path.matches('/').count(), 3, "{path}");
        assert!(!path.contains(['?', '#', '\\', '@', ':', '\t']), "{path}");
    }
    let client = client("http://127.0.0.1:9");
    for get in [
        Get(|request| request.path("id", ".")),
        Get(|request| request.path("id", "..")),
        Get(|request| request.path("id", "")),
        Get(|_| Ok(())),
    ] {
        assert!(client.request(&get, &CallOptions::default()).is_err());
    }
}

#[tokio::test]
async fn the_environment_names_no_proxy() {
    // A program of its own has the environment of its own: this test runs itself again.
    let proxy = Fault::statuses(&[200]).await;
    let server = Fault::statuses(&[200]).await;
    let me = std::env::current_exe().unwrap();
    for (test, is_asked) in [("inner_without_proxy", false), ("inner_with_proxy", true)] {
        let status = tokio::process::Command::new(&me)
            .args([format!("origin::{test}").as_str(), "--exact", "--ignored"])
            .env("HTTP_PROXY", &proxy.url)
            .env("http_proxy", &proxy.url)
            .env("STENCIL_TEST_URL", &server.url)
            .stdout(std::process::Stdio::null())
            .status()
            .await
            .unwrap();
        assert!(status.success(), "{test}");
        assert_eq!(proxy.connections() > 0, is_asked, "{test}");
    }
    assert_eq!(
        server.count(),
        1,
        "one went to the server, the other to the proxy"
    );
}

#[tokio::test]
#[ignore = "run by `the_environment_names_no_proxy`"]
async fn inner_without_proxy() {
    let url = std::env::var("STENCIL_TEST_URL").unwrap();
    client(&url)
        .send(&PLAIN, CallOptions::default())
        .await
        .unwrap();
}

#[tokio::test]
#[ignore = "run by `the_environment_names_no_proxy`"]
async fn inner_with_proxy() {
    let url = std::env::var("STENCIL_TEST_URL").unwrap();
    let client = builder().base_url(url).system_proxy().build().unwrap().0;
    client.send(&PLAIN, CallOptions::default()).await.unwrap();
}

/// Two servers that a document may name.
struct Regions(String);

impl Default for Regions {
    fn default() -> Self {
        Self("https://global.example.com".to_owned())
    }
}

impl Server for Regions {
    fn url(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

struct Regional(Client);

impl Api for Regional {
    type Server = Regions;
    const USER_AGENT: &'static str = "test/1";
    fn from_runtime(inner: Client) -> Self {
        Self(inner)
    }
}

#[tokio::test]
async fn a_server_that_fails_in_any_way_is_not_replaced_by_another() {
    let global = Fault::statuses(&[200]).await;
    let faults: Vec<Vec<Step>> = vec![
        vec![Step::Reset],
        vec![Step::Send(b"garbage".to_vec())],
        vec![Step::Send(answer(
            307,
            &format!("Location: {}/\r\n", global.url),
            "",
        ))],
        vec![Step::Send(answer(401, "", "{}"))],
        vec![Step::Send(answer(429, "Retry-After: 9999\r\n", "{}"))],
        vec![Step::Send(answer(
            503,
            &format!("Location: {}/\r\n", global.url),
            "{}",
        ))],
        vec![Step::Send(answer(
            200,
            &format!("Content-Location: {}/\r\n", global.url),
            "{",
        ))],
        vec![Step::Wait(std::time::Duration::from_millis(300))],
    ];
    for fault in faults {
        let shown = format!("{fault:?}");
        let eu = Fault::start(move |_| fault.clone()).await;
        let builder: ClientBuilder<Regional> = ClientBuilder::new(Auth::bearer(ApiKey::new("k")));
        let builder = builder.server(Regions(eu.url.clone()));
        let timeout = std::time::Duration::from_millis(100);
        let client = builder.attempt_timeout(timeout).build().unwrap().0;
        assert!(
            client.send(&PLAIN, CallOptions::default()).await.is_err(),
            "{shown}"
        );
        assert!(eu.count() >= 1);
    }
    assert_eq!(global.connections(), 0);
}

#[tokio::test]
async fn clients_keep_their_keys_and_headers_apart() {
    let server = Fault::start(|_| vec![Step::Send(answer(200, "", "{}")), Step::Keep]).await;
    let clients: Vec<Client> = (0..2)
        .map(|number| {
            let auth = Auth::bearer(ApiKey::new(format!("key-{number}")));
            let builder: ClientBuilder<crate::support::TestClient> = ClientBuilder::new(auth);
            builder.base_url(&server.url).build().unwrap().0
        })
        .collect();
    let tasks: Vec<_> = (0..20_usize)
        .map(|task| {
            let clients = clients.clone();
            tokio::spawn(async move {
                for number in 0..50 {
                    let who = (task + number) % 2;
                    let mut options = CallOptions::default();
                    options.header("X-Who", format!("who-{who}."));
                    clients[who].send(&PLAIN, options).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 1000);
    for request in requests {
        let text = String::from_utf8(request).unwrap();
        let who = usize::from(text.contains("who-1."));
        assert!(text.contains(&format!("Bearer key-{who}\r\n")), "{text}");
    }
}
