//! Writing what was generated.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Writes a file so that at every moment it is the old one or the new one, whole: into a new file beside it, which
/// then takes its place. Where the text is the same nothing is written, and the file keeps its time. Folders that
/// are missing are made. Gives whether anything was written.
///
/// # Errors
///
/// The file cannot be written; the old one is as it was.
pub fn write(path: &Path, text: &str) -> io::Result<bool> {
    if holds(path, text).unwrap_or(false) {
        return Ok(false);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let beside = beside(folder, path);
    let result = replace(path, &beside, text);
    if result.is_err() {
        // The error that counts is the first one.
        let removed = fs::remove_file(&beside);
        drop(removed);
    }
    result.map(|()| true)
}

/// Whether a file has this text; read in pieces, as it may be many times as large as the document.
fn holds(path: &Path, text: &str) -> io::Result<bool> {
    let file = File::open(path)?;
    let mut rest = text.as_bytes();
    if file.metadata()?.len() != rest.len() as u64 {
        return Ok(false);
    }
    let mut old = BufReader::new(file);
    loop {
        let piece = old.fill_buf()?;
        if piece.is_empty() {
            return Ok(rest.is_empty());
        }
        let Some(after) = rest.strip_prefix(piece) else {
            return Ok(false);
        };
        rest = after;
        let read = piece.len();
        old.consume(read);
    }
}

/// In the same folder, since only within one file system a file takes another's place at once.
fn beside(folder: &Path, path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder.join(format!(".{name}.{}.tmp", std::process::id()))
}

fn replace(path: &Path, beside: &Path, text: &str) -> io::Result<()> {
    let mut file = create(beside)?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    // Else a crash of the machine could leave the name with nothing behind it.
    file.sync_all()?;
    drop(file);
    fs::rename(beside, path)
}

/// A file that was not there: nothing that waits under this name is followed or overwritten. One that an earlier
/// process of this number left behind is removed.
fn create(path: &Path) -> io::Result<File> {
    let new = || OpenOptions::new().write(true).create_new(true).open(path);
    match new() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            new()
        }
        result => result,
    }
}
