//! What other generators were seen to break on: see the document of the case.

use serde_json::{from_value, json, to_value};
use stencil_runtime::Error;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls::case;

case!(traps);

use traps::{
    AnythingBody, Client, DefaultModel, GetSeveralColorsItem, GetSeveralError, GetSeveralOutput,
    OnlyInPath, PutThingContent, ResultModel, Thing,
};

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
    // `4xx` stands for all that have no line of their own.
    let answer = ResponseTemplate::new(404).set_body_json(json!({ "code": "gone" }));
    let (_server, client) = answered(answer).await;
    let failed = client.get_several(OnlyInPath::A).await.unwrap_err();
    assert!(
        matches!(failed, Error::Api(GetSeveralError::ClientError(answer)) if answer.code.as_deref() == Some("gone"))
    );
    let answer = ResponseTemplate::new(201).set_body_json(json!([{ "id": 5_000_000_000_i64 }]));
    let (server, client) = answered(answer).await;
    let id = "0191e7e6-5c8b-7c3a-9b1e-3f1d2c4b5a69".parse().unwrap();
    let made = client
        .get_several(OnlyInPath::BC)
        .ids(vec![id, id])
        .colors(vec![
            GetSeveralColorsItem::Red,
            GetSeveralColorsItem::DarkBlue,
        ])
        .await
        .unwrap();
    assert!(matches!(made, GetSeveralOutput::Created(list) if list[0].id == Some(5_000_000_000)));
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(request.url.path(), "/several/b%20c");
    let query = format!("ids={id},{id}&colors=red,dark%20blue");
    assert_eq!(request.url.query(), Some(query.as_str()));
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
        json!({ "gone": null, "level": 2, "mixed": 1, "around": { "x": 1 }, "beyond": i64::MIN }),
        json!({ "gone": null, "typeless": [{ "weight": 1.5 }] }),
        json!({ "gone": null, "typeless": { "weight": 1.5, "more": [] } }),
        json!({ "gone": null, "nested": { "list": [1] }, "self": { "gone": "y" }, "shown": "a" }),
    ] {
        let thing: Thing = from_value(value.clone()).unwrap();
        assert_eq!(to_value(thing).unwrap(), value);
    }
}

#[tokio::test]
async fn where_nothing_is_read_any_success_is_one_and_nothing_else() {
    // The document declares 204 alone.
    for status in [200, 201, 202, 204] {
        let (_server, client) = answered(ResponseTemplate::new(status).set_body_string("x")).await;
        let response = client.put_thing().send().await.unwrap();
        assert_eq!(response.status(), status);
    }
    for status in [304, 401, 404, 500] {
        let (_server, client) = answered(ResponseTemplate::new(status)).await;
        let failed = client.put_thing().await.unwrap_err();
        assert_eq!(failed.status().map(|status| status.as_u16()), Some(status));
    }
    // Where a body is read, a status that is not declared is no success: the body could be anything.
    let (_server, client) = answered(ResponseTemplate::new(202).set_body_json(json!({}))).await;
    let failed = client.get_several(OnlyInPath::A).await.unwrap_err();
    assert_eq!(failed.status().map(|status| status.as_u16()), Some(202));
}

#[tokio::test]
async fn a_body_is_sent_in_the_form_that_was_chosen() {
    let (server, client) = answered(ResponseTemplate::new(204)).await;
    let thing = Thing::new(Some("x".to_owned())).tags(vec!["a".to_owned(), "b".to_owned()]);
    client
        .put_thing()
        .body(PutThingContent::Json(thing.clone()))
        .await
        .unwrap();
    client
        .put_thing()
        .body(PutThingContent::Form(thing))
        .await
        .unwrap();
    let requests = server.received_requests().await.unwrap();
    let sent: Vec<(&str, &str)> = requests
        .iter()
        .map(|request| {
            let media = request.headers["content-type"].to_str().unwrap();
            (media, std::str::from_utf8(&request.body).unwrap())
        })
        .collect();
    assert_eq!(
        sent,
        [
            ("application/json", r#"{"gone":"x","tags":["a","b"]}"#),
            ("application/x-www-form-urlencoded", "gone=x&tags=a&tags=b"),
        ]
    );
}

#[tokio::test]
async fn scalars_are_alternatives_and_json_needs_no_schema() {
    let answer = ResponseTemplate::new(200).set_body_json(json!([1, "any", null]));
    let (server, client) = answered(answer).await;
    let model = DefaultModel::new().result(ResultModel::Ok);
    for (body, sent) in [
        (AnythingBody::String("x".to_owned()), json!("x")),
        (AnythingBody::Integer(7), json!(7)),
        (AnythingBody::DefaultModel(model), json!({ "Result": "Ok" })),
    ] {
        let read = client.anything(body).await.unwrap();
        assert_eq!(read, json!([1, "any", null]));
        let request = server.received_requests().await.unwrap().pop().unwrap();
        assert_eq!(request.body_json::<serde_json::Value>().unwrap(), sent);
    }
}

#[tokio::test]
async fn a_path_is_sent_as_it_is_and_its_fragment_is_not() {
    let (server, client) = answered(ResponseTemplate::new(204)).await;
    client.first().await.unwrap();
    client.second().await.unwrap();
    client.raw("a/b").await.unwrap();
    let requests = server.received_requests().await.unwrap();
    let paths: Vec<&str> = requests.iter().map(|request| request.url.path()).collect();
    // RFC 3986 §3.5: a fragment is not sent; §2.4: what a path may not have is percent-encoded.
    assert_eq!(paths, ["/dated", "/dated", "/raw/%3Cb%3E/a%2Fb"]);
}

#[test]
fn what_is_not_carried_of_the_traps_is_told() {
    let generated = stencil_tests::features::generate("traps").unwrap();
    let told: Vec<&str> = generated
        .losses
        .iter()
        .map(|loss| loss.what.as_str())
        .collect();
    for what in ["`$recursiveRef`", "`examples`"] {
        assert!(
            told.iter().any(|loss| loss.starts_with(what)),
            "no {what} in {told:#?}"
        );
    }
    // Indented text is no test.
    let source = generated.source();
    assert!(
        source.contains("/// ```text\n    /// let broken = ;"),
        "{source}"
    );
}
