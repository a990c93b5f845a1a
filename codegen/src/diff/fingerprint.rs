//! The short name of a change by which a reviewer accepts it.

use sha2::{Digest, Sha256};

use super::change::Change;

/// Eight hexadecimal digits of what is different: kind, subject, before and after, and not where in the file. They
/// stay the same while the document moves around the change.
pub(super) fn of(change: &Change) -> String {
    let signatures = change.items.iter().flat_map(|item| {
        let parts = [Some(&item.item), item.before.as_ref(), item.after.as_ref()];
        parts.map(|part| part.map_or("", String::as_str))
    });
    let before = change.before.as_deref().unwrap_or_default();
    let after = change.after.as_deref().unwrap_or_default();
    let own = [
        change.check,
        &change.subject,
        &change.message,
        before,
        after,
    ];
    let mut sum = Sha256::new();
    for part in own.into_iter().chain(signatures) {
        // The length first, so that no two lists of parts read the same.
        sum.update(part.len().to_le_bytes());
        sum.update(part);
    }
    let digits = sum.finalize();
    let digits = digits.iter().take(4).map(|byte| format!("{byte:02x}"));
    digits.collect::<Vec<_>>().concat()
}
