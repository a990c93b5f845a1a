//! Writing files and printing.

use std::io::{self, Write};
use std::path::Path;

use super::Failure;

/// Prints; a reader that has gone away is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    print_pieces(&[text])
}

/// The same for a text in pieces.
pub(super) fn print_pieces(pieces: &[impl AsRef<str>]) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let mut each = pieces.iter().map(|piece| piece.as_ref().as_bytes());
    match each.try_for_each(|piece| output.write_all(piece)) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot print: {error}").into())
        }
        _ => Ok(()),
    }
}

/// Writes a file and the folders that it needs: see [`stencil_codegen::output::write`].
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    write_pieces(path, &[text])
}

/// The same for a text in pieces.
pub(super) fn write_pieces(path: &Path, pieces: &[impl AsRef<str>]) -> Result<(), Failure> {
    match stencil_codegen::output::write_pieces(path, pieces) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("cannot write `{}`: {error}", path.display()).into()),
    }
}
