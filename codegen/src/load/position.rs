//! From a JSON pointer to a range of bytes, by a second parse that keeps marks.
//!
//! Only messages need it. JSON is read the same way: it is YAML but for a few corners, and where
//! this parse stops early the nearest node that was found is given.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span, StrInput};

use super::pointer::decode;

/// The bytes of the node at `pointer`: its key if it is the value of one, else its start. Falls back
/// to the nearest ancestor that the text has, since overlays add nodes that stand in no text.
/// With `second`, the second occurrence of the last key.
pub(super) fn locate(text: &str, pointer: &str, second: bool) -> Range<usize> {
    let text_without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - text_without_mark.len();
    let path: Vec<String> = decode(pointer).collect();
    let mut search = Search {
        events: Parser::new_from_str(text_without_mark),
        best: 0..0,
        path: &path,
        skip_matches: usize::from(second),
    };
    search.run();
    let range = search.best;
    byte_offset(text_without_mark, range.start) + shift
        ..byte_offset(text_without_mark, range.end) + shift
}

fn byte_offset(text: &str, characters: usize) -> usize {
    text.char_indices()
        .nth(characters)
        .map_or(text.len(), |(offset, _)| offset)
}

struct Search<'a> {
    events: Parser<'a, StrInput<'a>>,
    /// The best place so far, in characters.
    best: Range<usize>,
    path: &'a [String],
    skip_matches: usize,
}

impl<'a> Search<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.events.next_event()?.ok()
    }

    /// Walks down the path; stops where it ends, or where the text does not have it.
    fn run(&mut self) -> Option<()> {
        let mut depth = 0;
        // The place of an item is its own start; that of a mapping's value is its key.
        let mut is_item = true;
        loop {
            if depth == self.path.len() && !is_item {
                return None;
            }
            let (event, span) = self.next()?;
            let is_start = matches!(event, Event::StreamStart | Event::DocumentStart(_));
            if is_item && !is_start {
                self.mark(span);
            }
            match event {
                _ if is_start => continue,
                Event::MappingStart(..) if depth < self.path.len() => self.enter_mapping(depth)?,
                Event::SequenceStart(..) if depth < self.path.len() => {
                    self.enter_sequence(self.path[depth].parse().ok()?)?;
                }
                _ => return None,
            }
            is_item = matches!(event, Event::SequenceStart(..));
            depth += 1;
        }
    }

    fn mark(&mut self, span: Span) {
        self.best = span.start.index()..span.end.index().max(span.start.index() + 1);
    }

    /// Reads keys up to the one on the path; its value comes next.
    fn enter_mapping(&mut self, depth: usize) -> Option<()> {
        let is_last = depth + 1 == self.path.len();
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::Scalar(key, ..) if key == self.path[depth].as_str() => {
                    if !(is_last && self.skip_matches > 0) {
                        self.mark(span);
                        return Some(());
                    }
                    self.skip_matches -= 1;
                }
                Event::MappingEnd => return None,
                Event::MappingStart(..) | Event::SequenceStart(..) => self.skip_nested()?,
                _ => {}
            }
            self.skip_value()?;
        }
    }

    fn enter_sequence(&mut self, index: usize) -> Option<()> {
        for _ in 0..index {
            self.skip_value()?;
        }
        Some(())
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

#[cfg(test)]
mod tests {
    use super::locate;

    const TEXT: &str = "a:\n  - b: 1\n    c: 2\n  - é: x\n    d: y\n'200':\n  d: 1\n  d: 2\n";

    fn found(pointer: &str) -> &'static str {
        &TEXT[locate(TEXT, pointer, false)]
    }

    #[test]
    fn a_key_is_found_by_its_pointer() {
        assert_eq!(found("/a"), "a");
        assert_eq!(found("/a/0/c"), "c");
        assert_eq!(found("/a/1/d"), "d");
        assert_eq!(found("/200"), "'200'");
        assert_eq!(
            locate(TEXT, "/a/1", false).start,
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
            locate(TEXT, "/200/d", true).start,
            TEXT.rfind("d: 2").unwrap_or(0)
        );
    }

    #[test]
    fn json_is_read_too() {
        let text = "{\n\t\"a\": {\"b\": [1, {\"c\": 2}]}\n}";
        assert_eq!(&text[locate(text, "/a/b/1/c", false)], "\"c\"");
    }
}
