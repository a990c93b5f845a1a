//! YAML or JSON text to a tree that keeps order and refuses duplicate keys.

use std::cell::RefCell;

use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::json;
use super::pointer::child;
use super::size::{MAX_DEPTH, Size};
use super::yaml::{self, Stop};
use crate::diagnostic::{Code, Problem, Source, Spot};

/// Reads a text; `file` is its index among the sources.
pub(super) fn read(name: &str, text: &str, file: usize) -> Result<Value, Problem> {
    let is_json = std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_json {
        read_json(text, file)
    } else {
        read_yaml(text, file)
    }
}

fn read_json(text: &str, file: usize) -> Result<Value, Problem> {
    let fault = Fault::default();
    json::read(text, &fault).map_err(|error| {
        let spot = Spot::Offset(file, offset(text, error.line(), error.column()));
        fault.problem(file, spot, &error.to_string())
    })
}

/// A line and a column, which count from 1, as an offset in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let source = Source {
        name: String::new(),
        text: text.to_owned(),
    };
    source.offset(line, column)
}

fn read_yaml(text: &str, file: usize) -> Result<Value, Problem> {
    let fault = Fault::default();
    yaml::read(text, &fault).map_err(|stop| match stop {
        Stop::At(byte, message) => fault.problem(file, Spot::Offset(file, byte), &message),
        Stop::Deep(byte) => too_deep(Spot::Offset(file, byte)),
        Stop::Told => fault.problem(file, Spot::File(file), ""),
    })
}

/// What is wrong is told in [`Fault`].
#[derive(Debug)]
pub(super) struct Told;

/// What was found wrong, with the pointer that the decoders do not know.
#[derive(Default)]
pub(super) struct Fault {
    found: RefCell<Option<(Code, String, String)>>,
    size: RefCell<Size>,
}

impl Fault {
    pub(super) fn root(&self) -> Node<'_> {
        Node {
            fault: self,
            parent: None,
            step: Step::Key(""),
        }
    }

    fn problem(self, file: usize, spot: Spot, decoder_says: &str) -> Problem {
        match self.found.into_inner() {
            Some((code @ Code::DuplicateKey, pointer, message)) => {
                let mut problem =
                    Problem::new(code, Spot::SecondKey(file, pointer.clone()), message).help(
                        "keep one of the two: YAML and JSON readers disagree on which one counts",
                    );
                problem.related = Some((Spot::Node(file, pointer), "first here".to_owned()));
                problem
            }
            Some((code, pointer, message)) => {
                Problem::new(code, Spot::Node(file, pointer), message)
            }
            // The decoder says so in these words, and does not say how deep that is.
            None if decoder_says.contains("recursion limit exceeded") => too_deep(spot),
            None => Problem::new(Code::Syntax, spot, without_place(decoder_says)),
        }
    }
}

fn too_deep(spot: Spot) -> Problem {
    Problem::new(Code::Limit, spot, "the document is nested too deep here").help(format!(
        "{MAX_DEPTH} levels are read: move what is below into `components`"
    ))
}

/// The decoders end their messages with a place of their own; ours stands above it already.
fn without_place(message: &str) -> String {
    let end = message.rfind(" at line ").unwrap_or(message.len());
    format!("not readable: {}", &message[..end])
}

/// A node that is being read. Its pointer is put together only where something is wrong with it.
pub(super) struct Node<'a> {
    fault: &'a Fault,
    parent: Option<&'a Node<'a>>,
    step: Step<'a>,
}

/// How a node is found in its parent.
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Node<'_> {
    fn pointer(&self) -> String {
        match (self.parent, &self.step) {
            (None, _) => String::new(),
            (Some(parent), Step::Key(key)) => child(&parent.pointer(), key),
            (Some(parent), Step::Index(index)) => child(&parent.pointer(), &index.to_string()),
        }
    }

    pub(super) fn child<'b>(&'b self, step: Step<'b>) -> Node<'b> {
        Node {
            fault: self.fault,
            parent: Some(self),
            step,
        }
    }

    /// Tells what is wrong with it.
    pub(super) fn fail(&self, code: Code, message: impl Into<String>) -> Told {
        let found = (code, self.pointer(), message.into());
        self.fault.found.replace(Some(found));
        Told
    }

    /// Fails where there is too much of something.
    pub(super) fn within(
        &self,
        size: impl FnOnce(&mut Size) -> Result<(), String>,
    ) -> Result<(), Told> {
        size(&mut self.fault.size.borrow_mut()).map_err(|message| self.fail(Code::Limit, message))
    }
}

/// The entries of a mapping, as they are read: a list first, as a map that grows keeps room for more, and one that is made of
/// so many does not.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<(String, Value)>,
    merged: Vec<Value>,
}

impl Entries {
    pub(super) fn put(&mut self, key: String, value: Value) {
        if key == "<<" && !value.is_string() {
            self.merged.push(value);
        } else {
            self.entries.push((key, value));
        }
    }

    /// The mapping that `node` is.
    pub(super) fn finish(self, node: &Node<'_>) -> Result<Value, Told> {
        let mut mapping = Map::with_capacity(self.entries.len());
        for (key, value) in self.entries {
            match mapping.entry(key) {
                Entry::Vacant(place) => drop(place.insert(value)),
                Entry::Occupied(first) => {
                    let key = first.key();
                    let message = format!("the key `{key}` stands here twice");
                    let second = node.child(Step::Key(key));
                    return Err(second.fail(Code::DuplicateKey, message));
                }
            }
        }
        for value in self.merged {
            merge(&mut mapping, value);
        }
        Ok(Value::Object(mapping))
    }
}

/// A list that has no room for more.
pub(super) fn list(mut items: Vec<Value>) -> Value {
    items.shrink_to_fit();
    Value::Array(items)
}

/// The YAML merge key `<<`: what is written beside it wins.
fn merge(entries: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(defaults) => {
            for (key, value) in defaults {
                entries.entry(key).or_insert(value);
            }
        }
        Value::Array(list) => list.into_iter().for_each(|value| merge(entries, value)),
        _ => {}
    }
}
