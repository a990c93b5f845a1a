//! `enum` and `const`.

use serde_json::Value;

use super::Sides;
use crate::diff::http::check::{
    BECAME_ENUM, ENUM_OPENED, ENUM_REPLACED, ENUM_VALUE_ADDED, ENUM_VALUE_REMOVED,
};
use crate::diff::http::finding::Finding;

pub(super) fn compare(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) {
    match (&sides.old.values, &sides.new.values) {
        (None, None) => {}
        (None, Some(new)) => {
            let finding = sides.finding(&BECAME_ENUM, "may only be one of certain values");
            findings.push(finding.after(list(new)));
        }
        (Some(old), None) => {
            let finding = sides.finding(&ENUM_OPENED, "may be any value");
            findings.push(finding.before(list(old)));
        }
        (Some(old), Some(new)) => both(sides, old, new, findings),
    }
}

fn both(sides: Sides<'_, '_>, old: &[&Value], new: &[&Value], findings: &mut Vec<Finding>) {
    let added: Vec<&Value> = new
        .iter()
        .filter(|one| !old.contains(one))
        .copied()
        .collect();
    let removed: Vec<&Value> = old
        .iter()
        .filter(|one| !new.contains(one))
        .copied()
        .collect();
    if removed.len() == old.len() && !added.is_empty() && !old.is_empty() {
        let finding = sides.finding(&ENUM_REPLACED, "has other values");
        findings.push(finding.before(list(old)).after(list(new)));
        return;
    }
    if !added.is_empty() {
        let finding = sides.finding(&ENUM_VALUE_ADDED, format!("may be {}", list(&added)));
        findings.push(finding.after(list(&added)));
    }
    if !removed.is_empty() {
        let finding = sides.finding(
            &ENUM_VALUE_REMOVED,
            format!("may no longer be {}", list(&removed)),
        );
        findings.push(finding.before(list(&removed)));
    }
}

/// More values than this are counted.
const SHOWN: usize = 8;

/// Values as they stand in JSON.
pub(super) fn list(values: &[&Value]) -> String {
    let shown: Vec<String> = values.iter().take(SHOWN).map(ToString::to_string).collect();
    let rest = values.len().saturating_sub(SHOWN);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    shown.join(", ") + &more
}
