//! What a change of a document does, to HTTP and to Rust.
//!
//! [`compare`] takes two documents as the compiler read them and gives two verdicts that do not depend on each
//! other: what happens to callers that are deployed (`http/`), and what happens to those who compile against the
//! client (`rust/`). A difference is told once, at its cause.

mod accept;
mod change;
mod facts;
mod fingerprint;
mod http;
mod incoming;
mod level;
mod matching;
mod merge;
mod origin;
mod release;
mod report;
mod rust;
mod side;
mod subject;
mod version;

pub use accept::{Accepted, lines as accept_lines};
pub use change::{Change, Place, Reach};
pub use http::check::{CHECKS, Check};
pub use level::{Group, HttpLevel};
pub use origin::{Origin, OriginError, Reading};
pub use release::ClientCrate;
pub use report::{Format, Report, SCHEMA_VERSION};
pub use rust::{RustChange, RustLevel, next_version};
pub use semver::Version;
pub use side::Side;
pub use version::Step;

use http::finding::Both;

/// All that is different.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Diff {
    /// The title of the document.
    pub title: String,
    /// The file name of the document.
    pub document: String,
    /// The differences, those that matter most first.
    pub changes: Vec<Change>,
}

impl Diff {
    /// The verdict for callers that are deployed.
    pub fn http(&self) -> HttpLevel {
        let levels = self.changes.iter().map(|change| change.http);
        levels.max().unwrap_or_default()
    }

    /// The verdict for those who compile.
    pub fn rust(&self) -> RustLevel {
        let levels = self.changes.iter().map(|change| change.rust);
        levels.max().unwrap_or_default()
    }
}

/// What is different for those who compile against the client, whatever it is for HTTP.
///
/// # Errors
///
/// As for [`compare`].
pub fn rust_changes(old: Side, new: Side) -> Result<Vec<RustChange>, crate::Report> {
    let (old, new) = (old.lower()?, new.lower()?);
    Ok(rust::compare(&old.module, &new.module))
}

/// What is different from `old` in `new`.
///
/// # Errors
///
/// A report with every problem that a side has where it is made into Rust, each with its place.
pub fn compare(old: Side, mut new: Side) -> Result<Diff, crate::Report> {
    let schemas = &mut new.wire.api.schemas;
    schemas.share_places(&old.wire.api.schemas);
    let (findings, uses) = http::compare(&old, &new);
    let (title, document) = (new.wire.api.title.clone(), new.wire.api.document.clone());
    // One after the other, so that what a client is made from is gone when the next one is made.
    let sides = Both::new(old.lower()?, new.lower()?);
    let items = rust::compare(&sides.old.module, &sides.new.module);
    Ok(Diff {
        title,
        document,
        changes: merge::merge(sides, findings, &uses, items),
    })
}
