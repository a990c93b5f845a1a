//! Bodies that are read while they come.

use std::time::Duration;

use serde_json::{Value, json};
use stencil_runtime::{
    ByteStream, Bytes, Error, Event, HeaderMap, Items, NoError, RawResponse, Response, StatusCode,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{PLAIN, client};

type Read<T> = Result<Response<Items<T>>, Error<NoError>>;

fn whole(body: &str) -> RawResponse {
    RawResponse::new(StatusCode::OK, HeaderMap::new(), body.to_owned())
}

async fn all<T>(items: Read<T>) -> Vec<Result<T, Error>> {
    let mut items = items.unwrap().into_body();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item);
    }
    found
}

async fn good<T>(items: Read<T>) -> Vec<T> {
    all(items).await.into_iter().map(Result::unwrap).collect()
}

#[tokio::test]
async fn lines_are_items() {
    let items: Vec<Value> = good(whole("{\"a\":1}\r\n\n{\"a\":2}").lines()).await;
    assert_eq!(items, [json!({"a": 1}), json!({"a": 2})]);
    // RFC 7464 §2.2.
    let items: Vec<Value> = good(whole("\u{1e}[1]\n\u{1e}[2]\n").sequence()).await;
    assert_eq!(items, [json!([1]), json!([2])]);
}

#[tokio::test]
async fn a_bad_line_is_an_error_in_its_place() {
    let items: Vec<Result<i64, Error>> = all(whole("1\nx-secret\n3\n").lines()).await;
    assert_eq!(items.len(), 3);
    let error = items[1].as_ref().unwrap_err();
    assert!(
        error.is_decode() && !error.to_string().contains("secret"),
        "{error}"
    );
    assert_eq!(error.body().map(Bytes::as_ref), Some(&b"x-secret"[..]));
    assert!(items[2].is_ok());
}

/// The examples of WHATWG HTML §9.2.6, and what the section says of each.
#[tokio::test]
async fn events_are_parted_as_the_standard_says() {
    let texts = async |body: &str| -> Vec<Event<String>> { good(whole(body).event_texts()).await };
    let data = async |body: &str| -> Vec<String> {
        texts(body)
            .await
            .into_iter()
            .map(|event| event.data)
            .collect()
    };
    let stocks = "data: YHOO\ndata: +2\ndata: 10\n\n";
    assert_eq!(data(stocks).await, ["YHOO\n+2\n10"]);
    let four = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    let events = texts(four).await;
    let told: Vec<(&str, Option<&str>)> = events
        .iter()
        .map(|event| (event.data.as_str(), event.id.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("first event", Some("1")),
            ("second event", Some("")),
            (" third event", Some(""))
        ]
    );
    // Two events with empty strings, and one that is not ended.
    assert_eq!(data("data\n\ndata\ndata\n\ndata:").await, ["", "\n"]);
    // Both spellings say the same.
    assert_eq!(data("data:test\n\ndata: test\n\n").await, ["test", "test"]);
    // Ends of lines, and a byte order mark.
    assert_eq!(
        data("\u{feff}data: a\r\rdata: b\r\n\r\ndata: c\n\n").await,
        ["a", "b", "c"]
    );
    let events = texts("event: add\nretry: 250\ndata: 1\n\ndata: 2\n\n").await;
    assert_eq!(events[0].event.as_deref(), Some("add"));
    assert_eq!(events[0].retry, Some(Duration::from_millis(250)));
    assert_eq!(events[1].event, None);
}

#[derive(serde::Deserialize)]
struct Whole {
    data: Inner,
}

#[derive(serde::Deserialize)]
struct Inner {
    a: i64,
}

#[tokio::test]
async fn events_have_types() {
    let body = "id: 7\ndata: {\"a\":1}\n\ndata: [DONE]\n\ndata: {\"a\":2}\n\n";
    let events: Vec<Event<Value>> = good(whole(body).events()).await;
    assert_eq!(events.len(), 1, "what follows `[DONE]` is not read");
    assert_eq!(events[0].data, json!({"a": 1}));
    let events: Vec<Value> = good(whole("id: 7\ndata: {\"a\":1}\n\n").whole_events()).await;
    assert_eq!(events, [json!({"id": "7", "data": "{\"a\":1}"})]);
    let events: Vec<Whole> = good(whole("id: 7\ndata: {\"a\":1}\n\n").whole_events()).await;
    assert_eq!(events[0].data.a, 1);
}

/// A server that sends the head, then the pieces with a pause before each, and then nothing more.
async fn slow(head: &'static str, pieces: &'static [&'static str], pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0_u8; 4096];
        let _ = socket.read(&mut request).await.unwrap();
        socket.write_all(head.as_bytes()).await.unwrap();
        for piece in pieces {
            tokio::time::sleep(pause).await;
            let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
            socket.write_all(chunk.as_bytes()).await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(30)).await;
    });
    format!("http://{address}")
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn items_come_before_the_body_ends() {
    let url = slow(
        HEAD,
        &["data: 1\n", "\ndata: 2\n\n"],
        Duration::from_millis(20),
    )
    .await;
    let client = client(&url);
    let read = |raw: RawResponse| raw.events();
    let response = client.items(
        &PLAIN,
        stencil_runtime::CallOptions::default(),
        "text/event-stream",
        read,
    );
    let mut items: Items<Event<i64>> = response.await.unwrap().into_body();
    assert_eq!(items.next().await.unwrap().unwrap().data, 1);
    assert_eq!(items.next().await.unwrap().unwrap().data, 2);
}

#[tokio::test]
async fn a_stream_that_stalls_ends() {
    let url = slow(HEAD, &["data: 1\n\n"], Duration::ZERO).await;
    let client = client(&url);
    let mut options = stencil_runtime::CallOptions::default();
    options.timeout(Duration::from_millis(200));
    let response = client.stream(&PLAIN, options).await.unwrap();
    let mut bytes: ByteStream = response.into_body();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "data: 1\n\n");
    assert!(bytes.next().await.unwrap().unwrap_err().is_timeout());
    assert!(bytes.next().await.is_none());
}
