//! The setting `validate`: limits are checked before anything is sent (JSON Schema Validation 2020-12 §6).

use std::collections::BTreeMap;

use stencil_runtime::{ApiError, Error, Secret};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls::case;

case!(limits);

use limits::{Cat, Client, Part, Pet, PutListsContent, Thing};

fn client(server: &str) -> Client {
    Client::builder().base_url(server).build().unwrap()
}

/// What the error says, if the call was not sent.
fn refused<E: ApiError>(error: &Error<E>) -> String {
    assert!(error.is_request(), "{error}");
    error.to_string()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one limit after the other")]
async fn what_does_not_keep_to_a_limit_is_not_sent() {
    // Nothing listens there.
    let client = client("http://127.0.0.1:1");
    let thing = || Thing::new("abc");
    let nested = Part::new().parts(vec![Part::new().count(6)]);
    for (thing, told) in [
        (
            Thing::new("a"),
            "`/name` must have 2 characters at least (`minLength`)",
        ),
        (
            Thing::new("äöüß"),
            "`/name` must have 3 characters at most (`maxLength`)",
        ),
        (
            thing().price(0.0),
            "`/price` must be more than 0 (`exclusiveMinimum`)",
        ),
        (
            thing().price(0.125),
            "`/price` must be a multiple of 0.01 (`multipleOf`)",
        ),
        (
            thing().tags(vec![]),
            "`/tags` must have 1 items at least (`minItems`)",
        ),
        (
            thing().tags(vec!["a".into(); 4]),
            "`/tags` must have 3 items at most (`maxItems`)",
        ),
        (
            thing().tags(vec!["a".into(); 2]),
            "`/tags` must not have an item twice (`uniqueItems`)",
        ),
        (
            thing().tags(vec!["a".into(), "1".into()]),
            "`/tags/1` must match `^\\p{L}+$` (`pattern`)",
        ),
        (
            thing().spot((90.0, 181.0)),
            "`/spot/1` must be 180 at most (`maximum`)",
        ),
        (
            thing().parts(vec![Part::new(), nested]),
            "`/parts/1/parts/0/count` must be 5 at most (`maximum`)",
        ),
        (
            thing().named(BTreeMap::new()),
            "`/named` must have 1 members at least (`minProperties`)",
        ),
        (
            thing().named([("a/b".to_owned(), Part::new().count(6))].into()),
            "`/named/a~1b/count` must be 5 at most (`maximum`)",
        ),
        (
            thing().pet(Pet::Cat(Cat::new("cat").lives(10))),
            "`/pet/lives` must be 9 at most (`maximum`)",
        ),
        (
            thing().note("ab"),
            "`/note` must have 1 characters at most (`maxLength`)",
        ),
        (
            thing().secret(Secret::new("short")),
            "`/secret` must have 8 characters at least (`minLength`)",
        ),
        (
            thing()
                .price(1.0)
                .spot((1.0, 1.0))
                .note_null()
                .odd("x")
                .secret("long enough")
                .named([("a".to_owned(), Part::new())].into()),
            "must have 6 members at most (`maxProperties`)",
        ),
    ] {
        let error = refused(&client.put_thing(thing, "a1").await.unwrap_err());
        assert!(
            error.contains(&format!("`body`: {told}")),
            "no {told} in {error}"
        );
        assert!(
            !error.contains("short") && !error.contains("äöüß"),
            "no value: {error}"
        );
    }
    let error = refused(&client.put_thing(thing(), "1a").await.unwrap_err());
    assert!(
        error.contains("`id`: must match `^[a-z]\\d+$` (`pattern`)"),
        "{error}"
    );
    for (size, told) in [(0, "minimum"), (105, "maximum"), (12, "multipleOf")] {
        let error = refused(
            &client
                .put_thing(thing(), "a1")
                .size(size)
                .await
                .unwrap_err(),
        );
        assert!(
            error.contains("`size`: ") && error.contains(told),
            "{error}"
        );
    }
    for (body, told) in [
        (
            PutListsContent::Json(vec!["a".into(), "b".into()]),
            "`body`: must have 1 items at most",
        ),
        (
            PutListsContent::Json(vec!["abc".into()]),
            "`body`: `/0` must have 2 characters at most",
        ),
        (
            PutListsContent::Text(String::new()),
            "`body`: must have 1 characters at least",
        ),
    ] {
        let error = refused(&client.put_lists().body(body).await.unwrap_err());
        assert!(error.contains(told), "{error}");
    }
}

#[tokio::test]
async fn what_keeps_to_all_limits_is_sent() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let client = client(&server.uri());
    for thing in [
        Thing::new("ab"),
        Thing::new("äöü")
            .price(19.99)
            .tags(vec!["é".into(), "e".into()]),
        Thing::new("abc")
            .price(0.01)
            .spot((90.0, -180.0))
            .note_null()
            .odd("any")
            .secret("12345678"),
        Thing::new("abc").pet(Pet::Other(serde_json::json!({ "lives": 10 }))),
        Thing::new("abc").parts(vec![Part::new().count(5), Part::new().count(0)]),
    ] {
        client.put_thing(thing, "a1").size(100).await.unwrap();
    }
    client.put_lists().await.unwrap();
}

#[test]
fn nothing_is_there_that_was_not_asked_for() {
    let mut config = stencil_codegen::Config::new("");
    let document = stencil_tests::features::document("limits").unwrap();
    config.spec = stencil_codegen::Input::text("openapi.yaml", document);
    let plain = stencil_codegen::generate(&config).unwrap();
    assert!(!plain.source().contains("Check") && !plain.source().contains("rt::Limit"));
    assert!(plain.runtime_features.is_empty() && plain.losses.is_empty());
    let checked = stencil_codegen::generate(&config.validate(true)).unwrap();
    assert_eq!(checked.runtime_features, ["pattern"]);
    let told: Vec<String> = checked.losses.iter().map(ToString::to_string).collect();
    assert!(
        told.len() == 1 && told[0].contains("openapi.yaml:40:"),
        "{told:?}"
    );
}

/// 3.0 §4.7.24: a boolean beside the bound.
#[test]
fn bounds_of_3_0_are_exclusive_where_a_boolean_says_so() {
    let document = "openapi: 3.0.3\ninfo: { title: x, version: '1' }\npaths:\n  /a:\n    get:\n      operationId: a\n      parameters: [{ name: n, in: query, schema: { type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false } }]\n      responses: { '204': { description: x } }\n";
    let mut config = stencil_codegen::Config::new("").validate(true);
    config.spec = stencil_codegen::Input::text("openapi.yaml", document);
    let generated = stencil_codegen::generate(&config).unwrap();
    let source = generated
        .source()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        source.contains("&[rt::Limit::ExclusiveMinimum(1.0), rt::Limit::Maximum(9.0)]"),
        "{source}"
    );
    assert_eq!(generated.runtime_features, ["validate"]);
}
