//! The names as a file: YAML with one entry a line, sorted, so that a change is the lines that it is about.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Lock, LockedOperation, LockedType, OPERATION_TYPES, VERSION};

/// Keys longer than this are no simple ones (YAML 1.2 §7.4.2).
const LONGEST_KEY: usize = 1000;

/// The text of the file for the client of `document`.
pub(crate) fn write(lock: &Lock, document: &str) -> String {
    let document: String = document.chars().filter(|c| !c.is_control()).collect();
    let mut text = format!(
        "# Names in the client of {document} that callers rely on. Written by `stencil lock`.\nversion: {VERSION}\n"
    );
    let operations = lock
        .operations
        .iter()
        .map(|(key, value)| (key, operation(value)));
    section(&mut text, "operations:", operations);
    section(
        &mut text,
        "types:",
        lock.types.iter().map(|(key, value)| (key, ty(value))),
    );
    let kept = |text: &mut String, title, names: &BTreeMap<String, String>| {
        section(
            text,
            title,
            names.iter().map(|(old, new)| (old, quoted(new))),
        );
    };
    if !lock.kept_methods.is_empty() || !lock.kept_types.is_empty() {
        text += "kept:\n";
    }
    kept(&mut text, "  methods:", &lock.kept_methods);
    kept(&mut text, "  types:", &lock.kept_types);
    text
}

fn section<'a>(
    text: &mut String,
    title: &str,
    entries: impl Iterator<Item = (&'a String, String)>,
) {
    let indent = title.len() - title.trim_start().len() + 2;
    let mut lines = entries.map(|(key, value)| {
        let key = quoted(key);
        if key.len() > LONGEST_KEY {
            format!("{:indent$}? {key}\n{:indent$}: {value}\n", "", "")
        } else {
            format!("{:indent$}{key}: {value}\n", "")
        }
    });
    if let Some(first) = lines.next() {
        *text += &format!("{title}\n{first}");
        text.extend(lines);
    }
}

fn operation(operation: &LockedOperation) -> String {
    let id = operation.id.iter().map(|id| ("id", id));
    let types = OPERATION_TYPES
        .iter()
        .filter_map(|kind| Some((*kind, operation.types.get(kind)?)));
    flow(id.chain([("method", &operation.method)]).chain(types))
}

fn ty(ty: &LockedType) -> String {
    if ty.word.is_none() && ty.used.is_none() {
        return quoted(&ty.name);
    }
    let word = ty.word.iter().map(|word| ("word", word));
    let used = ty.used.iter().map(|used| ("used", used));
    flow([("name", &ty.name)].into_iter().chain(word).chain(used))
}

fn flow<'a>(entries: impl Iterator<Item = (&'a str, &'a String)>) -> String {
    let entries: Vec<String> = entries
        .map(|(key, value)| format!("{key}: {}", quoted(value)))
        .collect();
    format!("{{ {} }}", entries.join(", "))
}

/// A double-quoted scalar (YAML 1.2 §7.3.1): the document may call things `null` and `: #`.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        let is_plain = !c.is_control()
            && !matches!(
                c,
                '"' | '\\' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            );
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_plain => quoted.push(c),
            c => drop(write!(quoted, "\\u{:04x}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}
