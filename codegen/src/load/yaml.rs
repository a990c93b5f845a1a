//! YAML text to a tree, event by event, with the types of the core schema (YAML 1.2.2 §10.3).

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, StrInput, Tag,
};
use serde_json::Value;

use super::scalar;
use super::size::{MAX_DEPTH, Size};
use super::tree::{Entries, Fault, Node, Step, Told, list};
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
                return Ok(list(items));
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
                Event::MappingEnd => return Ok(entries.finish(node)?),
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
            entries.put(key, value);
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
    let value = match tag.map(Tag::core_suffix) {
        None if style == ScalarStyle::Plain => scalar::plain(&text),
        None => None,
        Some(Some("null" | "bool" | "int" | "float")) => {
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

/// A node of a kind may have the tag of that kind, or `!`, which says just that (§6.9.1).
fn refuse_tag(tag: Option<&Tag>, known: &str, node: &Node<'_>) -> Result<(), Told> {
    let Some(tag) = tag else { return Ok(()) };
    if tag.core_suffix() == Some(known) || tag.parts() == ("", "!") {
        return Ok(());
    }
    let message = format!("the tag `{tag}` has no meaning here");
    Err(node.fail(Code::Syntax, message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(text: &str) -> Value {
        super::super::tree::read("a.yaml", text, 0)
            .unwrap_or_else(|fault| panic!("{}", fault.message))
    }

    fn refused(text: &str) -> String {
        match super::super::tree::read("a.yaml", text, 0) {
            Ok(tree) => panic!("{tree}"),
            Err(problem) => format!("{:?} {}", problem.spot, problem.message),
        }
    }

    /// YAML 1.2.2, examples 2.10 (an alias), 7.3 (nodes without content), 8.7 and 8.10 (scalars of lines).
    #[test]
    fn what_the_specification_shows() {
        let aliases = "hr:\n  - Mark McGwire\n  # Following node labeled SS\n  - &SS Sammy Sosa\nrbi:\n  - *SS # Subsequent occurrence\n  - Ken Griffey\n";
        assert_eq!(
            tree(aliases),
            json!({"hr": ["Mark McGwire", "Sammy Sosa"], "rbi": ["Sammy Sosa", "Ken Griffey"]})
        );
        assert_eq!(tree("{\n  a: ,\n  b: ''\n}\n"), json!({"a": null, "b": ""}));
        assert_eq!(tree("|\n literal\n \ttext\n\n\n"), "literal\n\ttext\n");
        let folded = ">\n\n folded\n line\n\n next\n line\n   * bullet\n\n   * list\n   * lines\n\n last\n line\n\n# Comment\n";
        assert_eq!(
            tree(folded),
            "\nfolded line\nnext line\n  * bullet\n\n  * list\n  * lines\n\nlast line\n"
        );
    }

    #[test]
    fn keys_are_spelt_as_they_are_written() {
        assert_eq!(
            tree("200: a\n1.10: b\ntrue: c\n~: d\n&k 0x1: e\nf: *k\n"),
            json!({"200": "a", "1.10": "b", "true": "c", "~": "d", "0x1": "e", "f": "0x1"})
        );
        assert!(refused("[a]: b\n").contains("a key must be a text"));
    }

    /// Section 10.3.2: only plain scalars are resolved, and a tag of the core schema overrules that.
    #[test]
    fn tags_of_the_core_schema_count() {
        let text = "- !!str 1\n- !!int \"1\"\n- !!float 1.5\n- !!bool 'true'\n- !!null ''\n- '1'\n- !!seq [1]\n- !!map {a: 1}\n- ! 1\n- ! [1]\n";
        assert_eq!(
            tree(text),
            json!(["1", 1, 1.5, true, null, "1", [1], {"a": 1}, "1", [1]])
        );
        for text in ["!!int x", "!!bool 1", "!!null x"] {
            assert!(refused(text).contains("is not what its tag says"), "{text}");
        }
        for text in [
            "!!set {a}",
            "!custom x",
            "!!binary aGk=",
            "- !!map [a]",
            "!!seq {}",
        ] {
            assert!(refused(text).contains("has no meaning here"), "{text}");
        }
    }

    #[test]
    fn one_document_is_read_and_a_second_is_refused_where_it_begins() {
        assert_eq!(tree(""), Value::Null);
        assert_eq!(tree("# nothing\n"), Value::Null);
        assert_eq!(tree("%YAML 1.2\n---\na: 1\n...\n"), json!({"a": 1}));
        // The second one's `---` is the byte 5 + 4.
        let told = refused("a: 1\n---\nb: 2\n");
        assert!(
            told.contains("Offset(0, 5)") && told.contains("a second document"),
            "{told}"
        );
    }

    #[test]
    fn an_alias_stands_for_something_before_it() {
        assert!(refused("&a [*a]\n").contains("an alias within what it stands for"));
        assert!(!refused("[*a]\n").is_empty());
        // Section 6.9.2: an alias is of the last node with that anchor before it.
        assert_eq!(tree("- &a 1\n- *a\n- &a 2\n- *a\n"), json!([1, 1, 2, 2]));
    }

    #[test]
    fn what_anchors_hold_within_each_other_is_bounded() {
        let mut text = "- &a0 [x]\n".to_owned();
        for level in 1..30 {
            let below = level - 1;
            text += &format!("- &a{level} [*a{below}, *a{below}]\n");
        }
        assert!(refused(&text).contains("nodes"), "{}", refused(&text));
        let deep = "[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1);
        assert!(!refused(&deep).is_empty());
    }
}
