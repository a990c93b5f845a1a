//! Operations, and what belongs to each as a whole.

use super::check::{
    BODY_ADDED, BODY_ADDED_REQUIRED, BODY_OPTIONAL, BODY_REMOVED, BODY_REQUIRED, BODY_WORDS,
    OPERATION_ADDED, OPERATION_DEPRECATED, OPERATION_ID_CHANGED, OPERATION_MOVED,
    OPERATION_NOT_DEPRECATED, OPERATION_REMOVED, OPERATION_WORDS,
};
use super::content::{self, Context};
use super::finding::{Both, Finding, Way};
use super::matching::operations;
use super::uses::{Part, Uses};
use super::words::{self, has_other_keys};
use super::{Found, parameter, response, security, server};
use crate::api::{Body, Operation};
use crate::diff::matching::anonymous;
use crate::diff::side::Wire;

/// `GET /v3/user/credits`.
pub(super) fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

pub(super) fn all(sides: Both<&Wire>, uses: &mut Uses, found: &mut Found) {
    let matched = operations(&sides.old.api.operations, &sides.new.api.operations);
    for operation in &matched.removed {
        let of = uses.add(&label(operation), Part::Whole);
        found.tell(
            Finding::new(&OPERATION_REMOVED, "is gone")
                .was(&operation.pointer)
                .by(&[of]),
        );
    }
    for pair in matched.pairs {
        one(sides, pair, uses, found);
    }
    for operation in &matched.added {
        let of = uses.add(&label(operation), Part::Whole);
        found.tell(
            Finding::new(&OPERATION_ADDED, "is new")
                .is(&operation.pointer)
                .by(&[of]),
        );
    }
}

fn one(sides: Both<&Wire>, pair: Both<&Operation>, uses: &mut Uses, found: &mut Found) {
    let Both { old, new } = pair;
    let name = label(new);
    let whole = uses.add(&name, Part::Whole);
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    if old.method != new.method || anonymous(&old.path) != anonymous(&new.path) {
        let finding = Finding::new(&OPERATION_MOVED, "is at another place");
        let finding = finding.before(label(old)).after(&*name);
        found.tell(finding.at(places).by(&[whole]));
    }
    said(sides, pair, whole, found);
    server::of_operation(sides, pair, whole, found);
    security::of_operation(sides, pair, whole, found);
    let request = uses.add(&name, Part::Request);
    parameter::compare(sides, pair, Way::Sent, request, found);
    body(sides, pair, Way::Sent, request, found);
    response::compare(sides, pair, Way::Received, &name, uses, found);
}

/// What is said of an operation, and asks for nothing.
pub(super) fn said(sides: Both<&Wire>, pair: Both<&Operation>, whole: usize, found: &mut Found) {
    let Both { old, new } = pair;
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    let mut tell = |finding: Finding| found.tell(finding.at(places).by(&[whole]));
    if old.id != new.id {
        let message = match (&old.id, &new.id) {
            (Some(old), Some(new)) => format!("has the id `{new}`, and had `{old}`"),
            (None, Some(new)) => format!("has the id `{new}`, and had none"),
            _ => "has no id any more".to_owned(),
        };
        let mut finding = Finding::new(&OPERATION_ID_CHANGED, message);
        finding.before.clone_from(&old.id);
        finding.after.clone_from(&new.id);
        tell(finding);
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => tell(Finding::new(&OPERATION_DEPRECATED, "is deprecated")),
        (true, false) => tell(Finding::new(
            &OPERATION_NOT_DEPRECATED,
            "is no longer deprecated",
        )),
        _ => {}
    }
    let is_other = [
        ("summary", old.summary != new.summary),
        ("description", old.description != new.description),
        ("tags", old.tags != new.tags),
        (
            "keys for other tools",
            has_other_keys(sides, &old.pointer, &new.pointer),
        ),
        (
            "keys for other tools of its path",
            sides.old.facts.words_around(&old.pointer)
                != sides.new.facts.words_around(&new.pointer),
        ),
    ];
    if let Some(message) = words::message(&is_other) {
        tell(Finding::new(&OPERATION_WORDS, message));
    }
}

pub(super) fn body(
    sides: Both<&Wire>,
    pair: Both<&Operation>,
    way: Way,
    request: usize,
    found: &mut Found,
) {
    match (&pair.old.body, &pair.new.body) {
        (None, None) => {}
        (None, Some(new)) => {
            let (check, message) = if new.required {
                (&BODY_ADDED_REQUIRED, "must have a body")
            } else {
                (&BODY_ADDED, "may have a body")
            };
            found.tell(
                Finding::on(way, check, message)
                    .came(&pair.old.pointer, &new.pointer)
                    .by(&[request]),
            );
        }
        (Some(old), None) => {
            let finding = Finding::on(way, &BODY_REMOVED, "has no body any more")
                .gone(&old.pointer, &pair.new.pointer);
            found.tell(finding.by(&[request]));
        }
        (Some(old), Some(new)) => bodies(sides, Both::new(old, new), way, request, found),
    }
}

fn bodies(sides: Both<&Wire>, pair: Both<&Body>, way: Way, request: usize, found: &mut Found) {
    let Both { old, new } = pair;
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    let mut tell = |finding: Finding| found.tell(finding.at(places).by(&[request]));
    match (old.required, new.required) {
        (false, true) => tell(Finding::on(way, &BODY_REQUIRED, "became required")),
        (true, false) => tell(Finding::on(way, &BODY_OPTIONAL, "became optional")),
        _ => {}
    }
    if old.description != new.description {
        tell(Finding::on(way, &BODY_WORDS, "has another description"));
    }
    if has_other_keys(sides, &old.pointer, &new.pointer) {
        let message = "has other keys for other tools";
        tell(Finding::on(way, &BODY_WORDS, message));
    }
    let context = Context {
        way,
        is_unasked: way == Way::Received,
        of: request,
        words: &BODY_WORDS,
        sides,
        places,
    };
    content::compare(context, &old.content, &new.content, found);
}
