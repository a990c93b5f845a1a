//! The release of the client that a change asks for: its version, and its entry in the changelog.

use std::fs;
use std::path::{Path, PathBuf};

use semver::Version;
use toml_edit::{DocumentMut, Item, value};

use super::{Change, Diff, Group, Origin, OriginError, Step};

/// A crate's manifest.
const MANIFEST: &str = "Cargo.toml";
/// A crate's list of changes.
const CHANGELOG: &str = "CHANGELOG.md";

/// The crate that holds the client.
#[derive(Clone, Debug)]
pub struct ClientCrate {
    folder: PathBuf,
    /// The manifest that says the version: its own, or that of the workspace.
    manifest: PathBuf,
    is_inherited: bool,
}

impl ClientCrate {
    /// The crate in this folder.
    ///
    /// # Errors
    ///
    /// A sentence that says which manifest does not say what it should.
    pub fn new(folder: &Path) -> Result<Self, String> {
        let own = folder.join(MANIFEST);
        let document = read(&own)?;
        let is_inherited = document["package"]["version"].get("workspace").is_some();
        let manifest = if is_inherited {
            workspace_of(folder)?
        } else {
            own
        };
        let client = Self {
            folder: folder.to_owned(),
            manifest,
            is_inherited,
        };
        client.version()?;
        Ok(client)
    }

    /// Its version in the working tree.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with the manifest.
    pub fn version(&self) -> Result<Version, String> {
        self.version_in(&read(&self.manifest)?)
    }

    /// Its version where a document comes from: before the change, if that is a revision.
    ///
    /// # Errors
    ///
    /// Git cannot be run, or the manifest is not one.
    pub fn version_at(&self, origin: &Origin) -> Result<Version, OriginError> {
        let known = origin.beside(&self.manifest)?;
        let text = known.and_then(|text| text.parse::<DocumentMut>().ok());
        let version = match text {
            Some(document) => self.version_in(&document),
            None => self.version(),
        };
        version.map_err(OriginError::Other)
    }

    fn version_in(&self, document: &DocumentMut) -> Result<Version, String> {
        let text = self
            .table(document)
            .and_then(|table| table.get("version")?.as_str());
        let wrong = || format!("`{}` says no version", self.manifest.display());
        Version::parse(text.ok_or_else(wrong)?).map_err(|_| wrong())
    }

    fn table<'d>(&self, document: &'d DocumentMut) -> Option<&'d Item> {
        if self.is_inherited {
            document.get("workspace")?.get("package")
        } else {
            document.get("package")
        }
    }

    /// Sets its version, and writes the entry of the changelog anew. Gives the files that were written.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written.
    pub fn release(&self, diff: &Diff, step: &Step) -> Result<Vec<PathBuf>, String> {
        let changelog = self.changelog();
        let old = match fs::read_to_string(&changelog) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                "# Changelog\n".to_owned()
            }
            Err(error) => return Err(format!("cannot read `{}`: {error}", changelog.display())),
        };
        let mut document = read(&self.manifest)?;
        self.set(&mut document, &step.to);
        // The version last: whoever sees it finds its entry.
        write(
            &changelog,
            &with_entry(&old, &step.to, &entry(diff, &step.to)),
        )?;
        write(&self.manifest, &document.to_string())?;
        Ok(vec![self.manifest.clone(), changelog])
    }

    /// A version that is shared by a workspace stands where the crates name each other, too.
    fn set(&self, document: &mut DocumentMut, to: &Version) {
        let to = to.to_string();
        if !self.is_inherited {
            document["package"]["version"] = value(to);
            return;
        }
        document["workspace"]["package"]["version"] = value(&to);
        let shared = document["workspace"]
            .get_mut("dependencies")
            .and_then(Item::as_table_like_mut);
        for (_, dependency) in shared.into_iter().flat_map(|table| table.iter_mut()) {
            if dependency.get("path").is_some() && dependency.get("version").is_some() {
                dependency["version"] = value(&to);
            }
        }
    }

    /// Its own, or that beside the manifest that says the version.
    fn changelog(&self) -> PathBuf {
        let own = self.folder.join(CHANGELOG);
        let shared = self.manifest.with_file_name(CHANGELOG);
        if !own.exists() && shared.exists() {
            shared
        } else {
            own
        }
    }
}

fn workspace_of(folder: &Path) -> Result<PathBuf, String> {
    let relative = |steps: usize| (0..steps).fold(folder.to_owned(), |path, _| path.join(".."));
    let whole = fs::canonicalize(folder)
        .map_err(|error| format!("cannot find `{}`: {error}", folder.display()))?;
    for (steps, parent) in whole.ancestors().enumerate().skip(1) {
        let manifest = parent.join(MANIFEST);
        if manifest.exists() && read(&manifest)?.get("workspace").is_some() {
            // Named from here, as git and people know it.
            let parent = folder.ancestors().nth(steps);
            return Ok(parent
                .map_or_else(|| relative(steps), Path::to_owned)
                .join(MANIFEST));
        }
    }
    Err(format!(
        "`{}` is in no workspace, and says no version",
        folder.display()
    ))
}

fn read(path: &Path) -> Result<DocumentMut, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    text.parse()
        .map_err(|error| format!("`{}` is not TOML: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = crate::output::write(path, text);
    written
        .map(drop)
        .map_err(|error| format!("cannot write `{}`: {error}", path.display()))
}

/// What the changelog says of a version.
fn entry(diff: &Diff, to: &Version) -> String {
    let mut text = format!("## {to}\n");
    let parts = [
        (Group::Breaking, "Changed, and breaks callers"),
        (Group::Review, "Changed"),
        (Group::Additive, "Added"),
        (Group::Docs, "Documentation"),
    ];
    for (group, title) in parts {
        let changes: Vec<&Change> = diff
            .changes
            .iter()
            .filter(|change| change.group() == group)
            .collect();
        if changes.is_empty() {
            continue;
        }
        text += &format!("\n### {title}\n\n");
        for change in changes {
            text += &line(change);
        }
    }
    text
}

fn line(change: &Change) -> String {
    let words = super::report::plain(&format!("{} {}", change.subject, change.message));
    let signatures = change
        .items
        .iter()
        .filter_map(|item| match (&item.before, &item.after) {
            (Some(before), Some(after)) => Some(format!("{} is {}", code(before), code(after))),
            (None, Some(after)) => Some(code(after)),
            _ => None,
        });
    let signatures: Vec<String> = signatures.take(3).collect();
    match &signatures[..] {
        [] => format!("- {words}\n"),
        signatures => format!("- {words}: {}\n", signatures.join("; ")),
    }
}

/// The first line of a signature as code.
fn code(signature: &str) -> String {
    super::report::code(signature.lines().next().unwrap_or_default())
}

/// The changelog with this entry: in place of the one for the same version, else before the newest one.
fn with_entry(old: &str, to: &Version, entry: &str) -> String {
    let heading = format!("## {to}");
    let mut kept: Vec<&str> = Vec::new();
    let mut is_same = false;
    for line in old.lines() {
        if line.starts_with("## ") {
            is_same = line.trim_end() == heading;
        }
        if !is_same {
            kept.push(line);
        }
    }
    let is_version =
        |line: &&str| line.starts_with("## ") && !line.to_ascii_lowercase().contains("unreleased");
    let at = kept.iter().position(is_version).unwrap_or(kept.len());
    let (before, after) = kept.split_at(at);
    let before = before.join("\n");
    let mut text = format!("{}\n\n{entry}", before.trim_end());
    if !after.is_empty() {
        text += &format!("\n{}\n", after.join("\n").trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_stands_before_older_ones_and_is_written_once() {
        let to = Version::new(0, 5, 0);
        let old = "# Changelog\n\n## Unreleased\n\n- x\n\n## 0.4.0\n\n- y\n";
        let expected =
            "# Changelog\n\n## Unreleased\n\n- x\n\n## 0.5.0\n\n- new\n\n## 0.4.0\n\n- y\n";
        let once = with_entry(old, &to, "## 0.5.0\n\n- new\n");
        assert_eq!(once, expected);
        assert_eq!(with_entry(&once, &to, "## 0.5.0\n\n- new\n"), expected);
        assert_eq!(
            with_entry("# Changelog\n", &to, "## 0.5.0\n"),
            "# Changelog\n\n## 0.5.0\n"
        );
    }

    #[test]
    fn a_version_of_the_workspace_is_set_where_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let root = "[workspace]\nmembers = [\"client\"] # all\n[workspace.package]\nversion = \"0.4.2\"\n\
                    [workspace.dependencies]\nclient = { path = \"client\", version = \"0.4.2\" }\nserde = \"1\"\n";
        fs::write(folder.path().join(MANIFEST), root).unwrap();
        let client = folder.path().join("client");
        fs::create_dir(&client).unwrap();
        fs::write(
            client.join(MANIFEST),
            "[package]\nname = \"client\"\nversion.workspace = true\n",
        )
        .unwrap();
        let client = ClientCrate::new(&client).unwrap();
        assert_eq!(client.version().unwrap(), Version::new(0, 4, 2));
        let step = Step::new(&Version::new(0, 4, 2), super::super::RustLevel::Major);
        client.release(&Diff::default(), &step).unwrap();
        let text = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
        assert_eq!(text, root.replace("0.4.2", "0.5.0"));
    }
}
