//! Values of an alternative that is not known.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A value whose tag names no known alternative of a union: all of it as it came, and what it shares with the
/// known ones by type.
#[derive(Clone, PartialEq)]
pub struct Unlisted<B> {
    value: Value,
    base: Option<Box<B>>,
}

impl<B: DeserializeOwned> Unlisted<B> {
    /// A value as it is in JSON.
    pub fn new(value: Value) -> Self {
        let base = B::deserialize(&value).ok().map(Box::new);
        Self { value, base }
    }
}

impl<B> Unlisted<B> {
    /// What all alternatives have; `None` if the value does not have it.
    pub fn base(&self) -> Option<&B> {
        self.base.as_deref()
    }

    /// The value as it came.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The value as it came.
    pub fn into_value(self) -> Value {
        self.value
    }
}

impl<B> Serialize for Unlisted<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<B: fmt::Debug> fmt::Debug for Unlisted<B> {
    /// What is known of it; the rest may hold what must not be logged.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Unlisted");
        shown.field("base", &self.base).finish_non_exhaustive()
    }
}
