//! Values that are one of several types.

use serde_json::{Value, json};
use stencil_runtime::{Case, Union};

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Cat {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lives: Option<u8>,
}

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Dog {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bark: Option<String>,
}

#[derive(Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Text(String),
    Other(Value),
}

impl Union for Pet {
    const CASES: &'static [Case<Self>] = &[
        Case::new(
            |value| stencil_runtime::read(value, Self::Cat),
            stencil_runtime::fields::<Cat>,
        )
        .fixed(&[("type", "cat")]),
        Case::new(
            |value| stencil_runtime::read(value, Self::Dog),
            stencil_runtime::fields::<Dog>,
        )
        .fixed(&[("type", "dog")]),
        Case::new(
            |value| stencil_runtime::read(value, Self::Text),
            stencil_runtime::fields::<String>,
        ),
    ];
    fn other(value: Value) -> Self {
        Self::Other(value)
    }
}
stencil_runtime::union!(Pet);

#[derive(Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
enum Tagged {
    Cat(Cat),
    Dog(Box<Dog>),
    Other(Value),
}

impl Union for Tagged {
    const TAG: Option<&'static str> = Some("kind");
    const CASES: &'static [Case<Self>] = &[
        Case::new(
            |value| stencil_runtime::read(value, Self::Cat),
            stencil_runtime::fields::<Cat>,
        )
        .tags(&["cat", "lion"]),
        Case::new(
            |value| stencil_runtime::read(value, Self::Dog),
            stencil_runtime::fields::<Box<Dog>>,
        )
        .tags(&["dog"]),
    ];
    fn other(value: Value) -> Self {
        Self::Other(value)
    }
}
stencil_runtime::union!(Tagged);

fn pet(value: Value) -> Pet {
    serde_json::from_value(value).unwrap()
}

fn tagged(value: Value) -> Tagged {
    serde_json::from_value(value).unwrap()
}

#[test]
fn the_alternative_that_loses_least_is_taken() {
    assert!(matches!(
        pet(json!({ "name": "a", "lives": 9 })),
        Pet::Cat(_)
    ));
    assert!(matches!(
        pet(json!({ "name": "a", "bark": "x" })),
        Pet::Dog(_)
    ));
    assert!(
        matches!(pet(json!({ "name": "a" })), Pet::Cat(_)),
        "the first of equals"
    );
    assert!(matches!(pet(json!("a")), Pet::Text(_)));
}

#[test]
fn what_fits_nothing_is_kept() {
    for value in [json!({ "bark": "x" }), json!(1), json!(null), json!([1])] {
        let read = pet(value.clone());
        assert!(matches!(read, Pet::Other(_)), "{read:?}");
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
}

#[test]
fn a_fixed_value_decides() {
    assert!(matches!(
        pet(json!({ "name": "a", "type": "dog" })),
        Pet::Dog(_)
    ));
    assert!(matches!(
        pet(json!({ "name": "a", "lives": 1, "type": "dog" })),
        Pet::Dog(_)
    ));
    assert!(matches!(
        pet(json!({ "name": "a", "type": "cow" })),
        Pet::Other(_)
    ));
}

#[test]
fn a_tag_decides_alone() {
    let dog = json!({ "kind": "dog", "name": "a", "lives": 9 });
    assert!(
        matches!(tagged(dog), Tagged::Dog(_)),
        "whatever the rest looks like"
    );
    assert!(matches!(
        tagged(json!({ "kind": "lion", "name": "a" })),
        Tagged::Cat(_)
    ));
    let unknown = json!({ "kind": "cow", "name": "a" });
    assert_eq!(tagged(unknown.clone()), Tagged::Other(unknown));
    let broken = json!({ "kind": "dog" });
    assert_eq!(
        tagged(broken.clone()),
        Tagged::Other(broken),
        "no other one is tried"
    );
    assert!(
        matches!(tagged(json!({ "name": "a", "bark": "x" })), Tagged::Dog(_)),
        "no tag"
    );
}
