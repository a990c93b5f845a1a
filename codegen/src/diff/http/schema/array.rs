//! Items of lists.

use super::node::Nodes;
use super::{Found, Sides};
use crate::diff::http::check::{ITEMS_TYPED, ITEMS_UNTYPED, PREFIX_ADDED, PREFIX_REMOVED};
use crate::diff::http::finding::Both;

pub(super) fn compare<'a>(sides: Sides<'_, 'a>, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let Sides { old, new, .. } = sides;
    match (old.items.is_empty(), new.items.is_empty()) {
        (false, false) => found
            .children
            .push(sides.child(nodes, &old.items, &new.items)),
        (true, false) => found
            .findings
            .push(sides.finding(&ITEMS_TYPED, "has a type for its items")),
        (false, true) => found
            .findings
            .push(sides.finding(&ITEMS_UNTYPED, "has no type for its items")),
        (true, true) => {}
    }
    for index in 0..old.prefix.len().max(new.prefix.len()) {
        match (old.prefix.get(index), new.prefix.get(index)) {
            (Some(was), Some(is)) => found.children.push(sides.child(nodes, was, is)),
            (None, Some(_)) => {
                let message = format!("has a type of its own for item {}", index + 1);
                found.findings.push(sides.finding(&PREFIX_ADDED, message));
            }
            (Some(_), None) => {
                let message = format!("has no type of its own for item {}", index + 1);
                found.findings.push(sides.finding(&PREFIX_REMOVED, message));
            }
            (None, None) => {}
        }
    }
}
