//! From a JSON pointer to a range of bytes, by a second parse that keeps marks.
//!
//! Only messages need it. JSON is read the same way: it is YAML but for a few corners, and where
//! this parse stops early the nearest node that was found is given.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{BorrowedInput, Event, Parser, Span, StrInput};

use super::pointer::decode;
use super::yaml::options;

/// The bytes of the nodes at `pointers`, in one parse: of each its key if it is the value of one, else its
/// start. Falls back to the nearest ancestor that the text has, since overlays add nodes that stand in no
/// text.
pub(super) fn locate(text: &str, pointers: &[&str]) -> Vec<Range<usize>> {
    let places = Search::of(text).places(pointers).into_iter();
    places.map(|place| place.bytes).collect()
}

/// The same as lines and columns, both from 1, of a text that comes character by character.
#[cfg(feature = "diff")]
pub(super) fn locate_lines(
    text: impl Iterator<Item = char>,
    pointers: &[&str],
) -> Vec<(usize, usize)> {
    let search = Search {
        events: Parser::new_from_iter_with_options(text, options()),
        left: 0,
    };
    let places = search.places(pointers).into_iter();
    places.map(|place| (place.line, place.column)).collect()
}

/// The bytes of the second occurrence of the last key of `pointer`.
pub(super) fn locate_second(text: &str, pointer: &str) -> Range<usize> {
    let path: Vec<String> = decode(pointer).collect();
    let mut search = Search::of(text);
    search.second(&path).unwrap_or_default()
}

/// Where a node stands.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "diff"),
    expect(dead_code, reason = "reports look up lines themselves")
)]
struct Place {
    bytes: Range<usize>,
    /// From 1, as are columns, which count characters.
    line: usize,
    column: usize,
}

impl Place {
    /// That of the document, where there is nothing else to tell.
    const START: Self = Self {
        bytes: 0..0,
        line: 1,
        column: 1,
    };

    fn of(span: &Span) -> Self {
        Self {
            bytes: bytes(span),
            line: span.start.line().max(1),
            column: span.start.col() + 1,
        }
    }
}

/// Pointers that are looked for, as a tree of their keys.
#[derive(Default)]
struct Wanted {
    /// Once it was found.
    place: Option<Place>,
    children: BTreeMap<String, Wanted>,
}

impl Wanted {
    fn insert(&mut self, path: impl Iterator<Item = String>) {
        let mut node = self;
        for key in path {
            node = node.children.entry(key).or_default();
        }
    }

    /// How many nodes there are.
    fn count(&self) -> usize {
        1 + self.children.values().map(Self::count).sum::<usize>()
    }

    /// The place of the last node on the path that has one.
    fn place(&self, path: impl Iterator<Item = String>) -> Place {
        let mut node = self;
        let mut place = node.place.clone();
        for key in path {
            let Some(next) = node.children.get(&key) else {
                break;
            };
            node = next;
            place = node.place.clone().or(place);
        }
        place.unwrap_or(Place::START)
    }
}

struct Search<'a, I: BorrowedInput<'a>> {
    events: Parser<'a, I>,
    /// Nodes that are wanted and were not found yet.
    left: usize,
}

impl<'a> Search<'a, StrInput<'a>> {
    fn of(text: &'a str) -> Self {
        Self {
            events: Parser::new_from_str_with_options(text, options()),
            left: 0,
        }
    }
}

impl<'a, I: BorrowedInput<'a>> Search<'a, I> {
    fn places(mut self, pointers: &[&str]) -> Vec<Place> {
        let mut tree = Wanted::default();
        for pointer in pointers {
            tree.insert(decode(pointer));
        }
        self.left = tree.count();
        self.all(&mut tree);
        let pointers = pointers.iter();
        pointers
            .map(|pointer| tree.place(decode(pointer)))
            .collect()
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.events.next_event()?.ok()
    }

    /// The first event of the document.
    fn start(&mut self) -> Option<(Event<'a>, Span)> {
        loop {
            let (event, span) = self.next()?;
            if !matches!(event, Event::StreamStart | Event::DocumentStart(..)) {
                return Some((event, span));
            }
        }
    }

    /// Notes a place, the first of two; `None` once there is nothing left to look for.
    fn found(&mut self, node: &mut Wanted, span: &Span) -> Option<()> {
        if node.place.is_none() {
            node.place = Some(Place::of(span));
            self.left = self.left.saturating_sub(1);
        }
        (self.left > 0).then_some(())
    }

    /// Notes the place of every node that is wanted; ends where all are found, where the text ends, or where it cannot
    /// be read.
    fn all(&mut self, root: &mut Wanted) -> Option<()> {
        let (event, span) = self.start()?;
        self.found(root, &span)?;
        self.value(&event, root)
    }

    /// Reads the value that begins with `event`.
    fn value(&mut self, event: &Event<'a>, node: &mut Wanted) -> Option<()> {
        match event {
            Event::MappingStart(..) if !node.children.is_empty() => self.mapping(node),
            Event::SequenceStart(..) if !node.children.is_empty() => self.sequence(node),
            Event::MappingStart(..) | Event::SequenceStart(..) => self.skip_nested(),
            _ => Some(()),
        }
    }

    fn mapping(&mut self, node: &mut Wanted) -> Option<()> {
        loop {
            let (event, span) = self.next()?;
            let child = match &event {
                Event::MappingEnd => return Some(()),
                Event::Scalar(key, ..) => node.children.get_mut(key.as_ref()),
                Event::MappingStart(..) | Event::SequenceStart(..) => {
                    self.skip_nested()?;
                    None
                }
                _ => None,
            };
            match child {
                Some(child) => {
                    self.found(child, &span)?;
                    let (event, _) = self.next()?;
                    self.value(&event, child)?;
                }
                None => self.skip_value()?,
            }
        }
    }

    fn sequence(&mut self, node: &mut Wanted) -> Option<()> {
        let mut index = 0_usize;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Some(());
            }
            match node.children.get_mut(&index.to_string()) {
                Some(child) => {
                    self.found(child, &span)?;
                    self.value(&event, child)?;
                }
                None => self.value(&event, &mut Wanted::default())?,
            }
            index += 1;
        }
    }

    /// Walks down to the mapping that holds the last key, and finds that key a second time.
    fn second(&mut self, path: &[String]) -> Option<Range<usize>> {
        let (last, way) = path.split_last()?;
        let (mut event, _) = self.start()?;
        for key in way {
            event = self.enter(&event, key)?;
        }
        if !matches!(event, Event::MappingStart(..)) {
            return None;
        }
        let mut seen = false;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::Scalar(key, ..)
                    if key == last.as_str() && std::mem::replace(&mut seen, true) =>
                {
                    return Some(bytes(&span));
                }
                Event::MappingEnd => return None,
                Event::MappingStart(..) | Event::SequenceStart(..) => self.skip_nested()?,
                _ => {}
            }
            self.skip_value()?;
        }
    }

    /// The first event of a child of the collection that begins with `event`.
    fn enter(&mut self, event: &Event<'a>, wanted: &str) -> Option<Event<'a>> {
        match event {
            Event::MappingStart(..) => loop {
                match self.next()?.0 {
                    Event::Scalar(key, ..) if key == wanted => return Some(self.next()?.0),
                    Event::MappingEnd => return None,
                    Event::MappingStart(..) | Event::SequenceStart(..) => self.skip_nested()?,
                    _ => {}
                }
                self.skip_value()?;
            },
            Event::SequenceStart(..) => {
                for _ in 0..wanted.parse::<usize>().ok()? {
                    self.skip_value()?;
                }
                Some(self.next()?.0)
            }
            _ => None,
        }
    }

    fn skip_value(&mut self) -> Option<()> {
        match self.next()?.0 {
            Event::MappingStart(..) | Event::SequenceStart(..) => self.skip_nested(),
            Event::MappingEnd | Event::SequenceEnd => None,
            _ => Some(()),
        }
    }

    /// Skips to the end of the collection that has just begun.
    fn skip_nested(&mut self) -> Option<()> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()?.0 {
                Event::MappingStart(..) | Event::SequenceStart(..) => open += 1,
                Event::MappingEnd | Event::SequenceEnd => open -= 1,
                _ => {}
            }
        }
        Some(())
    }
}

fn bytes(span: &Span) -> Range<usize> {
    let range = span.byte_range().unwrap_or_default();
    range.start..range.end.max(range.start + 1)
}

#[cfg(test)]
mod tests {
    use super::{locate, locate_second};

    const TEXT: &str = "a:\n  - b: 1\n    c: 2\n  - é: x\n    d: y\n'200':\n  d: 1\n  d: 2\n";

    fn found(pointer: &str) -> &'static str {
        &TEXT[locate(TEXT, &[pointer])[0].clone()]
    }

    #[test]
    fn a_key_is_found_by_its_pointer() {
        assert_eq!(found("/a"), "a");
        assert_eq!(found("/a/0/c"), "c");
        assert_eq!(found("/a/1/d"), "d");
        assert_eq!(found("/200"), "'200'");
        assert_eq!(
            locate(TEXT, &["/a/1"])[0].start,
            TEXT.find('é').unwrap_or(0)
        );
    }

    #[test]
    fn a_node_that_the_text_has_not_gives_its_nearest_ancestor() {
        assert_eq!(found("/a/0/c/zzz"), "c");
        assert_eq!(found("/200/zzz"), "'200'");
    }

    #[test]
    fn the_second_of_two_keys_is_found() {
        assert_eq!(
            locate_second(TEXT, "/200/d").start,
            TEXT.rfind("d: 2").unwrap_or(0)
        );
    }

    #[test]
    fn many_are_found_at_once() {
        let found = locate(TEXT, &["/a/1/d", "/a/0/b", "/a/1/d/x", ""]);
        let texts: Vec<&str> = found.iter().map(|range| &TEXT[range.clone()]).collect();
        assert_eq!(texts[..3], ["d", "b", "d"]);
        assert_eq!(found[3].start, 0);
    }

    #[test]
    #[cfg(feature = "diff")]
    fn lines_and_columns_count_from_one_and_columns_characters() {
        let pointers = ["/a/1/d", "/200", "/a/1", "/a/1/é", "/200/d", "/none"];
        let found = super::locate_lines(TEXT.chars(), &pointers);
        assert_eq!(
            found,
            [(5, 5), (6, 1), (4, 5), (4, 5), (7, 3), (1, 1)],
            "{TEXT}"
        );
        let json = "{\n\t\"ä\": {\"b\": 1}}";
        assert_eq!(super::locate_lines(json.chars(), &["/ä/b"]), [(2, 8)]);
    }

    #[test]
    fn json_is_read_too() {
        let text = "{\n\t\"a\": {\"b\": [1, {\"c\": 2}]}\n}";
        assert_eq!(&text[locate(text, &["/a/b/1/c"])[0].clone()], "\"c\"");
    }
}
