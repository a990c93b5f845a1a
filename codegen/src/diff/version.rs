//! The step to the client's next version.

use std::fmt;

use semver::Version;

use super::{RustLevel, next_version};

/// A version, and the one that a change asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The version that callers have.
    pub from: Version,
    /// The version that they should get: see [`next_version`].
    pub to: Version,
}

impl Step {
    /// The step that a change of this level asks for.
    pub fn new(from: &Version, level: RustLevel) -> Self {
        Self {
            from: from.clone(),
            to: next_version(from, level),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            return write!(formatter, "{} stays", self.from);
        }
        write!(formatter, "{} → {}", self.from, self.to)
    }
}
