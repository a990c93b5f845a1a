//! Responses.

use super::check::{
    FAILURE_ADDED, FAILURE_REMOVED, LINKS_CHANGED, RESPONSE_WORDS, SUCCESS_ADDED, SUCCESS_REMOVED,
};
use super::content::{self, Context};
use super::finding::{Both, Finding, Way};
use super::uses::{Part, Uses};
use super::words::has_other_keys;
use super::{Found, header};
use crate::api::{Operation, Response, StatusPattern};
use crate::diff::side::Wire;
use crate::load::child;

pub(super) fn compare(
    sides: Both<&Wire>,
    pair: Both<&Operation>,
    way: Way,
    name: &str,
    uses: &mut Uses,
    found: &mut Found,
) {
    let place = |operation: &Operation, status: StatusPattern| {
        child(&child(&operation.pointer, "responses"), &status.to_string())
    };
    for old in &pair.old.responses {
        let of = uses.add(name, Part::Response(old.status.to_string()));
        if let Some(new) = response_for(old.status, &pair.new.responses) {
            both(sides, Both::new(old, new), way, of, found);
            continue;
        }
        let check = if old.status.is_success() {
            &SUCCESS_REMOVED
        } else {
            &FAILURE_REMOVED
        };
        let finding = Finding::on(way, check, "is gone")
            .gone(&place(pair.old, old.status), &pair.new.pointer);
        found.tell(finding.by(&[of]));
    }
    for new in &pair.new.responses {
        if pair
            .old
            .responses
            .iter()
            .any(|old| old.status == new.status)
        {
            continue;
        }
        let of = uses.add(name, Part::Response(new.status.to_string()));
        let check = if new.status.is_success() {
            &SUCCESS_ADDED
        } else {
            &FAILURE_ADDED
        };
        let at = place(pair.new, new.status);
        let finding = Finding::on(way, check, "is new").came(&pair.old.pointer, &at);
        found.tell(finding.by(&[of]));
    }
}

/// The response for this status, or for its range (3.1 §4.8.16.1).
fn response_for(status: StatusPattern, responses: &[Response]) -> Option<&Response> {
    let with = |wanted: StatusPattern| responses.iter().find(|one| one.status == wanted);
    with(status).or_else(|| match status {
        StatusPattern::Code(code) => with(StatusPattern::Range(code / 100)),
        _ => None,
    })
}

fn both(sides: Both<&Wire>, pair: Both<&Response>, way: Way, of: usize, found: &mut Found) {
    let Both { old, new } = pair;
    let places = Both::new(&*old.pointer, &*new.pointer);
    let mut tell = |finding: Finding| found.tell(finding.at(places).by(&[of]));
    if old.description != new.description {
        let finding = Finding::on(way, &RESPONSE_WORDS, "has another description");
        tell(finding.before(&*old.description).after(&*new.description));
    }
    let links = |side: &Wire, pointer: &str| side.facts.links.get(pointer).copied();
    if links(sides.old, &old.pointer) != links(sides.new, &new.pointer) {
        tell(Finding::on(way, &LINKS_CHANGED, "has other links"));
    }
    if has_other_keys(sides, &old.pointer, &new.pointer) {
        let message = "has other keys for other tools";
        tell(Finding::on(way, &RESPONSE_WORDS, message));
    }
    let headers = Both::new(header::of_response(old), header::of_response(new));
    header::compare(sides, &headers, way, of, found);
    let context = Context {
        way,
        is_unasked: false,
        of,
        words: &RESPONSE_WORDS,
        sides,
        places,
    };
    content::compare(context, &old.content, &new.content, found);
}
