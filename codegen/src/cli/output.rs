//! Writing files and printing.

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

/// Writes a file and the folders that it needs: see [`stencil_codegen::output::write`].
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    match stencil_codegen::output::write(path, text) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("cannot write `{}`: {error}", path.display()).into()),
    }
}
