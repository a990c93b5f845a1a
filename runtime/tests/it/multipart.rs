//! Bodies of several parts: RFC 7578, and the order of RFC 2046 §5.1.

use serde_json::json;
use stencil_runtime::{Maybe, Method, Part, Request};

fn written(
    write: fn(&mut stencil_runtime::Multipart) -> Result<(), stencil_runtime::EncodeError>,
) -> (String, String) {
    let mut request = Request::new(Method::POST, "/", "application/json");
    request.multipart(write).unwrap();
    let media = request.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (
        media,
        String::from_utf8(request.body().unwrap().as_bytes().unwrap().to_vec()).unwrap(),
    )
}

#[test]
fn parts_are_written_as_rfc_7578_has_them() {
    let (media, body) = written(|form| {
        form.field("purpose", None, "fine tune")?;
        form.files(
            "file",
            None,
            &Part::new("a,b").file_name("x.csv").media_type("text/csv"),
        )
    });
    let boundary = media
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert_eq!(
        body,
        format!(
            "--{boundary}\r\n\
             Content-Disposition: form-data; name=\"purpose\"\r\n\r\n\
             fine tune\r\n\
             --{boundary}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n\
             a,b\r\n\
             --{boundary}--\r\n"
        )
    );
}

#[test]
fn values_are_written_by_their_kind() {
    let (_, body) = written(|form| {
        form.field("list", None, &[1, 2])?;
        form.field("object", None, &json!({ "a": 1 }))?;
        form.field("absent", None, &None::<String>)?;
        form.files("none", None, &None::<Part>)?;
        form.files("maybe", None, &Maybe::<Part>::Absent)?;
        form.files(
            "several",
            Some("image/png"),
            &vec![Part::new("1"), Part::new("2")],
        )
    });
    assert_eq!(body.matches("name=\"list\"").count(), 2);
    assert!(
        body.contains("Content-Type: application/json\r\n\r\n{\"a\":1}"),
        "{body}"
    );
    assert!(!body.contains("absent") && !body.contains("none") && !body.contains("maybe"));
    assert_eq!(body.matches("Content-Type: image/png").count(), 2);
}

#[test]
fn a_name_cannot_end_its_header() {
    let (_, body) = written(|form| {
        form.files(
            "f",
            None,
            &Part::new("x").file_name("a\"; evil=\"1\r\nX-Evil: 1"),
        )
    });
    assert!(!body.contains("\r\nX-Evil"), "{body}");
    assert!(
        body.contains("filename=\"a%22; evil=%221%0D%0AX-Evil: 1\""),
        "{body}"
    );
}

#[test]
fn a_boundary_stands_in_no_part() {
    let (media, _) = written(|form| form.field("a", None, "x"));
    let first = media.rsplit('=').next().unwrap().to_owned();
    assert_eq!(first, "stencil-0000000000000000");
    let (media, _) = written(|form| form.field("a", None, "stencil-0000000000000000"));
    assert!(!media.ends_with(&first), "{media}");
}

#[test]
fn headers_of_parts_stand_in_their_heads() {
    let (_, body) = written(|form| {
        form.header("file", "X-Rate", &7)?;
        form.header("file", "X-None", &None::<i64>)?;
        form.files("file", None, &Part::new("x").header("X-Own", "mine"))?;
        form.field("other", None, "y")
    });
    // RFC 7578 §4.8 leaves other headers to those who agree on them; RFC 2046 §5.1.1 has their place.
    assert!(
        body.contains(
            "Content-Type: application/octet-stream\r\nX-Own: mine\r\nX-Rate: 7\r\n\r\nx"
        ),
        "{body}"
    );
    assert!(body.contains("name=\"other\"\r\n\r\ny"), "{body}");
    let mut request = Request::new(Method::POST, "/", "application/json");
    let refused = request.multipart(|form| {
        form.files(
            "file",
            None,
            &Part::new("x").header("X-Own", "a\r\nX-Evil: 1"),
        )
    });
    assert!(refused.unwrap_err().to_string().contains("X-Own"));
}
