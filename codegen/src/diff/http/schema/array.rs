//! Items of lists.

use super::describe::describe;
use super::node::{Nodes, Types};
use super::{Form, Found, Sides};
use crate::diff::http::check::{
    ITEMS_TYPED, ITEMS_UNTYPED, PREFIX_ADDED, PREFIX_REMOVED, TYPE_WIDENED,
};
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

/// In a query one value is a list of one: what was a value and may be a list is compared with the items.
pub(super) fn listed<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    found: &mut Found,
) -> bool {
    let Sides { old, new, form, .. } = sides;
    let is_listed = form == Form::Text && !old.types.has(Types::ARRAY) && new.types == Types::ARRAY;
    if !is_listed || !new.takes_one_item() {
        return false;
    }
    let finding = sides.finding(&TYPE_WIDENED, "may be a list");
    found
        .findings
        .push(finding.before(describe(old)).after(describe(new)));
    found
        .children
        .push(sides.child(nodes, &old.core, &new.items));
    true
}
