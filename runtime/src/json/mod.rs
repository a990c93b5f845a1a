//! Reads a body as JSON (RFC 8259).
//!
//! What `serde_json` has for a list and for an object is compiled again for each type that a client reads; here that is
//! a few calls of functions that are compiled once. It also knows where in the body it stands, and says what was
//! expected there without what was found, which must not come into a log. What a number or a text with escapes is,
//! `serde_json` says.

mod error;
mod key;
mod path;
mod reader;
mod scalar;
mod skip;
mod values;

use serde::de::DeserializeOwned;

use crate::error::Mismatch;
use error::Error;
use reader::Reader;

/// Reads all of a body.
///
/// # Errors
///
/// Where it is not what was expected.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Box<Mismatch>> {
    let mut reader = Reader::new(body);
    match T::deserialize(&mut reader) {
        Ok(value) => match reader.end() {
            Ok(()) => Ok(value),
            Err(mismatch) => Err(mismatch),
        },
        Err(error) => Err(Box::new(reader.mismatch(&error))),
    }
}

#[cfg(test)]
mod tests;
