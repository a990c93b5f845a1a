//! Limits: bounds of numbers, lengths and counts, patterns.

use serde_json::Value;

use super::Sides;
use super::flat::Flat;
use super::node::Types;
use crate::diff::http::check::{
    Check, LIMIT_ADDED, LIMIT_LOOSENED, LIMIT_REMOVED, LIMIT_TIGHTENED, MULTIPLE_CHANGED,
    PATTERN_ADDED, PATTERN_CHANGED, PATTERN_REMOVED, UNIQUE_ADDED, UNIQUE_REMOVED,
};
use crate::diff::http::finding::Finding;

/// The keywords of each limit, whether it is one from below, and the types that it is for.
const BOUNDS: [(&[&str], bool, Types); 10] = [
    (&["minimum", "exclusiveMinimum"], true, NUMBERS),
    (&["maximum", "exclusiveMaximum"], false, NUMBERS),
    (&["minLength"], true, Types::STRING),
    (&["maxLength"], false, Types::STRING),
    (&["minItems"], true, Types::ARRAY),
    (&["maxItems"], false, Types::ARRAY),
    (&["minContains"], true, Types::ARRAY),
    (&["maxContains"], false, Types::ARRAY),
    (&["minProperties"], true, Types::OBJECT),
    (&["maxProperties"], false, Types::OBJECT),
];

const NUMBERS: Types = Types::INTEGER.or(Types::FRACTION);

/// Limits of types that a value cannot have on both sides say nothing (JSON Schema Validation 2020-12 §6.1).
pub(super) fn compare(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) {
    let types = sides.old.types.and(sides.new.types);
    for (keywords, from_below, of) in BOUNDS {
        if !types.and(of).is_empty() {
            bound(sides, keywords, from_below, findings);
        }
    }
    if types.has(Types::STRING) {
        patterns(sides, findings);
    }
    if types.has(Types::INTEGER) {
        multiples(sides, findings);
    }
    let unique = |flat: &Flat<'_>| find(flat, "uniqueItems") == Some(&Value::Bool(true));
    match (unique(sides.old), unique(sides.new)) {
        _ if !types.has(Types::ARRAY) => {}
        (false, true) => findings.push(sides.finding(&UNIQUE_ADDED, "may have no item twice")),
        (true, false) => findings.push(sides.finding(&UNIQUE_REMOVED, "may have items twice")),
        _ => {}
    }
}

fn find<'a>(flat: &Flat<'a>, keyword: &str) -> Option<&'a Value> {
    let limits = flat.limits.iter().find(|(known, _)| *known == keyword);
    let keywords = || flat.keywords.iter().find(|(known, ..)| *known == keyword);
    let found = limits.map(|(_, value)| *value);
    found.or_else(|| keywords().map(|(_, value, _)| *value))
}

/// A bound: the value, whether it is excluded itself, and the keyword.
type Bound<'a> = (f64, bool, &'a str);

fn bound(
    sides: Sides<'_, '_>,
    keywords: &[&'static str],
    from_below: bool,
    findings: &mut Vec<Finding>,
) {
    let (old, new) = (
        tightest(sides.old, keywords, from_below),
        tightest(sides.new, keywords, from_below),
    );
    let mut tell = |check: &'static Check, message: &str| {
        let mut finding = sides.finding(check, message);
        finding.before = old.map(shown);
        finding.after = new.map(shown);
        findings.push(finding);
    };
    match (old, new) {
        (None, Some(_)) => tell(&LIMIT_ADDED, "has a limit"),
        (Some(_), None) => tell(&LIMIT_REMOVED, "has a limit less"),
        (Some(was), Some(is)) if is_tighter(is, was, from_below) => {
            tell(&LIMIT_TIGHTENED, "has a tighter limit");
        }
        (Some(was), Some(is)) if is_tighter(was, is, from_below) => {
            tell(&LIMIT_LOOSENED, "has a wider limit");
        }
        _ => {}
    }
}

fn tightest(
    flat: &Flat<'_>,
    keywords: &[&'static str],
    from_below: bool,
) -> Option<Bound<'static>> {
    let mut tightest: Option<Bound<'static>> = None;
    for keyword in keywords {
        let limits = flat.limits.iter().filter(|(known, _)| known == keyword);
        let others = flat.keywords.iter().filter(|(known, ..)| known == keyword);
        let values = limits
            .map(|(_, value)| *value)
            .chain(others.map(|(_, value, _)| *value));
        for number in values.filter_map(Value::as_f64) {
            let counts = *keyword != "minimum"
                && from_below
                && number <= 0.0
                && !keyword.starts_with("exclusive");
            let bound = (number, keyword.starts_with("exclusive"), *keyword);
            if !counts && tightest.is_none_or(|known| is_tighter(bound, known, from_below)) {
                tightest = Some(bound);
            }
        }
    }
    tightest
}

fn is_tighter(one: Bound<'_>, other: Bound<'_>, from_below: bool) -> bool {
    let order = one.0.total_cmp(&other.0);
    if order.is_eq() {
        return one.1 && !other.1;
    }
    order.is_gt() == from_below
}

fn shown((value, _, keyword): Bound<'_>) -> String {
    format!("{keyword}: {value}")
}

fn patterns(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) {
    let pattern = |flat| find(flat, "pattern").and_then(Value::as_str);
    let (old, new) = (pattern(sides.old), pattern(sides.new));
    let (check, message) = match (old, new) {
        _ if old.filter(|one| !is_any(one)) == new.filter(|one| !is_any(one)) => return,
        (None, Some(_)) => (&PATTERN_ADDED, "must match a pattern"),
        (Some(_), None) => (&PATTERN_REMOVED, "need not match a pattern"),
        (Some(_), Some(new)) if is_any(new) => (&PATTERN_REMOVED, "may be any text"),
        (Some(old), Some(_)) if is_any(old) => (&PATTERN_ADDED, "must match a pattern"),
        _ => (&PATTERN_CHANGED, "must match another pattern"),
    };
    let mut finding = sides.finding(check, message);
    finding.before = old.map(str::to_owned);
    finding.after = new.map(str::to_owned);
    findings.push(finding);
}

/// Whether a pattern lets every text pass.
fn is_any(pattern: &str) -> bool {
    matches!(pattern, "" | ".*" | "^.*$" | "^.*" | ".*$" | "^")
}

fn multiples(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) {
    let step = |flat| find(flat, "multipleOf").and_then(Value::as_f64);
    let (old, new) = (step(sides.old), step(sides.new));
    let is_multiple = |of: f64, one: f64| one != 0.0 && (of / one).fract() == 0.0;
    let (check, message) = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => (&LIMIT_ADDED, "must be a multiple of a number"),
        (Some(_), None) => (&LIMIT_REMOVED, "need not be a multiple of a number"),
        (Some(old), Some(new)) if old.total_cmp(&new).is_eq() => return,
        (Some(old), Some(new)) if is_multiple(old, new) => {
            (&LIMIT_LOOSENED, "may be a multiple of a smaller number")
        }
        (Some(old), Some(new)) if is_multiple(new, old) => {
            (&LIMIT_TIGHTENED, "must be a multiple of a larger number")
        }
        _ => (&MULTIPLE_CHANGED, "must be a multiple of another number"),
    };
    let mut finding = sides.finding(check, message);
    finding.before = old.map(|step| format!("multipleOf: {step}"));
    finding.after = new.map(|step| format!("multipleOf: {step}"));
    findings.push(finding);
}
