//! How large a document may be, with all that is repeated in it.

use serde_json::Value;

use super::text::MAX_BYTES;

/// Nodes that a document may have, with all that aliases, overlays and other files bring into it: some five times
/// those of the largest public documents.
const MAX_NODES: usize = 500_000;
/// Bytes of all keys and texts of a document: aliases repeat these too.
const MAX_TEXT: usize = 4 * MAX_BYTES;
/// Levels of nodes within each other, as many as the decoders read.
pub(super) const MAX_DEPTH: usize = 128;

/// What a tree comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    nodes: usize,
    text: usize,
}

impl Size {
    /// The size of a tree, with `self` for what was there before.
    ///
    /// # Errors
    ///
    /// What there is too much of.
    pub(crate) fn add(mut self, tree: &Value) -> Result<Self, String> {
        self.walk(tree, 1)?;
        Ok(self)
    }

    /// The size of a tree alone.
    ///
    /// # Errors
    ///
    /// What there is too much of.
    pub(super) fn of(tree: &Value) -> Result<Self, String> {
        Self::default().add(tree)
    }

    /// The size of so many of it.
    ///
    /// # Errors
    ///
    /// What there is too much of.
    pub(super) fn times(self, count: usize) -> Result<Self, String> {
        let all = Self {
            nodes: self.nodes.saturating_mul(count),
            text: self.text.saturating_mul(count),
        };
        all.within()
    }

    fn within(self) -> Result<Self, String> {
        if self.nodes > MAX_NODES {
            return Err(format!(
                "the document has more than {MAX_NODES} nodes: aliases that multiply?"
            ));
        }
        if self.text > MAX_TEXT {
            return Err(format!(
                "the document has more than {MAX_TEXT} bytes of text: aliases that multiply?"
            ));
        }
        Ok(self)
    }

    pub(super) fn walk(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        self.count(depth)?;
        match value {
            Value::Object(entries) => entries.iter().try_for_each(|(key, value)| {
                self.read(key)?;
                self.walk(value, depth + 1)
            }),
            Value::Array(items) => items.iter().try_for_each(|item| self.walk(item, depth + 1)),
            Value::String(text) => self.read(text),
            _ => Ok(()),
        }
    }

    pub(super) fn count(&mut self, depth: usize) -> Result<(), String> {
        self.nodes += 1;
        self.within()?;
        if depth > MAX_DEPTH {
            return Err(format!(
                "the document is nested deeper than {MAX_DEPTH} levels here"
            ));
        }
        Ok(())
    }

    pub(super) fn read(&mut self, text: &str) -> Result<(), String> {
        self.text += text.len();
        self.within().map(drop)
    }
}
