//! What of the old document is what of the new one.

use std::collections::HashMap;

use super::http::finding::Both;

/// Things of one kind before and after.
pub(super) struct Matched<'a, T> {
    pub(super) pairs: Vec<Both<&'a T>>,
    pub(super) removed: Vec<&'a T>,
    pub(super) added: Vec<&'a T>,
}

impl<'a, T> Matched<'a, T> {
    pub(super) fn new(old: &'a [T], new: &'a [T]) -> Self {
        Self {
            pairs: Vec::new(),
            removed: old.iter().collect(),
            added: new.iter().collect(),
        }
    }

    /// Pairs those that are left and have the same key.
    pub(super) fn pass(&mut self, key: impl Fn(&T) -> Option<String>) {
        let mut waiting: HashMap<String, &'a T> = HashMap::new();
        for one in &self.removed {
            if let Some(key) = key(one) {
                waiting.entry(key).or_insert(one);
            }
        }
        let mut found: Vec<*const T> = Vec::new();
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
pub(super) fn anonymous(path: &str) -> String {
    let mut parts = path.split('{');
    let start = parts.next().unwrap_or_default().to_owned();
    parts.fold(start, |text, part| match part.split_once('}') {
        Some((_, rest)) => format!("{text}{{}}{rest}"),
        None => format!("{text}{{{part}"),
    })
}

#[cfg(test)]
mod tests {
    use super::anonymous;

    #[test]
    fn the_names_of_variables_do_not_matter() {
        assert_eq!(anonymous("/a/{x}/b/{y}.json"), "/a/{}/b/{}.json");
        assert_eq!(anonymous("/a/{x/b"), "/a/{x/b");
    }
}
