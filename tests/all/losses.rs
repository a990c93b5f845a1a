//! What a document says is in the client, in the documentation, or a loss.

use serde_json::Value;
use stencil_codegen::{Config, Input, generate};
use stencil_tests::features;

/// Keys for people, which no client could carry out, and what stands below them.
const WORDS: [&str; 22] = [
    "$self",
    "summary of info",
    "termsOfService",
    "contact",
    "license",
    "externalDocs",
    "tags",
    "example",
    "examples",
    "description of security schemes",
    "scopes",
    "refreshUrl",
    "oauth2MetadataUrl",
    "$comment",
    "$schema",
    "xml",
    "x-own",
    "style of headers",
    "allowEmptyValue",
    "links",
    "callbacks",
    "mediaTypes",
];

/// The client and the losses, without their places.
fn compiled(document: &Value) -> Option<(String, Vec<String>)> {
    let mut config = Config::new("");
    config.spec = Input::text("openapi.json", document.to_string());
    let generated = generate(&config).ok()?;
    let mut losses: Vec<String> = generated
        .losses
        .iter()
        .map(|loss| loss.what.clone())
        .collect();
    losses.sort();
    Some((generated.source(), losses))
}

/// The pointers of all members of objects.
fn members(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                members(value, &at, found);
                found.push(at);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                members(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn without(document: &Value, pointer: &str) -> Value {
    let mut copy = document.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    copy.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(&key);
    copy
}

#[test]
fn every_key_is_carried_or_told() {
    let text = features::document("everything").unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let whole = compiled(&document).unwrap();
    let mut pointers = Vec::new();
    members(&document, "", &mut pointers);
    assert!(pointers.len() > 400, "{}", pointers.len());
    let mut silent: Vec<&String> = Vec::new();
    for pointer in &pointers {
        // What cannot be compiled without it is read, no doubt.
        if compiled(&without(&document, pointer)).is_some_and(|less| less == whole) {
            silent.push(pointer);
        }
    }
    let is_words = |pointer: &str| {
        let keys: Vec<&str> = pointer.split('/').collect();
        WORDS.iter().any(|word| keys.contains(word))
            || pointer == "/info/summary"
            || (pointer.starts_with("/components/securitySchemes/")
                && pointer.ends_with("/description"))
            || (pointer.contains("/headers/") && pointer.ends_with("/style"))
    };
    // What is told as a whole is not told part by part.
    let told = [
        "/webhooks/",
        "/if/",
        "/then/",
        "/else/",
        "/not/",
        "/contains/",
        "/contentSchema/",
        "/propertyNames/",
        "/dependentRequired/",
        "/dependentSchemas/",
    ];
    // Said twice: a path parameter is required anyway, and other keywords say what the type is.
    let is_said_twice =
        |pointer: &str| pointer.ends_with("/parameters/0/required") || pointer.ends_with("/type");
    let is_words = |pointer: &str| {
        is_words(pointer)
            || is_said_twice(pointer)
            || told.iter().any(|part| pointer.contains(part))
    };
    let silent: Vec<_> = silent
        .into_iter()
        .filter(|pointer| !is_words(pointer))
        .collect();
    assert!(silent.is_empty(), "neither carried nor told: {silent:#?}");
}

/// Keys whose values are mappings by name: any name may stand there.
const BY_NAME: [&str; 23] = [
    "paths",
    "webhooks",
    "schemas",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "pathItems",
    "mediaTypes",
    "examples",
    "content",
    "encoding",
    "variables",
    "scopes",
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependentRequired",
    "mapping",
    "additionalOperations",
    "security",
];

/// Keys that are told as a whole, and those whose values are data of any form.
const NOT_READ: [&str; 11] = [
    "links",
    "callbacks",
    "x-own",
    "example",
    "value",
    "dataValue",
    "default",
    "const",
    "enum",
    "prefixEncoding",
    "itemEncoding",
];

/// The pointers of all objects that the specification gives keys to.
fn objects(value: &Value, at: &str, is_map: bool, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            if !is_map {
                found.push(at.to_owned());
            }
            for (key, value) in entries {
                // What is called by name may be called like a key.
                if !is_map && NOT_READ.contains(&key.as_str()) {
                    continue;
                }
                let is_components = at == "/components" && key == "responses";
                let by_name = !is_map && (BY_NAME.contains(&key.as_str()) || is_components);
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                objects(value, &at, by_name, found);
            }
        }
        // Of a schema: data of any form.
        Value::Array(_) if at.ends_with("/examples") => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(
                    item,
                    &format!("{at}/{index}"),
                    at.ends_with("/security"),
                    found,
                );
            }
        }
        _ => {}
    }
}

#[test]
fn a_key_that_nobody_knows_is_told_wherever_it_stands() {
    let text = features::document("everything").unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let mut pointers = Vec::new();
    objects(&document, "", false, &mut pointers);
    assert!(pointers.len() > 150, "{}", pointers.len());
    let mut silent = Vec::new();
    for pointer in &pointers {
        let mut changed = document.clone();
        let object = changed.pointer_mut(pointer).unwrap();
        let object = object.as_object_mut().unwrap();
        object.insert("unknownKey".to_owned(), Value::from(1));
        let (_, losses) =
            compiled(&changed).unwrap_or_else(|| panic!("refused with a key at {pointer}"));
        if !losses.iter().any(|what| what.contains("`unknownKey`")) {
            silent.push(pointer);
        }
    }
    assert!(silent.is_empty(), "not told at: {silent:#?}");
}
