//! `stencil diff`: what a change of a document does, told to its reviewer.

mod fingerprints;
mod history;
mod hostile;
mod incoming;
mod kinds;
mod pairs;
mod same;
mod size;

use stencil_codegen::diff::{self, Diff, HttpLevel, Side};
use stencil_codegen::{Config, Input};

/// A document that is at hand.
fn side(name: &str, text: &str) -> Side {
    let config = Config::new(Input::text(name, text));
    Side::read(&config).unwrap_or_else(|report| panic!("{report}\n{text}"))
}

/// What is different between two texts.
fn differences(old: &str, new: &str) -> Diff {
    diff::compare(side("old.yaml", old), side("new.yaml", new)).unwrap()
}

/// A document around one operation, in YAML's short form.
fn document(operation: &str, rest: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a/{{id}}:\n    post: {operation}\n{rest}"
    )
}

/// The levels of all changes by their kinds, without those that are none.
fn kinds(diff: &Diff) -> Vec<(&'static str, HttpLevel)> {
    let changes = diff
        .changes
        .iter()
        .filter(|change| change.http != HttpLevel::None);
    changes.map(|change| (change.check, change.http)).collect()
}
