//! What is said for people and other tools.

use super::finding::Both;
use crate::diff::side::Wire;

/// Whether the nodes at these pointers have other keys for other tools.
pub(super) fn has_other_keys(sides: Both<&Wire>, old: &str, new: &str) -> bool {
    sides.old.facts.words(old) != sides.new.facts.words(new)
}

/// The kinds of words that are others; `None` where none are.
pub(super) fn message(is_other: &[(&str, bool)]) -> Option<String> {
    let told: Vec<&str> = is_other
        .iter()
        .filter(|(_, is)| *is)
        .map(|(what, _)| *what)
        .collect();
    (!told.is_empty()).then(|| format!("has other words: {}", told.join(", ")))
}
