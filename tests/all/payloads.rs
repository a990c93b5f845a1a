//! Nothing that a document says becomes code, an attribute, a doctest, a directive or a path: hostile texts in
//! every place of documents, overlays and settings that holds a text.

use serde_json::{Value, json};
use stencil_codegen::{Config, Input, generate};
use stencil_tests::payloads::{self, Position, positions};
use stencil_tests::{features, suspect};

/// Payloads that each place is tried with; all of them where this variable is set, which takes half an hour.
const EACH: usize = 1;
const ALL: &str = "STENCIL_ALL_PAYLOADS";

fn each() -> usize {
    if std::env::var_os(ALL).is_some() {
        usize::MAX
    } else {
        EACH
    }
}

fn config(document: &Value) -> Config {
    let mut config = Config::new("").blocking(true).lenient(true);
    config.spec = Input::text("openapi.json", document.to_string());
    config
}

/// What is wrong with the client; a report is as good, as it gives no client.
fn wrong(config: &Config, label: &str) -> Vec<String> {
    match generate(config) {
        Ok(generated) => {
            let mut wrong = suspect::wrong(&generated.source());
            let unseen = |loss: &&stencil_codegen::Loss| loss.to_string().contains('\u{1b}');
            let _ = generated.losses.iter().find(unseen);
            let shown = generated.warnings.to_string();
            if shown.chars().any(|sign| sign.is_control() && sign != '\n') {
                wrong.push("a control character in the warnings".to_owned());
            }
            wrong
                .into_iter()
                .map(|what| format!("{label}: {what}"))
                .collect()
        }
        Err(report) => {
            let shown = report.to_string();
            let is_clean = !shown.chars().any(|sign| sign.is_control() && sign != '\n');
            let wrong = (!is_clean).then(|| format!("{label}: a control character in the report"));
            wrong.into_iter().collect()
        }
    }
}

fn document(name: &str) -> Value {
    let text = features::document(name).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn label(position: &Position, payload: &str) -> String {
    let start: String = payload.chars().take(40).collect();
    let what = if position.is_key { "key" } else { "value" };
    format!("{what} {} = {start:?}", position.pointer)
}

/// Each place with its payloads: which ones goes round, so that all are used, each in many places.
fn try_all(name: &str) -> (usize, Vec<String>) {
    let document = document(name);
    let payloads = payloads::all();
    let mut tried = 0;
    let mut found = Vec::new();
    for (index, position) in positions(&document).into_iter().enumerate() {
        for turn in 0..each().min(payloads.len()) {
            let payload = &payloads[(index * 7 + turn) % payloads.len()];
            let changed = position.put(&document, payload).unwrap();
            found.extend(wrong(&config(&changed), &label(&position, payload)));
            tried += 1;
        }
    }
    (tried, found)
}

#[test]
fn no_text_of_a_document_becomes_code() {
    let mut tried = 0;
    for name in ["everything", "unions", "settings", "pagination"] {
        let (count, found) = try_all(name);
        tried += count;
        assert!(
            found.is_empty(),
            "{name}: {} of {count}:\n{}",
            found.len(),
            found.join("\n")
        );
    }
    eprintln!("{tried} documents; set {ALL} to try every payload in every place");
    assert!(tried > 800, "{tried}");
}

/// Keys of texts that only people read.
const WORDS: [&str; 5] = ["title", "summary", "description", "version", "pattern"];

#[test]
fn words_change_no_item() {
    let document = document("everything");
    let payloads = payloads::all();
    let is_words = |position: &Position| {
        let key = position.pointer.rsplit('/').next().unwrap_or_default();
        !position.is_key && WORDS.contains(&key) && !position.pointer.contains("/properties/")
    };
    let expected = suspect::items(&generate(&config(&document)).unwrap().source());
    for payload in &payloads {
        let mut changed = document.clone();
        for position in positions(&document).into_iter().filter(|one| is_words(one)) {
            changed = position.put(&changed, payload).unwrap();
        }
        let start: String = payload.chars().take(60).collect();
        let generated =
            generate(&config(&changed)).unwrap_or_else(|report| panic!("{start:?}: {report}"));
        let found = suspect::wrong(&generated.source());
        assert!(found.is_empty(), "{start:?}:\n{}", found.join("\n"));
        assert!(
            suspect::items(&generated.source()) == expected,
            "{start:?} changes the items"
        );
    }
}

#[test]
fn no_text_of_an_overlay_becomes_code() {
    let overlay = json!({
        "overlay": "1.0.0",
        "info": { "title": "t", "version": "1" },
        "actions": [
            { "target": "$.info", "description": "d", "update": { "title": "T", "description": "D" } },
            { "target": "$.paths['/things/{id}'].get", "update": { "operationId": "other", "summary": "s" } },
            { "target": "$.paths['/things/{id}'].get.parameters[2]", "update": {
                "x-stencil-type": { "name": "Trace", "forms": { "plain": "{}", "marked": "trace {}" } },
                "x-stencil-client": true } },
            { "target": "$.components.schemas.Thing", "update": { "x-stencil-name": "Other" } },
            { "target": "$.paths['/stream']", "remove": true },
        ],
    });
    let mut plain = config(&document("everything"));
    let payloads = payloads::all();
    let mut found = Vec::new();
    for (index, position) in positions(&overlay).into_iter().enumerate() {
        for turn in 0..each().min(payloads.len()).max(3) {
            let payload = &payloads[(index * 11 + turn) % payloads.len()];
            let changed = position.put(&overlay, payload).unwrap();
            plain.overlays = vec![Input::text("overlay.json", changed.to_string())];
            found.extend(wrong(&plain, &label(&position, payload)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_setting_becomes_code() {
    let document = document("settings");
    let mut found = Vec::new();
    for (turn, payload) in payloads::all().into_iter().enumerate() {
        let base = config(&document);
        let all: [Config; 10] = [
            base.clone().rename("getThingUsingGET", &payload),
            base.clone().rename("Thing", &payload),
            base.clone().rename(&payload, "x"),
            base.clone().secret(&payload),
            base.clone().client_parameter(&payload),
            base.clone().string_format(&payload),
            base.clone().only(&payload),
            base.clone().replace_type("Thing", &payload),
            base.clone().derive("*", &payload),
            base.clone().runtime(&payload),
        ];
        // Three of them in turn, so that each payload meets some and each setting meets many.
        for (index, one) in all
            .iter()
            .enumerate()
            .filter(|(index, _)| (index + turn) % 4 == 0)
        {
            let start: String = payload.chars().take(40).collect();
            // What is named here is code by right: a path of Rust. It must be no more than one path.
            found.extend(wrong(one, &format!("setting {index} = {start:?}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
