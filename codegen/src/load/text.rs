//! Reading a text, no further than it may be long.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostic::Code;

/// Bytes that a text may have: some four times the largest public documents.
pub(super) const MAX_BYTES: usize = 16 << 20;

/// The text of a file; messages call it `name`.
pub(super) fn read(path: &Path, name: &str) -> Result<String, (Code, String)> {
    let bytes =
        bytes(path).map_err(|error| (Code::File, format!("cannot read `{name}`: {error}")))?;
    within(bytes.len(), name)?;
    let text = String::from_utf8(bytes);
    // Documents are UTF-8 (RFC 8259 §8.1, and by choice for YAML).
    let text = text.map_err(|error| {
        let message = format!("`{name}` is not UTF-8: {error}: save it as UTF-8");
        (Code::Syntax, message)
    })?;
    Ok(without_mark(text))
}

/// A text that is at hand.
pub(super) fn given(text: &str, name: &str) -> Result<String, (Code, String)> {
    within(text.len(), name)?;
    Ok(without_mark(text.to_owned()))
}

/// One byte more than is allowed shows that there are more.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // Room for all of it at once: a list that grows is there twice, and ends with room that nobody uses.
    let length = file.metadata().map_or(0, |about| about.len());
    let length = usize::try_from(length).unwrap_or(MAX_BYTES);
    let mut bytes = Vec::with_capacity(length.min(MAX_BYTES) + 1);
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn within(length: usize, name: &str) -> Result<(), (Code, String)> {
    if length > MAX_BYTES {
        let message =
            format!("`{name}` has more than {MAX_BYTES} bytes, which is all that is read");
        return Err((Code::Limit, message));
    }
    Ok(())
}

/// A byte order mark is no part of the text, and no column of its first line.
pub(super) fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}
