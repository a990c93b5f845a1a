//! Calls that come in: webhooks, and the callbacks that operations announce.
//!
//! No code is made for them, so that the compiler passes them over. Here they are read for comparison, as operations of
//! a document of their own: each path item stands under a path that no document has, beside what it refers to.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::facts::{follow, operation_at, operations, refuse_repeats, sum};
use super::side::Wire;
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::{Document, child, decode};

/// The incoming calls of a document.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    pub(crate) calls: Vec<Call>,
    /// The path items behind the calls, each once.
    pub(crate) items: Vec<Item>,
    /// Them as operations; none if they cannot be read.
    pub(crate) wire: Option<Wire>,
}

/// A webhook or a callback.
#[derive(Debug)]
pub(crate) struct Call {
    /// The pointer of the operation that announces it; none for a webhook.
    pub(crate) owner: Option<String>,
    /// Its key in `webhooks` or `callbacks`.
    pub(crate) name: String,
    /// Where a callback goes: an expression (3.1 §4.8.18.2).
    pub(crate) url: String,
    /// The index of its path item.
    pub(crate) item: usize,
}

/// A path item.
#[derive(Debug)]
pub(crate) struct Item {
    /// Where it stands in the document.
    pub(crate) pointer: String,
    /// For comparison within one run, where it cannot be read.
    pub(crate) sum: u64,
}

/// Calls that are compared: a document has few, and one callback may be that of all of its operations.
const MOST: usize = 50_000;

/// Keys of a pointer: what is referred to is taken in by components and operations, and not in smaller parts.
const PART: usize = 3;

impl Incoming {
    /// Those of a document, which is the same afterwards. What cannot be read of them is not the compiler's business.
    ///
    /// # Errors
    ///
    /// The operation or webhook with which there are too many.
    pub(super) fn read(document: &mut Document) -> Result<Self, Problems> {
        let mut incoming = Self::default();
        let mut parts = Parts::new(&document.tree);
        incoming.webhooks(&mut parts)?;
        incoming.callbacks(&mut parts)?;
        if incoming.calls.is_empty() {
            return Ok(incoming);
        }
        let tree = parts.finish();
        let whole = std::mem::replace(&mut document.tree, tree);
        let wire = refuse_repeats(&document.tree).and_then(|()| Wire::read(document));
        incoming.wire = wire.ok();
        document.tree = whole;
        Ok(incoming)
    }

    /// The path under which an item is read. No path of a document has a space.
    pub(crate) fn path(item: usize) -> String {
        format!("/ {item}")
    }

    /// Where the node is that was read at this pointer.
    pub(crate) fn home(&self, pointer: &str) -> String {
        let at_home = || {
            let rest = pointer.strip_prefix("/paths/~1 ")?;
            let (item, rest) = rest.split_once('/').unwrap_or((rest, ""));
            let item = self.items.get(item.parse::<usize>().ok()?)?;
            let slash = if rest.is_empty() { "" } else { "/" };
            Some(format!("{}{slash}{rest}", item.pointer))
        };
        at_home().unwrap_or_else(|| pointer.to_owned())
    }

    fn webhooks(&mut self, parts: &mut Parts<'_>) -> Result<(), Problems> {
        for (name, item) in entries(parts.document.get("webhooks")) {
            let pointer = child("/webhooks", name);
            self.has_room(&pointer)?;
            self.call(None, name, "", (pointer, item), parts);
        }
        Ok(())
    }

    /// Whether there may be one more, at this pointer.
    fn has_room(&self, pointer: &str) -> Result<(), Problems> {
        if self.calls.len() < MOST {
            return Ok(());
        }
        let message = format!(
            "with all that references repeat there are more than {MOST} webhooks and callbacks"
        );
        Err(vec![Problem::at(Code::Limit, pointer, message)])
    }

    fn callbacks(&mut self, parts: &mut Parts<'_>) -> Result<(), Problems> {
        let tree = parts.document;
        for operation in operations(tree) {
            let at = operation_at(tree, &operation);
            let Some((pointer, node)) = at else { continue };
            let all = child(&pointer, "callbacks");
            for (name, callback) in entries(node.get("callbacks")) {
                let (at, callback) = follow(tree, child(&all, name), callback);
                for (url, item) in entries(Some(callback)) {
                    self.has_room(&all)?;
                    let owner = Some(operation.clone());
                    self.call(owner, name, url, (child(&at, url), item), parts);
                }
            }
        }
        Ok(())
    }

    fn call<'a>(
        &mut self,
        owner: Option<String>,
        name: &str,
        url: &str,
        (pointer, item): (String, &'a Value),
        parts: &mut Parts<'a>,
    ) {
        // What stands beside a reference is laid over what it leads to, and has no place of its own there.
        let is_reference = item.as_object().is_some_and(|item| item.len() == 1);
        let (pointer, item) = if is_reference {
            follow(parts.document, pointer, item)
        } else {
            (pointer, item)
        };
        let index = *parts.known.entry(pointer.clone()).or_insert_with(|| {
            self.items.push(Item {
                pointer,
                sum: sum(item),
            });
            self.items.len() - 1
        });
        if index + 1 == self.items.len() {
            parts.item(index, item);
        }
        self.calls.push(Call {
            owner,
            name: name.to_owned(),
            url: url.to_owned(),
            item: index,
        });
    }
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    let entries = value.and_then(Value::as_object).into_iter().flatten();
    entries.filter(|(key, value)| !key.starts_with("x-") && value.is_object())
}

/// The parts of a document that some path items need.
struct Parts<'a> {
    document: &'a Value,
    /// The indexes of items, by their pointers.
    known: HashMap<String, usize>,
    paths: Map<String, Value>,
    kept: Map<String, Value>,
    taken: HashSet<String>,
    /// Where references are still to be looked for.
    waiting: Vec<&'a Value>,
}

impl<'a> Parts<'a> {
    fn new(document: &'a Value) -> Self {
        Self {
            document,
            known: HashMap::new(),
            paths: Map::new(),
            kept: Map::new(),
            taken: HashSet::new(),
            waiting: Vec::new(),
        }
    }

    fn item(&mut self, index: usize, item: &'a Value) {
        self.paths.insert(Incoming::path(index), item.clone());
        self.waiting.push(item);
    }

    /// The document of these items and all that they refer to, in the end.
    fn finish(mut self) -> Value {
        for key in ["openapi", "info"] {
            if let Some(value) = self.document.get(key) {
                self.kept.insert(key.to_owned(), value.clone());
            }
        }
        self.take("/components/securitySchemes");
        while let Some(node) = self.waiting.pop() {
            self.references(node);
        }
        let paths = self.kept.entry("paths").or_insert_with(|| json!({}));
        if let Value::Object(paths) = paths {
            paths.extend(self.paths);
        }
        Value::Object(self.kept)
    }

    fn references(&mut self, node: &Value) {
        match node {
            Value::Object(entries) => {
                for (key, value) in entries {
                    match (key.as_str(), value) {
                        ("$ref" | "$dynamicRef" | "$recursiveRef", Value::String(to)) => {
                            self.reference(to);
                        }
                        ("mapping", Value::Object(tags)) => {
                            for to in tags.values().filter_map(Value::as_str) {
                                self.take(&child("/components/schemas", to));
                                self.reference(to);
                            }
                        }
                        _ => {}
                    }
                    self.references(value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.references(item)),
            _ => {}
        }
    }

    fn reference(&mut self, to: &str) {
        let decoded = percent_encoding::percent_decode_str(to).decode_utf8_lossy();
        match decoded.strip_prefix('#') {
            Some(pointer) if pointer.starts_with('/') => self.take(pointer),
            // By an anchor or an id: that may be anywhere.
            _ => self.take("/components"),
        }
    }

    /// Takes the part that holds this node.
    fn take(&mut self, pointer: &str) {
        let keys: Vec<String> = decode(pointer).take(PART).collect();
        let mut source = self.document;
        let mut at = String::new();
        let mut target = &mut self.kept;
        for (index, key) in keys.iter().enumerate() {
            let Some(next) = source.get(key) else { return };
            at = child(&at, key);
            // A list is taken as a whole.
            if index + 1 == keys.len() || !next.is_object() {
                if self.taken.insert(at) {
                    target.insert(key.clone(), next.clone());
                    self.waiting.push(next);
                }
                return;
            }
            if self.taken.contains(&at) {
                return;
            }
            let inside = target.entry(key).or_insert_with(|| json!({}));
            let Value::Object(inside) = inside else {
                return;
            };
            (source, target) = (next, inside);
        }
    }
}
