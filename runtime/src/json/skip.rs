//! Values that nobody asks for.

use serde::de::IgnoredAny;

use super::Error;
use super::reader::Reader;

impl<'de> Reader<'de> {
    /// All of the value that comes next.
    pub(super) fn extent(&mut self) -> Result<&'de [u8], Error> {
        self.skip_space();
        let start = self.at;
        self.skip()?;
        Ok(&self.body[start..self.at])
    }

    /// Passes a value, however deep it is.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let mut ends = Vec::new();
        loop {
            let byte = self.peek()?;
            let mut is_first = matches!(byte, b'{' | b'[');
            if is_first {
                self.at += 1;
                ends.push(if byte == b'{' { b'}' } else { b']' });
            } else {
                self.skip_scalar()?;
            }
            while let Some(end) = ends.last() {
                if self.go_on(&mut is_first, *end)? {
                    break;
                }
                ends.pop();
            }
            match ends.last() {
                None => return Ok(()),
                Some(b'}') => self.skip_name()?,
                Some(_) => {}
            }
        }
    }

    fn skip_name(&mut self) -> Result<(), Error> {
        if self.peek()? != b'"' {
            return Err(self.broken());
        }
        self.skip_scalar()?;
        self.expect(b':')
    }

    /// Passes a value that has no parts, and comes next without space.
    pub(super) fn skip_scalar(&mut self) -> Result<(), Error> {
        let start = self.at;
        if self.body.get(start) == Some(&b'"') {
            if self.skip_text()? {
                return Ok(());
            }
        } else if self.word().is_empty() {
            return Err(self.broken());
        }
        match serde_json::from_slice(&self.body[start..self.at]) {
            Ok(IgnoredAny) => Ok(()),
            Err(error) => Err(Error::foreign(&error)),
        }
    }
}
