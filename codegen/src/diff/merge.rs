//! Joins both verdicts: what is different in HTTP with what is different in Rust for the same reason.

use std::collections::{BTreeSet, HashMap};

use super::change::{Change, Place, Reach};
use super::http::check::RUST_ONLY;
use super::http::finding::{Both, Finding};
use super::http::uses::{Part, Uses};
use super::side::Lowered;
use super::{HttpLevel, RustChange, fingerprint};
use crate::load::Document;

pub(super) fn merge(
    sides: Both<Lowered>,
    findings: Vec<Finding>,
    uses: &Uses,
    items: Vec<RustChange>,
) -> Vec<Change> {
    let mut findings = once(findings);
    let mut joined: Vec<Vec<RustChange>> = vec![Vec::new(); findings.len()];
    let mut alone: Vec<RustChange> = Vec::new();
    let causes = Causes::new(&findings);
    for item in items {
        match causes.of(&item, &findings) {
            Some(index) => joined[index].push(item),
            None => alone.push(item),
        }
    }
    let mut drafts: Vec<(Finding, Vec<RustChange>)> = findings.drain(..).zip(joined).collect();
    drafts.extend(by_place(alone));
    finish(sides, drafts, uses)
}

/// A finding that several uses led to is one: the worst level counts.
fn once(findings: Vec<Finding>) -> Vec<Finding> {
    type Key = (
        &'static str,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let key = |finding: &Finding| -> Key {
        let Finding {
            old,
            new,
            before,
            after,
            ..
        } = finding.clone();
        (finding.check.id, old, new, before, after)
    };
    let mut known: HashMap<Key, usize> = HashMap::new();
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        if let Some(index) = known.get(&key(&finding)) {
            let same = &mut merged[*index];
            same.http = same.http.max(finding.http);
            same.uses.extend(finding.uses);
        } else {
            known.insert(key(&finding), merged.len());
            merged.push(finding);
        }
    }
    merged
}

/// Findings by pointers.
type ByPointer = HashMap<String, Vec<usize>>;

/// Findings by the pointers of their places.
struct Causes {
    old: ByPointer,
    new: ByPointer,
    /// By what has the schema or the form that is different: a parameter, a body, a response.
    holders: Both<ByPointer>,
}

impl Causes {
    fn new(findings: &[Finding]) -> Self {
        let mut causes = Self {
            old: HashMap::new(),
            new: HashMap::new(),
            holders: Both::new(HashMap::new(), HashMap::new()),
        };
        for (index, finding) in findings.iter().enumerate() {
            let lists = [
                (&mut causes.old, &mut causes.holders.old, &finding.old),
                (&mut causes.new, &mut causes.holders.new, &finding.new),
            ];
            for (list, holders, pointer) in lists {
                let Some(pointer) = pointer else { continue };
                list.entry(pointer.clone()).or_default().push(index);
                let of_wire = finding.http > HttpLevel::Docs;
                if let Some(holder) = holder(pointer).filter(|_| of_wire) {
                    holders.entry(holder.to_owned()).or_default().push(index);
                }
            }
        }
        causes
    }

    /// The finding at the same place that says the most; else that at the nearest node around it which came or went
    /// as a whole; else that of the value which stands there.
    fn of(&self, item: &RustChange, findings: &[Finding]) -> Option<usize> {
        let (old, new) = (item.old_pointer.as_deref(), item.new_pointer.as_deref());
        let at = |list: &ByPointer, pointer: Option<&str>| -> Option<usize> {
            let here = list.get(&plain(pointer?))?.iter();
            here.copied()
                .max_by_key(|index| (findings[*index].http, std::cmp::Reverse(*index)))
        };
        at(&self.new, new)
            .or_else(|| at(&self.old, old))
            .or_else(|| {
                // What is inside of something that is gone or new is gone or new with it.
                let (list, pointer, is_new) = match (old, new) {
                    (None, Some(new)) => (&self.new, new, true),
                    (Some(old), None) => (&self.old, old, false),
                    _ => return None,
                };
                let is_whole = |index: &usize| {
                    let finding = &findings[*index];
                    if is_new {
                        finding.old.is_none() || finding.is_new
                    } else {
                        finding.new.is_none() || finding.is_gone
                    }
                };
                let pointer = plain(pointer);
                let ends = pointer
                    .match_indices('/')
                    .map(|(at, _)| at)
                    .skip(1)
                    .collect::<Vec<_>>();
                ends.into_iter()
                    .rev()
                    .find_map(|end| list.get(&pointer[..end])?.iter().copied().find(is_whole))
            })
            .or_else(|| at(&self.holders.new, new))
            .or_else(|| at(&self.holders.old, old))
    }
}

/// What has this schema or form as its own: `…/requestBody` for `…/requestBody/content/application~1json/schema`.
fn holder(pointer: &str) -> Option<&str> {
    let around = pointer.strip_suffix("/schema").unwrap_or(pointer);
    match around.rsplit_once('/')?.0.strip_suffix("/content") {
        Some(holder) => Some(holder),
        None => (around != pointer).then_some(around),
    }
}

/// A pointer without the mark of what is sent: see `lower/views.rs`.
fn plain(pointer: &str) -> String {
    pointer.replace("@request", "")
}

/// What the document says there is what it was: of what came or went only in Rust, the message has the name.
fn message(item: &RustChange) -> String {
    let place = item.old_pointer.as_ref().or(item.new_pointer.as_ref());
    match (&item.before, &item.after) {
        _ if place.is_none() => item.message.clone(),
        (Some(_), None) => format!("has no `{}` any more", item.item),
        (None, Some(_)) => format!("has `{}` now", item.item),
        _ => item.message.clone(),
    }
}

/// Changes of Rust alone, those of one place together.
fn by_place(items: Vec<RustChange>) -> Vec<(Finding, Vec<RustChange>)> {
    let mut known: HashMap<(Option<String>, Option<String>), usize> = HashMap::new();
    let mut drafts: Vec<(Finding, Vec<RustChange>)> = Vec::new();
    for item in items {
        let key = (item.old_pointer.clone(), item.new_pointer.clone());
        let is_placed = key.0.is_some() || key.1.is_some();
        if let Some(index) = known.get(&key).filter(|_| is_placed) {
            drafts[*index].1.push(item);
            continue;
        }
        known.insert(key, drafts.len());
        let mut finding = Finding::new(&RUST_ONLY, message(&item));
        finding.old.clone_from(&item.old_pointer);
        finding.new.clone_from(&item.new_pointer);
        drafts.push((finding, vec![item]));
    }
    drafts
}

/// Looks up places, names and reach, and puts what matters most first.
fn finish(
    sides: Both<Lowered>,
    drafts: Vec<(Finding, Vec<RustChange>)>,
    uses: &Uses,
) -> Vec<Change> {
    let Both { old, new } = sides;
    let subjects = Both::new(old.subjects, new.subjects);
    drop((old.module, new.module));
    let mut places = Both::new(
        places(
            &old.document,
            drafts
                .iter()
                .filter_map(|(finding, _)| finding.old.as_deref()),
        ),
        places(
            &new.document,
            drafts
                .iter()
                .filter_map(|(finding, _)| finding.new.as_deref()),
        ),
    );
    let mut changes: Vec<Change> = Vec::with_capacity(drafts.len());
    for (finding, items) in drafts {
        let subject = match (&finding.new, &finding.old) {
            // What is gone is called what it was called; the other place only says where to look.
            (Some(_), Some(old)) if finding.is_gone => subjects.old.name(old),
            (Some(new), _) => subjects.new.name(new),
            (None, Some(old)) => subjects.old.name(old),
            (None, None) => items
                .first()
                .map(|item| item.item.clone())
                .unwrap_or_default(),
        };
        let mut change = Change {
            check: finding.check.id,
            http: finding.http,
            rust: items
                .iter()
                .map(|item| item.level)
                .max()
                .unwrap_or_default(),
            subject,
            message: finding.message,
            old: finding.old.as_ref().and_then(|_| places.old.next()),
            new: finding.new.as_ref().and_then(|_| places.new.next()),
            reach: reach(&finding.uses, uses),
            before: finding.before,
            after: finding.after,
            items,
            fingerprint: String::new(),
            accepted: false,
        };
        change.fingerprint = fingerprint::of(&change);
        changes.push(change);
    }
    changes.sort_by_key(|change| {
        let line = change
            .new
            .as_ref()
            .or(change.old.as_ref())
            .map_or(0, |place| place.line);
        (change.group(), std::cmp::Reverse(change.http), line)
    });
    changes
}

/// Where the nodes at these pointers stand, in the order of the pointers: one parse for all of them.
fn places<'a>(
    document: &Document,
    pointers: impl Iterator<Item = &'a str>,
) -> std::vec::IntoIter<Place> {
    let pointers: Vec<String> = pointers.map(plain).collect();
    let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
    if pointers.is_empty() {
        return Vec::new().into_iter();
    }
    let places = document.places(&pointers).into_iter();
    let places = places.map(|place| Place {
        file: place.file,
        line: place.line,
        column: place.column,
        pointer: place.pointer,
    });
    places.collect::<Vec<_>>().into_iter()
}

fn reach(numbers: &[usize], uses: &Uses) -> Reach {
    let numbers: BTreeSet<usize> = numbers.iter().copied().collect();
    let mut operations: BTreeSet<&str> = BTreeSet::new();
    let mut reach = Reach::default();
    for of in numbers.iter().filter_map(|number| uses.get(*number)) {
        operations.insert(&of.operation);
        let name = match &of.part {
            Part::Whole => of.operation.clone(),
            Part::Request => {
                reach.requests += 1;
                of.operation.clone()
            }
            Part::Response(status) => {
                reach.responses += 1;
                format!("{} {status}", of.operation)
            }
        };
        reach.example.get_or_insert(name);
    }
    reach.operations = operations.len();
    reach
}
