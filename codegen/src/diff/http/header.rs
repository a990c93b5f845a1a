//! Headers of responses, and of the parts of bodies.

use super::check::{
    HEADER_ADDED, HEADER_ADDED_REQUIRED, HEADER_OPTIONAL, HEADER_REMOVED, HEADER_REMOVED_REQUIRED,
    HEADER_REQUIRED, HEADER_WORDS,
};
use super::finding::{Both, Finding, Way};
use super::schema::Form;
use super::words::has_other_keys;
use super::{Found, Held};
use crate::api::{Header, MediaType, Response};
use crate::diff::side::Wire;

/// The headers of one thing.
pub(super) struct Headers<'a> {
    /// Where that is.
    holder: &'a str,
    /// Each with the part that it belongs to; a response has none.
    all: Vec<(&'a str, &'a Header)>,
}

pub(super) fn of_response(response: &Response) -> Headers<'_> {
    Headers {
        holder: &response.pointer,
        all: response.headers.iter().map(|one| ("", one)).collect(),
    }
}

/// Those of the parts of a body (3.1 §4.8.15).
pub(super) fn of_parts(media: &MediaType) -> Headers<'_> {
    let all = media.part_headers.iter();
    Headers {
        holder: &media.pointer,
        all: all.map(|(part, one)| (part.as_str(), one)).collect(),
    }
}

impl<'a> Headers<'a> {
    /// Names of headers have no case (RFC 9110 §5.1).
    fn find(&self, part: &str, name: &str) -> Option<&'a Header> {
        let mut all = self.all.iter();
        let is_it =
            |(of, one): &&(&str, &Header)| *of == part && one.name.eq_ignore_ascii_case(name);
        all.find(is_it).map(|(_, one)| *one)
    }
}

pub(super) fn compare(
    sides: Both<&Wire>,
    pair: &Both<Headers<'_>>,
    way: Way,
    of: usize,
    found: &mut Found,
) {
    for (part, old) in &pair.old.all {
        let Some(new) = pair.new.find(part, &old.name) else {
            let check = if old.required {
                &HEADER_REMOVED_REQUIRED
            } else {
                &HEADER_REMOVED
            };
            let finding = Finding::on(way, check, "is gone").gone(&old.pointer, pair.new.holder);
            found.tell(finding.by(&[of]));
            continue;
        };
        header(sides, Both::new(old, new), way, of, found);
    }
    for (part, new) in &pair.new.all {
        if pair.old.find(part, &new.name).is_none() {
            let check = if new.required && way == Way::Sent {
                &HEADER_ADDED_REQUIRED
            } else {
                &HEADER_ADDED
            };
            let finding = Finding::on(way, check, "is new").came(pair.old.holder, &new.pointer);
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
