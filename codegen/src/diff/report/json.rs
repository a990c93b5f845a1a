//! For programs: `codegen/diff.schema.json` describes it.

use serde_json::{Value, json};

use super::{Change, Place, Report};

/// The version of the form: raised when a program that reads it could break.
pub const SCHEMA_VERSION: u32 = 1;

pub(super) fn render(report: &Report<'_>) -> String {
    let diff = report.diff;
    let version = report.step.map(|step| {
        json!({
            "from": step.from.to_string(),
            "to": step.to.to_string(),
        })
    });
    let whole = json!({
        "schema_version": SCHEMA_VERSION,
        "document": diff.document,
        "title": diff.title,
        "verdict": {
            "http": diff.http(),
            "rust": diff.rust(),
            "version": version,
        },
        "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
        "expired": report.expired,
    });
    format!("{whole:#}\n")
}

fn change(change: &Change) -> Value {
    let items = change.items.iter().map(|item| {
        json!({
            "item": item.item,
            "level": item.level,
            "message": item.message,
            "before": item.before,
            "after": item.after,
        })
    });
    json!({
        "fingerprint": change.fingerprint,
        "check": change.check,
        "group": change.group(),
        "http": change.http,
        "rust": change.rust,
        "subject": change.subject,
        "message": change.message,
        "old": change.old.as_ref().map(place),
        "new": change.new.as_ref().map(place),
        "reach": {
            "operations": change.reach.operations,
            "requests": change.reach.requests,
            "responses": change.reach.responses,
            "example": change.reach.example,
        },
        "before": change.before,
        "after": change.after,
        "items": items.collect::<Vec<_>>(),
        "accepted": change.accepted,
    })
}

fn place(place: &Place) -> Value {
    json!({
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
    })
}
