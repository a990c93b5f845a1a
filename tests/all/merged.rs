//! A property that several parts of `allOf` describe has what each of them says (JSON Schema Core 2020-12 §10.2.1.1:
//! an instance is valid if it is against all of them).

use serde_json::json;
use stencil_tests::features;

use crate::calls::case;

case!(merged);

use merged::{First, Noted, Tree, Whole};
use stencil_runtime::Maybe;

#[test]
fn an_object_has_the_properties_of_all_its_parts() {
    let value = json!({ "meta": { "a": "x", "b": 2, "c": true, "inner": { "one": 1, "two": 2 } } });
    let whole: Whole = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(whole.meta.a, "x");
    assert_eq!(whole.meta.b, 2);
    assert_eq!(whole.meta.c, Some(true));
    let inner = whole.meta.inner.as_ref().unwrap();
    assert_eq!((inner.one, inner.two), (Some(1), Some(2)));
    assert_eq!(serde_json::to_value(&whole).unwrap(), value);
}

#[test]
fn what_any_part_requires_is_required() {
    let without =
        |meta: serde_json::Value| serde_json::from_value::<Whole>(json!({ "meta": meta }));
    assert!(without(json!({ "a": "x" })).is_err());
    assert!(without(json!({ "b": 2 })).is_err());
    assert!(serde_json::from_value::<Whole>(json!({})).is_err());
}

/// Any value fits a part that has nothing but words.
#[test]
fn words_in_a_part_of_their_own_make_no_type() {
    let value = json!({ "first": { "meta": { "a": "x" } }, "tags": null });
    let noted: Noted = serde_json::from_value(value.clone()).unwrap();
    let first: &First = &noted.first;
    assert_eq!(first.meta.a, "x");
    assert!(matches!(noted.tags, Maybe::Null));
    assert_eq!(serde_json::to_value(&noted).unwrap(), value);
    let code = features::generate("merged").unwrap().source();
    for words in [
        "    /// What it was made of.\n    pub first: First,",
        "    /// Or null.\n",
    ] {
        assert!(code.contains(words), "{words}");
    }
}

#[test]
fn parts_that_hold_themselves_end() {
    let value = json!({ "label": "a", "depth": 0, "next": { "label": "b", "depth": 1, "next": { "depth": 2 } } });
    let tree: Tree = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&tree).unwrap(), value);
}

#[test]
fn what_no_value_fits_is_told() {
    let losses = features::generate("merged").unwrap().losses;
    let told: Vec<&str> = losses
        .iter()
        .map(|loss| loss.place.pointer.as_str())
        .collect();
    assert_eq!(told, ["/components/schemas/Apart/allOf/0/properties/sort"]);
}
