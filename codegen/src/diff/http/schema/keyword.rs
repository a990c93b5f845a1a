//! Keywords that make no code, and mean something to the wire all the same.

use serde_json::Value;

use super::flat::Flat;
use super::node::Nodes;
use super::{Child, Found, Sides};
use crate::api::SchemaId;
use crate::diff::http::check::{
    CONDITION_CHANGED, CONTENT_CHANGED, Check, KEYWORD_CHANGED, NARROWED, OPEN_ENUM_VALUE_ADDED,
    OPEN_ENUM_VALUE_REMOVED, PATTERN_PROPERTY_ADDED, PATTERN_PROPERTY_REMOVED, WIDENED,
};
use crate::diff::http::finding::Both;
use crate::load::child;

pub(super) fn compare<'a>(sides: Sides<'_, 'a>, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let mut keys: Vec<&str> = Vec::new();
    for (key, ..) in sides.old.keywords.iter().chain(&sides.new.keywords) {
        if !keys.contains(key) {
            keys.push(key);
        }
    }
    for key in keys {
        one(sides, key, nodes, found);
    }
}

fn one<'a>(sides: Sides<'_, 'a>, key: &str, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let (old, new) = (find(sides.old, key), find(sides.new, key));
    match key {
        // Limits, compared there.
        "minContains" | "maxContains" => {}
        "not" | "contains" | "propertyNames" | "contentSchema" | "then" | "else" => {
            schema(sides, key, nodes, found);
        }
        "patternProperties" => {
            let checks = Both::new(&PATTERN_PROPERTY_REMOVED, &PATTERN_PROPERTY_ADDED);
            named_schemas(sides, key, checks, nodes, found);
        }
        "dependentSchemas" => {
            named_schemas(sides, key, Both::new(&WIDENED, &NARROWED), nodes, found);
        }
        "dependentRequired" => dependent(sides, old, new, found),
        "unevaluatedProperties" | "unevaluatedItems" => unevaluated(sides, key, nodes, found),
        "x-extensible-enum" => open_enum(sides, old, new, found),
        _ if old.map(|(value, _)| value) == new.map(|(value, _)| value) => {}
        "contentEncoding" => tell(sides, &CONTENT_CHANGED, key, old, new, found),
        "if" => tell(sides, &CONDITION_CHANGED, key, old, new, found),
        _ => tell(sides, &KEYWORD_CHANGED, key, old, new, found),
    }
}

type Said<'a> = Option<(&'a Value, SchemaId)>;

fn find<'a>(flat: &Flat<'a>, key: &str) -> Said<'a> {
    let found = flat.keywords.iter().find(|(known, ..)| *known == key);
    found.map(|(_, value, id)| (*value, *id))
}

fn tell(
    sides: Sides<'_, '_>,
    check: &'static Check,
    key: &str,
    old: Said<'_>,
    new: Said<'_>,
    found: &mut Found,
) {
    let message = match (old, new) {
        (None, _) => format!("has `{key}`"),
        (_, None) => format!("has no `{key}` any more"),
        _ => format!("has another `{key}`"),
    };
    let text = |said: Said<'_>| said.map(|(value, _)| format!("{key}: {value}"));
    let mut finding = sides.finding(check, message);
    finding.before = text(old);
    finding.after = text(new);
    found.findings.push(finding);
}

/// A keyword with one schema.
fn schema<'a>(sides: Sides<'_, 'a>, key: &str, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let at = |nodes: &Nodes<'a>, said: Said<'_>| {
        said.and_then(|(_, id)| nodes.schemas.at(&child(&nodes.get(id).pointer, key)))
    };
    let (old, new) = (find(sides.old, key), find(sides.new, key));
    match (at(&nodes.old, old), at(&nodes.new, new)) {
        (Some(was), Some(is)) => {
            let pair = sides.child(nodes, &[was], &[is]);
            let way = if key == "not" {
                sides.way.flipped()
            } else {
                sides.way
            };
            found.children.push(Child { way, ..pair });
        }
        (None, Some(_)) => tell(sides, &NARROWED, key, None, new, found),
        (Some(_), None) => tell(sides, &WIDENED, key, old, None, found),
        (None, None) => {}
    }
}

/// A keyword with a schema for each name; the check for one that is gone and for one that is new.
fn named_schemas<'a>(
    sides: Sides<'_, 'a>,
    key: &str,
    checks: Both<&'static Check>,
    nodes: &mut Both<Nodes<'a>>,
    found: &mut Found,
) {
    let names = |flat: &Flat<'a>| -> Vec<(&'a str, SchemaId)> {
        let said = flat.keywords.iter().filter(|(known, ..)| *known == key);
        let said = said.filter_map(|(_, value, id)| Some((value.as_object()?, *id)));
        said.flat_map(|(entries, id)| entries.keys().map(move |name| (name.as_str(), id)))
            .collect()
    };
    let at = |nodes: &Nodes<'a>, name: &str, id: SchemaId| {
        let pointer = child(&child(&nodes.get(id).pointer, key), name);
        nodes.schemas.at(&pointer)
    };
    let (old, new) = (names(sides.old), names(sides.new));
    for (name, id) in &new {
        let before = old.iter().find(|(known, _)| known == name);
        let pair = before.and_then(|(_, before)| {
            Some((at(&nodes.old, name, *before)?, at(&nodes.new, name, *id)?))
        });
        if let Some((was, is)) = pair {
            found.children.push(sides.child(nodes, &[was], &[is]));
        } else {
            let message = format!("has `{key}` for `{name}`");
            found
                .findings
                .push(sides.finding(checks.new, message).after(*name));
        }
    }
    for (name, _) in old
        .iter()
        .filter(|(name, _)| !new.iter().any(|(known, _)| known == name))
    {
        let message = format!("has no `{key}` for `{name}` any more");
        found
            .findings
            .push(sides.finding(checks.old, message).before(*name));
    }
}

/// `dependentRequired`: what must be there beside what.
fn dependent(sides: Sides<'_, '_>, old: Said<'_>, new: Said<'_>, found: &mut Found) {
    let pairs = |said: Said<'_>| -> Vec<(String, String)> {
        let entries = said
            .and_then(|(value, _)| value.as_object())
            .into_iter()
            .flatten();
        let pairs = entries.flat_map(|(name, needs)| {
            let needs = needs
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            needs.map(move |need| (name.clone(), need.to_owned()))
        });
        pairs.collect()
    };
    let (old, new) = (pairs(old), pairs(new));
    for (name, need) in new.iter().filter(|pair| !old.contains(pair)) {
        let message = format!("must have `{need}` where it has `{name}`");
        found.findings.push(
            sides
                .finding(&NARROWED, message)
                .after(format!("{name}: {need}")),
        );
    }
    for (name, need) in old.iter().filter(|pair| !new.contains(pair)) {
        let message = format!("need not have `{need}` where it has `{name}`");
        found.findings.push(
            sides
                .finding(&WIDENED, message)
                .before(format!("{name}: {need}")),
        );
    }
}

/// What was not looked at by another keyword (JSON Schema Core 2020-12 §11): anything, nothing, or of a schema.
fn unevaluated<'a>(
    sides: Sides<'_, 'a>,
    key: &str,
    nodes: &mut Both<Nodes<'a>>,
    found: &mut Found,
) {
    let (old, new) = (find(sides.old, key), find(sides.new, key));
    let value = |said: Said<'a>| {
        said.map(|(value, _)| value)
            .filter(|value| **value != Value::Bool(true))
    };
    match (value(old), value(new)) {
        (old, new) if old == new => {}
        (Some(Value::Object(_)), Some(Value::Object(_))) => schema(sides, key, nodes, found),
        (None, _) | (_, Some(Value::Bool(false))) => tell(sides, &NARROWED, key, old, new, found),
        _ => tell(sides, &WIDENED, key, old, new, found),
    }
}

/// `x-extensible-enum`: values that are known today, of more that may come.
fn open_enum(sides: Sides<'_, '_>, old: Said<'_>, new: Said<'_>, found: &mut Found) {
    let values = |said: Said<'_>| -> Vec<Value> {
        let values = said.and_then(|(value, _)| value.as_array());
        values.cloned().unwrap_or_default()
    };
    let (old, new) = (values(old), values(new));
    for value in new.iter().filter(|value| !old.contains(value)) {
        let message = format!("may be {value}");
        found.findings.push(
            sides
                .finding(&OPEN_ENUM_VALUE_ADDED, message)
                .after(value.to_string()),
        );
    }
    for value in old.iter().filter(|value| !new.contains(value)) {
        let message = format!("may no longer be {value}");
        found.findings.push(
            sides
                .finding(&OPEN_ENUM_VALUE_REMOVED, message)
                .before(value.to_string()),
        );
    }
}
