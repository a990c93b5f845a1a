//! Writing files and printing.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Failure;

/// Prints; a reader that has gone away is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot print: {error}").into())
        }
        _ => Ok(()),
    }
}

/// Puts a file in the place of another as a whole: who reads it meets the one or the other.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let draft = path.with_extension(format!("lock.{}", std::process::id()));
    write(&draft, text)?;
    fs::rename(&draft, path)
        .map_err(|error| format!("cannot write `{}`: {error}", path.display()).into())
}

/// Writes a file and the folders that it needs; a file that stays the same keeps its time.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    parent
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("cannot write `{}`: {error}", path.display()).into())
}
