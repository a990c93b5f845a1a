//! The structure of a text: where a value starts and ends.

use super::{Error, path};
use crate::error::Mismatch;

/// How deep lists and objects may be within each other, as each level takes room on the stack.
const DEPTH: u8 = 127;

/// A body, and how far it is read.
pub(crate) struct Reader<'de> {
    pub(super) body: &'de [u8],
    /// The same, if all of it is UTF-8. If not, it still may be where it is read.
    pub(super) valid: Option<&'de str>,
    pub(super) at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    pub(super) fn new(body: &'de [u8]) -> Self {
        Self {
            body,
            valid: std::str::from_utf8(body).ok(),
            at: 0,
            depth: 0,
        }
    }

    /// That nothing follows the value that was read.
    pub(super) fn end(&mut self) -> Result<(), Box<Mismatch>> {
        self.skip_space();
        if self.at == self.body.len() && self.depth == 0 {
            return Ok(());
        }
        let error = self.broken();
        Err(Box::new(self.mismatch(&error)))
    }

    /// What is wrong, and where.
    pub(super) fn mismatch(&self, error: &Error) -> Mismatch {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return "it is empty".into();
        }
        let read = &self.body[..self.at];
        let (mut line, mut column) = (1, 0);
        for byte in read {
            (line, column) = match byte {
                b'\n' => (line + 1, 0),
                _ => (line, column + 1),
            };
        }
        Mismatch {
            what: format!("{error}, at line {line} column {column}"),
            path: path::at(read),
        }
    }

    /// The body is no JSON at the next byte.
    pub(super) fn broken(&mut self) -> Error {
        self.at = self.body.len().min(self.at + 1);
        Error::new("not JSON")
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.body.get(self.at) {
            self.at += 1;
        }
    }

    /// The first byte of what comes next, which stays there.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, Error> {
        match self.body.get(self.at) {
            Some(byte) if *byte > b' ' => Ok(*byte),
            _ => self.peek_behind_space(),
        }
    }

    fn peek_behind_space(&mut self) -> Result<u8, Error> {
        self.skip_space();
        match self.body.get(self.at) {
            Some(byte) => Ok(*byte),
            None => Err(self.broken()),
        }
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Error> {
        if self.peek()? != byte {
            return Err(self.broken());
        }
        self.at += 1;
        Ok(())
    }

    /// Whether a list or an object comes next, which begins with this byte. That is passed then.
    pub(super) fn opens(&mut self, byte: u8) -> bool {
        self.skip_space();
        let is_open = self.body.get(self.at) == Some(&byte) && !self.is_deep();
        if is_open {
            self.at += 1;
            self.depth += 1;
        }
        is_open
    }

    /// Whether a list or an object that comes next would be too deep.
    pub(super) fn is_deep(&self) -> bool {
        self.depth == DEPTH
    }

    /// The parts of the list or the object that was opened last.
    pub(super) fn parts(&mut self) -> Parts<'_, 'de> {
        Parts {
            depth: self.depth,
            is_first: true,
            reader: self,
        }
    }

    /// Goes on to the next part of a list or an object; whether there is one. Passes the byte that ends it otherwise.
    #[inline]
    pub(super) fn go_on(&mut self, is_first: &mut bool, end: u8) -> Result<bool, Error> {
        let is_first = std::mem::take(is_first);
        if self.peek()? == end {
            self.at += 1;
            return Ok(false);
        }
        if !is_first {
            self.expect(b',')?;
            if self.peek()? == end {
                return Err(self.broken());
            }
        }
        Ok(true)
    }
}

/// The elements of a list, or the members of an object.
pub(super) struct Parts<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
    depth: u8,
    is_first: bool,
}

impl Parts<'_, '_> {
    /// Goes on to the next one; whether there is one.
    pub(super) fn go_on(&mut self, end: u8) -> Result<bool, Error> {
        // Whoever read the one before did not read all of it.
        if self.reader.depth != self.depth {
            return Err(Error::new("a shorter list or object"));
        }
        let is_there = self.reader.go_on(&mut self.is_first, end)?;
        if !is_there {
            self.reader.depth -= 1;
        }
        Ok(is_there)
    }

    /// Passes the byte that ends them, for who need not ask whether there are more.
    pub(super) fn finish(&mut self, end: u8) -> Result<(), Error> {
        if self.reader.depth == self.depth {
            self.reader.expect(end)?;
            self.reader.depth -= 1;
        }
        Ok(())
    }
}
