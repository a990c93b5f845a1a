//! What is different of two clients, as it is printed.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use super::causes::Half;
use super::origins::Origins;
use super::read;
use super::surface::Surface;
use crate::emit;
use crate::lower::Module;

/// What one client has and the other does not have in the very same form.
pub(super) struct Printed {
    pub(super) surface: Surface,
    origins: Origins,
}

impl Printed {
    /// What is decided alike is printed alike, so that it need not be looked at. What has one name in both is read side
    /// by side, so that no more than what is different of it has to be kept.
    pub(super) fn both(old: &Module, new: &Module) -> (Self, Self) {
        let is_other_client = old.client != new.client;
        let (was, is) = (&old.operations, &new.operations);
        let operations = Others::of(was, is, |one| &one.name, is_other_client);
        let types = Others::of(&old.types, &new.types, |one| &one.name, false);
        let (mut was, mut is) = (around(old), around(new));
        for (one, other) in operations.pairs() {
            let one = one.map(|one| emit::operation(one, &old.client));
            let other = other.map(|one| emit::operation(one, &new.client));
            add((&mut was, &mut is), one, other);
        }
        for (one, other) in types.pairs() {
            add(
                (&mut was, &mut is),
                one.map(emit::type_items),
                other.map(emit::type_items),
            );
        }
        let half = |module, surface, operations: Vec<_>, types: Vec<_>| Self {
            surface,
            origins: Origins::find(module, operations.into_iter(), types.into_iter()),
        };
        (
            half(old, was, operations.old, types.old),
            half(new, is, operations.new, types.new),
        )
    }

    pub(super) fn half(&self) -> Half<'_> {
        Half {
            surface: &self.surface,
            origins: &self.origins,
        }
    }
}

/// What is not the same in both, each in its order.
struct Others<'a, T> {
    old: Vec<&'a T>,
    new: Vec<&'a T>,
    name: fn(&T) -> &str,
}

impl<'a, T: PartialEq> Others<'a, T> {
    /// By their names; all of them if so told.
    fn of(old: &'a [T], new: &'a [T], name: fn(&T) -> &str, are_all: bool) -> Self {
        let others = |all: &'a [T], other: &'a [T]| -> Vec<&'a T> {
            let known: BTreeMap<&str, &T> = other.iter().map(|one| (name(one), one)).collect();
            let others = all.iter();
            others
                .filter(|one| are_all || known.get(name(one)) != Some(one))
                .collect()
        };
        Self {
            old: others(old, new),
            new: others(new, old),
            name,
        }
    }

    /// Those of one name together, then what only the new one has.
    fn pairs(&self) -> Vec<(Option<&'a T>, Option<&'a T>)> {
        let named = |one: &&'a T| ((self.name)(one), *one);
        let mut known: BTreeMap<&str, &'a T> = self.new.iter().map(named).collect();
        let pairs = self.old.iter();
        let mut pairs: Vec<_> = pairs
            .map(|one| (Some(*one), known.remove((self.name)(one))))
            .collect();
        pairs.extend(known.into_values().map(|one| (None, Some(one))));
        pairs
    }
}

/// What belongs to no operation and to no type.
fn around(module: &Module) -> Surface {
    read::read(
        emit::client(module)
            .into_iter()
            .chain(emit::old_names(module)),
    )
}

/// Adds what is different of two definitions.
fn add(
    (was, is): (&mut Surface, &mut Surface),
    old: Option<Vec<TokenStream>>,
    new: Option<Vec<TokenStream>>,
) {
    let read = |code: Option<Vec<TokenStream>>| read::read(code.into_iter().flatten());
    let (mut old, mut new) = (read(old), read(new));
    old.leave_out_same(&mut new);
    was.items.extend(old.items);
    is.items.extend(new.items);
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::add;
    use crate::diff::rust::surface::{Key, Surface};

    #[test]
    fn of_a_type_what_is_different_is_kept() {
        let (mut was, mut is) = (Surface::default(), Surface::default());
        let old = quote! {
            pub struct A { pub same: String, pub other: i32 }
            impl A { pub fn same(self) -> Self { self } pub fn gone(&self) {} }
        };
        let new = quote! {
            pub struct A { pub same: String, pub other: i64 }
            impl A { pub fn same(self) -> Self { self } pub fn come(&self) {} }
        };
        add((&mut was, &mut is), Some(vec![old]), Some(vec![new]));
        let keys = |surface: &Surface| surface.items.keys().cloned().collect::<Vec<_>>();
        let both = [Key::of_type("A"), Key::field("A", "other")];
        let with = |name| [&both[..], &[Key::function("A", name)]].concat();
        assert_eq!(keys(&was), with("gone"));
        assert_eq!(keys(&is), with("come"));
    }
}
