//! The first stage: text to one JSON tree, overlays applied.

mod files;
mod json;
mod overlay;
mod pointer;
mod position;
mod query;
mod references;
mod scalar;
mod size;
mod sources;
mod text;
mod tree;
mod yaml;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) use files::FILES;
pub(crate) use pointer::{child, decode};
pub(crate) use size::Size;

use crate::api::LostNode;
use crate::config::{Config, Input};
use crate::diagnostic::{Code, Locate, Problem, Problems, Report, Source, Spot};
use crate::lock::{self, Lock};
use sources::Sources;

/// A document as read: one tree, and the texts it came from.
#[derive(Debug)]
pub(crate) struct Document {
    /// The tree after overlays.
    pub(crate) tree: Value,
    /// Whether a reference to nothing is let pass.
    pub(crate) lenient: bool,
    sources: Sources,
    files: Vec<PathBuf>,
    /// The names that the client had before.
    pub(crate) lock: Lock,
    lock_file: Option<usize>,
    /// Where the nodes of other files stand in the tree, and the index of each one's source.
    starts: Vec<(String, usize)>,
}

/// Where a node stands, for those who do not show its text.
#[cfg(feature = "diff")]
pub(crate) struct NodePlace {
    pub(crate) file: String,
    /// From 1, as are columns, which count characters.
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) pointer: String,
}

impl Document {
    /// The name of the document for headers: its file name, never a path of this machine.
    pub(crate) fn name(&self) -> &str {
        let name = self.sources.name(0);
        Path::new(name)
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or(name)
    }

    /// Looks up the places of `problems`.
    pub(crate) fn report(&self, problems: Problems) -> Report {
        let at_home = problems.into_iter().map(|mut problem| {
            problem.spot = self.at_home(&problem.spot);
            for (start, file) in &self.starts {
                // References were rewritten; a reader knows them as they were.
                let name = self.sources.name(*file);
                problem.message = problem
                    .message
                    .replace(&format!("#{start}"), &format!("{name}#"));
            }
            problem.related = problem
                .related
                .map(|(spot, label)| (self.at_home(&spot), label));
            problem
        });
        Report::new(self.sources.read(), at_home.collect(), LOCATE)
    }

    /// Looks up the places of what a client does not carry.
    pub(crate) fn losses<'a>(&self, lost: impl Iterator<Item = &'a LostNode>) -> Report {
        let problems = lost.map(|loss| {
            Problem::at(Code::Loss, loss.pointer.clone(), loss.what.clone())
                .help("if that matters, correct the document in an overlay")
        });
        self.report(problems.collect()).into_warnings()
    }

    /// Where the nodes at these pointers stand, in the same order: one more parse for all of them.
    #[cfg(feature = "diff")]
    pub(crate) fn places(&self, pointers: &[&str]) -> Vec<NodePlace> {
        let at_home = pointers.iter().map(|pointer| {
            let spot = self.at_home(&Spot::Node(0, (*pointer).to_owned()));
            match spot {
                Spot::Node(file, pointer) => (file, pointer),
                _ => (0, String::new()),
            }
        });
        let at_home: Vec<(usize, String)> = at_home.collect();
        let found = (0..self.sources.len()).map(|file| {
            let of_file = at_home.iter().filter(|(of, _)| *of == file);
            let of_file: Vec<&str> = of_file.map(|(_, pointer)| pointer.as_str()).collect();
            match of_file[..] {
                [] => Vec::new(),
                _ => self.sources.lines(file, &of_file),
            }
        });
        let mut found: Vec<_> = found.map(Vec::into_iter).collect();
        let places = at_home.into_iter().map(|(file, pointer)| {
            // In the order in which they were asked for.
            let next = found.get_mut(file).and_then(Iterator::next);
            let (line, column) = next.unwrap_or((1, 1));
            NodePlace {
                file: self.sources.name(file).to_owned(),
                line,
                column,
                pointer,
            }
        });
        places.collect()
    }

    /// Makes its texts take less room, until a place is looked up in them.
    #[cfg(feature = "diff")]
    pub(crate) fn pack(&mut self) {
        self.sources.pack();
    }

    /// The index of the lock among the sources.
    pub(crate) fn lock_file(&self) -> Option<usize> {
        self.lock_file
    }

    /// The text of the lock.
    pub(crate) fn lock_text(&self) -> Option<&str> {
        self.sources.text(self.lock_file?)
    }

    /// The files that were read.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }
}

pub(crate) const LOCATE: Locate = Locate {
    all: position::locate,
    second: position::locate_second,
};

/// Reads the document and its overlays.
pub(crate) fn load(config: &Config) -> Result<Document, Report> {
    let mut document = Document {
        tree: Value::Null,
        lenient: config.lenient,
        sources: Sources::default(),
        files: Vec::new(),
        lock: Lock::default(),
        lock_file: None,
        starts: Vec::new(),
    };
    document.tree = document.read(&config.spec, config)?;
    for overlay in &config.overlays {
        let actions = document.read(overlay, config)?;
        let file = document.sources.len() - 1;
        overlay::apply(&mut document.tree, &actions, file)
            .map_err(|problems| document.report(problems))?;
    }
    if let Some(input) = config.lock_input() {
        let tree = document.read(&input, config)?;
        let file = document.sources.len() - 1;
        document.lock_file = Some(file);
        let lock = lock::read(&tree, file);
        document.lock = lock.map_err(|problems| document.report(problems))?;
    }
    references::by_own_name(&mut document.tree);
    if config.files && config.spec.text.is_none() {
        document.bundle(&config.spec.path(&config.root))?;
    }
    Ok(document)
}

impl Document {
    /// Takes in the other files that it refers to, after overlays, which may add and remove references.
    fn bundle(&mut self, path: &Path) -> Result<(), Report> {
        let first = self.sources.len();
        let (bundle, problems) = files::bundle(&mut self.tree, path, first);
        for source in bundle.sources {
            self.sources.push(source);
        }
        self.files.extend(bundle.paths);
        self.starts = bundle.starts;
        if problems.is_empty() {
            Ok(())
        } else {
            Err(self.report(problems))
        }
    }

    /// A spot in the file that it stands in.
    fn at_home(&self, spot: &Spot) -> Spot {
        let Spot::Node(0, pointer) = spot else {
            return spot.clone();
        };
        let home = self.starts.iter().find_map(|(start, file)| {
            let rest = pointer.strip_prefix(start.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| Spot::Node(*file, rest.to_owned()))
        });
        home.unwrap_or_else(|| spot.clone())
    }

    fn read(&mut self, input: &Input, config: &Config) -> Result<Value, Report> {
        let file = self.sources.len();
        let text = match &input.text {
            Some(text) => text::given(text, &input.name)
                .map_err(|(code, message)| Problem::new(code, Spot::File(file), message)),
            None => self.read_file(input, config, file),
        };
        let name = input.name.clone();
        let tree = match text {
            Ok(text) => {
                let tree = tree::read(&name, &text, file);
                self.sources.push(Source { name, text });
                tree
            }
            Err(problem) => {
                let text = String::new();
                self.sources.push(Source { name, text });
                Err(problem)
            }
        };
        tree.map_err(|problem| self.report(vec![problem]))
    }

    fn read_file(
        &mut self,
        input: &Input,
        config: &Config,
        file: usize,
    ) -> Result<String, Problem> {
        let path = input.path(&config.root);
        let problem = |message: String| {
            Problem::new(Code::File, Spot::File(file), message)
                .help(format!("relative paths start from {}", start_of(config)))
        };
        if input.name.is_empty() {
            return Err(problem("no document was named".to_owned()));
        }
        let text = text::read(&path, &input.name).map_err(|(code, message)| match code {
            Code::File => problem(message),
            code => Problem::new(code, Spot::File(file), message),
        })?;
        self.files.push(path);
        Ok(text)
    }
}

/// Reads a text that no document refers to.
pub(crate) fn parse(source: Source) -> Result<(Value, Source), Report> {
    let source = Source {
        text: text::without_mark(source.text),
        ..source
    };
    match tree::read(&source.name, &source.text, 0) {
        Ok(tree) => Ok((tree, source)),
        Err(problem) => Err(Report::new(vec![source.into()], vec![problem], LOCATE)),
    }
}

fn start_of(config: &Config) -> &'static str {
    if config.root.as_os_str().is_empty() {
        "the current folder"
    } else {
        "the folder of the settings, or of the crate (where its Cargo.toml is)"
    }
}
