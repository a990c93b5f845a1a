//! The forms of a body: media types (RFC 9110 §8.3.1), and the schemas behind them.

use super::check::{
    Check, ENCODING_CHANGED, MEDIA_TYPE_ADDED, MEDIA_TYPE_NARROWED, MEDIA_TYPE_PARAMETERS,
    MEDIA_TYPE_REMOVED, MEDIA_TYPE_SCHEMA_ADDED, MEDIA_TYPE_SCHEMA_REMOVED, MEDIA_TYPE_WIDENED,
    WEBHOOK_FORM_ADDED, WEBHOOK_FORM_REMOVED,
};
use super::finding::{Both, Finding, Way};
use super::schema::Form;
use super::words::has_other_keys;
use super::{Found, Held, header};
use crate::api::{MediaType, SchemaId};
use crate::diff::side::Wire;

/// Whose content it is.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) way: Way,
    /// Whether it comes unasked, in the request of a webhook or callback: no `Accept` chooses its form.
    pub(super) is_unasked: bool,
    /// The number of the use.
    pub(super) of: usize,
    /// What other words are told as.
    pub(super) words: &'static Check,
    pub(super) sides: Both<&'a Wire>,
    /// Where the body or response stands.
    pub(super) places: Both<&'a str>,
}

pub(super) fn compare(
    context: Context<'_>,
    old: &[MediaType],
    new: &[MediaType],
    found: &mut Found,
) {
    let Context {
        way, of, places, ..
    } = context;
    let (added, removed) = if context.is_unasked {
        (&WEBHOOK_FORM_ADDED, &WEBHOOK_FORM_REMOVED)
    } else {
        (&MEDIA_TYPE_ADDED, &MEDIA_TYPE_REMOVED)
    };
    let mut left_old: Vec<&MediaType> = old.iter().collect();
    let mut left_new: Vec<&MediaType> = new.iter().collect();
    let kinds: [fn(&MediaType, &MediaType) -> bool; 3] = [
        |one, other| normal(&one.name) == normal(&other.name),
        |one, other| one.essence() == other.essence(),
        |one, other| {
            holds(&one.essence(), &other.essence()) || holds(&other.essence(), &one.essence())
        },
    ];
    for is_same in kinds {
        left_old.retain(|one| {
            let Some(at) = left_new.iter().position(|other| is_same(one, other)) else {
                return true;
            };
            both(context, Both::new(one, left_new.remove(at)), found);
            false
        });
    }
    for media in left_old {
        let finding = Finding::on(way, removed, "is gone").gone(&media.pointer, places.new);
        found.tell(finding.before(&media.name).by(&[of]));
    }
    for media in left_new {
        let finding = Finding::on(way, added, "is new").came(places.old, &media.pointer);
        found.tell(finding.after(&media.name).by(&[of]));
    }
}

fn normal(name: &str) -> String {
    let name = name.replace(' ', "");
    name.to_ascii_lowercase()
}

/// Whether the first one stands for all that the second one is: `*/*`, `text/*`, and `application/json` for
/// names that end in `+json` (RFC 6839 §3.1).
fn holds(wide: &str, narrow: &str) -> bool {
    let (wide_kind, wide_name) = wide.split_once('/').unwrap_or((wide, ""));
    let (kind, name) = narrow.split_once('/').unwrap_or((narrow, ""));
    wide == "*/*"
        || (wide_kind == kind && wide_name == "*")
        || (wide_kind == kind && name.ends_with(&format!("+{wide_name}")))
}

fn both(context: Context<'_>, pair: Both<&MediaType>, found: &mut Found) {
    let Context {
        way,
        of,
        words,
        sides,
        ..
    } = context;
    let Both { old, new } = pair;
    let tell = |found: &mut Found, check, message: &str| {
        let finding = Finding::on(way, check, message).at(Both::new(&old.pointer, &new.pointer));
        found.tell(finding.before(&old.name).after(&new.name).by(&[of]));
    };
    if normal(&old.name) != normal(&new.name) {
        let (old, new) = (old.essence(), new.essence());
        if old == new {
            tell(
                found,
                &MEDIA_TYPE_PARAMETERS,
                "has other parameters in its media type",
            );
        } else if holds(&new, &old) {
            tell(found, &MEDIA_TYPE_WIDENED, "has a wider media type");
        } else {
            tell(found, &MEDIA_TYPE_NARROWED, "has a narrower media type");
        }
    }
    let encoding = |one: &MediaType| format!("{:?} {:?}", one.part_types, one.field_styles);
    if encoding(old) != encoding(new) {
        tell(
            found,
            &ENCODING_CHANGED,
            "has parts or fields that are written in another way",
        );
    }
    if old.examples != new.examples {
        tell(found, words, "has other examples");
    }
    if has_other_keys(sides, &old.pointer, &new.pointer) {
        tell(found, words, "has other keys for other tools");
    }
    let headers = Both::new(header::of_parts(old), header::of_parts(new));
    header::compare(sides, &headers, way, of, found);
    let form = form_of(&new.essence());
    let schemas = [(old.schema, new.schema), (old.item_schema, new.item_schema)];
    for (was, is) in schemas {
        match (was, is) {
            (Some(was), Some(is)) => hold(Both::new(was, is), way, form, of, found),
            (None, Some(_)) => tell(found, &MEDIA_TYPE_SCHEMA_ADDED, "has a schema"),
            (Some(_), None) => tell(found, &MEDIA_TYPE_SCHEMA_REMOVED, "has no schema any more"),
            (None, None) => {}
        }
    }
}

fn hold(schemas: Both<SchemaId>, way: Way, form: Form, of: usize, found: &mut Found) {
    found.held.push(Held {
        schemas,
        way,
        form,
        of,
    });
}

/// How values are written in a body of this type.
fn form_of(essence: &str) -> Form {
    if essence == "application/x-www-form-urlencoded"
        || essence.starts_with("multipart/")
        || essence == "text/plain"
    {
        Form::Text
    } else {
        Form::Json
    }
}
