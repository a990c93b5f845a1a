//! Webhooks and callbacks: calls that callers get. What they receive is the request, and what they send is the response.

use std::collections::{HashMap, HashSet};

use super::check::{
    CALLBACK_ADDED, CALLBACK_REMOVED, CALLBACK_URL, CALLBACKS_CHANGED, WEBHOOK_ADDED,
    WEBHOOK_CHANGED, WEBHOOK_METHOD, WEBHOOK_REMOVED, WEBHOOK_SECURITY,
};
use super::finding::{Both, Finding, Way};
use super::uses::{Part, Uses};
use super::{Found, matching, operation, parameter, response};
use crate::api::Operation;
use crate::diff::Side;
use crate::diff::incoming::{Call, Incoming};
use crate::diff::side::Wire;

/// All differences.
pub(super) fn compare(sides: Both<&Side>, uses: &mut Uses) -> Vec<Finding> {
    let both = Both::new(&sides.old.incoming, &sides.new.incoming);
    let matched = calls(sides);
    let mut findings = came_and_went(both, &matched, uses);
    let mut known: HashSet<(usize, usize)> = HashSet::new();
    let pairs = matched.pairs.iter();
    let pairs = pairs.filter(|pair| known.insert((pair.old.item, pair.new.item)));
    match (&both.old.wire, &both.new.wire) {
        (Some(old), Some(new)) => {
            let wires = Both::new(old, new);
            let mut found = Found::default();
            let operations = Both::new(by_path(old), by_path(new));
            for pair in pairs {
                item(wires, &operations, *pair, uses, &mut found);
            }
            findings.extend(found.finish(wires, uses));
        }
        _ => findings.extend(pairs.filter_map(|pair| as_a_whole(both, *pair))),
    }
    for finding in &mut findings {
        finding.old = finding.old.take().map(|pointer| both.old.home(&pointer));
        finding.new = finding.new.take().map(|pointer| both.new.home(&pointer));
    }
    findings
}

/// Which old call is which new one.
struct Matched<'a> {
    pairs: Vec<Both<&'a Call>>,
    removed: Vec<&'a Call>,
    added: Vec<&'a Call>,
}

/// By name, and for callbacks the operation; where it goes comes second. Those of an operation that came or went do
/// so with it.
fn calls<'a>(sides: Both<&'a Side>) -> Matched<'a> {
    let operations = matching::operations(
        &sides.old.wire.api.operations,
        &sides.new.wire.api.operations,
    );
    let owners = operations.pairs.iter();
    let owners: HashMap<&str, &str> = owners
        .map(|pair| (pair.old.pointer.as_str(), pair.new.pointer.as_str()))
        .collect();
    let kept: HashSet<&str> = owners.values().copied().collect();
    let owner = |call: &'a Call| -> Option<Option<&'a str>> {
        match &call.owner {
            Some(owner) => owners.get(owner.as_str()).map(|owner| Some(*owner)),
            None => Some(None),
        }
    };
    let is_kept = |call: &&Call| {
        let owner = call.owner.as_deref();
        owner.is_none_or(|owner| kept.contains(owner))
    };
    let mut matched = Matched {
        pairs: Vec::new(),
        removed: Vec::new(),
        added: sides.new.incoming.calls.iter().filter(is_kept).collect(),
    };
    let old = sides.old.incoming.calls.iter();
    let mut left: Vec<(Option<&str>, &Call)> =
        old.filter_map(|call| Some((owner(call)?, call))).collect();
    for with_url in [true, false] {
        let mut waiting: HashMap<(Option<&str>, &str, &str), Vec<usize>> = HashMap::new();
        for (index, call) in matched.added.iter().enumerate().rev() {
            let url = if with_url { call.url.as_str() } else { "" };
            let key = (call.owner.as_deref(), call.name.as_str(), url);
            waiting.entry(key).or_default().push(index);
        }
        let mut met: HashSet<usize> = HashSet::new();
        left.retain(|(owner, call)| {
            let url = if with_url { call.url.as_str() } else { "" };
            let same = waiting.get_mut(&(*owner, call.name.as_str(), url));
            let Some(index) = same.and_then(Vec::pop) else {
                return true;
            };
            met.insert(index);
            matched.pairs.push(Both::new(*call, matched.added[index]));
            false
        });
        let mut index = 0;
        matched.added.retain(|_| {
            index += 1;
            !met.contains(&(index - 1))
        });
    }
    matched.removed = left.into_iter().map(|(_, call)| call).collect();
    matched
}

fn came_and_went(both: Both<&Incoming>, matched: &Matched<'_>, uses: &mut Uses) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |finding: Finding, call: &Call| {
        findings.push(finding.by(&[uses.add(&label(call), Part::Whole)]));
    };
    let kind = |call: &Call, webhook, callback| match call.owner {
        Some(_) => callback,
        None => webhook,
    };
    for call in &matched.removed {
        let check = kind(call, &WEBHOOK_REMOVED, &CALLBACK_REMOVED);
        let at = &both.old.items[call.item].pointer;
        note(Finding::new(check, "is gone").was(at), call);
    }
    for call in &matched.added {
        let check = kind(call, &WEBHOOK_ADDED, &CALLBACK_ADDED);
        let at = &both.new.items[call.item].pointer;
        note(Finding::new(check, "is new").is(at), call);
    }
    for Both { old, new } in &matched.pairs {
        if old.url != new.url {
            let finding = Finding::new(&CALLBACK_URL, "goes to a URL that is given in another way");
            let (was, is) = (
                &both.old.items[old.item].pointer,
                &both.new.items[new.item].pointer,
            );
            let finding = finding.at(Both::new(was, is));
            note(finding.before(&old.url).after(&new.url), new);
        }
    }
    findings
}

/// What it is called among uses.
fn label(call: &Call) -> String {
    match &call.owner {
        Some(_) => format!("callback {}", call.name),
        None => format!("webhook {}", call.name),
    }
}

/// Where one of the sides cannot be read, only whether they are different is known.
fn as_a_whole(both: Both<&Incoming>, pair: Both<&Call>) -> Option<Finding> {
    let (was, is) = (
        &both.old.items[pair.old.item],
        &both.new.items[pair.new.item],
    );
    let check = match pair.new.owner {
        Some(_) => &CALLBACKS_CHANGED,
        None => &WEBHOOK_CHANGED,
    };
    let finding = Finding::new(check, "says something else");
    (was.sum != is.sum).then(|| finding.at(Both::new(&was.pointer, &is.pointer)))
}

/// Operations by the paths of their items.
type ByPath<'a> = HashMap<&'a str, Vec<&'a Operation>>;

fn by_path(wire: &Wire) -> ByPath<'_> {
    let mut all = ByPath::new();
    for operation in &wire.api.operations {
        all.entry(&operation.path).or_default().push(operation);
    }
    all
}

/// The operations of a path item, by their methods. Where one is left on both sides it is the same one.
fn item(
    wires: Both<&Wire>,
    operations: &Both<ByPath<'_>>,
    pair: Both<&Call>,
    uses: &mut Uses,
    found: &mut Found,
) {
    let (was, is) = (Incoming::path(pair.old.item), Incoming::path(pair.new.item));
    let mut left_old = operations.old.get(&*was).cloned().unwrap_or_default();
    let mut left_new = operations.new.get(&*is).cloned().unwrap_or_default();
    let name = label(pair.new);
    left_old.retain(|old| {
        let same = left_new.iter().position(|new| new.method == old.method);
        let Some(at) = same else { return true };
        let pair = Both::new(*old, left_new.remove(at));
        one(wires, pair, &name, uses, found);
        false
    });
    let of = uses.add(&name, Part::Whole);
    if let ([old], [new]) = (&left_old[..], &left_new[..]) {
        let finding = Finding::new(&WEBHOOK_METHOD, "comes with another method");
        let finding = finding.at(Both::new(&old.pointer, &new.pointer));
        found.tell(finding.before(&old.method).after(&new.method).by(&[of]));
        one(wires, Both::new(old, new), &name, uses, found);
        return;
    }
    let (added, removed) = match pair.new.owner {
        Some(_) => (&CALLBACK_ADDED, &CALLBACK_REMOVED),
        None => (&WEBHOOK_ADDED, &WEBHOOK_REMOVED),
    };
    for old in left_old {
        let finding = Finding::new(removed, "is gone");
        found.tell(finding.was(&old.pointer).by(&[of]));
    }
    for new in left_new {
        let finding = Finding::new(added, "is new");
        found.tell(finding.is(&new.pointer).by(&[of]));
    }
}

/// One operation: the request is what callers receive, and the response what they send.
fn one(wires: Both<&Wire>, pair: Both<&Operation>, name: &str, uses: &mut Uses, found: &mut Found) {
    let whole = uses.add(name, Part::Whole);
    operation::said(wires, pair, whole, found);
    let security = |wire: &Wire, one: &Operation| {
        let facts = wire.facts.operations.get(&one.pointer)?;
        facts.security.clone()
    };
    if security(wires.old, pair.old) != security(wires.new, pair.new) {
        let finding = Finding::new(&WEBHOOK_SECURITY, "shows in another way who sends it");
        let finding = finding.at(Both::new(&pair.old.pointer, &pair.new.pointer));
        found.tell(finding.by(&[whole]));
    }
    let request = uses.add(name, Part::Request);
    parameter::compare(wires, pair, Way::Received, request, found);
    operation::body(wires, pair, Way::Received, request, found);
    response::compare(wires, pair, Way::Sent, name, uses, found);
}
