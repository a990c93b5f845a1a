//! An argument that cannot be sent.

use std::borrow::Cow;
use std::fmt;

/// An argument that cannot be sent where the document wants it. It names the argument, never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    name: String,
    why: Cow<'static, str>,
}

impl EncodeError {
    pub(crate) fn new(name: &str, why: impl Into<Cow<'static, str>>) -> Self {
        // A name that the caller gave may hold anything.
        let visible = name.chars().filter(|c| !c.is_control()).take(100);
        Self {
            name: visible.collect(),
            why: why.into(),
        }
    }

    /// The parameter, header or body.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}`: {}", self.name, self.why)
    }
}

impl std::error::Error for EncodeError {}
