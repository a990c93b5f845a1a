//! One difference, told once, at its cause.

use super::level::{Group, HttpLevel};
use super::{RustChange, RustLevel};

/// A place in a document, for people: the file as it was given, and the line from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The JSON pointer (RFC 6901).
    pub pointer: String,
}

/// One difference between two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The stable name of its kind, such as `property-became-required`: one of the catalogue.
    pub check: &'static str,
    /// What it does to callers that are deployed.
    pub http: HttpLevel,
    /// What it asks of the next version of the client: the most that one of `items` does.
    pub rust: RustLevel,
    /// What it is about, by names that last: `PUT /v3/user/email`, `UserProfile.city`.
    pub subject: String,
    /// What is different, in one line, without the subject.
    pub message: String,
    /// Where it was; none if it is new.
    pub old: Option<Place>,
    /// Where it is; none if it is gone.
    pub new: Option<Place>,
    /// Who is concerned by it: operations, requests and responses.
    pub reach: Reach,
    /// What the document said.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
    /// The public items of the client that are different for this reason.
    pub items: Vec<RustChange>,
    /// Eight hexadecimal digits that stay the same while the change does, whatever happens around it.
    pub fingerprint: String,
    /// Whether a reviewer accepted it.
    pub accepted: bool,
}

impl Change {
    /// The part of the report in which it stands.
    pub fn group(&self) -> Group {
        Group::of(self.http, self.rust)
    }
}

/// The requests and responses that hold what is different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reach {
    /// How many operations.
    pub operations: usize,
    /// In how many of them it is in what is sent.
    pub requests: usize,
    /// In how many responses it is.
    pub responses: usize,
    /// One of the places, such as `GET /v3/user/credits 200`.
    pub example: Option<String>,
}
