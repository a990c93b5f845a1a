//! Each single change of the User API.

use std::collections::BTreeSet;

use serde_json::Value;
use stencil_codegen::diff::RustLevel;

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
