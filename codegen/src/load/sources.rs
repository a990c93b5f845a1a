//! The texts that a document came from.

use std::sync::Arc;

#[cfg(feature = "diff")]
use super::position::locate_lines;
use crate::diagnostic::Source;

/// The document's text first, then those of other files.
#[derive(Debug, Default)]
pub(super) struct Sources {
    all: Vec<Arc<Source>>,
    /// The texts, where those in `all` are empty.
    #[cfg(feature = "diff")]
    packed: Vec<Packed>,
}

/// A text that takes less room: piece by piece, as a whole one would need room for as much again.
#[cfg(feature = "diff")]
#[derive(Debug)]
struct Packed(Vec<Box<[u8]>>);

/// Bytes of a piece, at the most.
#[cfg(feature = "diff")]
const PIECE: usize = 1 << 16;

#[cfg(feature = "diff")]
impl Packed {
    fn new(text: &str) -> Self {
        let mut pieces = Vec::with_capacity(text.len() / PIECE + 1);
        let mut rest = text;
        while !rest.is_empty() {
            let mut end = rest.len().min(PIECE);
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            let (piece, more) = rest.split_at(end);
            pieces.push(lz4_flex::compress_prepend_size(piece.as_bytes()).into());
            rest = more;
        }
        Self(pieces)
    }

    /// The text, one piece after the other. Nobody else writes them, so that they are what they were.
    fn pieces(&self) -> impl Iterator<Item = String> {
        let pieces = self.0.iter();
        pieces.filter_map(|piece| {
            let bytes = lz4_flex::decompress_size_prepended(piece).ok()?;
            String::from_utf8(bytes).ok()
        })
    }
}

impl Sources {
    pub(super) fn push(&mut self, source: Source) {
        self.all.push(Arc::new(source));
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The name of the text with this index; empty if there is none.
    pub(super) fn name(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |source| &source.name)
    }

    /// The text with this index, unless it was packed.
    pub(super) fn text(&self, index: usize) -> Option<&str> {
        Some(&self.all.get(index)?.text)
    }

    /// All of them, with their texts.
    #[cfg(not(feature = "diff"))]
    pub(super) fn read(&self) -> Vec<Arc<Source>> {
        self.all.clone()
    }

    /// All of them, with their texts.
    #[cfg(feature = "diff")]
    pub(super) fn read(&self) -> Vec<Arc<Source>> {
        if self.packed.is_empty() {
            return self.all.clone();
        }
        let unpacked = self.all.iter().zip(&self.packed).map(|(source, packed)| {
            Arc::new(Source {
                name: source.name.clone(),
                text: packed.pieces().collect(),
            })
        });
        unpacked.collect()
    }

    /// Lines and columns, both from 1, of the nodes at these pointers in the text with this index.
    #[cfg(feature = "diff")]
    pub(super) fn lines(&self, index: usize, pointers: &[&str]) -> Vec<(usize, usize)> {
        match (self.packed.get(index), self.text(index)) {
            (Some(packed), _) => {
                // As a list, since what gives the characters of a text holds on to it.
                let signs = packed
                    .pieces()
                    .map(|piece| piece.chars().collect::<Vec<_>>());
                locate_lines(signs.flatten(), pointers)
            }
            (None, text) => locate_lines(text.unwrap_or_default().chars(), pointers),
        }
    }

    /// Makes the texts take less room, until they are read again.
    #[cfg(feature = "diff")]
    pub(super) fn pack(&mut self) {
        let packed = self.read().into_iter();
        self.packed = packed.map(|source| Packed::new(&source.text)).collect();
        for source in &mut self.all {
            let name = source.name.clone();
            let text = String::new();
            *source = Arc::new(Source { name, text });
        }
    }
}

#[cfg(all(test, feature = "diff"))]
mod tests {
    use super::Sources;
    use crate::diagnostic::Source;

    #[test]
    fn packed_texts_are_read_as_they_were() {
        let texts = ["", "openapi: 3.1.0\n", &"é{}\n".repeat(20_000)];
        let mut sources = Sources::default();
        for (index, text) in texts.iter().enumerate() {
            sources.push(Source {
                name: index.to_string(),
                text: (*text).to_owned(),
            });
        }
        sources.pack();
        assert_eq!(sources.text(1), Some(""));
        let read = sources.read();
        assert_eq!(read.len(), texts.len());
        for (index, text) in texts.iter().enumerate() {
            assert_eq!(sources.name(index), index.to_string());
            assert_eq!(read[index].text, *text);
            assert_eq!(read[index].name, index.to_string());
        }
        let room: usize = sources.packed[2].0.iter().map(|piece| piece.len()).sum();
        assert!(room < texts[2].len() / 10, "{room}");
    }
}
