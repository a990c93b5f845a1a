//! Parameters.

use super::check::{
    PARAMETER_ADDED, PARAMETER_ADDED_REQUIRED, PARAMETER_MOVED, PARAMETER_OPTIONAL,
    PARAMETER_REMOVED, PARAMETER_REMOVED_REQUIRED, PARAMETER_REQUIRED, PARAMETER_RESERVED,
    PARAMETER_STYLE, PARAMETER_WORDS,
};
use super::finding::{Both, Finding, Way};
use super::matching::variables;
use super::schema::Form;
use super::words::{self, has_other_keys};
use super::{Found, Held};
use crate::api::{Location, Operation, Parameter, SimpleType};
use crate::diff::side::Wire;

pub(super) fn compare(
    sides: Both<&Wire>,
    pair: Both<&Operation>,
    way: Way,
    request: usize,
    found: &mut Found,
) {
    let mut left_old: Vec<&Parameter> = pair.old.parameters.iter().collect();
    let mut left_new: Vec<&Parameter> = pair.new.parameters.iter().collect();
    // Variables of a path are known by their place, others by where they are sent and their name; then by name.
    let places = (variables(&pair.old.path), variables(&pair.new.path));
    let is_variable = |one: &Parameter, other: &Parameter| {
        let at = |names: &[&str], one: &Parameter| names.iter().position(|name| *name == one.name);
        let both = one.location == Location::Path && other.location == Location::Path;
        both && at(&places.0, one).is_some() && at(&places.0, one) == at(&places.1, other)
    };
    let is_same = |one: &Parameter, other: &Parameter| {
        is_variable(one, other) || (one.location == other.location && is_named_like(one, other))
    };
    let is_moved = |one: &Parameter, other: &Parameter| one.name.eq_ignore_ascii_case(&other.name);
    for pass in [
        &is_same as &dyn Fn(&Parameter, &Parameter) -> bool,
        &is_moved,
    ] {
        left_old.retain(|one| {
            let Some(at) = left_new.iter().position(|other| pass(one, other)) else {
                return true;
            };
            let pair = Both::new(*one, left_new.remove(at));
            both(sides, pair, way, request, found);
            false
        });
    }
    for one in left_old {
        // What a server passes over is no matter; who gets a call may have counted on it.
        let check = if one.required && way == Way::Received {
            &PARAMETER_REMOVED_REQUIRED
        } else {
            &PARAMETER_REMOVED
        };
        let finding = Finding::on(way, check, "is gone").was(&one.pointer);
        found.tell(finding.by(&[request]));
    }
    for one in left_new {
        let (check, message) = if one.required {
            (&PARAMETER_ADDED_REQUIRED, "is new, and required")
        } else {
            (&PARAMETER_ADDED, "is new")
        };
        let finding = Finding::on(way, check, message).is(&one.pointer);
        found.tell(finding.by(&[request]));
    }
}

/// Names of headers are the same in capitals (RFC 9110 §5.1).
fn is_named_like(one: &Parameter, other: &Parameter) -> bool {
    one.name == other.name
        || (one.location == Location::Header && one.name.eq_ignore_ascii_case(&other.name))
}

fn both(sides: Both<&Wire>, pair: Both<&Parameter>, way: Way, request: usize, found: &mut Found) {
    let Both { old, new } = pair;
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    let mut tell = |finding: Finding| found.tell(finding.at(places).by(&[request]));
    if old.location != new.location {
        let (was, is) = (old.location.as_str(), new.location.as_str());
        let message = format!("is sent in the {is}, and not in the {was}");
        tell(
            Finding::on(way, &PARAMETER_MOVED, message)
                .before(was)
                .after(is),
        );
    }
    match (old.required, new.required) {
        (false, true) => tell(Finding::on(way, &PARAMETER_REQUIRED, "became required")),
        (true, false) => tell(Finding::on(way, &PARAMETER_OPTIONAL, "became optional")),
        _ => {}
    }
    let is_moved = old.location != new.location;
    // That a list is written otherwise than a text is told as a change of its type.
    let is_comparable = is_flat(sides.old, old) == is_flat(sides.new, new);
    if !is_moved && is_comparable && written(sides.old, old) != written(sides.new, new) {
        let finding = Finding::on(way, &PARAMETER_STYLE, "is written in another way");
        tell(
            finding
                .before(written(sides.old, old))
                .after(written(sides.new, new)),
        );
    }
    if old.allow_reserved != new.allow_reserved {
        tell(Finding::on(
            way,
            &PARAMETER_RESERVED,
            "has its reserved characters written in another way",
        ));
    }
    let is_other = [
        ("description", old.description != new.description),
        ("deprecation", old.deprecated != new.deprecated),
        (
            "keys for other tools",
            has_other_keys(sides, &old.pointer, &new.pointer),
        ),
    ];
    if let Some(message) = words::message(&is_other) {
        tell(Finding::on(way, &PARAMETER_WORDS, message));
    }
    if let (Some(was), Some(is)) = (old.schema, new.schema) {
        found.held.push(Held {
            schemas: Both::new(was, is),
            way,
            form: if new.is_json { Form::Json } else { Form::Text },
            of: request,
        });
    }
}

/// How it is written. `explode` means something for lists and objects alone.
fn written(side: &Wire, one: &Parameter) -> String {
    if one.is_json {
        return "as JSON".to_owned();
    }
    let whole = if one.is_whole_query {
        ", the whole query"
    } else {
        ""
    };
    let explode = match (is_flat(side, one), one.explode) {
        (true, _) => "",
        (false, true) => ", exploded",
        (false, false) => ", not exploded",
    };
    format!("{:?}{explode}{whole}", one.style)
}

/// Whether it is neither a list nor an object.
fn is_flat(side: &Wire, one: &Parameter) -> bool {
    one.schema.is_none_or(|id| {
        let schemas = &side.api.schemas;
        let types = &schemas.get(schemas.target(id)).types;
        let is_nested = |ty: &SimpleType| matches!(ty, SimpleType::Array | SimpleType::Object);
        !types.is_empty() && !types.iter().any(is_nested)
    })
}
