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
mod read;
mod surface;
mod text;
mod version;

use std::collections::BTreeMap;

pub use change::{RustChange, RustLevel};
pub use version::next_version;

use crate::emit;
use crate::lower::Module;
use crate::lower::module::{OperationDef, TypeDef};
use causes::Half;
use names::Names;
use origins::Origins;
use surface::Surface;

/// The public items that are different, each change once, in the order of their names.
pub(crate) fn compare(old: &Module, new: &Module) -> Vec<RustChange> {
    let (was, is) = (Printed::of(old, new), Printed::of(new, old));
    let names = Names::find((old, new), &was.surface, &is.surface);
    let differences = differences::differences(&was.surface, &is.surface, &names);
    let changes = causes::by_cause(differences, was.half(), is.half(), &names);
    let changes = changes.into_iter().map(|(cause, differences)| {
        message::change(&cause, differences, was.half(), is.half(), &names)
    });
    changes.collect()
}

/// What one client has and the other does not have in the very same form.
struct Printed {
    surface: Surface,
    origins: Origins,
}

impl Printed {
    /// What is decided alike is printed alike, so that it need not be looked at.
    fn of(module: &Module, other: &Module) -> Self {
        let is_same_client = module.client == other.client;
        let operations: BTreeMap<&str, &OperationDef> = other
            .operations
            .iter()
            .map(|one| (one.name.as_str(), one))
            .collect();
        let types: BTreeMap<&str, &TypeDef> = other
            .types
            .iter()
            .map(|one| (one.name.as_str(), one))
            .collect();
        let operations = module
            .operations
            .iter()
            .filter(|one| !is_same_client || operations.get(one.name.as_str()) != Some(one));
        let types = module
            .types
            .iter()
            .filter(|one| types.get(one.name.as_str()) != Some(one));
        let code = emit::client(module)
            .into_iter()
            .chain(
                operations
                    .clone()
                    .flat_map(|one| emit::operation(one, &module.client)),
            )
            .chain(types.clone().flat_map(emit::type_items))
            .chain(emit::old_names(module));
        Self {
            surface: read::read(code),
            origins: Origins::find(module, operations, types),
        }
    }

    fn half(&self) -> Half<'_> {
        Half {
            surface: &self.surface,
            origins: &self.origins,
        }
    }
}
