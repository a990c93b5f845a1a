//! A text that was read, kept for messages.

use std::ops::Range;

/// A file as it was read.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The path as it was given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Where the lines of a text start.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self(std::iter::once(0).chain(ends).collect())
    }

    /// Line and column, both from 1, of a byte offset; columns count characters.
    pub(crate) fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= offset).max(1);
        let before = text.get(self.0[line - 1]..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

impl Source {
    /// The byte offset of a line and column, both from 1.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let line_start: usize = self
            .text
            .split_inclusive('\n')
            .take(line.saturating_sub(1))
            .map(str::len)
            .sum();
        let rest = self.text.get(line_start..).unwrap_or_default();
        let within: usize = rest
            .chars()
            .take(column.saturating_sub(1))
            .map(char::len_utf8)
            .sum();
        line_start + within
    }

    /// The start of the character that holds this byte, at most the end of the text.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The whole lines that a range touches, without the end of the last one.
    pub(super) fn lines(&self, range: Range<usize>) -> Range<usize> {
        let (start, end) = (self.boundary(range.start), self.boundary(range.end));
        let first = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        let rest = self.text[end..].lines().next().unwrap_or_default();
        first..end + rest.len()
    }

    /// `range` cut to its first line and to the text, so that a caret never spans a screen.
    pub fn first_line(&self, range: Range<usize>) -> Range<usize> {
        let start = self.boundary(range.start);
        let end = self.boundary(range.end).max(start);
        let line_end = self.text[start..end]
            .find('\n')
            .map_or(end, |newline| start + newline);
        start..line_end.max(start)
    }
}
