//! XML and other text: what is sent and read is the text itself.

use serde_json::json;
use stencil_runtime::Error;
use wiremock::matchers::{body_string, header, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls::case;

case!(texts);

use texts::{AddNoteContent, Client, PutNoteError};

const NOTE: &str = "<note to=\"a&amp;b\"/>";

fn client(server: &MockServer) -> Client {
    Client::builder().base_url(server.uri()).build().unwrap()
}

#[tokio::test]
async fn xml_is_sent_and_read_as_it_stands() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw("<note/>", "application/xml");
    Mock::given(header("content-type", "application/xml"))
        .and(body_string(NOTE))
        .respond_with(answer)
        .mount(&server)
        .await;
    assert_eq!(client(&server).put_note(NOTE).await.unwrap(), "<note/>");
}

#[tokio::test]
async fn an_error_in_xml_is_text_too() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(404).set_body_raw(NOTE, "application/problem+xml");
    Mock::given(method("PUT"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let failed = client(&server).put_note(NOTE).await.unwrap_err();
    assert!(
        matches!(failed, Error::Api(PutNoteError::NotFound(answer)) if answer.body().as_str() == NOTE)
    );
}

#[tokio::test]
async fn xml_may_be_one_of_several_forms() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_json(json!({ "to": "a" }));
    Mock::given(header("content-type", "text/xml"))
        .and(body_string(NOTE))
        .respond_with(answer)
        .mount(&server)
        .await;
    let body = AddNoteContent::Xml(NOTE.to_owned());
    let note = client(&server).add_note().body(body).await.unwrap();
    assert_eq!(note.to.as_deref(), Some("a"));
}

/// What the schema of a text says is in no type: told, where the text is what is sent or read.
#[test]
fn a_schema_that_makes_no_type_is_told() {
    let losses = stencil_tests::features::generate("texts").unwrap().losses;
    // Line and column counted by hand.
    let places: Vec<(usize, usize)> = losses
        .iter()
        .filter(|loss| loss.what.starts_with("it is text"))
        .map(|loss| (loss.place.line, loss.place.column))
        .collect();
    assert_eq!(places.len(), 4, "{losses:?}");
    for line in [11, 13, 14, 20] {
        assert!(places.iter().any(|(at, _)| *at == line), "{places:?}");
    }
}
