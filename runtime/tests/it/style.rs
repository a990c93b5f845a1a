//! How parameters are written: the table "Style Examples" of OpenAPI 3.1.1 §4.8.12.5, and what it leaves
//! open (RFC 6570, RFC 3986).
//!
//! The properties of the table's object are in alphabetical order here: objects have none of their own
//! (RFC 8259 §4).

use serde_json::{Value, json};
use stencil_runtime::{EncodeError, FormField, Method, Request, Style};

use crate::support;

fn values() -> [Value; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        json!({ "B": 150, "G": 200, "R": 100 }),
    ]
}

fn in_path(style: Style, explode: bool, value: &Value) -> Result<String, EncodeError> {
    let mut request = Request::new(Method::GET, "/{color}", "application/json");
    request.path_styled("color", style, explode, value)?;
    Ok(request.path_text()[1..].to_owned())
}

fn in_query(style: Style, explode: bool, value: &Value) -> Result<String, EncodeError> {
    let mut request = Request::new(Method::GET, "/", "application/json");
    request.query_styled("color", style, explode, value)?;
    Ok(request.query_text())
}

#[test]
fn path_styles_follow_the_table() {
    let table: [(Style, bool, [&str; 4]); 6] = [
        (
            Style::Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=B,150,G,200,R,100",
            ],
        ),
        (
            Style::Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";B=150;G=200;R=100",
            ],
        ),
        (
            Style::Label,
            false,
            [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"],
        ),
        (
            Style::Label,
            true,
            [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
        ),
        (
            Style::Simple,
            false,
            ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
        ),
        (
            Style::Simple,
            true,
            ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
        ),
    ];
    for (style, explode, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            match in_path(style, explode, value) {
                Ok(text) => assert_eq!(text, expected, "{style:?} explode {explode} {value}"),
                // An empty segment is another path: the one difference from the table, on purpose.
                Err(error) => assert!(expected.is_empty(), "{style:?} {explode} {value}: {error}"),
            }
        }
    }
}

#[test]
fn query_styles_follow_the_table() {
    let table: [(Style, bool, &[&str]); 4] = [
        (
            Style::Form,
            false,
            &[
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=B,150,G,200,R,100",
            ],
        ),
        (
            Style::Form,
            true,
            &[
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "B=150&G=200&R=100",
            ],
        ),
        (
            Style::SpaceDelimited,
            false,
            &[
                "",
                "",
                "color=blue%20black%20brown",
                "color=B%20150%20G%20200%20R%20100",
            ],
        ),
        (
            Style::PipeDelimited,
            false,
            &[
                "",
                "",
                "color=blue%7Cblack%7Cbrown",
                "color=B%7C150%7CG%7C200%7CR%7C100",
            ],
        ),
    ];
    for (style, explode, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            // The table has "n/a" for single values in the delimited styles.
            if !expected.is_empty() {
                assert_eq!(
                    in_query(style, explode, value).unwrap(),
                    *expected,
                    "{style:?} {explode}"
                );
            }
        }
    }
    let object = &values()[3];
    assert_eq!(
        in_query(Style::DeepObject, true, object).unwrap(),
        "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"
    );
}

fn in_cookie(style: Style, explode: bool, value: &Value) -> Result<String, EncodeError> {
    let mut request = Request::new(Method::GET, "/", "application/json");
    request.cookie_styled("color", style, explode, value)?;
    let headers = request.headers();
    let cookie = headers.get("cookie");
    Ok(cookie.map_or_else(String::new, |cookie| cookie.to_str().unwrap().to_owned()))
}

/// The rows `cookie` of the table in OpenAPI 3.2.0 §4.12.5.
#[test]
fn cookie_styles_follow_the_table() {
    let table: [(bool, [&str; 4]); 2] = [
        (
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=B,150,G,200,R,100",
            ],
        ),
        (
            true,
            [
                "color=",
                "color=blue",
                "color=blue; color=black; color=brown",
                "B=150; G=200; R=100",
            ],
        ),
    ];
    for (explode, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            assert_eq!(
                in_cookie(Style::Cookie, explode, value).unwrap(),
                expected,
                "{explode}"
            );
        }
    }
}

/// OpenAPI 3.2.0 §4.12.3: no percent-encoding is applied; RFC 6265 §4.1.1 has what a value may hold.
#[test]
fn a_cookie_is_sent_as_it_is_or_not_at_all() {
    let value = json!("a%20b/c=d:e");
    assert_eq!(
        in_cookie(Style::Cookie, true, &value).unwrap(),
        "color=a%20b/c=d:e"
    );
    assert_eq!(
        in_cookie(Style::Form, true, &value).unwrap(),
        "color=a%2520b%2Fc%3Dd%3Ae"
    );
    for text in ["a; admin=1", "a b", "\"a\"", "a\\b", "ü", "a\r\nb"] {
        let error = in_cookie(Style::Cookie, true, &json!(text)).unwrap_err();
        assert!(error.to_string().contains("cookie"), "{error}");
    }
}

#[test]
fn null_and_empty_lists_are_left_out_of_queries() {
    // RFC 6570 §2.3: an undefined variable and a list with no members expand to nothing.
    for style in [
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::DeepObject,
    ] {
        assert_eq!(
            in_query(style, false, &Value::Null).unwrap(),
            "",
            "{style:?}"
        );
        assert_eq!(in_query(style, false, &json!([])).unwrap(), "", "{style:?}");
    }
}

#[test]
fn everything_but_unreserved_characters_is_encoded() {
    // RFC 3986 §2.3; "ü" is C3 BC in UTF-8.
    let text = json!("aZ09-._~ /?#[]@!$&'()*+,;=%ü");
    let encoded = "aZ09-._~%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%C3%BC";
    assert_eq!(in_path(Style::Simple, false, &text).unwrap(), encoded);
    assert_eq!(
        in_query(Style::Form, true, &text).unwrap(),
        format!("color={encoded}")
    );
}

#[test]
fn reserved_characters_stay_where_the_document_allows_them() {
    let mut request = Request::new(Method::GET, "/", "application/json");
    request
        .query_reserved("q", Style::Form, true, "a/b:c?d&e#f g")
        .unwrap();
    // `&` and `#` would end the value, whatever the document allows.
    assert_eq!(request.query_text(), "q=a/b:c?d%26e%23f%20g");
}

#[test]
fn lists_within_lists_are_refused() {
    let error = in_query(Style::Form, true, &json!([["a"]])).unwrap_err();
    assert!(error.to_string().contains("color"), "{error}");
}

type Write = fn(&mut Request) -> Result<(), EncodeError>;

#[test]
fn a_path_parameter_is_never_empty_and_never_a_dot_segment() {
    // RFC 3986 §5.2.4: `/things/..` is `/`, so that another operation would be called.
    let refused: [Write; 5] = [
        |request| request.path("id", ""),
        |request| request.path("id", "."),
        |request| request.path("id", ".."),
        |request| request.path("id", &None::<String>),
        |_| Ok(()),
    ];
    for (index, write) in refused.into_iter().enumerate() {
        assert!(support::request(write).is_err(), "case {index}");
    }
    let allowed = support::request(|request| request.path("id", "...")).unwrap();
    assert_eq!(allowed.uri().path(), "/things/...");
    let encoded = support::request(|request| request.path("id", "../admin?x#y")).unwrap();
    assert_eq!(
        encoded.uri(),
        "https://api.example.com/things/..%2Fadmin%3Fx%23y"
    );
}

#[test]
fn a_value_that_looks_like_a_parameter_is_no_parameter() {
    let request = support::request(|request| request.path("id", "{id}")).unwrap();
    assert_eq!(request.uri().path(), "/things/%7Bid%7D");
}

#[test]
fn a_header_refuses_line_ends_and_does_not_show_them() {
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "ü"] {
        let mut request = Request::new(Method::GET, "/", "application/json");
        let error = request.header("X-Thing", value).unwrap_err().to_string();
        assert!(error.contains("X-Thing"), "{error}");
        assert!(!error.contains("Evil"), "{error}");
    }
}

#[test]
fn headers_take_lists_and_objects() {
    let mut request = Request::new(Method::GET, "/", "application/json");
    request.header("X-List", &["a", "b"]).unwrap();
    request
        .header_styled("X-Object", Style::Simple, true, &values()[3])
        .unwrap();
    request.header("X-Null", &None::<String>).unwrap();
    assert_eq!(request.headers()["x-list"], "a,b");
    assert_eq!(request.headers()["x-object"], "B=150,G=200,R=100");
    assert!(!request.headers().contains_key("x-null"));
}

#[test]
fn cookies_are_joined_in_one_header() {
    // RFC 6265 §5.4: one Cookie header.
    let mut request = Request::new(Method::GET, "/", "application/json");
    request.cookie("a", "1").unwrap();
    request.cookie("b", "x; y").unwrap();
    assert_eq!(request.headers()["cookie"], "a=1; b=x%3B%20y");
}

#[test]
fn forms_are_encoded() {
    let mut request = Request::new(Method::POST, "/", "application/json");
    request
        .form(&json!({ "a": "x y&z", "b": [1, 2], "c": null }))
        .unwrap();
    assert_eq!(*request.body().unwrap(), "a=x%20y%26z&b=1&b=2".into());
    assert_eq!(
        request.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
}

/// 3.1 §4.8.15: a style where there is one, else the media type, which is JSON for objects.
#[test]
fn properties_of_a_form_have_encodings() {
    let sent = |write: fn(&mut Request) -> Result<(), EncodeError>| {
        let request = crate::support::request(write).unwrap();
        String::from_utf8(request.into_body().to_vec()).unwrap()
    };
    let plain = sent(|request| {
        request.path("id", "1")?;
        request.form(&json!({ "a": [1, 2], "b": { "c": "d e" }, "f": [{ "g": 1 }], "n": null }))
    });
    assert_eq!(
        plain,
        "a=1&a=2&b=%7B%22c%22%3A%22d%20e%22%7D&f=%7B%22g%22%3A1%7D"
    );
    let told = sent(|request| {
        request.path("id", "1")?;
        let fields = [
            ("a", FormField::Styled(Style::DeepObject, true)),
            ("b", FormField::Styled(Style::DeepObject, true)),
            ("c", FormField::Styled(Style::Form, false)),
            ("d", FormField::Json),
        ];
        let body =
            json!({ "a": ["x"], "b": { "k": [{ "l": 1 }, { "l": 2 }] }, "c": [1, 2], "d": "t" });
        request.form_with(&fields, &body)
    });
    assert_eq!(
        told,
        "a%5B%5D=x&b%5Bk%5D%5B0%5D%5Bl%5D=1&b%5Bk%5D%5B1%5D%5Bl%5D=2&c=1,2&d=%22t%22"
    );
}

/// 3.2 §4.12.1.
#[test]
fn a_query_may_be_written_as_a_whole() {
    let query = |write: fn(&mut Request) -> Result<(), EncodeError>| {
        let request = crate::support::request(write).unwrap();
        request.uri().query().map(str::to_owned)
    };
    let form = query(|request| {
        request.path("id", "1")?;
        request.whole_query(&json!({ "x": 1, "y": "a b" }))
    });
    assert_eq!(form.as_deref(), Some("x=1&y=a%20b"));
    let json = query(|request| {
        request.path("id", "1")?;
        request.whole_query_json(&json!({ "x": 1 }))
    });
    assert_eq!(json.as_deref(), Some("%7B%22x%22%3A1%7D"));
}
