//! Runs the documents' own examples and defaults through the types that were made for them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::process::Command;

use serde_json::Value;

use super::Client;

/// What came of the values of one document.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) all: usize,
    pub(super) decoded: usize,
    /// Of those, the ones that came back as they were.
    pub(super) same: usize,
    /// Of those that do not come back, the ones that the document's own schema does not allow, or that have members
    /// which no schema names.
    pub(super) mistakes: usize,
    /// Where and why not.
    pub(super) failed: Vec<String>,
}

/// A list to stand at the end of a client's module: first the document's own values, then those that were made.
pub(super) fn module(client: &Client) -> String {
    let row = |pointer: &str, value: &Value, ty: &str| {
        format!(
            "    ({pointer:?}, {:?}, crate::sample::<{ty}>),\n",
            value.to_string()
        )
    };
    let own = client
        .samples
        .iter()
        .map(|sample| row(&sample.pointer, &sample.value, &sample.ty));
    let made = client.made.rows.iter().enumerate();
    // The number of the row stands in for its pointer.
    let made = made.map(|(number, (_, ty, value))| row(&format!("{MADE}{number}"), value, ty));
    let rows: String = own.chain(made).collect();
    format!("\npub const SAMPLES: &[(&str, &str, crate::Check)] = &[\n{rows}];\n")
}

/// What the pointer of an instance starts with.
const MADE: &str = "made ";

/// What stands once in each crate of clients.
pub(super) const CHECK: &str = r#"
pub type Check = fn(&str) -> Result<(Option<String>, String), String>;

pub fn sample<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> Result<(Option<String>, String), String> {
    let given: stencil_runtime::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let read: T = serde_json::from_value(given.clone()).map_err(|error| error.to_string())?;
    let written = serde_json::to_value(&read).map_err(|error| error.to_string())?;
    let text = written.to_string();
    Ok((difference("", &plain(given), &plain(written)), text))
}

/// Where two values differ first.
fn difference(at: &str, given: &stencil_runtime::Value, written: &stencil_runtime::Value) -> Option<String> {
    use stencil_runtime::Value;
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => given
            .iter()
            .find_map(|(name, value)| match written.get(name) {
                Some(other) => difference(&format!("{at}/{name}"), value, other),
                None => Some(format!("{at}/{name} is lost")),
            })
            .or_else(|| written.keys().find(|name| !given.contains_key(*name)).map(|name| format!("{at}/{name} came from nowhere"))),
        (Value::Array(given), Value::Array(written)) if given.len() == written.len() => {
            let mut pairs = given.iter().zip(written).enumerate();
            pairs.find_map(|(index, (one, other))| difference(&format!("{at}/{index}"), one, other))
        }
        _ => (given != written).then(|| format!("{at}: {given} is {written}")),
    }
}

/// 100 and 100.0 are the same number (JSON Schema 2020-12, Core §4.2.2).
fn plain(value: stencil_runtime::Value) -> stencil_runtime::Value {
    use stencil_runtime::Value;
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        // One instant may be written in several forms (RFC 3339 §5.6).
        Value::String(text) => match text.parse::<stencil_runtime::jiff::Timestamp>() {
            Ok(at) => Value::from(at.to_string()),
            Err(_) => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(entries) => entries.into_iter().map(|(name, value)| (name, plain(value))).collect(),
        other => other,
    }
}
"#;

/// Builds a program over the crates in `batches` and runs it; gives the tally of each client.
pub(super) fn run(
    folder: &std::path::Path,
    batches: &[(String, Vec<usize>)],
) -> io::Result<BTreeMap<usize, Vec<Told>>> {
    let own = folder.join("crates/samples");
    fs::create_dir_all(own.join("src"))?;
    let needs = batches
        .iter()
        .map(|(name, _)| format!("{name} = {{ path = \"../{name}\" }}\n"));
    let needs: String = needs.collect();
    fs::write(
        own.join("Cargo.toml"),
        format!(
            "[package]\nname = \"samples\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \"1\"\n{needs}"
        ),
    )?;
    let calls = batches.iter().flat_map(|(name, clients)| {
        let name = name.replace('-', "_");
        clients
            .iter()
            .map(move |index| format!("    tell({index}, {name}::d{index}::SAMPLES);\n"))
    });
    let calls: String = calls.collect();
    fs::write(
        own.join("src/main.rs"),
        format!(
            "type Check = fn(&str) -> Result<(Option<String>, String), String>;\n\nfn tell(client: usize, samples: &[(&str, &str, Check)]) {{\n    for (pointer, json, check) in samples {{\n        let (outcome, written) = match check(json) {{ Ok((None, written)) => (\"same\".to_owned(), written), Ok((Some(other), written)) => (format!(\"other {{other}}\"), written), Err(error) => (error, String::new()) }};\n        println!(\"{{}}\", serde_json::json!([client, pointer, outcome, written]));\n    }}\n}}\n\nfn main() {{\n{calls}}}\n"
        ),
    )?;
    let output = Command::new("cargo")
        .args(["run", "--quiet", "-p", "samples"])
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            stencil_tests::root().join("target/corpus/target"),
        )
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

/// What was told of one value.
pub(super) struct Told {
    pointer: String,
    outcome: String,
    written: String,
}

impl Told {
    /// The number of the instance, if it is one.
    fn made(&self) -> Option<usize> {
        self.pointer.strip_prefix(MADE)?.parse().ok()
    }
}

fn read(text: &str) -> BTreeMap<usize, Vec<Told>> {
    let mut told: BTreeMap<usize, Vec<Told>> = BTreeMap::new();
    for line in text.lines() {
        let Ok(row) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let client = row[0]
            .as_u64()
            .and_then(|index| usize::try_from(index).ok());
        let text = |at: usize| row[at].as_str().unwrap_or_default().to_owned();
        told.entry(client.unwrap_or_default())
            .or_default()
            .push(Told {
                pointer: text(1),
                outcome: text(2),
                written: text(3),
            });
    }
    told
}

/// Counts what came of a client's values.
pub(super) fn count(client: &mut Client, all: Vec<Told>) {
    for told in all {
        let is_read = told.outcome == "same" || told.outcome.starts_with("other ");
        if let Some(row) = told.made() {
            // What was made has no member that the schema does not name: one that is lost should not be.
            let is_whole = is_read && !told.outcome.ends_with(" is lost");
            let outcome = if is_whole {
                serde_json::from_str(&told.written).map_err(|error| error.to_string())
            } else {
                Err(told.outcome)
            };
            client.made.tell(row, outcome);
            continue;
        }
        let tally = &mut client.tally;
        tally.all += 1;
        tally.decoded += usize::from(is_read);
        if told.outcome == "same" {
            tally.same += 1;
        } else {
            let is_mistake = told.outcome.ends_with(" is lost") || {
                let mut all = client
                    .samples
                    .iter()
                    .filter(|one| one.pointer == told.pointer);
                // Of several at one place any may be the one.
                all.any(|one| client.made.refuses(&one.pointer, &one.value))
            };
            tally.mistakes += usize::from(is_mistake);
            let whose = if is_mistake {
                " (the document's own mistake)"
            } else {
                ""
            };
            let how = if is_read { "comes back " } else { "" };
            let failed = format!("{}: {how}{}{whose}", told.pointer, told.outcome);
            tally.failed.push(failed);
        }
    }
}
