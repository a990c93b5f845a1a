//! What schemas say without asking for anything: words, defaults, deprecation.

use serde_json::Value;

use super::Child;
use super::node::{Nodes, Start};
use crate::api::{Schema, SchemaId};
use crate::diff::facts::Facts;
use crate::diff::http::check::{DEFAULT_CHANGED, SCHEMA_DEPRECATED, SCHEMA_WORDS};
use crate::diff::http::finding::{Both, Finding};

/// Differences between the words of two schemas. The nearest that says something counts, so that a description is
/// compared at the schema that has it.
pub(super) fn compare(child: &Child, nodes: &Both<Nodes<'_>>, facts: Both<&Facts>) -> Vec<Finding> {
    let (old, new) = (
        Words::of(&nodes.old, &child.old, facts.old),
        Words::of(&nodes.new, &child.new, facts.new),
    );
    let mut findings = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let mut words = Finding::on(child.way, &SCHEMA_WORDS, "");
    if old.description.1 != new.description.1 {
        told.push("description");
        words = words.at(Both::new(old.description.0, new.description.0));
        words.before = old.description.1.map(str::to_owned);
        words.after = new.description.1.map(str::to_owned);
    }
    if old.title.1 != new.title.1 {
        told.push("title");
        words = words.at(Both::new(old.title.0, new.title.0));
    }
    if old.examples.1 != new.examples.1 {
        told.push("example");
        words = words.at(Both::new(old.examples.0, new.examples.0));
    }
    if old.others.1 != new.others.1 {
        told.push("keys for other tools");
        words = words.at(Both::new(old.others.0, new.others.0));
    }
    if !told.is_empty() {
        words.message = format!("has other words: {}", told.join(", "));
        findings.push(words);
    }
    if old.deprecated != new.deprecated {
        let message = if new.deprecated {
            "is deprecated"
        } else {
            "is no longer deprecated"
        };
        let finding = Finding::on(child.way, &SCHEMA_DEPRECATED, message);
        findings.push(finding.at(Both::new(old.start, new.start)));
    }
    if old.default.1 != new.default.1 {
        let finding = Finding::on(child.way, &DEFAULT_CHANGED, "has another default");
        let mut finding = finding.at(Both::new(old.default.0, new.default.0));
        finding.before = old.default.1.map(ToString::to_string);
        finding.after = new.default.1.map(ToString::to_string);
        findings.push(finding);
    }
    findings
}

/// Each with the pointer of the schema that says it.
struct Words<'a> {
    start: &'a str,
    description: (&'a str, Option<&'a str>),
    title: (&'a str, Option<&'a str>),
    examples: (&'a str, &'a [Value]),
    default: (&'a str, Option<&'a Value>),
    others: (&'a str, Option<u64>),
    deprecated: bool,
}

impl<'a> Words<'a> {
    fn of(nodes: &Nodes<'a>, start: &Start, facts: &'a Facts) -> Self {
        let all = || start.way.iter().map(|id: &SchemaId| nodes.get(*id));
        let first = all().next().map_or("", |schema| &*schema.pointer);
        let description = all().find(|schema| schema.description.is_some());
        let title = all().find(|schema| schema.title.is_some());
        let examples = all().find(|schema| !schema.examples.is_empty());
        let default = all().find(|schema| schema.default.is_some());
        let others = all().find_map(|schema| Some((schema, facts.words(&schema.pointer)?)));
        let at = |schema: Option<&'a Schema>| schema.map_or(first, |schema| &*schema.pointer);
        Self {
            start: first,
            description: (
                at(description),
                description.and_then(|one| one.description.as_deref()),
            ),
            title: (at(title), title.and_then(|one| one.title.as_deref())),
            examples: (at(examples), examples.map_or(&[], |one| &one.examples)),
            default: (at(default), default.and_then(|one| one.default.as_deref())),
            others: (
                at(others.map(|(schema, _)| schema)),
                others.map(|(_, sum)| sum),
            ),
            deprecated: all().any(|schema| schema.deprecated),
        }
    }
}
