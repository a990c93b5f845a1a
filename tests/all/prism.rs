//! The nine operations against Stoplight Prism, a mock server that nobody here wrote: started with
//! `--errors` it refuses a request that is not what the document asks for.
//!
//! `.ci/run` starts it and names it in `STENCIL_PRISM_URL`.

use sendgrid_user::{ApiKey, Client, Error, OnBehalfOf};

fn client() -> Option<Client> {
    let Ok(url) = std::env::var("STENCIL_PRISM_URL") else {
        eprintln!("skipped: STENCIL_PRISM_URL does not say where a Prism listens");
        return None;
    };
    Some(
        Client::builder(ApiKey::new("SG.any"))
            .base_url(url)
            .build()
            .unwrap(),
    )
}

#[tokio::test]
async fn prism_agrees_with_all_nine() {
    let Some(client) = client() else { return };
    assert_eq!(crate::nine::run(&client).await, Vec::<String>::new());
    let tenant = client.on_behalf_of(OnBehalfOf::account("1234"));
    assert_eq!(crate::nine::run(&tenant).await, Vec::<String>::new());
}

#[tokio::test]
async fn prism_looks_at_requests_at_all() {
    let Some(_) = client() else { return };
    let url = std::env::var("STENCIL_PRISM_URL").unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    // Without credentials, and without a required property.
    let get = http
        .get(format!("{url}/v3/user/account"))
        .send()
        .await
        .unwrap();
    assert_eq!(get.status(), 401);
    let put = http.put(format!("{url}/v3/user/password")).bearer_auth("x");
    let put = put
        .json(&serde_json::json!({ "new_password": "x" }))
        .send()
        .await
        .unwrap();
    assert_eq!(put.status(), 422);
}

#[tokio::test]
async fn prism_gives_a_declared_error() {
    let Some(client) = client() else { return };
    let call = client.update_profile(sendgrid_user::UserProfile::new().city("x"));
    let error = call.header("Prefer", "code=401").await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert!(error.is_unauthorized());
}
