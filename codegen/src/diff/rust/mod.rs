//! What a change of the document does to those who compile against the client.
//!
//! The public items of both clients are read from the code that is printed for them (`surface`, `read`), so that
//! they are by construction what callers get. Items are paired by name, and by place where a name is another
//! (`names`); each difference has the level that rustc gives it (`compare`), and differences with one cause are
//! told as one change (`causes`).

#[cfg(test)]
mod cases;
mod causes;
mod change;
mod compare;
mod differences;
mod message;
mod names;
mod origins;
mod printed;
mod read;
mod surface;
mod text;
mod version;

pub use change::{RustChange, RustLevel};
pub use version::next_version;

use crate::lower::Module;
use names::Names;
use printed::Printed;

/// The public items that are different, each change once, in the order of their names.
pub(crate) fn compare(old: &Module, new: &Module) -> Vec<RustChange> {
    let (was, is) = Printed::both(old, new);
    let names = Names::find((old, new), &was.surface, &is.surface);
    let differences = differences::differences(&was.surface, &is.surface, &names);
    let changes = causes::by_cause(differences, was.half(), is.half(), &names);
    let changes = changes.into_iter().map(|(cause, differences)| {
        message::change(&cause, differences, was.half(), is.half(), &names)
    });
    changes.collect()
}
