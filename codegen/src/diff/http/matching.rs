//! Which old operation is which new one.

use std::collections::HashMap;

use super::finding::Both;
use crate::api::Operation;

/// An operation before and after.
pub(super) struct Matched<'a> {
    pub(super) pairs: Vec<Both<&'a Operation>>,
    pub(super) removed: Vec<&'a Operation>,
    pub(super) added: Vec<&'a Operation>,
}

/// By method and path; then by method and path whatever its variables are called; then by id.
pub(super) fn operations<'a>(old: &'a [Operation], new: &'a [Operation]) -> Matched<'a> {
    let mut matched = Matched {
        pairs: Vec::new(),
        removed: old.iter().collect(),
        added: new.iter().collect(),
    };
    matched.pass(|one| Some(format!("{} {}", one.method, one.path)));
    matched.pass(|one| Some(format!("{} {}", one.method, anonymous(&one.path))));
    matched.pass(|one| one.id.clone());
    matched
}

impl<'a> Matched<'a> {
    fn pass(&mut self, key: impl Fn(&Operation) -> Option<String>) {
        let mut waiting: HashMap<String, &'a Operation> = HashMap::new();
        for one in &self.removed {
            if let Some(key) = key(one) {
                waiting.entry(key).or_insert(one);
            }
        }
        let mut found: Vec<*const Operation> = Vec::new();
        self.added.retain(|new| {
            let Some(old) = key(new).and_then(|key| waiting.remove(&key)) else {
                return true;
            };
            found.push(std::ptr::from_ref(old));
            self.pairs.push(Both::new(old, new));
            false
        });
        self.removed
            .retain(|one| !found.contains(&std::ptr::from_ref(*one)));
    }
}

/// A path without the names of its variables.
pub(in crate::diff) fn anonymous(path: &str) -> String {
    let mut parts = path.split('{');
    let start = parts.next().unwrap_or_default().to_owned();
    parts.fold(start, |text, part| match part.split_once('}') {
        Some((_, rest)) => format!("{text}{{}}{rest}"),
        None => format!("{text}{{{part}"),
    })
}

/// The names of the variables of a path, in order.
pub(super) fn variables(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anonymous, variables};

    #[test]
    fn the_names_of_variables_do_not_matter() {
        assert_eq!(anonymous("/a/{x}/b/{y}.json"), "/a/{}/b/{}.json");
        assert_eq!(anonymous("/a/{x/b"), "/a/{x/b");
        assert_eq!(variables("/a/{x}/b/{y}.json"), ["x", "y"]);
    }
}
