//! Bodies from streams, and the headers of parts (OpenAPI 3.1 §4.8.15).

use stencil_runtime::{Body, Part};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls::case;

case!(uploads);

use uploads::{AddPhotoBody, AddPhotoBodyAbout, Client, Kind};

#[tokio::test]
async fn a_file_comes_from_a_reader_with_headers_of_its_own() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let client = Client::builder().base_url(server.uri()).build().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "pixels").unwrap();
    let reader = tokio::fs::File::open(file.path()).await.unwrap();
    let part = Part::new(Body::reader(reader, Some(6))).file_name("a.png");
    let body = AddPhotoBody::new(part).about(AddPhotoBodyAbout::new().title("t"));
    client
        .add_photo(body, 7)
        .about_x_kind(Kind::Short)
        .file_x_rate("q")
        .await
        .unwrap();
    let request = server.received_requests().await.unwrap().pop().unwrap();
    let sent = String::from_utf8(request.body.clone()).unwrap();
    for part in [
        "name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\nX-Rate: 7\r\n\r\npixels\r\n",
        "name=\"about\"\r\nContent-Type: application/json\r\nX-Kind: short\r\n\r\n{\"title\":\"t\"}\r\n",
    ] {
        assert!(sent.contains(part), "no {part:?} in {sent:?}");
    }
    assert_eq!(request.url.query(), Some("file_x_rate=q"));

    let reader = tokio::fs::File::open(file.path()).await.unwrap();
    let call = client.put_backup(Body::reader(reader, None));
    let again = call.clone();
    call.await.unwrap();
    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(request.body, b"pixels");
    assert!(
        again.await.unwrap_err().is_request(),
        "a stream is sent once"
    );
    client.put_backup("bytes").await.unwrap();
}
