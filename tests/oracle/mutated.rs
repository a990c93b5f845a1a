//! Each single change of the User API.

use std::collections::BTreeSet;

use serde_json::Value;
use stencil_codegen::diff::{RustLevel, Side, rust_changes};

use crate::mutations::Mutation;
use crate::verdict::{Pair, Verdict, verdicts};
use crate::{base, is_whole, mutations};

#[test]
fn rustc_agrees_on_each_change() {
    let mutations = mutations::all();
    let names: BTreeSet<&str> = mutations.iter().map(|one| one.name).collect();
    assert_eq!(names.len(), mutations.len(), "each name once");
    let pairs = pairs(&base::wide(), &mutations);
    let verdicts = verdicts("mutated", &pairs);
    assert_eq!(disputed(&verdicts), "");
    let unexpected = verdicts
        .iter()
        .zip(&mutations)
        .filter(|(is, of)| is.level != of.level);
    let unexpected = unexpected.map(|(is, of)| (of.level, is.told()));
    assert_eq!(unexpected.collect::<Vec<_>>(), []);
    let majors = verdicts
        .iter()
        .filter(|one| one.level == RustLevel::Major)
        .count();
    println!("{} changes, {majors} of them major", verdicts.len());
}

#[test]
fn rustc_agrees_on_each_change_undone() {
    if !is_whole() {
        eprintln!("skipped: STENCIL_ORACLE is not `all`");
        return;
    }
    let pairs = pairs(&base::wide(), &mutations::all());
    let undone = pairs.into_iter().map(|pair| Pair {
        name: format!("{}, undone", pair.name),
        old: pair.new,
        new: pair.old,
    });
    let verdicts = verdicts("undone", &undone.collect::<Vec<_>>());
    assert_eq!(disputed(&verdicts), "");
}

/// Changes that are two things to callers.
const TWO: [&str; 7] = [
    // A path that two operations have; a name that went and one that came.
    "a path variable is renamed",
    "a server has another name",
    "a property of a body is renamed",
    // What is sent may not be sent again then, which is a promise of its own.
    "a property of a body is a secret",
    "a schema is a list",
    // The field that is new, and the box that it asks for elsewhere.
    "a schema holds itself",
    "an alternative is removed",
];

#[test]
fn a_change_is_told_once() {
    let document = base::wide();
    for (pair, mutation) in pairs(&document, &mutations::all())
        .iter()
        .zip(mutations::all())
    {
        let (old, new) = (
            Side::read(&pair.old).unwrap(),
            Side::read(&pair.new).unwrap(),
        );
        let changes = rust_changes(old, new).unwrap();
        let told = changes.iter().filter(|one| one.level >= RustLevel::Minor);
        let expected = match mutation.level {
            _ if TWO.contains(&mutation.name) => 2,
            RustLevel::None | RustLevel::Patch => 0,
            RustLevel::Minor | RustLevel::Major => 1,
        };
        assert_eq!(
            told.clone().count(),
            expected,
            "{}: {changes:#?}",
            mutation.name
        );
        let is_placed = told
            .clone()
            .all(|one| one.old_pointer.is_some() || one.new_pointer.is_some());
        assert!(is_placed, "{}: {changes:#?}", mutation.name);
    }
}

/// The document and what each change makes of it.
fn pairs(document: &Value, mutations: &[&Mutation]) -> Vec<Pair> {
    let pairs = mutations.iter().map(|mutation| {
        let mut changed = document.clone();
        (mutation.change)(&mut changed);
        assert_ne!(
            changed.to_string(),
            document.to_string(),
            "{}",
            mutation.name
        );
        let (old, new) = base::narrow(document, &changed);
        Pair {
            name: mutation.name.to_owned(),
            old,
            new,
        }
    });
    pairs.collect()
}

fn disputed(verdicts: &[Verdict]) -> String {
    let disputed = verdicts.iter().filter(|verdict| !verdict.is_held());
    disputed.map(Verdict::told).collect()
}
