//! Values that have no parts.

use std::borrow::Cow;

use serde::de::Expected;
use serde_json::Number;

use super::Error;
use super::reader::Reader;

impl<'de> Reader<'de> {
    /// Whether null comes next, which is passed then.
    pub(super) fn is_null(&mut self) -> Result<bool, Error> {
        Ok(self.peek()? == b'n' && self.literal()?.is_none())
    }

    /// A boolean; none for null.
    pub(super) fn literal(&mut self) -> Result<Option<bool>, Error> {
        match self.word() {
            b"null" => Ok(None),
            b"true" => Ok(Some(true)),
            b"false" => Ok(Some(false)),
            b"" => Err(self.broken()),
            _ => Err(Error::new("not JSON")),
        }
    }

    /// What is neither list, object nor text, to its end.
    pub(super) fn word(&mut self) -> &'de [u8] {
        let rest = &self.body[self.at..];
        let is_part = |byte: &u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.');
        let length = rest.iter().position(|byte| !is_part(byte));
        let word = &rest[..length.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// A text, without its quotes and escapes.
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, Error> {
        let start = self.at + 1;
        let is_plain = self.skip_text()?;
        let end = self.at - 1;
        if !is_plain {
            let text = serde_json::from_slice(&self.body[start - 1..=end]).map(Cow::Owned);
            return text.map_err(|error| Error::foreign(&error));
        }
        match self.valid.and_then(|valid| valid.get(start..end)) {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => match std::str::from_utf8(&self.body[start..end]) {
                Ok(text) => Ok(Cow::Borrowed(text)),
                Err(_) => Err(Error::new("not UTF-8")),
            },
        }
    }

    /// Passes a text, which must come next without space; whether there is no escape in it.
    pub(super) fn skip_text(&mut self) -> Result<bool, Error> {
        if self.body.get(self.at) != Some(&b'"') {
            return Err(self.broken());
        }
        self.at += 1;
        let mut is_plain = true;
        loop {
            self.at += plain(self.body.get(self.at..).unwrap_or_default());
            match self.body.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    self.at += 2;
                }
                _ => return Err(self.broken()),
            }
        }
        self.at += 1;
        Ok(is_plain)
    }

    /// A text, where one is expected.
    pub(super) fn expected_text(
        &mut self,
        expected: &dyn Expected,
    ) -> Result<Cow<'de, str>, Error> {
        match self.peek()? {
            b'"' => self.text(),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// A number, where one is expected.
    pub(super) fn expected_number(&mut self, expected: &dyn Expected) -> Result<Number, Error> {
        match self.peek()? {
            b'-' | b'0'..=b'9' => number(self.word()),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// A boolean, where one is expected.
    pub(super) fn expected_bool(&mut self, expected: &dyn Expected) -> Result<bool, Error> {
        match self.peek()? {
            b't' | b'f' => match self.literal()? {
                Some(value) => Ok(value),
                None => Err(Error::new("not JSON")),
            },
            _ => Err(self.unexpected(expected)),
        }
    }

    /// What is wrong with the value that comes next, where it is of another type.
    pub(super) fn unexpected(&mut self, expected: &dyn Expected) -> Error {
        let error = Error::expected(expected);
        match self.body.get(self.at) {
            Some(b'{' | b'[') if self.is_deep() => Error::new("too deep"),
            Some(b'{' | b'[') => {
                self.at += 1;
                error
            }
            _ => self.skip_scalar().err().unwrap_or(error),
        }
    }
}

fn number(word: &[u8]) -> Result<Number, Error> {
    serde_json::from_slice(word).map_err(|_| Error::new("not JSON"))
}

/// How many bytes of a text come before its next quote, escape or control character, looked at eight by eight.
fn plain(text: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The highest bit of a byte is set where that is zero; above one that is, it may be set for others.
    let zero = |bytes: u64| bytes.wrapping_sub(EACH) & !bytes & (EACH << 7);
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..b' ');
    let (eights, _) = text.as_chunks::<8>();
    for (place, eight) in eights.iter().enumerate() {
        let bytes = u64::from_le_bytes(*eight);
        let control = bytes.wrapping_sub(EACH * u64::from(b' ')) & !bytes & (EACH << 7);
        let found = zero(bytes ^ (EACH * u64::from(b'"')))
            | zero(bytes ^ (EACH * u64::from(b'\\')))
            | control;
        if found != 0 {
            return place * 8 + (found.trailing_zeros() / 8) as usize;
        }
    }
    let rest = &text[eights.len() * 8..];
    eights.len() * 8 + rest.iter().position(is_end).unwrap_or(rest.len())
}
