//! Compiles what was generated: many clients to a crate, as modules, since starting rustc costs more than a
//! small client does.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use stencil_tests::root;

use super::{Client, Outcome, samples};

/// Lines of source that a crate of several clients has at most.
const LINES: usize = 60_000;

/// Asks rustc about every client. An error early in one module hides later ones in others, so that what
/// failed is taken out and the rest is asked again, until nothing fails. `target/corpus/errors.txt` has what
/// rustc said in full.
pub(super) fn check(outcomes: &mut [Outcome], clippy: bool, samples: bool) -> io::Result<()> {
    let folder = root()
        .join("target/corpus")
        .join(std::process::id().to_string());
    let mut waiting: Vec<(usize, &mut Client)> = outcomes
        .iter_mut()
        .filter_map(|outcome| outcome.result.as_mut().ok())
        .enumerate()
        .collect();
    while !waiting.is_empty() {
        let parts: Vec<(usize, &str)> = waiting
            .iter()
            .map(|(index, client)| (*index, client.source.as_str()))
            .collect();
        write(&folder, &parts)?;
        let failed = ask(&folder, clippy)?;
        let is_done = failed.is_empty();
        waiting.retain_mut(|(index, client)| {
            if let Some(error) = failed.get(index) {
                client.compiles = Some(Err(error.clone()));
                false
            } else {
                client.compiles = Some(Ok(()));
                !is_done
            }
        });
    }
    if samples {
        run_samples(&folder, outcomes)?;
    }
    let errors = outcomes.iter().filter_map(|outcome| match &outcome.result {
        Ok(Client {
            compiles: Some(Err(error)),
            ..
        }) => Some(format!("{}\n{error}\n", outcome.document)),
        _ => None,
    });
    fs::write(
        root().join("target/corpus/errors.txt"),
        errors.collect::<String>(),
    )?;
    fs::remove_dir_all(folder)
}

/// Runs the values of every client that compiles.
fn run_samples(folder: &Path, outcomes: &mut [Outcome]) -> io::Result<()> {
    let mut clients: Vec<(usize, &mut Client)> = outcomes
        .iter_mut()
        .filter_map(|outcome| outcome.result.as_mut().ok())
        .enumerate()
        .collect();
    clients.retain(|(_, client)| matches!(client.compiles, Some(Ok(()))) && client.has_values());
    let sources: Vec<(usize, String)> = clients
        .iter()
        .map(|(index, client)| (*index, client.source.clone() + &samples::module(client)))
        .collect();
    let parts: Vec<(usize, &str)> = sources
        .iter()
        .map(|(index, source)| (*index, source.as_str()))
        .collect();
    let batches = write(folder, &parts)?;
    let mut told = samples::run(folder, &batches)?;
    for (index, client) in clients {
        samples::count(client, told.remove(&index).unwrap_or_default());
    }
    Ok(())
}

/// Writes a workspace of crates with a module for each client; gives the crates with their clients.
fn write(folder: &Path, clients: &[(usize, &str)]) -> io::Result<Vec<(String, Vec<usize>)>> {
    let crates = folder.join("crates");
    drop(fs::remove_dir_all(&crates));
    let mut batches: Vec<(usize, Vec<(usize, &str)>)> = Vec::new();
    for (index, source) in clients {
        let lines = source.lines().count();
        match batches.last_mut() {
            Some((size, batch)) if *size + lines <= LINES => {
                *size += lines;
                batch.push((*index, source));
            }
            _ => batches.push((lines, vec![(*index, source)])),
        }
    }
    let runtime = root().join("runtime");
    for (number, (_, batch)) in batches.iter().enumerate() {
        let own = crates.join(format!("batch-{number}"));
        fs::create_dir_all(own.join("src"))?;
        fs::write(
            own.join("Cargo.toml"),
            format!(
                "[package]\nname = \"batch-{number}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\nstencil-runtime = {{ path = {:?}, default-features = false, features = [\"jiff\", \"uuid\"] }}\n",
                runtime.display().to_string()
            ),
        )?;
        let mut modules = samples::CHECK.to_owned();
        for (index, source) in batch {
            modules += &format!("pub mod d{index};\n");
            fs::write(own.join(format!("src/d{index}.rs")), source)?;
        }
        fs::write(own.join("src/lib.rs"), modules)?;
    }
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]
resolver = \"3\"
members = [\"crates/*\"]
",
    )?;
    let batches = batches.into_iter().enumerate().map(|(number, (_, batch))| {
        (
            format!("batch-{number}"),
            batch.into_iter().map(|(index, _)| index).collect(),
        )
    });
    Ok(batches.collect())
}

/// The first error or warning of each client that has one.
fn ask(folder: &Path, clippy: bool) -> io::Result<BTreeMap<usize, String>> {
    let output = Command::new("cargo")
        .args([
            if clippy { "clippy" } else { "check" },
            "--workspace",
            "--keep-going",
        ])
        .args(["--quiet", "--message-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target/corpus/target"))
        .output()?;
    let mut found = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let message = &message["message"];
        let text = message["rendered"].as_str().unwrap_or_default();
        let spans = message["spans"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        if let Some(index) = spans.iter().find_map(module) {
            let is_error = message["level"] == "error";
            let known = found
                .entry(index)
                .or_insert_with(|| (is_error, text.to_owned()));
            if is_error && !known.0 {
                *known = (true, text.to_owned());
            }
        }
    }
    if found.is_empty() && !output.status.success() {
        return Err(io::Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    Ok(found
        .into_iter()
        .map(|(index, (_, text))| (index, text))
        .collect())
}

/// The client that a place in the source belongs to, or that the macro was called in.
fn module(span: &Value) -> Option<usize> {
    let file = PathBuf::from(span["file_name"].as_str()?);
    let own = file
        .file_stem()
        .and_then(|stem| stem.to_str()?.strip_prefix('d')?.parse().ok());
    own.or_else(|| module(&span["expansion"]["span"]))
}
