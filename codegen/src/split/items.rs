//! Path items that are let go one by one, as they are taken apart.

use std::collections::HashMap;

use serde_json::Value;

use crate::load::child;

/// The path items of a document that nobody needs afterwards, by their pointers. They are most of a document, and what
/// is made of them takes as much room again.
#[derive(Default)]
pub(super) struct Items(HashMap<String, Value>);

impl Items {
    /// Takes them out of the tree, unless something refers to one: it would not find it any more.
    pub(super) fn of(tree: &mut Value) -> Self {
        if leads_to_paths(tree) {
            return Self::default();
        }
        let paths = tree.get_mut("paths").and_then(Value::as_object_mut);
        let items = paths.into_iter().flatten();
        // The keys stay, as they are judged together.
        let items = items.filter(|(path, item)| path.starts_with('/') && item.is_object());
        Self(
            items
                .map(|(path, item)| (child("/paths", path), item.take()))
                .collect(),
        )
    }

    /// The one at this pointer, which is gone then.
    pub(super) fn take(&mut self, pointer: &str) -> Option<Value> {
        self.0.remove(pointer)
    }
}

/// Whether a reference leads to a path item, or to what is around them.
fn leads_to_paths(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.iter().any(|(key, value)| match value {
            Value::String(reference) => key == "$ref" && is_to_paths(reference),
            _ => leads_to_paths(value),
        }),
        Value::Array(items) => items.iter().any(leads_to_paths),
        _ => false,
    }
}

fn is_to_paths(reference: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(reference).decode_utf8_lossy();
    let Some(pointer) = decoded.strip_prefix('#') else {
        return false;
    };
    pointer.is_empty() || pointer == "/paths" || pointer.starts_with("/paths/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Items;

    #[test]
    fn path_items_that_nothing_refers_to_leave_the_tree() {
        let mut tree = json!({
            "paths": { "/a": { "get": { "$ref": "#/components/x" } }, "x-a": {} },
        });
        let mut items = Items::of(&mut tree);
        assert_eq!(tree, json!({ "paths": { "/a": null, "x-a": {} } }));
        assert!(
            items
                .take("/paths/~1a")
                .is_some_and(|item| item.is_object())
        );
        assert!(items.take("/paths/~1a").is_none());
    }

    #[test]
    fn one_that_may_be_looked_up_stays() {
        for reference in ["#", "#/paths", "#/paths/~1a/get", "#/%70aths/~1a"] {
            let tree = json!({ "paths": { "/a": {} }, "x": [{ "$ref": reference }] });
            let mut left = tree.clone();
            assert!(Items::of(&mut left).0.is_empty(), "{reference}");
            assert_eq!(left, tree);
        }
    }
}
