//! YAML or JSON text to a tree that keeps order and refuses duplicate keys.
//!
//! Decoding straight into [`serde_json::Value`] would keep the last of two duplicate keys and refuse
//! integers beyond 64 bits; real documents have both. So the tree has a visitor of its own.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::depth;
use super::pointer::child;
use super::text::MAX_BYTES;
use crate::diagnostic::{Code, Problem, Source, Spot};

/// Nodes that a document may have, with all that aliases, overlays and other files bring into it: some five times
/// those of the largest public documents.
pub(super) const MAX_NODES: usize = 500_000;
/// Bytes of all keys and texts of a document: aliases repeat these too.
const MAX_TEXT: usize = 4 * MAX_BYTES;
/// Levels of nodes within each other, as many as the decoders read.
const MAX_DEPTH: usize = 128;

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
    let mut json = serde_json::Deserializer::from_str(text);
    let result = fault
        .root()
        .deserialize(&mut json)
        .and_then(|tree| json.end().map(|()| tree));
    result.map_err(|error| {
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
    if let Some(offset) = depth::too_deep(text, MAX_DEPTH) {
        return Err(too_deep(Spot::Offset(file, offset)));
    }
    let fault = Fault::default();
    let result = fault
        .root()
        .deserialize(serde_yaml::Deserializer::from_str(text));
    result.map_err(|error| {
        let spot = match error.location() {
            // Its index counts characters.
            Some(at) => Spot::Offset(file, offset(text, at.line(), at.column())),
            None => Spot::File(file),
        };
        fault.problem(file, spot, &error.to_string())
    })
}

/// What the visitor found wrong itself, with the pointer that the decoder does not know.
#[derive(Default)]
struct Fault {
    found: RefCell<Option<(Code, String, String)>>,
    size: RefCell<Size>,
}

/// What a tree comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    nodes: usize,
    text: usize,
}

impl Size {
    /// The size of a tree, with `self` for what was there before.
    ///
    /// # Errors
    ///
    /// What there is too much of.
    pub(crate) fn add(mut self, tree: &Value) -> Result<Self, String> {
        self.walk(tree, 1)?;
        Ok(self)
    }

    /// The size of a tree alone.
    ///
    /// # Errors
    ///
    /// What there is too much of.
    pub(super) fn of(tree: &Value) -> Result<Self, String> {
        Self::default().add(tree)
    }

    /// The size of so many of it.
    ///
    /// # Errors
    ///
    /// What there is too much of.
    pub(super) fn times(self, count: usize) -> Result<Self, String> {
        let all = Self {
            nodes: self.nodes.saturating_mul(count),
            text: self.text.saturating_mul(count),
        };
        all.within()
    }

    fn within(self) -> Result<Self, String> {
        if self.nodes > MAX_NODES {
            return Err(format!(
                "the document has more than {MAX_NODES} nodes: aliases that multiply?"
            ));
        }
        if self.text > MAX_TEXT {
            return Err(format!(
                "the document has more than {MAX_TEXT} bytes of text: aliases that multiply?"
            ));
        }
        Ok(self)
    }

    fn walk(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        self.count(depth)?;
        match value {
            Value::Object(entries) => entries.iter().try_for_each(|(key, value)| {
                self.read(key)?;
                self.walk(value, depth + 1)
            }),
            Value::Array(items) => items.iter().try_for_each(|item| self.walk(item, depth + 1)),
            Value::String(text) => self.read(text),
            _ => Ok(()),
        }
    }

    fn count(&mut self, depth: usize) -> Result<(), String> {
        self.nodes += 1;
        self.within()?;
        if depth > MAX_DEPTH {
            return Err(format!(
                "the document is nested deeper than {MAX_DEPTH} levels here"
            ));
        }
        Ok(())
    }

    fn read(&mut self, text: &str) -> Result<(), String> {
        self.text += text.len();
        self.within().map(drop)
    }
}

impl Fault {
    fn root(&self) -> Node<'_> {
        Node {
            fault: self,
            parent: None,
            step: Step::Key(""),
        }
    }

    fn set(&self, code: Code, pointer: String, message: String) {
        self.found.replace(Some((code, pointer, message)));
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
            // Both decoders say it in these words, and neither says how deep that is.
            None if decoder_says.contains("recursion limit exceeded") => too_deep(spot),
            None if decoder_says.contains("repetition limit exceeded") => Problem::new(
                Code::Limit,
                spot,
                "aliases that multiply: they are not all read",
            )
            .help("write out what they stand for, or refer to it by `$ref`"),
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
struct Node<'a> {
    fault: &'a Fault,
    parent: Option<&'a Node<'a>>,
    step: Step<'a>,
}

/// How a node is found in its parent.
enum Step<'a> {
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

    fn child<'b>(&'b self, step: Step<'b>) -> Node<'b> {
        Node {
            fault: self.fault,
            parent: Some(self),
            step,
        }
    }

    /// Fails where there is too much of something.
    fn within<E: Error>(
        &self,
        size: impl FnOnce(&mut Size) -> Result<(), String>,
    ) -> Result<(), E> {
        size(&mut self.fault.size.borrow_mut()).map_err(|message| {
            self.fault.set(Code::Limit, self.pointer(), message);
            E::custom("too much")
        })
    }

    fn float(value: f64) -> Value {
        // JSON has no NaN and no infinity (RFC 8259 §6): what YAML calls so is kept as text.
        Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, decoder: D) -> Result<Value, D::Error> {
        self.within(|size| size.count(0))?;
        decoder.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping, a sequence or a scalar")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "such numbers are limits, where magnitude counts"
    )]
    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Self::float(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "such numbers are limits, where magnitude counts"
    )]
    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Self::float(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Self::float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.within(|size| size.read(value))?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(self.child(Step::Index(items.len())))? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        let mut merged = Vec::new();
        // A key is read as text, so that the status `200` and the version `1.10` keep their spelling.
        while let Some(key) = mapping.next_key::<String>()? {
            self.within(|size| size.read(&key))?;
            let node = self.child(Step::Key(&key));
            let value = mapping.next_value_seed(node)?;
            if key == "<<" && !value.is_string() {
                merged.push(value);
                continue;
            }
            match entries.entry(key) {
                Entry::Vacant(place) => drop(place.insert(value)),
                Entry::Occupied(first) => {
                    let key = first.key();
                    self.fault.set(
                        Code::DuplicateKey,
                        child(&self.pointer(), key),
                        format!("the key `{key}` stands here twice"),
                    );
                    return Err(A::Error::custom("duplicate key"));
                }
            }
        }
        for value in merged {
            merge(&mut entries, value);
        }
        Ok(Value::Object(entries))
    }
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
