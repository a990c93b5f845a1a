//! Regular expressions of ECMA-262, which are not those of the crate `regex`.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use regress::Regex;

/// Those that were read, each once; `None` for one that cannot be.
static KNOWN: RwLock<BTreeMap<&'static str, Option<Arc<Regex>>>> = RwLock::new(BTreeMap::new());

/// Whether the pattern is found in the text. One that cannot be read is told when the client is generated, and
/// allows every text.
pub(super) fn is_found(pattern: &'static str, text: &str) -> bool {
    regex(pattern).is_none_or(|regex| regex.find(text).is_some())
}

fn regex(pattern: &'static str) -> Option<Arc<Regex>> {
    // A statement of its own: the lock must be let go before it is taken to write.
    let known = KNOWN
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(pattern)
        .cloned();
    if let Some(regex) = known {
        return regex;
    }
    let regex = read(pattern).map(Arc::new);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    known.insert(pattern, regex.clone());
    regex
}

/// With Unicode, as JSON Schema asks (Core 2020-12 §6.4); many patterns escape more than that mode allows.
fn read(pattern: &str) -> Option<Regex> {
    Regex::with_flags(pattern, "u")
        .or_else(|_| Regex::new(pattern))
        .ok()
}
