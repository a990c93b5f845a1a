//! Which old operation is which new one.

use crate::api::Operation;
use crate::diff::matching::{Matched, anonymous};

/// By method and path; then by method and path whatever its variables are called; then by id.
pub(super) fn operations<'a>(old: &'a [Operation], new: &'a [Operation]) -> Matched<'a, Operation> {
    let mut matched = Matched::new(old, new);
    matched.pass(|one| Some(format!("{} {}", one.method, one.path)));
    matched.pass(|one| Some(format!("{} {}", one.method, anonymous(&one.path))));
    matched.pass(|one| one.id.clone());
    matched
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
    use super::variables;

    #[test]
    fn variables_have_the_order_of_the_path() {
        assert_eq!(variables("/a/{x}/b/{y}.json"), ["x", "y"]);
    }
}
