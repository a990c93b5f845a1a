//! `object!` beside what serde derives for the same struct: another program that says what is right.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use stencil_runtime::{Maybe, object};

#[derive(Debug, PartialEq)]
struct Pet {
    id: i64,
    r#type: String,
    tags: Vec<String>,
    name: Option<String>,
    owner: Option<i64>,
    note: Maybe<String>,
    any: Option<Value>,
}

object!(Pet {
    required id = "id",
    required r#type = "type",
    required tags = "pet tags",
    nullable owner = "owner",
    optional name = "name",
    optional note = "note",
    optional any = "any",
});

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Derived {
    id: i64,
    r#type: String,
    #[serde(rename = "pet tags")]
    tags: Vec<String>,
    owner: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    note: Maybe<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<Value>,
}

#[derive(Debug, PartialEq)]
struct Open {
    id: i64,
    name: Option<String>,
    rest: Map<String, Value>,
}

object!(Open { required id = "id", optional name = "name", ..rest, });

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct DerivedOpen {
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Debug, PartialEq)]
struct Counts {
    others: BTreeMap<String, i64>,
}

object!(Counts { ..others, });

#[derive(Debug, PartialEq)]
struct Nothing {}

object!(Nothing {});

/// Reads with both, and writes what was read: the text, or what is wrong.
fn both<A: DeserializeOwned + Serialize, B: DeserializeOwned + Serialize>(
    text: &str,
) -> [Result<String, String>; 2] {
    fn through<T: DeserializeOwned + Serialize>(text: &str) -> Result<String, String> {
        let value: T = serde_json::from_str(text)
            .map_err(|error: serde_json::Error| error.to_string().replace("Derived", "Pet"))?;
        serde_json::to_string(&value).map_err(|error| error.to_string())
    }
    [through::<A>(text), through::<B>(text)]
}

/// All that one property may be: missing, null, of its type and of another one.
const STATES: [Option<&str>; 5] = [
    None,
    Some("null"),
    Some("1"),
    Some("\"a\""),
    Some("[\"a\"]"),
];

#[test]
fn a_struct_is_read_and_written_as_serde_does_it() {
    let names = ["id", "type", "pet tags", "owner", "name", "note", "any"];
    let good = ["1", "\"cat\"", "[]", "null", "\"Tom\"", "null", "{}"];
    let mut read = 0;
    for changed in 0..names.len() {
        for other in 0..names.len() {
            for states in STATES.iter().flat_map(|one| STATES.map(|two| [*one, two])) {
                let members: Vec<String> = names
                    .iter()
                    .enumerate()
                    .filter_map(|(at, name)| {
                        let value = match at {
                            at if at == changed => states[0],
                            at if at == other => states[1],
                            at => Some(good[at]),
                        };
                        value.map(|value| format!("\"{name}\":{value}"))
                    })
                    .collect();
                let text = format!("{{{}}}", members.join(","));
                let [ours, theirs] = both::<Pet, Derived>(&text);
                assert_eq!(ours, theirs, "{text}");
                read += usize::from(ours.is_ok());
            }
        }
    }
    assert!(read > 100, "{read}");
}

#[test]
fn the_order_of_properties_and_strange_ones_change_nothing() {
    let texts = [
        r#"{"any":null,"type":"t","id":2,"pet tags":["x"]}"#,
        r#"{"x":{"id":[1,{"id":2}]},"id":2,"y":null,"type":"t","pet tags":[]}"#,
        r#"{"\u0069d":2,"type":"t","pet tags":[]}"#,
        r#"{"id":2,"type":"t","pet tags":[],"id":3}"#,
        r#"{"id":2,"type":"t","name":null,"pet tags":[],"name":null}"#,
        "{",
        "{}",
        "null",
        "1",
        "\"id\"",
        r#"{"id":2,"type":"t","pet tags":[]} 1"#,
        r#"{"id":2,"type":"t","pet tags":[]"#,
    ];
    for text in texts {
        let [ours, theirs] = both::<Pet, Derived>(text);
        assert_eq!(ours, theirs, "{text}");
    }
    let [ours, theirs] = both::<Pet, Derived>(texts[0]);
    assert_eq!(ours, theirs);
    assert_eq!(
        ours.unwrap(),
        r#"{"id":2,"type":"t","pet tags":["x"],"owner":null}"#
    );
}

#[test]
fn properties_without_a_field_are_kept_where_there_is_room() {
    let texts = [
        r#"{"b":1,"id":2,"a":null,"name":"n","c":{"id":[]}}"#,
        r#"{"id":2}"#,
        r#"{"id":2,"x":1,"x":2}"#,
        r#"{"x":1}"#,
        r#"{"id":"2"}"#,
        "{}",
    ];
    for text in texts {
        let [ours, theirs] = both::<Open, DerivedOpen>(text);
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}");
        assert_eq!(ours.ok(), theirs.ok(), "{text}");
    }
    let counts: Counts = serde_json::from_str(r#"{"a":1,"b":2}"#).unwrap();
    assert_eq!(counts.others["b"], 2);
    let wrong = serde_json::from_str::<Counts>(r#"{"a":1,"b":"2"}"#).unwrap_err();
    // Serde's own way buffers the object, and has no place to tell.
    assert_eq!((wrong.line(), wrong.column()), (1, 14));
}

/// What is derived takes the values of the fields in their order, too, which nobody sends.
#[test]
fn a_list_is_no_object() {
    let text = r#"[1,"t",[],null,null,null,null]"#;
    let [ours, theirs] = both::<Pet, Derived>(text);
    assert!(theirs.is_ok());
    let wrong = ours.unwrap_err();
    assert!(
        wrong.starts_with("invalid type: sequence, expected struct Pet"),
        "{wrong}"
    );
}

#[test]
fn an_empty_object_is_one() {
    assert_eq!(serde_json::to_string(&Nothing {}).unwrap(), "{}");
    assert_eq!(
        serde_json::from_str::<Nothing>(r#"{"a":1}"#).unwrap(),
        Nothing {}
    );
    assert!(serde_json::from_str::<Nothing>("[]").is_err());
    assert_eq!(
        serde_json::to_string(&Counts {
            others: BTreeMap::new()
        })
        .unwrap(),
        "{}"
    );
}

#[test]
fn values_and_other_texts_are_read_and_written_alike() {
    let value = json!({ "id": 1, "type": "cat", "pet tags": ["a"], "owner": null, "any": [1] });
    let pet: Pet = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&pet).unwrap(), value);
    let bytes: Pet = serde_json::from_reader(value.to_string().as_bytes()).unwrap();
    assert_eq!(bytes, pet);
    let open = Open {
        id: 1,
        name: None,
        rest: Map::from_iter([("a".to_owned(), json!(null))]),
    };
    assert_eq!(
        serde_json::to_value(&open).unwrap(),
        json!({ "id": 1, "a": null })
    );
}

#[test]
fn the_names_of_the_properties_can_be_asked_for() {
    let names = ["id", "type", "pet tags", "owner", "name", "note", "any"];
    assert_eq!(stencil_runtime::fields::<Pet>(), Some(&names[..]));
    assert_eq!(stencil_runtime::fields::<Box<Pet>>(), Some(&names[..]));
    assert_eq!(stencil_runtime::fields::<Nothing>(), Some(&[][..]));
    // Any property is one of theirs.
    assert_eq!(stencil_runtime::fields::<Open>(), None);
    assert_eq!(stencil_runtime::fields::<BTreeMap<String, i64>>(), None);
    assert_eq!(stencil_runtime::fields::<Vec<Pet>>(), None);
    assert_eq!(stencil_runtime::fields::<Option<Pet>>(), None);
}
