//! Tags that name no alternative (OpenAPI 3.1 §4.8.25, 3.2 §4.25).

use serde_json::{from_value, json, to_value};

use crate::calls::case;

case!(discriminators);

use discriminators::{Animal, Event, EventRequest, Feline, Pet, Vehicle};

#[test]
fn an_unknown_tag_keeps_the_value_and_what_its_base_has() {
    let truck = json!({ "kind": "Truck", "wheels": 6, "key": "hidden-key", "load": { "tons": 7 } });
    let Vehicle::Other(other) = from_value(truck.clone()).unwrap() else {
        panic!("`Truck` is none that is known")
    };
    let base = other.base().unwrap();
    assert_eq!((base.kind.as_str(), base.wheels), ("Truck", 6));
    assert_eq!(other.value(), &truck);
    assert!(!format!("{other:?}").contains("hidden-key"), "{other:?}");
    assert_eq!(to_value(&other).unwrap(), truck, "it is sent as it came");
    // Known ones are what they are, and one that lacks what all have is kept all the same.
    let bike = from_value(json!({ "kind": "Bike", "wheels": 2, "bell": true })).unwrap();
    assert!(matches!(bike, Vehicle::Bike(bike) if bike.bell == Some(true)));
    let Vehicle::Other(odd) = from_value(json!({ "kind": "Cart" })).unwrap() else {
        panic!("`Cart` is none that is known")
    };
    assert_eq!(
        (odd.base(), odd.value()),
        (None, &json!({ "kind": "Cart" }))
    );
}

/// The rule of 3.2 §4.25 for `defaultMapping`: no tag, or one without an explicit or implicit mapping.
#[test]
fn what_no_tag_names_is_what_the_document_says_then() {
    for value in [
        json!({ "petType": "hamster", "name": "a" }),
        json!({ "name": "a" }),
        json!({ "petType": "OtherPet", "name": "a" }),
    ] {
        let pet = from_value(value).unwrap();
        assert!(matches!(pet, Pet::OtherPet(pet) if pet.name.as_deref() == Some("a")));
    }
    let cat = from_value(json!({ "petType": "cat", "lives": 9 })).unwrap();
    assert!(matches!(cat, Pet::Cat(cat) if cat.lives == Some(9)));
}

#[test]
fn a_base_may_be_meant_itself_and_a_tag_may_be_a_number() {
    let event = from_value(json!({ "type": 0, "id": "a" })).unwrap();
    assert!(matches!(event, Event::Base(base) if base.id.as_deref() == Some("a")));
    let click = from_value(json!({ "type": 1, "x": 2 })).unwrap();
    assert!(matches!(click, Event::Click(click) if click.x == 2));
    let other: Event = from_value(json!({ "type": 5, "id": "a" })).unwrap();
    assert!(matches!(other, Event::Other(_)));
    let base = discriminators::EventBaseRequest::new(0);
    let sent = EventRequest::EventBaseRequest(base);
    assert_eq!(
        to_value(sent).unwrap(),
        json!({ "type": 0 }),
        "`id` is only read"
    );
    let generated = stencil_tests::features::generate("discriminators").unwrap();
    let lost: Vec<String> = generated.losses.iter().map(ToString::to_string).collect();
    assert!(
        lost.len() == 1 && lost[0].contains("openapi.yaml:85:"),
        "{lost:?}"
    );
}

/// Three levels, mapped at the top alone (3.1 §4.8.25): the tags mean the same wherever a value is read.
#[test]
fn what_is_mapped_at_the_top_of_a_hierarchy_holds_below_it() {
    let lion = json!({ "kind": "lion", "claws": 18, "mane": true });
    let Animal::Lion(read) = from_value(lion.clone()).unwrap() else {
        panic!("`lion` is mapped")
    };
    assert_eq!((read.claws, read.mane), (Some(18), Some(true)));
    let Feline::Lion(read) = from_value(lion.clone()).unwrap() else {
        panic!("`lion` is mapped above")
    };
    assert_eq!(to_value(&read).unwrap(), lion);
    let feline = from_value(json!({ "kind": "feline", "claws": 18 })).unwrap();
    assert!(matches!(feline, Feline::Base(base) if base.claws == Some(18)));
}
