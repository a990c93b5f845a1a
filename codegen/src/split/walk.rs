//! Walks the document by its grammar, takes the schemas out, and notes what nobody will look at.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Apart;
use super::copy::copy;
use super::grammar::{COOKIE_STYLE, Holds, Kind, WHOLE_QUERY, holds};
use super::mend::{fill_defaults, mend_security, more_methods, spelled};
use super::mistakes;
use super::parts::{Parts, Root, is_component};
use crate::api::LostNode;
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::{Size, child};
use crate::schema::Reader;

/// The key of a path item that says under which key it stands, where the path is read as another one.
pub(crate) const WRITTEN_PATH: &str = "x-stencil-path";
/// The key of a path item under which further methods are passed on.
pub(crate) const MORE_METHODS: &str = "x-stencil-methods";
/// Keys whose null is a value.
const MAY_BE_NULL: [&str; 4] = ["example", "value", "default", "dataValue"];

/// Path items that refer to path items: a chain longer than this is a circle.
pub(crate) const MAX_CHAIN: usize = 8;

/// Takes a document apart; `parts` do not stand in its tree any more.
pub(super) fn take_apart(
    tree: &Value,
    reader: Reader<'_>,
    parts: Parts,
) -> Result<Apart, Problems> {
    let Parts { items, mut schemas } = parts;
    let mut walk = Walk {
        root: Root {
            tree,
            schemas: &schemas,
        },
        items,
        reader,
        components: Vec::new(),
        losses: Vec::new(),
        problems: Vec::new(),
        copied: Some(Size::default()),
    };
    let skeleton = walk.object(Kind::Document, "", tree, true);
    let Walk {
        mut reader,
        components,
        losses,
        problems,
        ..
    } = walk;
    if !problems.is_empty() {
        return Err(problems);
    }
    for pointer in components {
        let taken = schemas.remove(&pointer);
        if let Some(schema) = taken.as_ref().or_else(|| tree.pointer(&pointer)) {
            reader.schema(&pointer, schema);
        }
    }
    let (schemas, kept) = reader.finish()?;
    Ok(Apart {
        skeleton,
        schemas,
        kept,
        losses,
    })
}

struct Walk<'a, 't> {
    root: Root<'a>,
    items: HashMap<String, Value>,
    /// Schemas are read where they are found, and not kept.
    reader: Reader<'t>,
    /// The schemas of components, which are read when nothing else looks at them any more.
    components: Vec<String>,
    losses: Vec<LostNode>,
    problems: Problems,
    /// What was read at more than one place, as references lead there; `None` once that is too much.
    copied: Option<Size>,
}

impl<'a> Walk<'a, '_> {
    /// Whether what stands at `target` may be read once more, at `pointer`.
    fn may_copy(&mut self, pointer: &str, target: &Value) -> bool {
        let Some(copied) = self.copied else {
            return false;
        };
        match copied.add(target) {
            Ok(copied) => self.copied = Some(copied),
            Err(message) => {
                self.copied = None;
                let message = format!("with all that references repeat {message}");
                self.problems
                    .push(Problem::at(Code::Limit, pointer, message));
            }
        }
        self.copied.is_some()
    }

    /// What remains of one object of the kind.
    fn object(
        &mut self,
        kind: Kind,
        pointer: &str,
        value: &Value,
        is_operation_path: bool,
    ) -> Value {
        if let Some((at, target)) = self.displaced(kind, value)
            && self.may_copy(pointer, target)
        {
            return self.object(kind, &at, target, is_operation_path);
        }
        match (kind, value) {
            (Kind::Schema, _) => self.schema(pointer, value),
            (Kind::PathItem, _) if is_operation_path => self.path_item(pointer, value),
            (Kind::Plain, _) => copy(value),
            // Read when a request demands it: see `resolve::security`.
            (Kind::SecurityScheme, _) if value.get("type") == Some(&Value::from("mutualTLS")) => {
                serde_json::json!({ "type": "http", "scheme": "mutualTLS" })
            }
            (_, Value::Object(entries)) => self.entries(kind, pointer, entries, text_keys(entries)),
            // The reader of the skeleton says what is wrong with it.
            _ => value.clone(),
        }
    }

    /// What remains of the entries of an object; `each` are those of `entries`, in the document.
    fn entries<'v>(
        &mut self,
        kind: Kind,
        pointer: &str,
        entries: &Map<String, Value>,
        each: impl Iterator<Item = (&'v str, &'v Value)>,
    ) -> Value {
        // One more than there are, for what is filled in: a map that grows keeps room for several.
        let mut kept = Map::with_capacity(entries.len() + 1);
        self.losses.extend(mistakes::of(&mistakes::Place {
            root: self.root,
            kind,
            pointer,
            entries,
        }));
        for (key, value) in each.filter(|(key, _)| !is_unread(kind, key)) {
            let at = child(pointer, key);
            let Some(key) = spelled(kind, key) else {
                self.losses.push(LostNode::new(
                    at,
                    format!("`{key}` is neither a status nor `default`"),
                ));
                continue;
            };
            let key = &key;
            if value.is_null() && !MAY_BE_NULL.contains(&key.as_str()) && !key.starts_with("x-") {
                self.lose(at, format!("`{key}` is null: read as if it were not there"));
                continue;
            }
            let followed = self.text_reference(kind, key, value);
            if followed.is_some() {
                let what = "a `$ref` in place of a text, which OpenAPI does not have: followed";
                self.lose(at.clone(), what);
            }
            let value = followed.unwrap_or(value);
            if kind == Kind::Document && key == "webhooks" {
                let what = "`webhooks` are calls to you, not by you: they have types and no code";
                self.lose(at.clone(), what);
            }
            match holds(kind, key) {
                Some(held) => {
                    if let Some(rest) = self.held(held, &at, key, value) {
                        kept.insert(key.clone(), rest);
                    }
                }
                None => self.losses.push(LostNode::new(
                    at,
                    format!("`{key}` is not a key that OpenAPI has here"),
                )),
            }
        }
        fill_defaults(kind, &mut kept);
        self.repair(kind, pointer, &mut kept);
        Value::Object(kept)
    }

    fn lose(&mut self, pointer: impl Into<String>, what: impl Into<String>) {
        self.losses.push(LostNode::new(pointer, what));
    }

    /// Mistakes that many documents make and that leave no doubt about what is meant.
    fn repair(&mut self, kind: Kind, pointer: &str, entries: &mut Map<String, Value>) {
        match kind {
            Kind::Document | Kind::Info => {
                mend_security(entries);
                let demanded: &[(&str, Value)] = match kind {
                    Kind::Document => &[(
                        "info",
                        serde_json::json!({ "title": "API", "version": "0" }),
                    )],
                    _ => &[("title", Value::from("API")), ("version", Value::from("0"))],
                };
                for (key, stand_in) in demanded {
                    if !entries.contains_key(*key) {
                        self.lose(pointer, format!("`{key}` is missing"));
                        entries.insert((*key).to_owned(), stand_in.clone());
                    }
                }
                for key in ["title", "version", "openapi"] {
                    // Without quotes a version is a number in YAML.
                    if let Some(number @ Value::Number(_)) = entries.get_mut(key) {
                        *number = Value::from(number.to_string());
                    }
                }
            }
            Kind::Parameter | Kind::Header
                if !["schema", "content", "$ref"]
                    .iter()
                    .any(|key| entries.contains_key(*key)) =>
            {
                self.lose(pointer, "neither `schema` nor `content`: read as a string");
                let stub = serde_json::json!({ "type": "string" });
                let stub = self.schema(&child(pointer, "schema"), &stub);
                entries.insert("schema".to_owned(), stub);
            }
            // The reader of the skeleton does not know that place (3.2 §4.12.1).
            Kind::Parameter if entries.get("in") == Some(&Value::from("querystring")) => {
                entries.insert("in".to_owned(), Value::from("query"));
                entries.insert(WHOLE_QUERY.to_owned(), Value::Bool(true));
            }
            Kind::Parameter
                if entries.get("in") == Some(&Value::from("cookie"))
                    && entries.get("style") == Some(&Value::from("cookie")) =>
            {
                entries.insert("style".to_owned(), Value::from("form"));
                entries.insert(COOKIE_STYLE.to_owned(), Value::Bool(true));
            }
            Kind::Operation => mend_security(entries),
            Kind::ServerVariable => self.mend_variable(pointer, entries),
            Kind::PathItem => more_methods(pointer, entries),
            _ => {}
        }
    }

    /// Ports and versions are often written without the quotes that make them texts.
    fn mend_variable(&mut self, pointer: &str, entries: &mut Map<String, Value>) {
        let mut values: Vec<&mut Value> = Vec::new();
        for (key, value) in entries {
            match (key.as_str(), value) {
                ("default", value) => values.push(value),
                ("enum", Value::Array(items)) => values.extend(items),
                _ => {}
            }
        }
        let plain = values
            .into_iter()
            .filter(|value| value.is_number() || value.is_boolean());
        let plain = plain.map(|value| *value = Value::from(value.to_string()));
        if plain.count() > 0 {
            self.lose(pointer, "values that are no strings: read as strings");
        }
    }

    /// What a reference leads to where the reader of the skeleton would not find it: in the middle of the
    /// document, or among components of another kind. With its own place, which keeps its schemas' names.
    fn displaced(&self, kind: Kind, value: &Value) -> Option<(String, &'a Value)> {
        let home = match kind {
            Kind::Parameter => "/components/parameters/",
            Kind::RequestBody => "/components/requestBodies/",
            Kind::Response => "/components/responses/",
            Kind::Header => "/components/headers/",
            Kind::SecurityScheme => "/components/securitySchemes/",
            // The reader knows no references here at all.
            Kind::MediaType => "",
            _ => return None,
        };
        let pointer = value.get("$ref")?.as_str()?.strip_prefix('#')?;
        let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8_lossy();
        let is_home = !home.is_empty()
            && pointer
                .strip_prefix(home)
                .is_some_and(|name| !name.contains('/'));
        if is_home {
            return None;
        }
        let target = self.root.pointer(&pointer)?;
        // A chain that comes back here would not end.
        let leads_on = target
            .get("$ref")
            .and_then(Value::as_str)
            .is_some_and(|next| {
                next.strip_prefix('#')
                    .is_none_or(|next| next.len() >= pointer.len())
            });
        (!leads_on).then(|| (pointer.into_owned(), target))
    }

    fn held(&mut self, held: Holds, at: &str, key: &str, value: &Value) -> Option<Value> {
        let is_paths = at.starts_with("/paths");
        match (held, value) {
            (Holds::Lost(why), _) => {
                self.losses
                    .push(LostNode::new(at.to_owned(), format!("`{key}`: {why}")));
                None
            }
            (Holds::One(kind), _) => Some(self.object(kind, at, value, is_paths)),
            (Holds::List(kind), Value::Array(items)) => {
                let items = items.iter().enumerate();
                Some(
                    items
                        .map(|(i, item)| {
                            self.object(kind, &child(at, &i.to_string()), item, is_paths)
                        })
                        .collect(),
                )
            }
            (Holds::Map(_), Value::Object(entries))
                if entries.len() == 1 && self.map_reference(entries).is_some() =>
            {
                let (target, map) = self.map_reference(entries)?;
                if !self.may_copy(at, map) {
                    return None;
                }
                self.lose(
                    at,
                    "a `$ref` in place of a whole mapping, which OpenAPI does not have: followed",
                );
                self.held(held, &target, key, map)
            }
            (Holds::Map(Kind::PathItem), Value::Object(entries)) if is_paths => {
                Some(self.paths(at, entries))
            }
            (Holds::Map(kind), Value::Object(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.object(kind, &child(at, key), value, false);
                    (key.clone(), value)
                });
                let entries = entries.collect();
                // They are all in a table of their own.
                (kind != Kind::Schema).then_some(Value::Object(entries))
            }
            _ => Some(value.clone()),
        }
    }

    /// The path items of operations. A path begins with a slash (3.1 §4.8.8): one without is read as if it did, as
    /// there is nothing else that it could mean.
    fn paths(&mut self, at: &str, entries: &Map<String, Value>) -> Value {
        let mut items = Map::with_capacity(entries.len());
        for (key, value) in entries.iter().filter(|(key, _)| !key.starts_with("x-")) {
            let place = child(at, key);
            let taken = self.items.remove(&place);
            let value = taken.as_ref().unwrap_or(value);
            let mut item = self.object(Kind::PathItem, &place, value, true);
            drop(taken);
            let mut path = key.clone();
            if !key.starts_with('/') {
                path = format!("/{key}");
                if entries.contains_key(&path) {
                    let message = format!("`{key}` would be the path `{path}`, which is there too");
                    let problem = Problem::at(Code::Structure, place, message);
                    self.problems
                        .push(problem.help("a path begins with a slash"));
                    continue;
                }
                self.lose(place, "a path begins with a slash: read as if it did");
                if let Value::Object(item) = &mut item {
                    item.insert(WRITTEN_PATH.to_owned(), Value::from(key.as_str()));
                }
            }
            items.insert(path, item);
        }
        Value::Object(items)
    }

    /// What a `$ref` leads to that stands where a text belongs.
    fn text_reference(&self, kind: Kind, key: &str, value: &Value) -> Option<&'a Value> {
        let is_text = ["summary", "description", "operationId", "title"].contains(&key);
        if !is_text || matches!(kind, Kind::Plain | Kind::Responses) {
            return None;
        }
        let pointer = value.get("$ref")?.as_str()?.strip_prefix('#')?;
        let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8_lossy();
        let text = self.root.pointer(&pointer);
        text.filter(|text| text.is_string())
    }

    /// What a mapping is that consists of a `$ref`, with its place.
    fn map_reference(&self, entries: &Map<String, Value>) -> Option<(String, &'a Value)> {
        let pointer = entries.get("$ref")?.as_str()?.strip_prefix('#')?;
        let target = self
            .root
            .pointer(pointer)
            .filter(|target| target.get("$ref").is_none())?;
        Some((pointer.to_owned(), target))
    }

    /// Leaves a reference to the place where the schema stood.
    fn schema(&mut self, pointer: &str, value: &Value) -> Value {
        if is_component(pointer) {
            self.components.push(pointer.to_owned());
        } else {
            self.reader.schema(pointer, value);
        }
        let mut reference = Map::with_capacity(1);
        reference.insert("$ref".to_owned(), Value::from(format!("#{pointer}")));
        Value::Object(reference)
    }

    /// A path item that refers to another is that other one, with what stands beside the `$ref` laid
    /// over it (3.1 §4.8.9: undefined where both say something; beside wins, as it is nearer).
    fn path_item(&mut self, pointer: &str, value: &Value) -> Value {
        let Value::Object(item) = value else {
            return value.clone();
        };
        if !item.contains_key("$ref") {
            return self.entries(Kind::PathItem, pointer, item, text_keys(item));
        }
        let mut whole: IndexMap<&str, &Value> = text_keys(item).collect();
        for _ in 0..MAX_CHAIN {
            let Some(Value::String(reference)) = whole.get("$ref") else {
                let entries = whole.iter();
                let entries = entries.map(|(key, value)| ((*key).to_owned(), (*value).clone()));
                let entries: Map<String, Value> = entries.collect();
                return self.entries(Kind::PathItem, pointer, &entries, whole.into_iter());
            };
            let Some(Value::Object(target)) = referred_item(self.root.tree, reference) else {
                let message = format!("the path item `{reference}` is not in this document");
                let at = child(pointer, "$ref");
                self.problems
                    .push(Problem::at(Code::Reference, at, message));
                return Value::Object(Map::new());
            };
            let beside = std::mem::replace(&mut whole, text_keys(target).collect());
            whole.extend(beside.into_iter().filter(|(key, _)| *key != "$ref"));
            if !whole.values().all(|part| self.may_copy(pointer, part)) {
                return Value::Object(Map::new());
            }
        }
        self.problems.push(Problem::at(
            Code::Reference,
            child(pointer, "$ref"),
            "this path item refers to itself",
        ));
        Value::Object(Map::new())
    }
}

/// What a path item refers to: the braces of a path may be written as a URI has them.
pub(crate) fn referred_item<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let pointer = reference.strip_prefix('#')?;
    root.pointer(&pointer.replace("%7B", "{").replace("%7D", "}"))
}

/// Keys that no later stage reads. What is this compiler's own stands at what it is about.
fn is_unread(kind: Kind, key: &str) -> bool {
    key.starts_with("x-") && (kind == Kind::Document || !key.starts_with("x-stencil-"))
}

fn text_keys(entries: &Map<String, Value>) -> impl Iterator<Item = (&str, &Value)> {
    entries.iter().map(|(key, value)| (key.as_str(), value))
}
