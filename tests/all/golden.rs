//! The requests of all nine operations, written out by hand.

use sendgrid_user::{
    ApiKey, Client, OnBehalfOf, UpdateEmailBody, UpdatePasswordBody, UpdateUsernameBody,
    UserProfile,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

async fn server() -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(500))
        .mount(&server)
        .await;
    let client = Client::builder(ApiKey::new("SG.key"))
        .base_url(server.uri())
        .build()
        .unwrap();
    (server, client)
}

/// The request that came last, as text; headers in alphabetical order, less `host`, and less what the feature `gzip`
/// adds where something else in the build turns it on.
async fn last(server: &MockServer) -> String {
    let request: Request = server.received_requests().await.unwrap().pop().unwrap();
    let mut headers: Vec<String> = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "host" && *name != "accept-encoding")
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    format!(
        "{} {}\n{}\n\n{}",
        request.method,
        request.url.path(),
        headers.join("\n"),
        String::from_utf8(request.body).unwrap()
    )
}

fn read(path: &str) -> String {
    format!(
        "GET {path}
accept: application/json
authorization: Bearer SG.key
user-agent: sendgrid-user/0.1.0

"
    )
}

fn write(method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} {path}
accept: application/json
authorization: Bearer SG.key
content-length: {}
content-type: application/json
user-agent: sendgrid-user/0.1.0

{body}",
        body.len()
    )
}

#[tokio::test]
async fn reads() {
    let (server, client) = server().await;
    drop(client.list_account().await);
    assert_eq!(last(&server).await, read("/v3/user/account"));
    drop(client.list_credit().await);
    assert_eq!(last(&server).await, read("/v3/user/credits"));
    drop(client.list_email().await);
    assert_eq!(last(&server).await, read("/v3/user/email"));
    drop(client.list_profile().await);
    assert_eq!(last(&server).await, read("/v3/user/profile"));
    drop(client.list_username().await);
    assert_eq!(last(&server).await, read("/v3/user/username"));
}

#[tokio::test]
async fn updates() {
    let (server, client) = server().await;
    drop(
        client
            .update_email(UpdateEmailBody::new().email("a@b.c"))
            .await,
    );
    assert_eq!(
        last(&server).await,
        write("PUT", "/v3/user/email", r#"{"email":"a@b.c"}"#)
    );

    drop(
        client
            .update_username(UpdateUsernameBody::new().username("me"))
            .await,
    );
    assert_eq!(
        last(&server).await,
        write("PUT", "/v3/user/username", r#"{"username":"me"}"#)
    );

    let profile = UserProfile::new().city("Denver, CO").zip("80202");
    drop(client.update_profile(profile).await);
    let body = r#"{"city":"Denver, CO","zip":"80202"}"#;
    assert_eq!(
        last(&server).await,
        write("PATCH", "/v3/user/profile", body)
    );
}

#[tokio::test]
async fn the_new_password_is_the_new_one() {
    let (server, client) = server().await;
    drop(
        client
            .update_password(UpdatePasswordBody::new("the new one", "the old one"))
            .await,
    );
    let body = r#"{"new_password":"the new one","old_password":"the old one"}"#;
    assert_eq!(last(&server).await, write("PUT", "/v3/user/password", body));
}

#[tokio::test]
async fn on_behalf_of_is_sent_from_the_call_before_the_client() {
    let (server, client) = server().await;
    let behalf = |text: &str| {
        read("/v3/user/account").replace("user-agent", &format!("on-behalf-of: {text}\nuser-agent"))
    };
    drop(
        client
            .list_account()
            .on_behalf_of(OnBehalfOf::subuser("someone"))
            .await,
    );
    assert_eq!(last(&server).await, behalf("someone"));

    let tenant = client.on_behalf_of(OnBehalfOf::account("1234"));
    drop(tenant.list_account().await);
    assert_eq!(last(&server).await, behalf("account-id 1234"));

    drop(
        tenant
            .list_account()
            .on_behalf_of(OnBehalfOf::subuser("someone"))
            .await,
    );
    assert_eq!(last(&server).await, behalf("someone"));

    drop(client.list_account().await);
    assert_eq!(
        last(&server).await,
        read("/v3/user/account"),
        "the first client is as it was"
    );
}

#[tokio::test]
async fn every_operation_takes_on_behalf_of() {
    let (server, client) = server().await;
    let tenant = client.on_behalf_of(OnBehalfOf::subuser("someone"));
    assert_eq!(
        crate::nine::run(&tenant).await.len(),
        9,
        "this server answers 500"
    );
    let requests = server.received_requests().await.unwrap();
    // Five that read are sent three times, four that write are not sent again.
    assert_eq!(requests.len(), 5 * 3 + 4);
    for request in requests {
        assert_eq!(
            request.headers["on-behalf-of"],
            "someone",
            "{}",
            request.url.path()
        );
    }
}

#[tokio::test]
async fn a_header_of_the_calls_own_is_added() {
    let (server, client) = server().await;
    drop(client.list_email().header("X-Request-Id", "7").await);
    assert_eq!(
        last(&server).await,
        read("/v3/user/email").replace("\n\n", "\nx-request-id: 7\n\n")
    );
}

#[tokio::test]
async fn a_subuser_that_would_pass_for_an_account_is_never_sent() {
    let (server, client) = server().await;
    for name in ["account-id 5", "x\r\nauthorization: Bearer other"] {
        let error = client
            .list_account()
            .on_behalf_of(OnBehalfOf::subuser(name))
            .await
            .unwrap_err();
        assert!(error.is_request(), "{error}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}
