//! What updates leave behind for the next read.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

/// Updates that are remembered; the next one is for a path and scope that are known already, or is
/// forgotten.
const MAX: usize = 10_000;

/// Members given by updates, by path and scope.
#[derive(Debug, Default)]
pub(super) struct Store {
    entries: Mutex<HashMap<Key, Map<String, Value>>>,
}

/// A path as sent, and on whose behalf.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) path: String,
    pub(super) scope: Vec<String>,
}

impl Store {
    /// Lays the members of an update over what is there.
    pub(super) fn update(&self, key: Key, members: Map<String, Value>) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() < MAX || entries.contains_key(&key) {
            entries.entry(key).or_default().extend(members);
        }
    }

    /// What updates left.
    pub(super) fn get(&self, key: &Key) -> Map<String, Value> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).cloned().unwrap_or_default()
    }

    /// Forgets.
    pub(super) fn remove(&self, key: &Key) {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}
