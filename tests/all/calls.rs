//! The clients beside the small documents at work, against a server that answers as told.

use serde_json::json;
use stencil_runtime::ApiKey;
use wiremock::matchers::{body_string, header, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// The client of a case, as it stands beside its document.
macro_rules! case {
    ($name:ident) => {
#[rustfmt::skip]
        #[allow(dead_code, unreachable_pub, unused_imports, clippy::pedantic)]
        mod $name {
            include!(concat!("../cases/", stringify!($name), "/client.rs"));
        }
    };
}

pub(crate) use case;

case!(forms);
case!(headers);
case!(pagination);
case!(parameters);
case!(security);
case!(streams);

async fn answers(server: &MockServer, at: &str, answer: ResponseTemplate) {
    Mock::given(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

async fn sent(server: &MockServer) -> Request {
    server.received_requests().await.unwrap().pop().unwrap()
}

#[tokio::test]
#[allow(clippy::too_many_lines)]
async fn lists_come_page_by_page() {
    let server = MockServer::start().await;
    let page = |ids: &[i64], more: serde_json::Value| {
        let data: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
        let mut page = json!({ "data": data });
        page.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        ResponseTemplate::new(200).set_body_json(page)
    };
    let get = |at: &str| Mock::given(method("GET")).and(path(at));
    let next = |to: &str| json!({ "meta": { "next": to } });
    let last = json!({ "meta": { "next": null } });
    get("/cursors")
        .and(query_param("after", "c 2"))
        .and(query_param("size", "2"))
        .respond_with(page(&[3], last.clone()))
        .mount(&server)
        .await;
    get("/cursors")
        .and(query_param_is_missing("after"))
        .respond_with(page(&[1, 2], next("c 2")))
        .mount(&server)
        .await;
    get("/last")
        .and(query_param("after", "2"))
        .respond_with(page(&[3], json!({ "more": false })))
        .mount(&server)
        .await;
    get("/last")
        .and(query_param_is_missing("after"))
        .respond_with(page(&[1, 2], json!({ "more": true })))
        .mount(&server)
        .await;
    get("/pages")
        .and(query_param("page", "1"))
        .respond_with(page(&[3], json!({})))
        .mount(&server)
        .await;
    get("/pages")
        .and(query_param("page", "2"))
        .respond_with(page(&[], json!({})))
        .mount(&server)
        .await;
    get("/pages")
        .and(query_param_is_missing("page"))
        .respond_with(page(&[1, 2], json!({})))
        .mount(&server)
        .await;
    get("/offsets")
        .and(query_param("offset", "0"))
        .respond_with(page(&[1, 2], json!({})))
        .mount(&server)
        .await;
    get("/offsets")
        .and(query_param("offset", "2"))
        .respond_with(page(&[3], json!({})))
        .mount(&server)
        .await;
    get("/offsets")
        .and(query_param("offset", "3"))
        .respond_with(page(&[], json!({})))
        .mount(&server)
        .await;
    get("/links")
        .and(query_param("p", "2"))
        .respond_with(ResponseTemplate::new(200).set_body_json([3]))
        .mount(&server)
        .await;
    let link = format!("<{}/links?p=2>; rel=\"next\"", server.uri());
    get("/links")
        .and(query_param_is_missing("p"))
        .respond_with(
            ResponseTemplate::new(200)
                .insert_header("link", link.as_str())
                .set_body_json([1, 2]),
        )
        .mount(&server)
        .await;
    get("/urls")
        .and(query_param("p", "2"))
        .respond_with(page(&[3], last))
        .mount(&server)
        .await;
    get("/urls")
        .and(query_param_is_missing("p"))
        .respond_with(page(&[1, 2], next("/urls?p=2")))
        .mount(&server)
        .await;

    let client = pagination::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    let ids =
        |things: Vec<pagination::Thing>| things.iter().map(|thing| thing.id).collect::<Vec<_>>();
    assert_eq!(
        ids(client
            .list_cursors()
            .size(2)
            .items()
            .collect(99)
            .await
            .unwrap()),
        [1, 2, 3]
    );
    assert_eq!(
        ids(client.list_last().items().collect(99).await.unwrap()),
        [1, 2, 3]
    );
    assert_eq!(
        ids(client.list_pages().items().collect(99).await.unwrap()),
        [1, 2, 3]
    );
    assert_eq!(
        ids(client.list_offsets("0").items().collect(99).await.unwrap()),
        [1, 2, 3]
    );
    assert_eq!(
        client.list_links().items().collect(99).await.unwrap(),
        [1, 2, 3]
    );
    assert_eq!(
        ids(client.list_urls().items().collect(99).await.unwrap()),
        [1, 2, 3]
    );
    // No page is asked for before it is needed.
    server.reset().await;
    get("/links")
        .respond_with(
            ResponseTemplate::new(200)
                .insert_header("link", "</links?p=2>; rel=next")
                .set_body_json([1, 2]),
        )
        .expect(1)
        .mount(&server)
        .await;
    let mut items = client.list_links().items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
}

#[tokio::test]
async fn the_next_page_is_at_the_same_server_and_an_end_is_an_end() {
    let server = MockServer::start().await;
    let elsewhere = ResponseTemplate::new(200)
        .insert_header("link", "<https://elsewhere.example.com/x>; rel=next")
        .set_body_json([1]);
    answers(&server, "/links", elsewhere).await;
    let client = pagination::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    let mut items = client.list_links().items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert!(items.next().await.unwrap().unwrap_err().is_request());
    assert!(items.next().await.is_none());
    // A page that leads to itself would have no end.
    let round = json!({ "data": [{ "id": 1 }], "meta": { "next": "same" } });
    answers(
        &server,
        "/cursors",
        ResponseTemplate::new(200).set_body_json(round),
    )
    .await;
    assert_eq!(
        client
            .list_cursors()
            .items()
            .collect(99)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn bodies_are_read_while_they_come() {
    let server = MockServer::start().await;
    let typed =
        |media: &str, body: &str| ResponseTemplate::new(200).set_body_raw(body.to_owned(), media);
    answers(
        &server,
        "/ticks",
        typed("application/jsonl", "{\"at\":1}\n{\"at\":2}\n"),
    )
    .await;
    answers(
        &server,
        "/feed",
        typed("text/event-stream", "id: 7\ndata: {\"at\":1}\n\n"),
    )
    .await;
    answers(
        &server,
        "/log",
        typed("text/event-stream", "data: a\ndata: b\n\n"),
    )
    .await;
    answers(
        &server,
        "/whole",
        typed("text/event-stream", "id: 7\ndata: {\"at\":1}\n\n"),
    )
    .await;
    answers(&server, "/file", typed("application/octet-stream", "bytes")).await;
    let answer = |media: &str| Mock::given(path("/answers")).and(header("accept", media));
    answer("application/json")
        .respond_with(typed("application/json", "{\"code\":1}"))
        .mount(&server)
        .await;
    answer("text/event-stream")
        .respond_with(typed("text/event-stream", "data: {\"at\":1}\n\n"))
        .mount(&server)
        .await;
    answer("text/csv")
        .respond_with(typed("text/csv", "a,b"))
        .mount(&server)
        .await;

    let client = streams::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    let mut ticks = client.list_ticks().await.unwrap();
    assert_eq!(ticks.next().await.unwrap().unwrap().at, 1);
    assert_eq!(ticks.next().await.unwrap().unwrap().at, 2);
    assert!(ticks.next().await.is_none());
    let event = client
        .read_feed()
        .await
        .unwrap()
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!((event.id.as_deref(), event.data.at), (Some("7"), 1));
    assert_eq!(
        client
            .read_log()
            .await
            .unwrap()
            .next()
            .await
            .unwrap()
            .unwrap()
            .data,
        "a\nb"
    );
    let whole = client
        .read_whole()
        .await
        .unwrap()
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (whole.id.as_deref(), whole.data.as_str()),
        (Some("7"), "{\"at\":1}")
    );
    assert_eq!(client.create_answer().await.unwrap().code, 1);
    let mut answers = client.create_answer().stream().await.unwrap().into_body();
    assert_eq!(answers.next().await.unwrap().unwrap().data.at, 1);
    assert_eq!(
        client
            .create_answer()
            .send_for("text/csv")
            .await
            .unwrap()
            .body()
            .as_ref(),
        b"a,b"
    );
    let bytes = client.get_file().stream().await.unwrap().into_body();
    assert_eq!(bytes.collect().await.unwrap(), "bytes");
}

#[tokio::test]
async fn an_error_in_place_of_a_stream_is_that_error() {
    let server = MockServer::start().await;
    answers(
        &server,
        "/ticks",
        ResponseTemplate::new(404).set_body_json(json!({ "code": 7 })),
    )
    .await;
    answers(&server, "/answers", ResponseTemplate::new(500)).await;
    let client = streams::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    match client.list_ticks().await.unwrap_err() {
        stencil_runtime::Error::Api(streams::ListTicksError::NotFound(problem)) => {
            assert_eq!(problem.code, 7);
        }
        other => panic!("{other:?}"),
    }
    assert!(
        client
            .create_answer()
            .stream()
            .await
            .unwrap_err()
            .is_server_error()
    );
}

#[tokio::test]
async fn headers_are_read_as_their_types() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200)
        .insert_header("x-total-count", "12")
        .insert_header("x-tags", "a, b")
        .insert_header("x-kind", "partial")
        .set_body_json(["x"]);
    answers(&server, "/things", answer).await;
    let client = headers::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    let response = client.list_things().send().await.unwrap();
    let headers = headers::ListThingsHeaders::read(response.parts());
    assert_eq!(headers.x_total_count, Some(12));
    assert_eq!(headers.x_tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(headers.x_kind, Some(headers::Kind::Partial));
    assert_eq!(headers.x_until, None);
}

#[tokio::test]
async fn parameters_and_forms_are_written_as_the_document_says() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let client = parameters::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    let spot = parameters::Spot::new(1, 2);
    client
        .search(spot.clone())
        .filter(spot.clone())
        .x_spot(spot.clone())
        .near(spot.clone())
        .await
        .unwrap();
    let request = sent(&server).await;
    assert_eq!(
        request.url.path(),
        "/search/%7B%22x%22%3A1%2C%22y%22%3A2%7D"
    );
    assert_eq!(
        request.url.query(),
        Some("filter=%7B%22x%22%3A1%2C%22y%22%3A2%7D&near%5Bx%5D=1&near%5By%5D=2")
    );
    assert_eq!(request.headers["x-spot"], "{\"x\":1,\"y\":2}");
    client.whole(spot.clone()).await.unwrap();
    assert_eq!(sent(&server).await.url.query(), Some("x=1&y=2"));
    client.json().await.unwrap();
    assert_eq!(sent(&server).await.url.query(), None);

    let expected = "amount=5&expand%5B%5D=x&codes=1,2&tags=a&tags=b&note=%22n%22&address=%7B%22city%22%3A%22c%22%7D";
    Mock::given(path("/charges"))
        .and(body_string(expected))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let client = forms::Client::builder()
        .base_url(server.uri())
        .build()
        .unwrap();
    let address = forms::ChargeAddress::new().city("c");
    let charge = forms::Charge::new(5)
        .expand(vec!["x".to_owned()])
        .codes(vec![1, 2])
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .note("n")
        .address(address);
    client.create_charge(charge).await.unwrap();
}

#[tokio::test]
async fn an_operation_sends_the_credentials_that_it_takes() {
    let server = MockServer::start().await;
    Mock::given(path("/things"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let credentials = security::Credentials::new()
        .key(ApiKey::new("k"))
        .token(ApiKey::new("t"));
    let client = security::Client::builder(credentials)
        .base_url(server.uri())
        .build()
        .unwrap();
    let seen = |request: &Request| {
        (
            request.headers.contains_key("x-key"),
            request.headers.contains_key("authorization"),
        )
    };
    client.a().await.unwrap();
    assert_eq!(
        seen(&sent(&server).await),
        (true, false),
        "the first that it takes"
    );
    client.b().await.unwrap();
    assert_eq!(
        seen(&sent(&server).await),
        (false, false),
        "none are needed"
    );
    client.c().await.unwrap();
    assert_eq!(
        seen(&sent(&server).await),
        (false, true),
        "`account` is missing"
    );
}
