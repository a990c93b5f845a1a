//! Differences by what they are caused by: one change of a document is told once.

mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::differences::{Difference, DifferenceKind, Place, inner};
use super::names::Names;
use super::origins::Origins;
use super::surface::{Function, Key, Member, Signature, Surface, What};

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
    folding.renamed();
    folding.old_methods();
    folding.arguments();
    folding.constructors();
    types::fold_shared(&mut folding);
    types::fold_others(&mut folding);
    folding.unseen();
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
    /// What is called otherwise because that is whose name it starts with, goes with it.
    fn renamed(&mut self) {
        let mut renamed: Vec<(&str, &str)> = self.names.types().collect();
        renamed.sort_by_key(|(was, _)| was.len());
        let mut causes: BTreeMap<&str, Key> = BTreeMap::new();
        for (index, (was, is)) in renamed.iter().enumerate() {
            let own = self.new.origins.cause(&Key::of_type(is));
            let longer = renamed[..index].iter().rev().find(|(old, new)| {
                let rest = was.strip_prefix(old);
                rest.is_some() && rest == is.strip_prefix(new)
            });
            let from = longer.and_then(|(_, new)| causes.get(new)).cloned();
            // An operation is its own cause, whatever its name starts with.
            let from = from.filter(|_| own.owner != "Client");
            causes.insert(is, from.unwrap_or(own));
        }
        for (difference, cause) in self.differences.iter().zip(&mut self.causes) {
            if let Place::Both(was, is) = &difference.place
                && was.owner != is.owner
                // Words of it may say its name, in whatever belongs to it.
                && (is.member == Member::Type || difference.kind == DifferenceKind::Documented)
                && let Some(of) = causes.get(inner(&is.owner))
            {
                *cause = of.clone();
            }
        }
    }

    /// The old method of an operation that has another name goes with the new one.
    fn old_methods(&mut self) {
        for (difference, cause) in self.differences.iter().zip(&mut self.causes) {
            let of = difference.place.now().filter(|key| key.owner == "Client");
            let of = of.and_then(|key| called(&function(self.new, key)?.parts()));
            let of = of.map(|name| self.new.origins.cause(&Key::of_type(&name)));
            if let Some(of) = of.filter(|of| of.owner == "Client") {
                *cause = of;
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
            let (old, new) = (old.parts(), new.parts());
            let owner = match called(&new) {
                Some(operation) if is.owner == "Client" => operation,
                _ => inner(&is.owner).to_owned(),
            };
            let other = other_arguments(&old, &new, self.names);
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

    /// What no caller sees is told with what they do see of the same operation or type, else once for all of it.
    fn unseen(&mut self) {
        let mut seen: BTreeMap<Key, Key> = BTreeMap::new();
        let mut told: BTreeSet<Key> = BTreeSet::new();
        for (difference, cause) in self.differences.iter().zip(&self.causes) {
            if difference.kind.is_declared() {
                let family = self.family(&difference.place);
                seen.entry(family).or_insert_with(|| cause.clone());
                told.insert(cause.clone());
            }
        }
        for index in 0..self.differences.len() {
            let is_seen = self.differences[index].kind.is_declared();
            if !is_seen && !told.contains(&self.causes[index]) {
                let family = self.family(&self.differences[index].place);
                self.causes[index] = seen.get(&family).cloned().unwrap_or(family);
            }
        }
    }

    fn family(&self, place: &Place) -> Key {
        match place {
            Place::Old(key) => self.names.key(&self.old.origins.family(key)),
            Place::New(key) | Place::Both(_, key) => self.new.origins.family(key),
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
fn called(signature: &Signature) -> Option<String> {
    let text = signature.output.to_string().replace(' ', "");
    let inner = text.strip_prefix("Call<")?.strip_suffix('>')?;
    Some(inner.to_owned())
}

/// The arguments that are not the same in both.
fn other_arguments(old: &Signature, new: &Signature, names: &Names) -> BTreeSet<String> {
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
