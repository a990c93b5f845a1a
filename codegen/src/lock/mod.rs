//! Names that last: what a client called its operations and types before, in a file beside the document.
//!
//! A name changes when the document's own word for the thing changes (`operationId`, the key of a schema), and for no
//! other reason: not because something else is added, nor because a schema moves. Old names that callers should
//! find still are in the file too.

mod read;
mod update;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

pub(crate) use read::read;
pub use update::Update;
pub(crate) use update::{Current, all_renamed, update};
pub(crate) use write::write;

use crate::api::Operation;
use crate::config::{Config, LockFile};
use crate::diagnostic::{Code, Problem, Report, Source, Spot};
use crate::load::{self, Document};
use crate::lower;

/// The version of the file.
const VERSION: u64 = 1;

/// The types that are made for an operation, by their keys in the file.
pub(crate) const OPERATION_TYPES: [&str; 5] = ["type", "error", "output", "headers", "content"];

/// The file as it was read; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// By method and path: see [`key`].
    pub(crate) operations: BTreeMap<String, LockedOperation>,
    /// By the place of the schema.
    pub(crate) types: BTreeMap<String, LockedType>,
    /// Old names of methods, each with the name of today.
    pub(crate) kept_methods: BTreeMap<String, String>,
    /// Old names of types, each with the name of today.
    pub(crate) kept_types: BTreeMap<String, String>,
}

/// The names of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LockedOperation {
    /// The document's word for it.
    pub(crate) id: Option<String>,
    /// The method of `Client`.
    pub(crate) method: String,
    /// Its types, by [`OPERATION_TYPES`].
    pub(crate) types: BTreeMap<&'static str, String>,
}

/// The name of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LockedType {
    pub(crate) name: String,
    /// The word that `x-stencil-name` or a setting has for it.
    pub(crate) word: Option<String>,
    /// A place that refers to it, by which it is found where it moves into its only user or takes another key.
    pub(crate) used: Option<String>,
}

impl Lock {
    /// Whether nothing is locked.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The names of an operation, if the document's word for it is the one that it had.
    pub(crate) fn of(&self, operation: &Operation) -> Option<&LockedOperation> {
        let locked = self.operations.get(&key(operation))?;
        (locked.id.as_deref() == operation.id.as_deref()).then_some(locked)
    }
}

/// What an operation is to those who send requests: its method and path.
pub(crate) fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// The file brought up to date: see [`crate::lock`].
pub(crate) fn refresh(config: &Config, keep: &[String], keep_all: bool) -> Result<Update, Report> {
    let mut config = config.clone();
    let input = match &config.lock {
        LockFile::At(input) => Some(input.clone()),
        _ => config.lock_beside(),
    };
    let path = input.unwrap_or_default().path(&config.root);
    if !path.is_file() && !matches!(&config.lock, LockFile::At(input) if input.text.is_some()) {
        config.lock = LockFile::None;
    }
    let document = load::load(&config)?;
    let api = lower::adapt(crate::resolved_from(&document)?, &config);
    let api = api.map_err(|problems| document.report(problems))?;
    let current = lower::names(&api, &config, &document.lock);
    let current = current.map_err(|problems| document.report(problems))?;
    let mut keep = keep.to_vec();
    if keep_all {
        keep.extend(all_renamed(&current));
    }
    let (lock, notes) = update(&document.lock, &current, &keep)
        .map_err(|message| document.report(vec![cannot_keep(&document, message)]))?;
    let text = write(&lock, document.name());
    can_be_read(&path, &text)?;
    Ok(Update {
        old: document.lock_text().map(str::to_owned),
        text,
        path,
        notes,
    })
}

/// Names that a person gave may be none.
fn can_be_read(path: &Path, text: &str) -> Result<(), Report> {
    let (name, text) = (path.display().to_string(), text.to_owned());
    let (tree, source) = load::parse(Source { name, text })?;
    let lock = read(&tree, 0).map(drop);
    lock.map_err(|problems| Report::new(vec![source.into()], problems, load::LOCATE))
}

fn cannot_keep(document: &Document, message: String) -> Problem {
    Problem::new(Code::Lock, Spot::File(document.lock_file().unwrap_or_default()), message).help(
        "an old name is one of the lock as it was before; where that is gone, write `--keep old=new`",
    )
}
