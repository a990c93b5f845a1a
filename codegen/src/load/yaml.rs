//! YAML text to a tree, event by event, with the types of the core schema (YAML 1.2.2 §10.3).

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, StrInput, Tag,
};
use serde_json::Value;

use super::scalar;
use super::size::{MAX_DEPTH, Size};
use super::tree::{Entries, Fault, Node, Step, Told};
use crate::diagnostic::Code;

/// Why a text was not read to its end.
pub(super) enum Stop {
    /// It is no YAML: the byte, and what is wrong there.
    At(usize, String),
    /// It is nested too deep at this byte.
    Deep(usize),
    /// What it says is no document, as `Fault` tells.
    Told,
}

/// How texts are read: what other readers let pass is let pass here.
pub(super) fn options() -> Options {
    granit_parser::options! {
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

impl From<Told> for Stop {
    fn from(_: Told) -> Self {
        Self::Told
    }
}

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Self {
        let at = error.marker().byte_offset().unwrap_or_default();
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => Self::Deep(at),
            _ => Self::At(at, error.info()),
        }
    }
}

/// Reads the one document of a text; without any it is null.
pub(super) fn read(text: &str, fault: &Fault) -> Result<Value, Stop> {
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, options()),
        anchors: BTreeMap::new(),
        anchored: Size::default(),
    };
    let mut tree = Value::Null;
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart => {}
            Event::StreamEnd => return Ok(tree),
            Event::DocumentStart(..) => {
                let (event, _) = reader.next()?;
                tree = reader.value(event, &fault.root(), 1)?;
            }
            Event::DocumentEnd => break,
            _ => return Err(unexpected(&span, "no value begins here")),
        }
    }
    let (event, span) = reader.next()?;
    match event {
        Event::StreamEnd => Ok(tree),
        _ => Err(unexpected(
            &span,
            "a second document begins here: there may be one only",
        )),
    }
}

fn unexpected(span: &Span, message: &str) -> Stop {
    let at = span.start.byte_offset().unwrap_or_default();
    Stop::At(at, message.to_owned())
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    /// What aliases stand for.
    anchors: BTreeMap<usize, Value>,
    /// How much that is.
    anchored: Size,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Stop> {
        match self.events.next_event() {
            Some(event) => Ok(event?),
            None => Err(unexpected(&Span::default(), "the text ends here")),
        }
    }

    /// The value that begins with `event`.
    fn value(&mut self, event: Event<'t>, node: &Node<'_>, depth: usize) -> Result<Value, Stop> {
        node.within(|size| size.count(depth))?;
        let (anchor, value) = match event {
            Event::Alias(anchor) => return Ok(self.alias(anchor, node, depth)?.clone()),
            Event::Scalar(text, style, anchor, tag) => {
                (anchor, scalar(text, style, tag.as_deref(), node)?)
            }
            Event::SequenceStart(_, anchor, tag) => {
                refuse_tag(tag.as_deref(), "seq", node)?;
                (anchor, self.sequence(node, depth)?)
            }
            Event::MappingStart(_, anchor, tag) => {
                refuse_tag(tag.as_deref(), "map", node)?;
                (anchor, self.mapping(node, depth)?)
            }
            _ => return Err(unexpected(&Span::default(), "no value begins here")),
        };
        self.anchor(anchor, &value, node)?;
        Ok(value)
    }

    fn sequence(&mut self, node: &Node<'_>, depth: usize) -> Result<Value, Stop> {
        let mut items = Vec::new();
        loop {
            let (event, _) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(Value::Array(items));
            }
            let item = node.child(Step::Index(items.len()));
            items.push(self.value(event, &item, depth + 1)?);
        }
    }

    fn mapping(&mut self, node: &Node<'_>, depth: usize) -> Result<Value, Stop> {
        let mut entries = Entries::default();
        loop {
            let (event, _) = self.next()?;
            // A key is text as it is written, so that the status `200` and the version `1.10` keep their spelling.
            let key = match event {
                Event::MappingEnd => return Ok(entries.finish()),
                Event::Scalar(key, _, anchor, _) => {
                    let key = key.into_owned();
                    if anchor > 0 {
                        self.anchor(anchor, &Value::from(key.as_str()), node)?;
                    }
                    Some(key)
                }
                Event::Alias(anchor) => {
                    self.alias(anchor, node, depth)?.as_str().map(str::to_owned)
                }
                _ => None,
            };
            let Some(key) = key else {
                return Err(node.fail(Code::Syntax, "a key must be a text").into());
            };
            node.within(|size| size.read(&key))?;
            let (event, _) = self.next()?;
            let value = self.value(event, &node.child(Step::Key(&key)), depth + 1)?;
            entries.put(node, key, value)?;
        }
    }

    /// Keeps a value that aliases may stand for.
    fn anchor(&mut self, anchor: usize, value: &Value, node: &Node<'_>) -> Result<(), Stop> {
        if anchor > 0 {
            // Anchors within anchors are kept as often as there are any around them.
            let anchored = self.anchored.add(value);
            self.anchored = anchored.map_err(|message| node.fail(Code::Limit, message))?;
            self.anchors.insert(anchor, value.clone());
        }
        Ok(())
    }

    /// What an alias stands for, counted as if it were written here.
    fn alias(&self, anchor: usize, node: &Node<'_>, depth: usize) -> Result<&Value, Stop> {
        let Some(value) = self.anchors.get(&anchor) else {
            return Err(node
                .fail(Code::Syntax, "an alias within what it stands for")
                .into());
        };
        node.within(|size| size.walk(value, depth))?;
        Ok(value)
    }
}

/// Only a plain text can be something else than text, and only the tags of the core schema mean something.
fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
    node: &Node<'_>,
) -> Result<Value, Stop> {
    let value = match tag.map(|tag| (tag.is_yaml_core_schema(), tag.suffix())) {
        None if style == ScalarStyle::Plain => scalar::plain(&text),
        None | Some((true, "str")) => None,
        Some((true, "null" | "bool" | "int" | "float")) => {
            let value = scalar::plain(&text).filter(|value| scalar::is_of(value, tag));
            let message = || format!("`{text}` is not what its tag says");
            Some(value.ok_or_else(|| node.fail(Code::Syntax, message()))?)
        }
        Some(_) => {
            refuse_tag(tag, "str", node)?;
            None
        }
    };
    if let Some(value) = value {
        return Ok(value);
    }
    node.within(|size| size.read(&text))?;
    Ok(Value::String(text.into_owned()))
}

fn refuse_tag(tag: Option<&Tag>, known: &str, node: &Node<'_>) -> Result<(), Told> {
    match tag {
        Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix() == known) => {
            let message = format!("the tag `{tag}` has no meaning here");
            Err(node.fail(Code::Syntax, message))
        }
        _ => Ok(()),
    }
}
