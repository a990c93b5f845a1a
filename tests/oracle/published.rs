//! Changes that were really made: published states of documents beside the repository, and pairs of small ones.

use std::path::{Path, PathBuf};

use stencil_codegen::{Config, generate};
use stencil_tests::{documents, shared};

use crate::is_whole;
use crate::verdict::{Pair, Verdict, verdicts};

#[test]
fn rustc_agrees_on_published_states() {
    let Some(history) = shared("history") else {
        return;
    };
    let mut pairs = Vec::new();
    for name in folders(&history) {
        let states = documents(&history.join(&name)).unwrap();
        pairs.extend(
            states
                .windows(2)
                .filter_map(|two| pair(&name, &two[0], &two[1])),
        );
    }
    agree("published", pairs, 10);
}

#[test]
fn rustc_agrees_on_pairs() {
    let Some(folder) = shared("pairs") else {
        return;
    };
    let pairs = folders(&folder).into_iter().filter_map(|name| {
        let of = |file: &str| folder.join(&name).join(file);
        pair(&name, &of("base.yaml"), &of("revision.yaml"))
    });
    agree("pairs", pairs.collect(), 6);
}

/// All of them on request, else one of each few.
fn agree(folder: &str, mut pairs: Vec<Pair>, few: usize) {
    if !is_whole() {
        let mut index = 0;
        pairs.retain(|_| {
            index += 1;
            index % few == 1
        });
    }
    let verdicts = verdicts(folder, &pairs);
    let disputed = verdicts.iter().filter(|verdict| !verdict.is_held());
    let disputed: String = disputed.map(Verdict::told).collect();
    assert!(disputed.is_empty(), "{disputed}");
    println!("{} pairs", verdicts.len());
}

/// Two documents that give two clients; where one is refused, or both are the same, there is nothing to ask.
fn pair(name: &str, old: &Path, new: &Path) -> Option<Pair> {
    let config = |path: &Path| Config::new(path).blocking(true).lenient(true);
    let (old, new) = (config(old), config(new));
    let (was, is) = (generate(&old).ok()?, generate(&new).ok()?);
    let same = was.source().lines().skip(1).eq(is.source().lines().skip(1));
    (!same).then(|| Pair {
        name: format!("{name} {} {}", old.spec.name, new.spec.name),
        old,
        new,
    })
}

fn folders(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).unwrap();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let folders = paths.iter().filter(|path| path.is_dir());
    let mut names: Vec<String> = folders
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}
