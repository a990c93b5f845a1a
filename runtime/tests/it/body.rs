//! Bodies that come from streams and readers.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_json::Value;
use stencil_runtime::{
    Body, Bytes, CallOptions, EncodeError, Error, Method, Operation, Part, RawResponse, Request,
    Response,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Get, GetError, builder, client};

/// The same as `Get`, but that its method has a body.
struct Post(fn(&mut Request) -> Result<(), EncodeError>);

impl Operation for Post {
    const ID: &'static str = "post";
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/things/{id}";
    type Output = Value;
    type Error = GetError;
    fn encode(&self, request: &mut Request) -> Result<(), EncodeError> {
        (self.0)(request)
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error<GetError>> {
        response.json()
    }
}

/// A stream of these texts.
struct Texts(Vec<&'static str>);

impl Stream for Texts {
    type Item = Result<Bytes, std::io::Error>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|text| match text {
            "!" => Err(std::io::Error::other("broken")),
            text => Ok(Bytes::from(text)),
        }))
    }
}

async fn server() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("1"))
        .mount(&server)
        .await;
    server
}

async fn sent(server: &MockServer) -> wiremock::Request {
    server.received_requests().await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length_where_that_is_known() {
    let server = server().await;
    let client = client(&server.uri());
    // RFC 9112 §6: a length that is known, chunks otherwise.
    let known = Post(|request| {
        request.path("id", "1")?;
        request.bytes("text/plain", &Body::stream(Texts(vec!["ab", "c"]), Some(3)))
    });
    client.send(&known, CallOptions::default()).await.unwrap();
    let request = sent(&server).await;
    assert_eq!(request.body, b"abc");
    assert_eq!(request.headers["content-length"], "3");
    let unknown = Post(|request| {
        request.path("id", "1")?;
        request.bytes("text/plain", &Body::reader(&b"abc"[..], None))
    });
    client.send(&unknown, CallOptions::default()).await.unwrap();
    let request = sent(&server).await;
    assert_eq!(request.body, b"abc");
    assert_eq!(request.headers["transfer-encoding"], "chunked");
    // Nothing would be sent, without a word.
    let get = Get(|request| {
        request.path("id", "1")?;
        request.bytes("text/plain", &Body::reader(&b"abc"[..], None))
    });
    assert!(
        client
            .send(&get, CallOptions::default())
            .await
            .unwrap_err()
            .is_request()
    );
}

#[tokio::test]
async fn a_stream_that_breaks_or_has_another_length_is_an_error() {
    let server = server().await;
    let client = client(&server.uri());
    for write in [
        |request: &mut Request| {
            request.path("id", "1")?;
            request.bytes("text/plain", &Body::stream(Texts(vec!["ab"]), Some(3)))
        },
        |request: &mut Request| {
            request.path("id", "1")?;
            request.bytes("text/plain", &Body::stream(Texts(vec!["abcd"]), Some(3)))
        },
        |request: &mut Request| {
            request.path("id", "1")?;
            request.bytes("text/plain", &Body::stream(Texts(vec!["a", "!"]), None))
        },
    ] {
        let error = client
            .send(&Post(write), CallOptions::default())
            .await
            .unwrap_err();
        assert!(error.status().is_none(), "{error:?}");
    }
}

#[tokio::test]
async fn a_part_may_be_a_stream() {
    let server = server().await;
    let client = client(&server.uri());
    let write = Post(|request| {
        request.path("id", "1")?;
        request.multipart(|form| {
            form.field("note", None, "n")?;
            let part = Part::new(Body::reader(&b"abc"[..], Some(3))).file_name("a.txt");
            form.files("file", Some("text/plain"), &part)
        })
    });
    client.send(&write, CallOptions::default()).await.unwrap();
    let request = sent(&server).await;
    let media = request.headers["content-type"].to_str().unwrap();
    let boundary = media.split_once("boundary=").unwrap().1;
    assert_eq!(
        String::from_utf8(request.body.clone()).unwrap(),
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--{boundary}--\r\n"
        )
    );
    assert_eq!(
        request.headers["content-length"],
        request.body.len().to_string().as_str(),
        "all lengths are known"
    );
    client.send(&write, CallOptions::default()).await.unwrap();
    let other = sent(&server).await;
    assert_ne!(other.headers["content-type"], media, "it cannot be guessed");
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let body = Body::stream(Texts(vec!["ab"]), None);
    assert!(!body.is_repeatable() && Body::from("ab").is_repeatable());
    assert_eq!((body.length(), body.as_bytes()), (None, None));
    assert_eq!(body, body.clone(), "the very same stream");
    assert_ne!(body, Body::stream(Texts(vec!["ab"]), None));
    assert!(!format!("{:?}", Body::from("secret")).contains("secret"));
    let mut request = Request::new(Method::POST, "/", "*/*");
    assert!(request.is_repeatable(), "no body");
    request.bytes("text/plain", &body).unwrap();
    assert!(!request.is_repeatable());

    let looked_at = Post(|request| {
        request.path("id", "1")?;
        request.bytes("text/plain", &Body::stream(Texts(vec![]), None))
    });
    let client = builder().build().unwrap().0;
    assert!(client.request(&looked_at, &CallOptions::default()).is_err());
}

#[tokio::test]
async fn a_call_with_a_stream_is_not_repeated() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(503))
        .mount(&server)
        .await;
    let client = client(&server.uri());
    // A GET could be sent again.
    let stream = Get(|request| {
        request.path("id", "1")?;
        request.bytes("text/plain", &Body::stream(Texts(vec!["ab"]), Some(2)))
    });
    let bytes = Get(|request| {
        request.path("id", "1")?;
        request.bytes("text/plain", &Body::from("ab"))
    });
    let error = client
        .send(&stream, CallOptions::default())
        .await
        .unwrap_err();
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    // What the server said, and not that the stream was gone when it was asked for again.
    assert_eq!(error.status().unwrap().as_u16(), 503, "{error:?}");
    assert_eq!(error.attempts(), None, "{error:?}");
    client
        .send(&bytes, CallOptions::default())
        .await
        .unwrap_err();
    assert!(server.received_requests().await.unwrap().len() > 2);
}
