//! Documents in several files: what a `$ref` to another file names is taken into the tree, below a key of our
//! own, and the `$ref` leads there. From then on there is one document.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::pointer::child;
use super::references::each;
use super::size::Size;
use super::text;
use super::tree;
use crate::diagnostic::{Code, Problem, Problems, Source, Spot};

/// The key of the tree that other files stand below, each under its path.
pub(crate) const FILES: &str = "x-stencil-files";
/// Files that one document may consist of.
const MAX_FILES: usize = 10_000;
/// What was read beside the document itself.
pub(super) struct Bundle {
    pub(super) sources: Vec<Source>,
    pub(super) paths: Vec<PathBuf>,
    /// For each file the start of the pointers of its nodes, and the index of its source.
    pub(super) starts: Vec<(String, usize)>,
}

/// Takes every file that `tree` refers to into it. Only files below `folder` are read, whatever `..` and
/// symbolic links say; `first` is the index that the first new source will have. Gives what was read even where
/// there are problems, whose places are in it.
pub(super) fn bundle(tree: &mut Value, document: &Path, first: usize) -> (Bundle, Problems) {
    let mut bundle = Bundle {
        sources: Vec::new(),
        paths: Vec::new(),
        starts: Vec::new(),
    };
    let folder = document.parent().unwrap_or(Path::new(""));
    let main = document
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let mut problems = Vec::new();
    let mut wanted: BTreeMap<String, Spot> = BTreeMap::new();
    let mut context = Links {
        main,
        home: "",
        file: 0,
        wanted: &mut wanted,
        problems: &mut problems,
    };
    context.rewrite(tree);
    let mut read: Map<String, Value> = Map::new();
    // The document itself was counted when it was read.
    let mut size = Size::default().add(tree).unwrap_or_default();
    while let Some((path, spot)) = next(&wanted, &read) {
        let file = first + bundle.sources.len();
        match read_one(folder, &path, file, &spot, &mut bundle) {
            Ok(mut part) if read.len() < MAX_FILES => {
                match size.add(&part) {
                    Ok(whole) => size = whole,
                    Err(message) => {
                        problems.push(Problem::new(Code::Limit, spot, message));
                        break;
                    }
                }
                let mut links = Links {
                    main,
                    home: &path,
                    file,
                    wanted: &mut wanted,
                    problems: &mut problems,
                };
                links.rewrite(&mut part);
                bundle
                    .starts
                    .push((child(&format!("/{FILES}"), &path), file));
                read.insert(path, part);
            }
            Ok(_) => {
                let message = format!("the document consists of more than {MAX_FILES} files");
                problems.push(Problem::new(Code::Limit, spot, message));
                break;
            }
            Err(problem) => {
                problems.push(problem);
                read.insert(path, Value::Null);
            }
        }
    }
    if let (Value::Object(entries), false) = (tree, read.is_empty()) {
        entries.insert(FILES.to_owned(), Value::Object(read));
    }
    (bundle, problems)
}

fn next(wanted: &BTreeMap<String, Spot>, read: &Map<String, Value>) -> Option<(String, Spot)> {
    let (path, spot) = wanted.iter().find(|(path, _)| !read.contains_key(*path))?;
    Some((path.clone(), spot.clone()))
}

fn read_one(
    folder: &Path,
    path: &str,
    file: usize,
    spot: &Spot,
    bundle: &mut Bundle,
) -> Result<Value, Problem> {
    let problem = |message: String| Problem::new(Code::File, spot.clone(), message);
    let cannot = |error: std::io::Error| problem(format!("cannot read `{path}`: {error}"));
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let root = here.canonicalize().map_err(cannot)?;
    let full = root.join(path).canonicalize().map_err(cannot)?;
    if !full.starts_with(&root) {
        return Err(problem(format!(
            "`{path}` leads out of the folder of the document"
        )));
    }
    let text = text::read(&full, path)
        .map_err(|(code, message)| Problem::new(code, spot.clone(), message))?;
    let tree = tree::read(path, &text, file);
    bundle.sources.push(Source {
        name: folder.join(path).display().to_string(),
        text,
    });
    bundle.paths.push(folder.join(path));
    tree
}

/// Rewrites the references of one file.
struct Links<'a> {
    main: &'a str,
    /// The path of the file; empty for the document itself.
    home: &'a str,
    file: usize,
    wanted: &'a mut BTreeMap<String, Spot>,
    problems: &'a mut Problems,
}

impl Links<'_> {
    fn rewrite(&mut self, value: &mut Value) {
        each(value, "", &mut |reference, at| self.link(reference, at));
    }

    /// Makes a reference one into the whole.
    fn link(&mut self, reference: &mut String, at: &str) {
        let (file, fragment) = match reference.split_once('#') {
            Some((file, fragment)) => (file, fragment),
            None => (reference.as_str(), ""),
        };
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        if file.contains("://") || !is_pointer || (file.is_empty() && self.home.is_empty()) {
            return;
        }
        let path = if file.is_empty() {
            Some(self.home.to_owned())
        } else {
            beside(self.home, file)
        };
        let Some(path) = path else {
            let message = format!("`{reference}` leads out of the folder of the document");
            self.problems.push(Problem::new(
                Code::File,
                Spot::Node(self.file, at.to_owned()),
                message,
            ));
            return;
        };
        if path == self.main {
            *reference = format!("#{fragment}");
            return;
        }
        *reference = format!("#{}{fragment}", child(&format!("/{FILES}"), &path));
        self.wanted
            .entry(path)
            .or_insert_with(|| Spot::Node(self.file, at.to_owned()));
    }
}

/// A path as a file names it, from the folder of the document; `None` if it is not below that.
fn beside(home: &str, file: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(file)
        .decode_utf8()
        .ok()?;
    let folder = Path::new(home).parent().unwrap_or(Path::new(""));
    let mut parts: Vec<String> = Vec::new();
    for part in folder.join(decoded.as_ref()).components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?.to_owned()),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}
