//! Where the two documents come from: files, or a revision of a git repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::config::{Config, Input, LockFile};
use crate::diagnostic::Report;

/// A file, or a file of a revision: `REV:path`, as git writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file of the working tree.
    File(PathBuf),
    /// A file of a revision.
    Revision {
        /// Anything that git takes for a commit.
        revision: String,
        /// From the root of the repository, or from here where it begins with `./`.
        path: String,
    },
}

/// Why a side could not be read.
#[derive(Debug)]
pub enum OriginError {
    /// The document or the settings have problems.
    Document(Box<Report>),
    /// Anything else, in one sentence.
    Other(String),
}

impl From<Report> for OriginError {
    fn from(report: Report) -> Self {
        Self::Document(Box::new(report))
    }
}

/// How both documents are read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Reading {
    /// Overlays, each from where its document comes from. One that a revision does not have is left out there.
    pub overlays: Vec<PathBuf>,
    /// Whether `$ref` may name other files.
    pub files: bool,
    /// Whether a reference to a missing schema stands for any value.
    pub lenient: bool,
}

impl Origin {
    /// A file where there is one of that name, else a revision where there is a colon.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some((revision, path)) if !revision.is_empty() && !Path::new(text).exists() => {
                Self::Revision {
                    revision: revision.to_owned(),
                    path: path.to_owned(),
                }
            }
            _ => Self::File(text.into()),
        }
    }

    /// The same file in the working tree.
    pub fn in_working_tree(&self) -> Self {
        match self {
            Self::Revision { path, .. } => Self::File(path.into()),
            file @ Self::File(_) => file.clone(),
        }
    }

    /// What the compiler is told to read: the document itself, or the one that settings (`*.toml`) name.
    ///
    /// # Errors
    ///
    /// Git does not have it, or the settings have problems.
    pub fn config(&self, how: &Reading) -> Result<Config, OriginError> {
        let mut config = match self {
            Self::File(path) if is_settings(path) => Config::from_file(path)?,
            Self::File(path) => Config::new(path.as_path()),
            Self::Revision { revision, path } => of_revision(revision, path, &how.overlays)?,
        };
        if let Self::File(_) = self {
            for overlay in &how.overlays {
                // Flags are relative to here, and settings to their own folder.
                let path = if config.root.as_os_str().is_empty() {
                    overlay.clone()
                } else {
                    std::path::absolute(overlay).unwrap_or_else(|_| overlay.clone())
                };
                config = config.overlay(path);
            }
        }
        config.files |= how.files;
        config.lenient |= how.lenient;
        if config.files && config.spec.text.is_some() {
            return Err(OriginError::Other(format!(
                "{self} is in several files, which are not read from a revision: check it out with `git worktree add`"
            )));
        }
        Ok(config)
    }

    /// The text of a file beside it: of the same revision, or of the working tree. None if there is none.
    ///
    /// # Errors
    ///
    /// Git cannot be run, or knows no such revision.
    pub fn beside(&self, path: &Path) -> Result<Option<String>, OriginError> {
        match self {
            Self::File(_) => Ok(std::fs::read_to_string(path).ok()),
            // Git starts from the root of the repository where a path does not begin so.
            Self::Revision { revision, .. } if path.is_relative() => {
                show(revision, &slashes(&Path::new(".").join(path)))
            }
            Self::Revision { .. } => Ok(None),
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(formatter),
            Self::Revision { revision, path } => write!(formatter, "{revision}:{path}"),
        }
    }
}

fn is_settings(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}

fn of_revision(revision: &str, path: &str, overlays: &[PathBuf]) -> Result<Config, OriginError> {
    let text = needed(revision, path)?;
    if is_settings(path.as_ref()) {
        let root = Path::new(path).parent().unwrap_or(Path::new(""));
        let mut config = Config::from_toml(&format!("{revision}:{path}"), text, root)?;
        for input in std::iter::once(&mut config.spec).chain(&mut config.overlays) {
            let path = slashes(&root.join(&input.name));
            *input = Input::text(format!("{revision}:{path}"), needed(revision, &path)?);
        }
        return with_lock(config, revision, root);
    }
    let mut config = Config::new(Input::text(format!("{revision}:{path}"), text));
    for overlay in overlays {
        if let Some(overlay) = at_revision(revision, overlay)? {
            config = config.overlay(overlay);
        }
    }
    with_lock(config, revision, Path::new(""))
}

/// The lock of the same revision: the one that settings name, else the one beside the document.
fn with_lock(mut config: Config, revision: &str, root: &Path) -> Result<Config, OriginError> {
    let path = match &config.lock {
        LockFile::None => return Ok(config),
        LockFile::At(lock) => root.join(&lock.name),
        LockFile::Beside => {
            let name = config.spec.name.strip_prefix(revision);
            let path = name.and_then(|name| name.strip_prefix(':'));
            Path::new(path.unwrap_or(&config.spec.name)).with_extension("lock")
        }
    };
    config.lock = at_revision(revision, &path)?.map_or(LockFile::None, LockFile::At);
    Ok(config)
}

/// A file of a revision as an input; none if the revision does not have it.
fn at_revision(revision: &str, path: &Path) -> Result<Option<Input>, OriginError> {
    let path = slashes(path);
    let text = show(revision, &path)?;
    Ok(text.map(|text| Input::text(format!("{revision}:{path}"), text)))
}

/// Git writes paths with slashes everywhere. One that begins with a dot starts from here, others from the root of the
/// repository.
fn slashes(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    let is_from_here = path.components().next() == Some(std::path::Component::CurDir);
    for part in path.components() {
        match part {
            std::path::Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            std::path::Component::CurDir => {}
            part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    if is_from_here {
        parts.insert(0, ".".to_owned());
    }
    parts.join("/")
}

fn needed(revision: &str, path: &str) -> Result<String, OriginError> {
    show(revision, path)?
        .ok_or_else(|| OriginError::Other(format!("{revision} has no file `{path}`")))
}

/// A file of a revision; none if the revision does not have it.
fn show(revision: &str, path: &str) -> Result<Option<String>, OriginError> {
    let other = |message: String| OriginError::Other(message);
    let commit = git(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &format!("{revision}^{{commit}}"),
    ])?;
    if commit.is_none() {
        return Err(other(format!(
            "`{revision}` is no revision of this git repository"
        )));
    }
    let Some(bytes) = git(&["cat-file", "blob", &format!("{revision}:{path}")])? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes)
        .map_err(|error| other(format!("{revision}:{path} is not UTF-8: {error}")))?;
    Ok(Some(text))
}

/// What git writes, without a shell; none if it fails. No argument of a user's begins with a dash here: what does is
/// behind `--end-of-options`, or was taken for a revision by then.
fn git(arguments: &[&str]) -> Result<Option<Vec<u8>>, OriginError> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| OriginError::Other(format!("cannot run git: {error}")))?;
    Ok(output.status.success().then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_stands_between_a_revision_and_a_path() {
        let revision = Origin::Revision {
            revision: "origin/main".into(),
            path: "spec/a.yaml".into(),
        };
        assert_eq!(Origin::parse("origin/main:spec/a.yaml"), revision);
        assert_eq!(
            revision.in_working_tree(),
            Origin::File("spec/a.yaml".into())
        );
        assert_eq!(
            Origin::parse("spec/a.yaml"),
            Origin::File("spec/a.yaml".into())
        );
    }

    #[test]
    fn a_revision_that_looks_like_an_option_is_none() {
        let error = show("--output=x", "a.yaml").unwrap_err();
        assert!(matches!(error, OriginError::Other(message) if message.contains("no revision")));
    }

    #[test]
    fn paths_are_made_plain() {
        assert_eq!(slashes(Path::new("client/../spec/./a.yaml")), "spec/a.yaml");
        assert_eq!(slashes(Path::new("./client/../a.yaml")), "./a.yaml");
        assert_eq!(slashes(Path::new("./../a.yaml")), "./../a.yaml");
    }
}
