//! What other generators were seen to break on: see the document of the case.

use serde_json::{from_value, json, to_value};
use stencil_runtime::Error;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls::case;

case!(traps);

use traps::{Client, GetSeveralError, GetSeveralOutput, OnlyInPath, Thing};

async fn answered(answer: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::builder().base_url(server.uri()).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn a_status_is_what_it_is_whatever_the_body_would_fit() {
    let error = json!({ "message": "no" });
    for status in [404, 500] {
        let answer = ResponseTemplate::new(status).set_body_json(&error);
        let (_server, client) = answered(answer).await;
        let failed = client.get_several(OnlyInPath::A).await.unwrap_err();
        assert_eq!(failed.status().map(|status| status.as_u16()), Some(status));
        assert!(!matches!(
            failed,
            Error::Api(GetSeveralError::Unauthorized(_))
        ));
    }
    let answer = ResponseTemplate::new(401).set_body_json(&error);
    let (_server, client) = answered(answer).await;
    let failed = client.get_several(OnlyInPath::A).await.unwrap_err();
    assert!(
        matches!(failed, Error::Api(GetSeveralError::Unauthorized(answer)) if answer.message == "no")
    );
    let answer = ResponseTemplate::new(201).set_body_json(json!([{ "id": 5_000_000_000_i64 }]));
    let (server, client) = answered(answer).await;
    let id = "0191e7e6-5c8b-7c3a-9b1e-3f1d2c4b5a69".parse().unwrap();
    let made = client
        .get_several(OnlyInPath::BC)
        .ids(vec![id, id])
        .await
        .unwrap();
    assert!(matches!(made, GetSeveralOutput::Created(list) if list[0].id == Some(5_000_000_000)));
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(request.url.path(), "/several/b%20c");
    assert_eq!(request.url.query(), Some(format!("ids={id},{id}").as_str()));
}

#[tokio::test]
async fn what_is_absent_is_neither_null_nor_empty() {
    let (server, client) = answered(ResponseTemplate::new(204)).await;
    client.put_thing().await.unwrap();
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert!(request.body.is_empty() && !request.headers.contains_key("content-type"));
    assert_eq!(to_value(Thing::new(None)).unwrap(), json!({ "gone": null }));
    let empty = to_value(Thing::new(None).tags(vec![])).unwrap();
    assert_eq!(empty, json!({ "gone": null, "tags": [] }));
    for value in [
        json!({ "gone": "x", "large": 9_007_199_254_740_993_i64, "huge": u64::MAX }),
        json!({ "gone": null, "loose": null, "around": null, "mixed": "one", "flag": true }),
        json!({ "gone": null, "unique": [{ "weight": 1.5 }, { "weight": 1.5 }], "same": {} }),
    ] {
        let thing: Thing = from_value(value.clone()).unwrap();
        assert_eq!(to_value(thing).unwrap(), value);
    }
}
