//! Parts of a document that are let go one by one, as they are taken apart: its path items, and the schemas among its
//! components. They are most of a document, and what is made of them takes as much room again.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::load::{child, decode};

/// Where the schemas of a document stand that have names.
const SCHEMAS: &str = "/components/schemas";

/// Whether this is the place of such a schema.
pub(super) fn is_component(pointer: &str) -> bool {
    let name = pointer
        .strip_prefix(SCHEMAS)
        .and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| !name.contains('/'))
}

/// Parts that do not stand in the tree any more, by their pointers. Their keys stay there, as keys are judged together.
#[derive(Default)]
pub(super) struct Parts {
    /// Nothing refers to them: each can go when it was read.
    pub(super) items: HashMap<String, Value>,
    /// References lead to them, and may do so until all else was read.
    pub(super) schemas: HashMap<String, Value>,
}

impl Parts {
    /// Takes them out of the tree, but for what would not be found any more.
    pub(super) fn of(tree: &mut Value) -> Self {
        let mut referred = Referred::default();
        referred.look(tree);
        if referred.to_all {
            return Self::default();
        }
        let mut parts = Self::default();
        if !referred.to_paths {
            let items = take(tree, "/paths", |path, item| {
                path.starts_with("/paths/~1") && item.is_object()
            });
            parts.items.extend(items);
        }
        let schemas = take(tree, SCHEMAS, |pointer, schema| {
            schema.is_object() && !referred.within.contains(pointer)
        });
        parts.schemas.extend(schemas);
        parts
    }
}

/// Takes some values of the mapping at this pointer.
fn take(
    tree: &mut Value,
    pointer: &str,
    is_taken: impl Fn(&str, &Value) -> bool,
) -> Vec<(String, Value)> {
    let all = tree.pointer_mut(pointer).and_then(Value::as_object_mut);
    let all = all
        .into_iter()
        .flatten()
        .map(|(key, value)| (child(pointer, key), value));
    all.filter(|(pointer, value)| is_taken(pointer, value))
        .map(|(pointer, value)| (pointer, value.take()))
        .collect()
}

/// Where references lead that need the tree.
#[derive(Default)]
struct Referred {
    /// To what is around all parts.
    to_all: bool,
    /// To a path item, or to what is around them.
    to_paths: bool,
    /// The schemas that one leads into, which may be to a place that is no schema by itself.
    within: HashSet<String>,
}

impl Referred {
    fn look(&mut self, value: &Value) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    match value {
                        Value::String(reference) if key == "$ref" => self.note(reference),
                        other => self.look(other),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.look(item)),
            _ => {}
        }
    }

    fn note(&mut self, reference: &str) {
        let decoded = percent_encoding::percent_decode_str(reference).decode_utf8_lossy();
        let Some(pointer) = decoded.strip_prefix('#') else {
            return;
        };
        let mut keys = decode(pointer);
        match (keys.next().as_deref(), keys.next().as_deref(), keys.next()) {
            (None, ..)
            | (Some("components"), None, _)
            | (Some("components"), Some("schemas"), None) => self.to_all = true,
            (Some("paths"), ..) => self.to_paths = true,
            (Some("components"), Some("schemas"), Some(name)) if keys.next().is_some() => {
                self.within.insert(child(SCHEMAS, &name));
            }
            _ => {}
        }
    }
}

/// A document with the schemas that stand beside its tree.
#[derive(Clone, Copy)]
pub(super) struct Root<'a> {
    pub(super) tree: &'a Value,
    pub(super) schemas: &'a HashMap<String, Value>,
}

impl<'a> Root<'a> {
    /// The value of a key of the document.
    pub(super) fn get(self, key: &str) -> Option<&'a Value> {
        self.tree.get(key)
    }

    /// What stands at this pointer.
    pub(super) fn pointer(self, pointer: &str) -> Option<&'a Value> {
        let value = self.tree.pointer(pointer);
        value
            .filter(|value| !value.is_null())
            .or_else(|| self.schemas.get(pointer))
            .or(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Parts, Root};

    #[test]
    fn parts_leave_the_tree() {
        let mut tree = json!({
            "paths": { "/a": { "get": { "$ref": "#/components/x" } }, "x-a": {} },
            "components": { "schemas": { "A": { "$ref": "#/components/schemas/B" }, "B": true } },
        });
        let whole = tree.clone();
        let parts = Parts::of(&mut tree);
        let left = json!({
            "paths": { "/a": null, "x-a": {} },
            "components": { "schemas": { "A": null, "B": true } },
        });
        assert_eq!(tree, left);
        assert_eq!(parts.items["/paths/~1a"], whole["paths"]["/a"]);
        let root = Root {
            tree: &tree,
            schemas: &parts.schemas,
        };
        let at = "/components/schemas/A";
        assert_eq!(root.pointer(at), whole.pointer(at));
        assert_eq!(root.pointer("/components/schemas/B"), Some(&json!(true)));
        assert_eq!(root.pointer("/components/schemas/C"), None);
    }

    #[test]
    fn what_may_be_looked_up_stays() {
        let references = [
            ("#", true, true),
            ("#/paths", true, false),
            ("#/paths/~1a/get", true, false),
            ("#/%70aths/~1a", true, false),
            ("#/components", true, true),
            ("#/components/schemas", true, true),
            ("#/components/schemas/A/example", false, true),
            ("#/components/schema%73/A/example", false, true),
            ("#/components/schemas/A", false, false),
            ("#/components/schemas/B/example", false, false),
        ];
        for (reference, keeps_items, keeps_schema) in references {
            let tree = json!({
                "paths": { "/a": {} },
                "components": { "schemas": { "A": {} } },
                "x": [{ "$ref": reference }],
            });
            let mut left = tree.clone();
            let parts = Parts::of(&mut left);
            let keeps_items = keeps_items || reference == "#";
            assert_eq!(parts.items.is_empty(), keeps_items, "{reference}");
            assert_eq!(parts.schemas.is_empty(), keeps_schema, "{reference}");
        }
    }
}
