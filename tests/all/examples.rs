//! Every example of the document is a value of its type, and comes back as it was.

use std::fmt::Debug;

use sendgrid_user::{
    ErrorResponse, ListAccountResponse, ListCreditResponse, ListEmailResponse, ListProfileResponse,
    ListUsernameResponse, UpdateEmailBody, UpdateEmailResponse, UpdatePasswordBody,
    UpdateUsernameBody, UpdateUsernameResponse, UserProfile,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use stencil_tests::SPEC;

fn document() -> Value {
    serde_yaml::from_str(SPEC).unwrap()
}

/// Takes the example out, so that what is left at the end was not looked at.
fn check<T: Serialize + DeserializeOwned + Debug>(document: &mut Value, pointer: &str) {
    let example = document
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("no {pointer}"))
        .take();
    let value: T = serde_json::from_value(example.clone())
        .unwrap_or_else(|error| panic!("{pointer}: {error}"));
    let encoded = serde_json::to_value(&value).unwrap();
    assert_eq!(
        same_numbers(encoded),
        same_numbers(example),
        "{pointer}: {value:?}"
    );
}

/// 100 and 100.0 are the same number (JSON Schema 2020-12, Core §4.2.2).
fn same_numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        Value::Array(items) => items.into_iter().map(same_numbers).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(name, value)| (name, same_numbers(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn every_example_decodes_and_encodes_back() {
    let mut tree = document();
    let tree = &mut tree;
    let response = |path: &str, method: &str, status: u16| {
        format!(
            "/paths/~1v3~1user~1{path}/{method}/responses/{status}/content/application~1json/examples/response/value"
        )
    };
    let request = |path: &str, method: &str| {
        format!(
            "/paths/~1v3~1user~1{path}/{method}/requestBody/content/application~1json/schema/example"
        )
    };
    check::<ListAccountResponse>(tree, &response("account", "get", 200));
    check::<ListCreditResponse>(tree, &response("credits", "get", 200));
    check::<ListEmailResponse>(tree, &response("email", "get", 200));
    check::<UpdateEmailBody>(tree, &request("email", "put"));
    check::<UpdateEmailResponse>(tree, &response("email", "put", 200));
    check::<UpdatePasswordBody>(tree, &request("password", "put"));
    check::<ListProfileResponse>(tree, &response("profile", "get", 200));
    check::<UserProfile>(tree, &response("profile", "patch", 200));
    check::<ErrorResponse>(tree, &response("profile", "patch", 401));
    check::<ListUsernameResponse>(tree, &response("username", "get", 200));
    check::<UpdateUsernameBody>(tree, &request("username", "put"));
    check::<UpdateUsernameResponse>(tree, &response("username", "put", 200));
    check::<UserProfile>(tree, "/components/schemas/UserProfile/example");
    check::<ErrorResponse>(tree, "/components/schemas/ErrorResponse/example");

    let mut left = Vec::new();
    examples(tree, "", &mut left);
    assert!(left.is_empty(), "not looked at: {left:?}");
}

/// The places of examples with a value; `components.examples` is empty in this document.
fn examples(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let here = format!("{at}/{key}");
                match (key.as_str(), value) {
                    ("example", value) if !value.is_null() => found.push(here),
                    ("examples", Value::Object(named)) => found.extend(
                        named
                            .values()
                            .filter(|one| !one["value"].is_null())
                            .map(|_| here.clone()),
                    ),
                    _ => examples(value, &here, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                examples(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_search_for_examples_finds_them() {
    let mut found = Vec::new();
    examples(&document(), "", &mut found);
    // Counted by hand: 9 of responses, 3 of request bodies, 2 of components.
    assert_eq!(found.len(), 14, "{found:#?}");
}

#[test]
fn help_may_be_an_object_a_string_null_or_absent() {
    // What the live API sends: see the overlay.
    for help in [
        r#""help":{"a":1}"#,
        r#""help":"https://x""#,
        r#""help":null"#,
        r#""id":1"#,
    ] {
        let json: Value =
            serde_json::from_str(&format!(r#"{{"errors":[{{"message":"m",{help}}}]}}"#)).unwrap();
        let read: ErrorResponse = serde_json::from_value(json.clone()).unwrap();
        let mut expected = json;
        if let Some(error) = expected["errors"][0].as_object_mut() {
            error.remove("id");
        }
        assert_eq!(serde_json::to_value(&read).unwrap(), expected);
    }
}

#[test]
fn a_type_that_is_not_known_yet_is_kept() {
    let json = serde_json::json!({ "type": "trial", "reputation": 99.5 });
    let account: ListAccountResponse = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(account.r#type.as_str(), "trial");
    assert_eq!(serde_json::to_value(&account).unwrap()["type"], "trial");
}

#[test]
fn a_required_property_is_required() {
    let error = serde_json::from_str::<ListAccountResponse>(r#"{"type":"free"}"#).unwrap_err();
    assert!(error.to_string().contains("reputation"), "{error}");
}
