//! Writing what was generated.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Writes a file so that at every moment it is the old one or the new one, whole: into a new file beside it, which
/// then takes its place. Where the text is the same nothing is written, and the file keeps its time. Folders that
/// are missing are made. Gives whether anything was written.
///
/// # Errors
///
/// The file cannot be written; the old one is as it was.
pub fn write(path: &Path, text: &str) -> io::Result<bool> {
    write_pieces(path, &[text])
}

/// Writes a file as [`write()`] does, of pieces that follow each other.
///
/// # Errors
///
/// As for [`write()`].
pub fn write_pieces(path: &Path, pieces: &[impl AsRef<str>]) -> io::Result<bool> {
    if holds(path, pieces).unwrap_or(false) {
        return Ok(false);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let beside = beside(folder, path);
    let result = replace(path, &beside, pieces);
    if result.is_err() {
        // The error that counts is the first one.
        let removed = fs::remove_file(&beside);
        drop(removed);
    }
    result.map(|()| true)
}

/// Whether a file has this text; read in parts, as it may be many times as large as the document.
fn holds(path: &Path, pieces: &[impl AsRef<str>]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length: usize = pieces.iter().map(|piece| piece.as_ref().len()).sum();
    if file.metadata()?.len() != length as u64 {
        return Ok(false);
    }
    let mut part = vec![0; PART];
    for piece in pieces {
        for expected in piece.as_ref().as_bytes().chunks(PART) {
            let part = &mut part[..expected.len()];
            file.read_exact(part)?;
            if part != expected {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Bytes of a file that are compared at once.
const PART: usize = 64 << 10;

/// In the same folder, since only within one file system a file takes another's place at once.
fn beside(folder: &Path, path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder.join(format!(".{name}.{}.tmp", std::process::id()))
}

fn replace(path: &Path, beside: &Path, pieces: &[impl AsRef<str>]) -> io::Result<()> {
    let mut file = create(beside)?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    for piece in pieces {
        file.write_all(piece.as_ref().as_bytes())?;
    }
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
