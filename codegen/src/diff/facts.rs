//! What the document says and the compiler's own model does not hold, taken from the tree before it is let go.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Problem, Problems};
use crate::load::{Size, child};
use crate::resolve::TYPED_METHODS;
use crate::schema::Kept;
use crate::split::{MAX_CHAIN, referred_item};

/// What is compared beside [`Api`](crate::api::Api).
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Keywords of schemas that the compiler makes no code from, as they stand.
    pub(crate) keywords: Kept,
    /// By the pointer of a node: a sum of its keys for other tools and people (`x-…`, `externalDocs`, `xml`).
    words: HashMap<String, u64>,
    /// `components.securitySchemes`, references followed.
    pub(crate) schemes: Map<String, Value>,
    /// `security` of the document.
    pub(crate) security: Option<Value>,
    /// `security`, `servers` and the servers of the path, by the pointer of an operation.
    pub(crate) operations: HashMap<String, OperationFacts>,
    /// A sum of each response's `links`, by the response's pointer.
    pub(crate) links: HashMap<String, u64>,
    /// A sum of `tags`, which are for people.
    pub(crate) tags: u64,
}

impl Facts {
    /// The sum of a node's keys for other tools and people, if it has some.
    pub(crate) fn words(&self, pointer: &str) -> Option<u64> {
        self.words.get(pointer).copied()
    }

    /// Those of the path item that holds an operation.
    pub(crate) fn words_around(&self, operation: &str) -> Option<u64> {
        let end = operation.match_indices('/').nth(PATH_KEYS);
        self.words(end.map_or(operation, |(end, _)| &operation[..end]))
    }
}

/// Keys of the pointer of a path item.
const PATH_KEYS: usize = 2;

/// What the tree says of an operation.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct OperationFacts {
    pub(crate) security: Option<Arc<Value>>,
    /// The URLs of servers of its own, or of its path.
    pub(crate) servers: Vec<String>,
}

/// Keywords that the model holds, or that stand for a place in it.
const MODELLED: [&str; 48] = [
    "$ref",
    "type",
    "nullable",
    "title",
    "description",
    "format",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "example",
    "examples",
    "const",
    "enum",
    "required",
    "properties",
    "additionalProperties",
    "prefixItems",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "discriminator",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "contentMediaType",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$defs",
    "definitions",
    "$schema",
    "$comment",
    "externalDocs",
    "xml",
    "$vocabulary",
    "$recursiveAnchor",
];

/// Keys that mean nothing to the wire and are not compared word by word.
fn is_for_others(key: &str) -> bool {
    (key.starts_with("x-") && !key.starts_with("x-stencil-") && key != "x-extensible-enum")
        || matches!(key, "externalDocs" | "xml" | "$comment")
}

/// Values that may hold anything: no keys of the document are in them.
fn is_opaque(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "const" | "enum") || key.starts_with("x-")
}

/// Refuses path items and security schemes that refer to another one where they repeat more than is read, as the
/// compiler does: what is taken from the tree is taken of each of them.
///
/// # Errors
///
/// The first one that is too much.
pub(super) fn refuse_repeats(tree: &Value) -> Result<(), Problems> {
    let mut size = Size::default();
    let mut add = |pointer: String, repeated: &Value| -> Result<(), Problems> {
        size = size.add(repeated).map_err(|message| {
            let message = format!("with all that references repeat {message}");
            vec![Problem::at(Code::Limit, pointer, message)]
        })?;
        Ok(())
    };
    let paths = tree.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for repeated in chain(tree, item).skip(1) {
            add(child("/paths", path), repeated)?;
        }
    }
    let schemes = tree.pointer(SCHEMES).and_then(Value::as_object);
    for (name, scheme) in schemes.into_iter().flatten() {
        let (_, repeated) = follow(tree, String::new(), scheme);
        if !std::ptr::eq(repeated, scheme) {
            add(child(SCHEMES, name), repeated)?;
        }
    }
    Ok(())
}

const SCHEMES: &str = "/components/securitySchemes";

/// Takes them from the tree, but for the keywords of schemas: those are kept where schemas are read.
pub(crate) fn collect(tree: &Value) -> Facts {
    let mut facts = Facts::default();
    facts.node("", tree, false);
    facts.referred(tree);
    facts.schemes = schemes(tree);
    facts.security = tree.get("security").cloned();
    facts.tags = tree.get("tags").map_or(0, sum);
    let mut known: HashSet<Arc<Value>> = HashSet::new();
    for operation in operations(tree) {
        let found = of_operation(tree, &operation, &mut known);
        if found != OperationFacts::default() {
            facts.operations.insert(operation, found);
        }
    }
    facts
}

/// Keywords of a schema that the compiler makes no code from.
pub(crate) fn unmodelled(entries: &Map<String, Value>) -> Map<String, Value> {
    let is_unread = |key: &str| !MODELLED.contains(&key) && !is_for_others(key);
    let kept = entries.iter().filter(|(key, _)| is_unread(key));
    kept.map(|(key, value)| (key.clone(), shortened(key, value)))
        .collect()
}

/// The pointers of the operations below `paths`, in the order in which the compiler has them.
pub(super) fn operations(tree: &Value) -> Vec<String> {
    let paths = tree.get("paths").and_then(Value::as_object);
    let mut pointers = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let pointer = child("/paths", path);
        let item = whole_item(tree, item);
        let methods = TYPED_METHODS.iter().chain(&["query"]);
        let there = methods.filter(|method| item.contains_key(**method));
        pointers.extend(there.map(|method| child(&pointer, method)));
        let others = item.get("additionalOperations");
        let others = others.and_then(|others| others.as_object());
        let at = child(&pointer, "additionalOperations");
        pointers.extend(others.into_iter().flatten().map(|(key, _)| child(&at, key)));
    }
    pointers
}

/// The entries of a path item. One that refers to another one is that one, with what stands beside the `$ref` laid over
/// it.
fn whole_item<'a>(tree: &'a Value, item: &'a Value) -> HashMap<&'a str, &'a Value> {
    let mut whole: HashMap<&str, &Value> = HashMap::new();
    for (key, value) in chain(tree, item).filter_map(Value::as_object).flatten() {
        whole.entry(key).or_insert(value);
    }
    whole
}

/// A path item, what it refers to, what that refers to, and so on.
fn chain<'a>(tree: &'a Value, item: &'a Value) -> impl Iterator<Item = &'a Value> {
    let next = |item: &&'a Value| {
        let reference = item.get("$ref")?.as_str()?;
        referred_item(tree, reference)
    };
    std::iter::successors(Some(item), next).take(MAX_CHAIN + 1)
}

/// `known` are the requirements of other operations: there are few that are different.
fn of_operation(tree: &Value, pointer: &str, known: &mut HashSet<Arc<Value>>) -> OperationFacts {
    let (pointer, node) = operation_at(tree, pointer).unzip();
    let get = |key: &str| node.and_then(|node| node.get(key));
    let path = pointer
        .as_deref()
        .and_then(|pointer| pointer.rsplit_once('/'));
    let of_path = || tree.pointer(&child(path?.0, "servers"));
    let servers = get("servers").or_else(of_path);
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    let urls = servers.filter_map(|server| server.get("url")?.as_str());
    let security = get("security").map(|security| {
        let shared = known.get(security).cloned();
        shared.unwrap_or_else(|| {
            let shared = Arc::new(security.clone());
            known.insert(shared.clone());
            shared
        })
    });
    OperationFacts {
        security,
        servers: urls
            .map(|url| url.trim_end_matches('/').to_owned())
            .collect(),
    }
}

/// An operation, whether its path item stands there or is referred to.
pub(super) fn operation_at<'a>(tree: &'a Value, pointer: &str) -> Option<(String, &'a Value)> {
    if let Some(node) = tree.pointer(pointer) {
        return Some((pointer.to_owned(), node));
    }
    let (path, method) = pointer.rsplit_once('/')?;
    let (at, item) = follow(tree, path.to_owned(), tree.pointer(path)?);
    Some((format!("{at}/{method}"), item.get(method)?))
}

/// What a reference leads to, with its place; the node itself if it is none.
pub(super) fn follow<'a>(tree: &'a Value, pointer: String, node: &'a Value) -> (String, &'a Value) {
    let (mut pointer, mut node) = (pointer, node);
    for _ in 0..MAX_CHAIN {
        let reference = node.get("$ref").and_then(Value::as_str);
        let Some(target) = reference.and_then(|one| one.strip_prefix('#')) else {
            break;
        };
        let Some(next) = tree.pointer(target) else {
            break;
        };
        (pointer, node) = (target.to_owned(), next);
    }
    (pointer, node)
}

fn schemes(tree: &Value) -> Map<String, Value> {
    let schemes = tree.pointer(SCHEMES).and_then(Value::as_object);
    let followed = schemes.into_iter().flatten().map(|(name, scheme)| {
        let (_, scheme) = follow(tree, String::new(), scheme);
        (name.clone(), scheme.clone())
    });
    followed.collect()
}

/// A sum of a value, for comparison within one run.
pub(crate) fn sum(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Facts {
    /// `are_names`: whether the keys are names that the author gave, and not keywords. How deep a tree may be was
    /// limited when it was read.
    fn node(&mut self, pointer: &str, value: &Value, are_names: bool) {
        match value {
            Value::Object(entries) => {
                if !are_names {
                    self.keys(pointer, entries);
                }
                for (key, value) in entries {
                    self.entry(pointer, key, value, are_names);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if item.is_object() {
                        self.node(&format!("{pointer}/{index}"), item, false);
                    }
                }
            }
            _ => {}
        }
    }

    fn entry(&mut self, pointer: &str, key: &str, value: &Value, is_name: bool) {
        if (value.is_object() || value.is_array()) && (is_name || !is_opaque(key)) {
            let names = !is_name && holds_names(key);
            self.node(&child(pointer, key), value, names);
        }
    }

    /// What is in a path item that refers to another one: the compiler knows it by the place where that is.
    fn referred(&mut self, tree: &Value) {
        let paths = tree.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            if item.get("$ref").is_none() {
                continue;
            }
            let whole = whole_item(tree, item);
            let pointer = child("/paths", path);
            self.note_words(&pointer, whole.iter().map(|(key, value)| (*key, *value)));
            for (key, value) in whole {
                self.entry(&pointer, key, value, false);
            }
        }
    }

    fn note_words<'v>(
        &mut self,
        pointer: &str,
        entries: impl Iterator<Item = (&'v str, &'v Value)>,
    ) {
        let mut words: Option<u64> = None;
        for (key, value) in entries.filter(|(key, _)| is_for_others(key)) {
            let mut hasher = DefaultHasher::new();
            (key, value).hash(&mut hasher);
            // A sum, as the order of keys says nothing.
            words = Some(words.unwrap_or(0).wrapping_add(hasher.finish()));
        }
        if let Some(words) = words {
            self.words.insert(pointer.to_owned(), words);
        }
    }

    fn keys(&mut self, pointer: &str, entries: &Map<String, Value>) {
        self.note_words(
            pointer,
            entries.iter().map(|(key, value)| (key.as_str(), value)),
        );
        if let Some(links) = entries.get("links") {
            self.links.insert(pointer.to_owned(), sum(links));
        }
    }
}

/// Schemas are compared as such: of what holds them the names are enough.
fn shortened(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("patternProperties" | "dependentSchemas", Value::Object(entries)) => {
            let names = entries.keys().map(|name| (name.clone(), Value::Null));
            Value::Object(names.collect())
        }
        ("not" | "contains" | "propertyNames" | "contentSchema" | "then" | "else", _) => {
            Value::Bool(true)
        }
        _ => value.clone(),
    }
}

/// Keys of OpenAPI and JSON Schema whose value is a mapping by names of the author.
fn holds_names(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "patternProperties"
            | "dependentSchemas"
            | "$defs"
            | "definitions"
            | "schemas"
            | "responses"
            | "parameters"
            | "requestBodies"
            | "headers"
            | "securitySchemes"
            | "pathItems"
            | "mediaTypes"
            | "paths"
            | "webhooks"
            | "content"
            | "encoding"
            | "variables"
            | "links"
            | "callbacks"
            | "dependentRequired"
            | "additionalOperations"
            | "mapping"
            | "scopes"
    )
}
