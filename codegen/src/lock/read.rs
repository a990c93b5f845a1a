//! The file to its names. A person may have merged it or written in it: every mistake has its line.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Lock, LockedOperation, LockedType, OPERATION_TYPES, VERSION};
use crate::diagnostic::{Code, Problem, Problems, Spot, nearest};
use crate::load::child;
use crate::lower::{is_own_method, is_own_type};

/// What `file`, by its index among the sources, says.
pub(crate) fn read(tree: &Value, file: usize) -> Result<Lock, Problems> {
    let mut reader = Reader {
        file,
        problems: Vec::new(),
        methods: BTreeMap::new(),
        types: BTreeMap::new(),
    };
    let lock = reader.lock(tree);
    if reader.problems.is_empty() {
        Ok(lock)
    } else {
        Err(reader.problems)
    }
}

const SECTIONS: [&str; 4] = ["version", "operations", "types", "kept"];

struct Reader {
    file: usize,
    problems: Problems,
    /// Each name with the place of its entry: no name is given twice.
    methods: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
}

impl Reader {
    fn lock(&mut self, tree: &Value) -> Lock {
        let mut lock = Lock::default();
        if tree["version"].as_u64() != Some(VERSION) {
            let at = if tree["version"].is_null() {
                ""
            } else {
                "/version"
            };
            self.tell(
                at,
                format!("a lock of names starts with `version: {VERSION}`"),
            );
            return lock;
        }
        self.keys(tree, "", &SECTIONS);
        for (key, value) in entries(tree, "operations") {
            let at = child("/operations", key);
            if !key
                .split_once(' ')
                .is_some_and(|(_, path)| path.starts_with('/'))
            {
                self.tell(
                    &at,
                    format!("`{key}` is no operation: write it like `GET /things`"),
                );
            } else if let Some(operation) = self.operation(value, &at) {
                lock.operations.insert(key.clone(), operation);
            }
        }
        for (key, value) in entries(tree, "types") {
            let at = child("/types", key);
            if !key.starts_with('/') {
                self.tell(&at, format!("`{key}` is no JSON pointer"));
            } else if let Some(ty) = self.ty(value, &at) {
                lock.types.insert(key.clone(), ty);
            }
        }
        let kept = &tree["kept"];
        self.keys(kept, "/kept", &["methods", "types"]);
        lock.kept_methods = self.kept(kept, "methods", Self::method);
        lock.kept_types = self.kept(kept, "types", Self::type_name);
        self.sections(tree);
        lock
    }

    /// A section that is no table would pass for an empty one.
    fn sections(&mut self, tree: &Value) {
        let kept = ["methods", "types"].map(|name| (format!("/kept/{name}"), &tree["kept"][name]));
        let sections =
            ["operations", "types", "kept"].map(|name| (format!("/{name}"), &tree[name]));
        for (at, value) in sections.into_iter().chain(kept) {
            if !value.is_object() && !value.is_null() {
                self.tell(&at, "this is a table of names".to_owned());
            }
        }
    }

    fn operation(&mut self, value: &Value, at: &str) -> Option<LockedOperation> {
        let mut known = vec!["id", "method"];
        known.extend(OPERATION_TYPES);
        self.keys(value, at, &known);
        let id = value["id"].as_str().map(str::to_owned);
        let method = self.name(&value["method"], &child(at, "method"), Self::method)?;
        let mut types = BTreeMap::new();
        for kind in OPERATION_TYPES {
            let value = &value[kind];
            if kind == "type" || !value.is_null() {
                types.insert(kind, self.name(value, &child(at, kind), Self::type_name)?);
            }
        }
        Some(LockedOperation { id, method, types })
    }

    fn ty(&mut self, value: &Value, at: &str) -> Option<LockedType> {
        if value.is_string() {
            let name = self.name(value, at, Self::type_name)?;
            return Some(LockedType {
                name,
                ..LockedType::default()
            });
        }
        self.keys(value, at, &["name", "word", "used"]);
        Some(LockedType {
            name: self.name(&value["name"], &child(at, "name"), Self::type_name)?,
            word: value["word"].as_str().map(str::to_owned),
            used: value["used"].as_str().map(str::to_owned),
        })
    }

    fn kept(
        &mut self,
        tree: &Value,
        kind: &str,
        check: fn(&mut Self, &str, &str),
    ) -> BTreeMap<String, String> {
        let mut kept = BTreeMap::new();
        for (old, new) in entries(tree, kind) {
            let at = child(&format!("/kept/{kind}"), old);
            check(self, old, &at);
            match new.as_str() {
                Some(new) => drop(kept.insert(old.clone(), new.to_owned())),
                None => self.tell(&at, format!("`{old}` needs the name that it has now")),
            }
        }
        kept
    }

    fn name(
        &mut self,
        value: &Value,
        at: &str,
        check: fn(&mut Self, &str, &str),
    ) -> Option<String> {
        let Some(name) = value.as_str() else {
            // What is missing has no line of its own.
            let at = if value.is_null() {
                at.rsplit_once('/').map_or("", |(parent, _)| parent)
            } else {
                at
            };
            self.tell(at, "a name is missing here".to_owned());
            return None;
        };
        check(self, name, at);
        Some(name.to_owned())
    }

    fn method(&mut self, name: &str, at: &str) {
        let is_name = is_identifier(name) && !name.chars().any(char::is_uppercase);
        if !is_name || matches!(name, "self" | "super" | "crate" | "_") {
            self.tell(at, format!("`{name}` is no name for a method"));
        } else if is_own_method(name) {
            self.tell(at, format!("`{name}` is a method that every client has"));
        } else if let Some(other) = self.methods.insert(name.to_owned(), at.to_owned()) {
            self.twice(name, at, &other);
        }
    }

    fn type_name(&mut self, name: &str, at: &str) {
        let starts_low = name.starts_with(char::is_lowercase);
        if !is_identifier(name) || starts_low || name.contains('_') || name == "Self" {
            self.tell(at, format!("`{name}` is no name for a type"));
        } else if is_own_type(name) {
            self.tell(
                at,
                format!("`{name}` is a type that generated code has for itself"),
            );
        } else if let Some(other) = self.types.insert(name.to_owned(), at.to_owned()) {
            self.twice(name, at, &other);
        }
    }

    fn twice(&mut self, name: &str, at: &str, other: &str) {
        let message = format!("`{name}` is the name of something else already");
        let mut problem = self.problem(at, message);
        problem.related = Some((Spot::Node(self.file, other.to_owned()), "here".to_owned()));
        self.problems.push(problem);
    }

    /// Tells of keys that nobody would read.
    fn keys(&mut self, value: &Value, at: &str, known: &[&str]) {
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !known.contains(&key.as_str()) {
                let mut problem =
                    self.problem(&child(at, key), format!("a lock has no `{key}` here"));
                if let Some(near) = nearest(key, known.iter()) {
                    problem = problem.help(format!("there is `{near}`"));
                }
                self.problems.push(problem);
            }
        }
    }

    fn tell(&mut self, at: &str, message: String) {
        let problem = self.problem(at, message);
        self.problems.push(problem);
    }

    fn problem(&self, at: &str, message: String) -> Problem {
        Problem::new(Code::Lock, Spot::Node(self.file, at.to_owned()), message)
            .help("`stencil lock` writes this file: take out what is wrong, and run it")
    }
}

fn entries<'a>(tree: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    tree[key].as_object().into_iter().flatten()
}

/// Whether Rust reads it as one word (UAX 31).
fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && chars.all(unicode_ident::is_xid_continue)
}
