//! Properties, and what objects may have beside them.

use indexmap::IndexSet;

use super::flat::{Flat, Rest};
use super::node::{Nodes, Start};
use super::{Child, Found, Sides};
use crate::api::SchemaId;
use crate::diff::http::check::{
    ADDITIONAL_ALLOWED, ADDITIONAL_FORBIDDEN, ADDITIONAL_TYPED, ADDITIONAL_UNTYPED, NOT_READ_ONLY,
    NOT_READ_ONLY_REQUIRED, NOT_WRITE_ONLY, PROPERTY_ADDED, PROPERTY_ADDED_REQUIRED,
    PROPERTY_FORBIDDEN, PROPERTY_OPTIONAL, PROPERTY_REMOVED, PROPERTY_REMOVED_REQUIRED,
    PROPERTY_REQUIRED, READ_ONLY, WRITE_ONLY,
};
use crate::diff::http::finding::{Both, Finding, Way};

pub(super) fn compare<'a>(sides: Sides<'_, 'a>, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let Sides { old, new, .. } = sides;
    let names: IndexSet<&str> = old
        .properties
        .keys()
        .chain(new.properties.keys())
        .copied()
        .collect();
    for name in names {
        match (old.properties.get(name), new.properties.get(name)) {
            (Some(was), Some(is)) => both(sides, nodes, name, Both::new(was, is), found),
            (Some(was), None) => found.findings.extend(removed(sides, nodes, name, was)),
            (None, Some(is)) => found.findings.extend(added(sides, nodes, name, is)),
            (None, None) => {}
        }
    }
    unlisted(sides, found);
    rest(sides, nodes, found);
}

/// Whether the property is in what goes this way (`readOnly`, `writeOnly`: JSON Schema Validation 2020-12 §9.4).
fn goes(nodes: &Nodes<'_>, start: &Start, way: Way) -> bool {
    !start.way.iter().any(|id| {
        let schema = nodes.get(*id);
        match way {
            Way::Sent => schema.read_only,
            Way::Received => schema.write_only,
        }
    })
}

fn place<'a>(nodes: &Nodes<'a>, ids: &[SchemaId]) -> &'a str {
    ids.first().map_or("", |id| &nodes.get(*id).pointer)
}

fn both<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    name: &str,
    ids: Both<&Vec<SchemaId>>,
    found: &mut Found,
) {
    let Sides { old, new, way, .. } = sides;
    let child = sides.child(nodes, ids.old, ids.new);
    let places = Both::new(place(&nodes.old, ids.old), place(&nodes.new, ids.new));
    let required = (old.required.contains(name), new.required.contains(name));
    let tell = |check, message: &str| Finding::on(way, check, message).at(places);
    let goes = (
        goes(&nodes.old, &child.old, way),
        goes(&nodes.new, &child.new, way),
    );
    let told = match (goes, way) {
        ((false, false), _) => return,
        ((true, false), Way::Sent) => Some(tell(&READ_ONLY, "is for responses alone (`readOnly`)")),
        ((true, false), Way::Received) => {
            Some(tell(&WRITE_ONLY, "is for requests alone (`writeOnly`)"))
        }
        ((false, true), Way::Sent) if required.1 => Some(tell(
            &NOT_READ_ONLY_REQUIRED,
            "is no longer `readOnly`, and requests must have it",
        )),
        ((false, true), Way::Sent) => Some(tell(&NOT_READ_ONLY, "is no longer `readOnly`")),
        ((false, true), Way::Received) => Some(tell(&NOT_WRITE_ONLY, "is no longer `writeOnly`")),
        ((true, true), _) => match required {
            (false, true) => Some(tell(&PROPERTY_REQUIRED, "became required")),
            (true, false) => Some(tell(&PROPERTY_OPTIONAL, "became optional")),
            _ => None,
        },
    };
    found.findings.extend(told);
    if goes == (true, true) {
        found.children.push(child);
    }
}

fn added<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    name: &str,
    ids: &[SchemaId],
) -> Option<Finding> {
    let start = nodes.new.start(ids);
    if !goes(&nodes.new, &start, sides.way) {
        return None;
    }
    // One that had to be there already has become known.
    let is_required = sides.new.required.contains(name) && !sides.old.required.contains(name);
    let (check, message) = if is_required {
        (&PROPERTY_ADDED_REQUIRED, "is new, and required")
    } else {
        (&PROPERTY_ADDED, "is new")
    };
    let finding = Finding::on(sides.way, check, message).is(place(&nodes.new, ids));
    Some(finding)
}

fn removed<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    name: &str,
    ids: &[SchemaId],
) -> Option<Finding> {
    let start = nodes.old.start(ids);
    if !goes(&nodes.old, &start, sides.way) {
        return None;
    }
    let check = match sides.way {
        Way::Sent if sides.new.additional == Rest::Nothing => &PROPERTY_FORBIDDEN,
        _ if sides.old.required.contains(name) => &PROPERTY_REMOVED_REQUIRED,
        _ => &PROPERTY_REMOVED,
    };
    Some(Finding::on(sides.way, check, "is gone").was(place(&nodes.old, ids)))
}

/// Names that are required and described nowhere.
fn unlisted(sides: Sides<'_, '_>, found: &mut Found) {
    let Sides { old, new, .. } = sides;
    let is_listed = |flat: &Flat<'_>, name: &&str| flat.properties.contains_key(*name);
    let differ = |one: &Flat<'_>, other: &Flat<'_>| -> Vec<String> {
        let names = one
            .required
            .iter()
            .filter(|name| !other.required.contains(**name));
        let names = names.filter(|name| !is_listed(old, name) && !is_listed(new, name));
        names.map(|name| (*name).to_owned()).collect()
    };
    for name in differ(new, old) {
        found.findings.push(
            sides
                .finding(&PROPERTY_REQUIRED, format!("must have `{name}`"))
                .after(name),
        );
    }
    for name in differ(old, new) {
        found.findings.push(
            sides
                .finding(&PROPERTY_OPTIONAL, format!("need not have `{name}`"))
                .before(name),
        );
    }
}

fn rest<'a>(sides: Sides<'_, 'a>, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let told = match (&sides.old.additional, &sides.new.additional) {
        (Rest::Of(was), Rest::Of(is)) => {
            let child: Child = sides.child(nodes, was, is);
            found.children.push(child);
            return;
        }
        (old, new) if old == new => return,
        (_, Rest::Nothing) => sides.finding(&ADDITIONAL_FORBIDDEN, "may have no other properties"),
        (Rest::Nothing, _) => sides.finding(&ADDITIONAL_ALLOWED, "may have other properties"),
        (Rest::Anything, _) => {
            sides.finding(&ADDITIONAL_TYPED, "has a type for its other properties")
        }
        (_, Rest::Anything) => {
            sides.finding(&ADDITIONAL_UNTYPED, "has no type for its other properties")
        }
    };
    found.findings.push(told);
}
