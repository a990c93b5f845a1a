//! What a change of the document does to those who compile against the client.

mod change;

pub use change::{RustChange, RustLevel};

use crate::lower::Module;

/// The public items that are different, in the order of the new client.
pub(crate) fn compare(_old: &Module, _new: &Module) -> Vec<RustChange> {
    Vec::new()
}
