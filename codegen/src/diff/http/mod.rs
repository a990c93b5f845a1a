//! What a change of the document does to callers that are deployed.

pub(super) mod check;
mod content;
pub(super) mod finding;
mod header;
mod incoming;
mod matching;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;
pub(super) mod uses;
mod words;

use self::check::API_WORDS;
use self::finding::{Both, Finding, Way};
use self::schema::{Comparison, Form};
use self::uses::Uses;
use super::Side;
use super::side::Wire;
use crate::api::SchemaId;

/// A pair of schemas in use, for the comparison of schemas.
struct Held {
    schemas: Both<SchemaId>,
    way: Way,
    form: Form,
    of: usize,
}

/// What a part of the comparison found, and the schemas that it came upon.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    held: Vec<Held>,
}

impl Found {
    fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// With what the schemas have.
    fn finish(self, sides: Both<&Wire>, uses: &Uses) -> Vec<Finding> {
        let schemas = Both::new(&sides.old.api.schemas, &sides.new.api.schemas);
        let facts = Both::new(&sides.old.facts, &sides.new.facts);
        let mut comparison = Comparison::new(schemas, facts);
        for held in self.held {
            comparison.add(held.schemas, held.way, held.form, held.of);
        }
        let mut findings = self.findings;
        findings.extend(comparison.finish(uses.len()));
        findings
    }
}

/// All differences, and the uses that they name.
pub(super) fn compare(old: &Side, new: &Side) -> (Vec<Finding>, Uses) {
    let sides = Both::new(&old.wire, &new.wire);
    let mut uses = Uses::default();
    let mut found = Found::default();
    server::compare(sides, &mut found);
    security::schemes(sides, &mut found);
    operation::all(sides, &mut uses, &mut found);
    document(sides, &mut found);

    let mut findings = found.finish(sides, &uses);
    findings.extend(incoming::compare(Both::new(old, new), &mut uses));
    (findings, uses)
}

/// What is said of the document as a whole.
fn document(sides: Both<&Wire>, found: &mut Found) {
    let Both { old, new } = sides;
    let mut told = Vec::new();
    let is_other = [
        ("title", old.api.title != new.api.title),
        ("version", old.api.version != new.api.version),
        ("description", old.api.description != new.api.description),
        ("tags", old.facts.tags != new.facts.tags),
    ];
    told.extend(is_other.iter().filter(|(_, is)| *is).map(|(what, _)| *what));
    if !told.is_empty() {
        let finding = Finding::new(&API_WORDS, format!("has other words: {}", told.join(", ")));
        found.tell(
            finding
                .at(Both::new("/info", "/info"))
                .before(&old.api.version)
                .after(&new.api.version),
        );
    }
}
