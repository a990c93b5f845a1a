//! Runs the documents' own examples and defaults through the types that were made for them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::process::Command;

use serde_json::Value;
use stencil_codegen::Sample;

/// What came of the values of one document.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) all: usize,
    pub(super) decoded: usize,
    /// Of those, the ones that came back as they were.
    pub(super) same: usize,
    /// Where and why not.
    pub(super) failed: Vec<String>,
}

/// A function to stand at the end of a client's module.
pub(super) fn module(samples: &[Sample]) -> String {
    let rows = samples.iter().map(|sample| {
        let (pointer, json) = (&sample.pointer, sample.value.to_string());
        format!(
            "    ({pointer:?}, {json:?}, crate::sample::<{}>),\n",
            sample.ty
        )
    });
    let rows: String = rows.collect();
    format!(
        "\npub const SAMPLES: &[(&str, &str, fn(&str) -> Result<Option<String>, String>)] = &[\n{rows}];\n"
    )
}

/// What stands once in each crate of clients.
pub(super) const CHECK: &str = r#"
pub fn sample<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> Result<Option<String>, String> {
    let given: stencil_runtime::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let read: T = serde_json::from_value(given.clone()).map_err(|error| error.to_string())?;
    let written = serde_json::to_value(&read).map_err(|error| error.to_string())?;
    Ok(difference("", &plain(given), &plain(written)))
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
) -> io::Result<BTreeMap<usize, Tally>> {
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
            "fn tell(client: usize, samples: &[(&str, &str, fn(&str) -> Result<Option<String>, String>)]) {{\n    for (pointer, json, check) in samples {{\n        let outcome = match check(json) {{ Ok(None) => \"same\".to_owned(), Ok(Some(other)) => format!(\"other {{other}}\"), Err(error) => error }};\n        println!(\"{{}}\", serde_json::json!([client, pointer, outcome]));\n    }}\n}}\n\nfn main() {{\n{calls}}}\n"
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

fn read(text: &str) -> BTreeMap<usize, Tally> {
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for line in text.lines() {
        let Ok(row) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let index = row[0]
            .as_u64()
            .and_then(|index| usize::try_from(index).ok())
            .unwrap_or_default();
        let tally = tallies.entry(index).or_default();
        tally.all += 1;
        let pointer = row[1].as_str().unwrap_or_default();
        match row[2].as_str().unwrap_or_default() {
            "same" => {
                tally.decoded += 1;
                tally.same += 1;
            }
            other if other.starts_with("other ") => {
                tally.decoded += 1;
                tally.failed.push(format!("{pointer}: comes back {other}"));
            }
            error => tally.failed.push(format!("{pointer}: {error}")),
        }
    }
    tallies
}
