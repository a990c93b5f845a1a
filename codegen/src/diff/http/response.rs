//! Responses and their headers.

use super::check::{
    FAILURE_ADDED, FAILURE_REMOVED, HEADER_ADDED, HEADER_ADDED_REQUIRED, HEADER_OPTIONAL,
    HEADER_REMOVED, HEADER_REMOVED_REQUIRED, HEADER_REQUIRED, HEADER_WORDS, LINKS_CHANGED,
    RESPONSE_WORDS, SUCCESS_ADDED, SUCCESS_REMOVED,
};
use super::content::{self, Context};
use super::finding::{Both, Finding, Way};
use super::schema::Form;
use super::uses::{Part, Uses};
use super::words::has_other_keys;
use super::{Found, Held};
use crate::api::{Header, Operation, Response, StatusPattern};
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
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    let mut tell = |finding: Finding| found.tell(finding.at(places).by(&[of]));
    if old.description != new.description {
        let finding = Finding::on(way, &RESPONSE_WORDS, "has another description");
        tell(finding.before(&old.description).after(&new.description));
    }
    let links = |side: &Wire, pointer: &str| side.facts.links.get(pointer).copied();
    if links(sides.old, &old.pointer) != links(sides.new, &new.pointer) {
        tell(Finding::on(way, &LINKS_CHANGED, "has other links"));
    }
    if has_other_keys(sides, &old.pointer, &new.pointer) {
        let message = "has other keys for other tools";
        tell(Finding::on(way, &RESPONSE_WORDS, message));
    }
    headers(sides, pair, way, of, found);
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

fn headers(sides: Both<&Wire>, pair: Both<&Response>, way: Way, of: usize, found: &mut Found) {
    let find = |list: &'_ [Header], name: &str| {
        list.iter()
            .position(|one| one.name.eq_ignore_ascii_case(name))
    };
    for old in pair.old.headers.iter() {
        let Some(at) = find(&pair.new.headers, &old.name) else {
            let check = if old.required {
                &HEADER_REMOVED_REQUIRED
            } else {
                &HEADER_REMOVED
            };
            let finding = Finding::on(way, check, "is gone").gone(&old.pointer, &pair.new.pointer);
            found.tell(finding.by(&[of]));
            continue;
        };
        let both = Both::new(old, &pair.new.headers[at]);
        header(sides, both, way, of, found);
    }
    for new in pair.new.headers.iter() {
        if find(&pair.old.headers, &new.name).is_none() {
            let check = if new.required && way == Way::Sent {
                &HEADER_ADDED_REQUIRED
            } else {
                &HEADER_ADDED
            };
            let finding = Finding::on(way, check, "is new").came(&pair.old.pointer, &new.pointer);
            found.tell(finding.by(&[of]));
        }
    }
}

fn header(sides: Both<&Wire>, pair: Both<&Header>, way: Way, of: usize, found: &mut Found) {
    let Both { old, new } = pair;
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    let mut tell = |finding: Finding| found.tell(finding.at(places).by(&[of]));
    match (old.required, new.required) {
        (false, true) => tell(Finding::on(way, &HEADER_REQUIRED, "became required")),
        (true, false) => tell(Finding::on(way, &HEADER_OPTIONAL, "became optional")),
        _ => {}
    }
    if (&old.description, old.deprecated) != (&new.description, new.deprecated)
        || has_other_keys(sides, &old.pointer, &new.pointer)
    {
        tell(Finding::on(way, &HEADER_WORDS, "has other words"));
    }
    if let (Some(was), Some(is)) = (old.schema, new.schema) {
        found.held.push(Held {
            schemas: Both::new(was, is),
            way,
            form: Form::Text,
            of,
        });
    }
}
