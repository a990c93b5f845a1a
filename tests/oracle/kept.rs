//! Old names that are kept: callers compile as before.

use stencil_codegen::diff::RustLevel;
use stencil_codegen::{Config, Input, LockFile, lock};

use crate::verdict::{Pair, Verdict, verdicts};
use crate::{base, mutations};

/// Changes of names alone.
const RENAMED: [&str; 4] = [
    "an operation id is changed",
    "a schema is renamed",
    "an inline schema becomes a component",
    "a component becomes an inline schema",
];

#[test]
fn a_name_that_is_kept_breaks_nobody() {
    let document = base::wide();
    let mutations = mutations::all()
        .into_iter()
        .filter(|one| RENAMED.contains(&one.name));
    let pairs: Vec<Pair> = mutations
        .map(|mutation| {
            let mut changed = document.clone();
            (mutation.change)(&mut changed);
            let (old, new) = base::narrow(&document, &changed);
            let locked =
                |config: Config, text: String| config.lock(Input::text("openapi.lock", text));
            let mut first = old.clone();
            first.lock = LockFile::None;
            let names = lock(&first, &[], false).unwrap().text;
            let kept = lock(&locked(new.clone(), names.clone()), &[], true)
                .unwrap()
                .text;
            Pair {
                name: mutation.name.to_owned(),
                old: locked(old, names),
                new: locked(new, kept),
            }
        })
        .collect();
    assert_eq!(pairs.len(), RENAMED.len());
    let verdicts = verdicts("kept", &pairs);
    let broken = verdicts
        .iter()
        .filter(|one| !one.is_held() || one.level > RustLevel::Minor);
    assert_eq!(broken.map(Verdict::told).collect::<String>(), "");
    for verdict in verdicts {
        println!("{}", verdict.told());
    }
}
