//! Types, null and formats.

use super::describe::describe;
use super::flat::Flat;
use super::node::Types;
use super::{Form, Sides};
use crate::diff::http::check::{
    BECAME_NOT_NULLABLE, BECAME_NULLABLE, CONTENT_CHANGED, Check, FORMAT_ADDED, FORMAT_CHANGED,
    FORMAT_REMOVED, FORMAT_UNKNOWN, SCHEMA_ANYTHING, SCHEMA_NOTHING, SCHEMA_WORDS, TYPE_CHANGED,
    TYPE_NARROWED, TYPE_WIDENED,
};
use crate::diff::http::finding::Finding;

/// What there is to say when one of them is everything or nothing; none if neither is.
pub(super) fn whole(sides: Sides<'_, '_>) -> Option<Vec<Finding>> {
    let Sides { old, new, .. } = sides;
    let finding = |check, message: &str| {
        let finding = sides.finding(check, message);
        vec![finding.before(describe(old)).after(describe(new))]
    };
    match (old.is_anything(), new.is_anything()) {
        (true, true) => return Some(Vec::new()),
        (true, false) if new.is_nothing => {}
        (true, false) => {
            let message = format!("could be anything and must be {}", describe(new));
            return Some(finding(&TYPE_NARROWED, &message));
        }
        (false, true) => return Some(finding(&SCHEMA_ANYTHING, "may be anything")),
        (false, false) => {}
    }
    match (old.is_nothing, new.is_nothing) {
        (true, true) => Some(Vec::new()),
        (false, true) => Some(finding(&SCHEMA_NOTHING, "may be nothing at all")),
        (true, false) => Some(finding(&TYPE_WIDENED, "may be something")),
        (false, false) => None,
    }
}

/// Whether there is something left that both can be.
pub(super) fn compare(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) -> bool {
    let Sides { old, new, .. } = sides;
    let types = types_of(sides, findings);
    match (old.nullable, new.nullable) {
        (false, true) => findings.push(sides.finding(&BECAME_NULLABLE, "may be null")),
        (true, false) => {
            findings.push(sides.finding(&BECAME_NOT_NULLABLE, "may no longer be null"));
        }
        _ => {}
    }
    if types == Verdict::Same {
        formats(sides, findings);
    }
    if old.media_type != new.media_type {
        let told = sides.finding(
            &CONTENT_CHANGED,
            "holds something else (`contentMediaType`)",
        );
        findings.push(with(told, old.media_type, new.media_type));
    }
    types != Verdict::Other
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Same,
    Some,
    Other,
}

fn types_of(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) -> Verdict {
    let Sides { old, new, form, .. } = sides;
    let (was, is) = (written(old, form), written(new, form));
    // What is a union beside has its types there.
    if was == is
        || !old.is_typed && !old.unions.is_empty()
        || !new.is_typed && !new.unions.is_empty()
    {
        return Verdict::Same;
    }
    let (check, verdict, message) = if is.has(was) {
        (&TYPE_WIDENED, Verdict::Some, "may have more types")
    } else if was.has(is) {
        (&TYPE_NARROWED, Verdict::Some, "may have fewer types")
    } else if was.and(is).is_empty() {
        (&TYPE_CHANGED, Verdict::Other, "has another type")
    } else {
        (&TYPE_CHANGED, Verdict::Some, "has other types")
    };
    let finding = sides.finding(check, message);
    findings.push(finding.before(describe(old)).after(describe(new)));
    verdict
}

/// The types as they are told apart on the wire: in a query every number is a text.
fn written(flat: &Flat<'_>, form: Form) -> Types {
    let scalars = Types::BOOLEAN.or(Types::INTEGER).or(Types::FRACTION);
    if form == Form::Text && flat.types.has(Types::STRING) {
        flat.types.or(scalars)
    } else {
        flat.types
    }
}

/// Formats that say how a value is shown, and not what it is.
const FOR_PEOPLE: [&str; 5] = ["password", "html", "commonmark", "markdown", "textarea"];

/// Formats of the specifications: JSON Schema Validation 2020-12 §7.3, OpenAPI 3.1 §4.4 and its registry.
const KNOWN: [&str; 38] = [
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uuid",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "byte",
    "binary",
    "base64url",
    "decimal",
    "decimal128",
    "double-int",
    "media-range",
    "char",
    "http-date",
];

/// Formats that hold all values of another one.
const WIDER: [(&str, &str); 9] = [
    ("int8", "int16"),
    ("int8", "int32"),
    ("int8", "int64"),
    ("int16", "int32"),
    ("int16", "int64"),
    ("int32", "int64"),
    ("float", "double"),
    ("ipv4", "hostname"),
    ("uri", "uri-reference"),
];

fn formats(sides: Sides<'_, '_>, findings: &mut Vec<Finding>) {
    let Sides { old, new, .. } = sides;
    if old.format == new.format {
        return;
    }
    let finding = |check: &'static Check, message: &str| {
        findings.push(with(sides.finding(check, message), old.format, new.format));
    };
    let is_in =
        |list: &[&str], format: Option<&str>| format.is_none_or(|format| list.contains(&format));
    let widens = |from: Option<&str>, to: Option<&str>| {
        from.zip(to).is_some_and(|pair| WIDER.contains(&pair))
    };
    report(is_in, widens, (old.format, new.format), finding);
}

fn report(
    is_in: impl Fn(&[&str], Option<&str>) -> bool,
    widens: impl Fn(Option<&str>, Option<&str>) -> bool,
    (old, new): (Option<&str>, Option<&str>),
    mut finding: impl FnMut(&'static Check, &str),
) {
    if is_in(&FOR_PEOPLE, old) && is_in(&FOR_PEOPLE, new) {
        finding(&SCHEMA_WORDS, "is shown in another way (`format`)");
    } else if !is_in(&KNOWN, old) || !is_in(&KNOWN, new) {
        finding(&FORMAT_UNKNOWN, "has another format");
    } else if widens(old, new) {
        finding(&FORMAT_REMOVED, "has a wider format");
    } else if widens(new, old) {
        finding(&FORMAT_ADDED, "has a narrower format");
    } else {
        match (old, new) {
            (None, _) => finding(&FORMAT_ADDED, "must have a format"),
            (_, None) => finding(&FORMAT_REMOVED, "need not have a format"),
            _ => finding(&FORMAT_CHANGED, "has another format"),
        }
    }
}

/// Adds what was and what is, as far as there was something.
fn with(mut finding: Finding, before: Option<&str>, after: Option<&str>) -> Finding {
    finding.before = before.map(str::to_owned);
    finding.after = after.map(str::to_owned);
    finding
}
