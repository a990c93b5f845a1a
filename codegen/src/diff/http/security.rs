//! How requests show who sends them (3.1 §4.8.27 and §4.8.30).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Found;
use super::check::{
    SECURITY_ADDED, SECURITY_ALTERNATIVE_ADDED, SECURITY_ALTERNATIVE_REMOVED,
    SECURITY_FLOW_CHANGED, SECURITY_REMOVED, SECURITY_SCHEME_CHANGED, SECURITY_SCHEME_UNUSED,
    SECURITY_SCOPE_ADDED, SECURITY_SCOPE_REMOVED,
};
use super::finding::{Both, Finding};
use crate::api::Operation;
use crate::diff::side::Wire;
use crate::load::child;

/// One way to show who asks: scheme by name, and the scopes that each needs.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Schemes that are there on both sides, or come and go unused.
pub(super) fn schemes(sides: Both<&Wire>, found: &mut Found) {
    let used = Both::new(used(sides.old), used(sides.new));
    let (old, new) = (&sides.old.facts.schemes, &sides.new.facts.schemes);
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let at = child("/components/securitySchemes", name);
        let is_used = used.old.contains(name) && used.new.contains(name);
        let told = match (old.get(name), new.get(name)) {
            (Some(was), Some(is)) if was == is => continue,
            (Some(was), Some(is)) if is_used => match scheme(was, is) {
                Some(finding) => finding.at(Both::new(&at, &at)),
                None => continue,
            },
            (Some(_), None) if !used.old.contains(name) => {
                Finding::new(&SECURITY_SCHEME_UNUSED, "is gone").was(&at)
            }
            (None, Some(_)) if !used.new.contains(name) => {
                Finding::new(&SECURITY_SCHEME_UNUSED, "is new").is(&at)
            }
            (Some(_), Some(_)) if !used.old.contains(name) && !used.new.contains(name) => {
                Finding::new(&SECURITY_SCHEME_UNUSED, "is another one").at(Both::new(&at, &at))
            }
            _ => continue,
        };
        found.tell(told);
    }
}

fn scheme(old: &Value, new: &Value) -> Option<Finding> {
    let (was, is) = (wire(old), wire(new));
    if was != is {
        let finding = Finding::new(&SECURITY_SCHEME_CHANGED, "is sent in another way");
        return Some(finding.before(was).after(is));
    }
    let rest = |scheme: &Value| {
        let mut entries = scheme.as_object().cloned().unwrap_or_default();
        entries.retain(|key, _| {
            matches!(
                key.as_str(),
                "type" | "flows" | "openIdConnectUrl" | "oauth2MetadataUrl"
            )
        });
        Value::Object(entries)
    };
    let (old, new) = (rest(old), rest(new));
    let finding = Finding::new(
        &SECURITY_FLOW_CHANGED,
        "has its tokens from elsewhere, or others",
    );
    (old != new).then(|| finding.before(old.to_string()).after(new.to_string()))
}

/// What is sent, whatever the scheme is called: a token is a token, however it was had.
fn wire(scheme: &Value) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "apiKey" if text("in") == "header" => {
            format!("a key in the header {}", text("name").to_ascii_lowercase())
        }
        "apiKey" => format!("a key in the {} as {}", text("in"), text("name")),
        "http" if text("scheme").eq_ignore_ascii_case("bearer") => "a bearer token".to_owned(),
        "http" => format!("HTTP {}", text("scheme").to_ascii_lowercase()),
        "oauth2" | "openIdConnect" => "a bearer token".to_owned(),
        other => other.to_owned(),
    }
}

fn used(side: &Wire) -> BTreeSet<String> {
    let requirements = side
        .api
        .operations
        .iter()
        .map(|operation| requirement(side, operation).0);
    requirements
        .flatten()
        .flat_map(Alternative::into_keys)
        .collect()
}

/// The alternatives of an operation, and where they are said. None at all is the one that asks for nothing.
fn requirement(side: &Wire, operation: &Operation) -> (Vec<Alternative>, String) {
    let own = side
        .facts
        .operations
        .get(&operation.pointer)
        .and_then(|facts| facts.security.as_deref());
    let (said, pointer) = match own {
        Some(own) => (Some(own), child(&operation.pointer, "security")),
        None => (side.facts.security.as_ref(), "/security".to_owned()),
    };
    let list = said
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let one = |requirement: &Value| -> Alternative {
        let entries = requirement.as_object().into_iter().flatten();
        let entries = entries.map(|(name, scopes)| {
            let scopes = scopes
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            (name.clone(), scopes.map(str::to_owned).collect())
        });
        entries.collect()
    };
    let mut alternatives: Vec<Alternative> = list.iter().map(one).collect();
    if alternatives.is_empty() {
        alternatives.push(Alternative::new());
    }
    (alternatives, pointer)
}

pub(super) fn of_operation(
    sides: Both<&Wire>,
    pair: Both<&Operation>,
    of: usize,
    found: &mut Found,
) {
    let (old, was_at) = requirement(sides.old, pair.old);
    let (new, is_at) = requirement(sides.new, pair.new);
    if old == new {
        return;
    }
    let schemes = Both::new(&sides.old.facts.schemes, &sides.new.facts.schemes);
    let places = Both::new(was_at.as_str(), is_at.as_str());
    for finding in alternatives(&old, &new, schemes) {
        found.tell(finding.at(places).by(&[of]));
    }
}

fn alternatives(
    old: &[Alternative],
    new: &[Alternative],
    schemes: Both<&Map<String, Value>>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut met = vec![false; new.len()];
    let is_like = |was: &Alternative, is: &Alternative| {
        sent(was, schemes.old) == sent(is, schemes.new) || names(was) == names(is)
    };
    for was in old {
        let same = new
            .iter()
            .position(|is| is_like(was, is) && scopes(was) == scopes(is));
        let at = same.or_else(|| new.iter().position(|is| is_like(was, is)));
        if let Some(at) = at {
            met[at] = true;
            findings.extend(other_scopes(was, &new[at]));
        } else if was.is_empty() {
            let asked: Vec<String> = new.iter().map(text).collect();
            let finding = Finding::new(&SECURITY_ADDED, "asks for credentials");
            findings.push(finding.after(asked.join(", or ")));
            met.fill(true);
        } else if !new.iter().any(|is| asks_less(is, was, schemes)) {
            let finding = Finding::new(
                &SECURITY_ALTERNATIVE_REMOVED,
                format!("no longer takes {}", text(was)),
            );
            findings.push(finding.before(text(was)));
        }
    }
    for (is, _) in new.iter().zip(met).filter(|(_, met)| !met) {
        if is.is_empty() {
            findings.push(Finding::new(
                &SECURITY_REMOVED,
                "no longer asks for credentials",
            ));
        } else {
            let finding = Finding::new(
                &SECURITY_ALTERNATIVE_ADDED,
                format!("takes {} as well", text(is)),
            );
            findings.push(finding.after(text(is)));
        }
    }
    findings
}

fn other_scopes(was: &Alternative, is: &Alternative) -> Vec<Finding> {
    let (old, new) = (scopes(was), scopes(is));
    let added = new.difference(&old).map(|scope| {
        let finding = Finding::new(&SECURITY_SCOPE_ADDED, format!("needs the scope `{scope}`"));
        finding.after(scope)
    });
    let removed = old.difference(&new).map(|scope| {
        let finding = Finding::new(
            &SECURITY_SCOPE_REMOVED,
            format!("no longer needs the scope `{scope}`"),
        );
        finding.before(scope)
    });
    added.chain(removed).collect()
}

fn names(alternative: &Alternative) -> Vec<&String> {
    alternative.keys().collect()
}

fn scopes(alternative: &Alternative) -> BTreeSet<String> {
    alternative.values().flatten().cloned().collect()
}

/// What is sent for an alternative.
fn sent(alternative: &Alternative, schemes: &Map<String, Value>) -> BTreeSet<String> {
    let one = |name: &String| schemes.get(name).map_or_else(|| name.clone(), wire);
    alternative.keys().map(one).collect()
}

/// Whether those who send what `was` asks for have sent what `is` asks for.
fn asks_less(is: &Alternative, was: &Alternative, schemes: Both<&Map<String, Value>>) -> bool {
    sent(is, schemes.new).is_subset(&sent(was, schemes.old)) && scopes(is).is_subset(&scopes(was))
}

fn text(alternative: &Alternative) -> String {
    if alternative.is_empty() {
        return "none".to_owned();
    }
    names(alternative)
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(" with ")
}
