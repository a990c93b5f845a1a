//! Differences by what they are caused by: one change of a document is told once.

mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::differences::{Difference, DifferenceKind, Place, inner};
use super::names::Names;
use super::origins::Origins;
use super::surface::{Function, Key, Member, Surface, What};

/// One of the two clients.
#[derive(Clone, Copy)]
pub(super) struct Half<'a> {
    pub(super) surface: &'a Surface,
    pub(super) origins: &'a Origins,
}

/// The differences by the item that is at their root, under its new name.
pub(super) fn by_cause(
    differences: Vec<Difference>,
    old: Half<'_>,
    new: Half<'_>,
    names: &Names,
) -> BTreeMap<Key, Vec<Difference>> {
    let causes = differences
        .iter()
        .map(|difference| match &difference.place {
            Place::Old(key) => names.key(&old.origins.cause(key)),
            Place::New(key) | Place::Both(_, key) => new.origins.cause(key),
        });
    let causes = causes.collect();
    let mut folding = Folding {
        differences,
        causes,
        old,
        new,
        names,
    };
    folding.operations();
    folding.words();
    folding.arguments();
    folding.constructors();
    types::fold_shared(&mut folding);
    types::fold_others(&mut folding);
    let mut by_cause: BTreeMap<Key, Vec<Difference>> = BTreeMap::new();
    for (cause, difference) in folding.causes.into_iter().zip(folding.differences) {
        by_cause.entry(cause).or_default().push(difference);
    }
    by_cause
}

/// Differences, and beside each the item that it is told with.
struct Folding<'a> {
    differences: Vec<Difference>,
    causes: Vec<Key>,
    old: Half<'a>,
    new: Half<'a>,
    names: &'a Names,
}

impl Folding<'_> {
    /// What is called otherwise because its operation is, goes with the operation; so does its old method.
    fn operations(&mut self) {
        let renamed = self.names.types().filter_map(|(was, is)| {
            let cause = self.new.origins.cause(&Key::of_type(is));
            (cause.owner == "Client").then_some((was, is, cause))
        });
        let renamed: Vec<(&str, &str, Key)> = renamed.collect();
        for (difference, cause) in self.differences.iter().zip(&mut self.causes) {
            let Place::Both(was, is) = &difference.place else {
                continue;
            };
            let follows = renamed.iter().find(|(old, new, _)| {
                let rest = was.owner.strip_prefix(old);
                rest.is_some() && rest == is.owner.strip_prefix(new)
            });
            if let (Some((_, _, of)), true, Member::Type) =
                (follows, was.owner != is.owner, &is.member)
            {
                *cause = of.clone();
            }
            if let (Some(function), true) = (function(self.new, is), is.owner == "Client") {
                let given = called(function);
                let of = given.map(|name| self.new.origins.cause(&Key::of_type(&name)));
                *cause = of
                    .filter(|of| of.owner == "Client")
                    .unwrap_or_else(|| cause.clone());
            }
        }
    }

    /// Words of a type that has another name may say that name, in whatever belongs to it.
    fn words(&mut self) {
        for (difference, cause) in self.differences.iter().zip(&mut self.causes) {
            if let (DifferenceKind::Documented, Place::Both(was, is)) =
                (difference.kind, &difference.place)
                && was.owner != is.owner
            {
                *cause = self.new.origins.cause(&Key::of_type(inner(&is.owner)));
            }
        }
    }

    /// A function that takes something else is told with the field that its argument becomes.
    fn arguments(&mut self) {
        let declared = self.declared();
        for (difference, cause) in self.differences.iter().zip(&mut self.causes) {
            let Place::Both(was, is) = &difference.place else {
                continue;
            };
            let (Some(old), Some(new)) = (function(self.old, was), function(self.new, is)) else {
                continue;
            };
            let owner = match called(new) {
                Some(operation) if is.owner == "Client" => operation,
                _ => inner(&is.owner).to_owned(),
            };
            let other = other_arguments(old, new, self.names);
            let fields = other.into_iter().map(|name| Key::field(&owner, &name));
            if let Some(field) = fields.into_iter().find(|field| declared.contains(field)) {
                *cause = field;
            }
        }
    }

    /// A type that has a constructor now, or has none any more, has setters and `Default` with it.
    fn constructors(&mut self) {
        let declared = self.declared();
        let is_new = |key: &Key| key.member == Member::Function("new".to_owned());
        let each = self.differences.iter().zip(&self.causes);
        let constructors = each.filter(|(difference, _)| is_new(difference.place.last()));
        let constructors = constructors
            .map(|(one, cause)| (one.place.last().owner.clone(), (one.kind, cause.clone())));
        let constructors: BTreeMap<String, (DifferenceKind, Key)> = constructors.collect();
        for (difference, cause) in self.differences.iter().zip(&mut self.causes) {
            let key = difference.place.last();
            let Some((kind, of)) = constructors.get(&key.owner) else {
                continue;
            };
            let follows = match &key.member {
                Member::Trait(name) => name == "Default",
                Member::Function(_) => *kind == difference.kind && !declared.contains(cause),
                _ => false,
            };
            if follows {
                *cause = of.clone();
            }
        }
    }

    /// The items whose own declaration is another.
    fn declared(&self) -> BTreeSet<Key> {
        let each = self.differences.iter().zip(&self.causes);
        let own = each.filter(|(difference, cause)| {
            let is_own = match &difference.place {
                Place::Old(key) => self.names.key(key) == **cause,
                Place::New(key) | Place::Both(_, key) => key == *cause,
            };
            is_own && difference.kind.is_declared()
        });
        own.map(|(_, cause)| cause.clone()).collect()
    }
}

fn function<'a>(half: Half<'a>, key: &Key) -> Option<&'a Function> {
    match &half.surface.items.get(key)?.what {
        What::Function(of) => Some(of),
        _ => None,
    }
}

/// The operation of a method that gives `Call<Operation>`.
fn called(function: &Function) -> Option<String> {
    let text = function.output.to_string().replace(' ', "");
    let inner = text.strip_prefix("Call<")?.strip_suffix('>')?;
    Some(inner.to_owned())
}

/// The arguments that are not the same in both.
fn other_arguments(old: &Function, new: &Function, names: &Names) -> BTreeSet<String> {
    let (old, new) = (&old.arguments, &new.arguments);
    let is_in =
        |list: &[(String, TokenStream)], name: &str, check: &dyn Fn(&TokenStream) -> bool| {
            list.iter().any(|(other, ty)| other == name && check(ty))
        };
    let gone = old
        .iter()
        .filter(|(name, was)| !is_in(new, name, &|is| names.are_same(was, is)));
    let come = new
        .iter()
        .filter(|(name, is)| !is_in(old, name, &|was| names.are_same(was, is)));
    gone.chain(come).map(|(name, _)| name.clone()).collect()
}
