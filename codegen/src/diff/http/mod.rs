//! What a change of the document does to callers that are deployed.

pub(super) mod check;
mod content;
pub(super) mod finding;
mod matching;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;
pub(super) mod uses;

use self::check::{API_WORDS, WEBHOOK_ADDED, WEBHOOK_CHANGED, WEBHOOK_REMOVED};
use self::finding::{Both, Finding, Way};
use self::schema::{Comparison, Form};
use self::uses::Uses;
use super::Side;
use crate::api::SchemaId;
use crate::load::child;

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
}

/// All differences, and the uses that they name.
pub(super) fn compare(old: &Side, new: &Side) -> (Vec<Finding>, Uses) {
    let sides = Both::new(old, new);
    let mut uses = Uses::default();
    let mut found = Found::default();
    server::compare(sides, &mut found);
    security::schemes(sides, &mut found);
    operation::all(sides, &mut uses, &mut found);
    document(sides, &mut found);

    let schemas = Both::new(&old.api.schemas, &new.api.schemas);
    let mut comparison = Comparison::new(schemas, Both::new(&old.facts, &new.facts));
    for held in found.held {
        comparison.add(held.schemas, held.way, held.form, held.of);
    }
    found.findings.extend(comparison.finish(uses.len()));
    (found.findings, uses)
}

/// What is said of the document as a whole, and calls that come in.
fn document(sides: Both<&Side>, found: &mut Found) {
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
    let at = |name: &str| child("/webhooks", name);
    for (name, sum) in &new.facts.webhooks {
        match old.facts.webhooks.iter().find(|(known, _)| known == name) {
            None => found.tell(Finding::new(&WEBHOOK_ADDED, "is new").is(&at(name))),
            Some((_, before)) if before != sum => {
                found.tell(
                    Finding::new(&WEBHOOK_CHANGED, "says something else")
                        .at(Both::new(&at(name), &at(name))),
                );
            }
            Some(_) => {}
        }
    }
    for (name, _) in &old.facts.webhooks {
        if !new.facts.webhooks.iter().any(|(known, _)| known == name) {
            found.tell(Finding::new(&WEBHOOK_REMOVED, "is gone").was(&at(name)));
        }
    }
}
