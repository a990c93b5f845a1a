//! How much a change matters, to HTTP and to a reader of the report.

use serde::Serialize;

use super::RustLevel;

/// What a change does to callers that are deployed already, and so to HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HttpLevel {
    /// Nothing that is sent or received is different.
    #[default]
    None,
    /// Words for people.
    Docs,
    /// Something more is possible, and callers need not know.
    Additive,
    /// Whether it breaks callers depends on the server or on them.
    Review,
    /// Requests that were right are wrong now, or responses may be what callers do not expect.
    Breaking,
}

impl HttpLevel {
    /// The level as reports write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Docs => "docs",
            Self::Additive => "additive",
            Self::Review => "review",
            Self::Breaking => "breaking",
        }
    }
}

impl RustLevel {
    /// The level as reports write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The parts of a report, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// It breaks deployed callers, or those who compile.
    Breaking,
    /// It may.
    Review,
    /// It adds something.
    Additive,
    /// It changes words.
    Docs,
}

impl Group {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Review, Self::Additive, Self::Docs];

    /// Where a change with these levels stands.
    pub fn of(http: HttpLevel, rust: RustLevel) -> Self {
        match (http, rust) {
            (HttpLevel::Breaking, _) | (_, RustLevel::Major) => Self::Breaking,
            (HttpLevel::Review, _) => Self::Review,
            (HttpLevel::Additive, _) | (_, RustLevel::Minor) => Self::Additive,
            _ => Self::Docs,
        }
    }
}
