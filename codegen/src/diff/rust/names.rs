//! Which names of the old client are which names of the new one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use super::surface::{Key, Kind, Member, Surface, Text, What};
use crate::diff::matching::{Matched, anonymous};
use crate::lower::Module;
use crate::lower::module::{EncodeStep, Field, OperationDef, OutputDef};

/// Old names and what they are called now.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Types that have another name.
    types: BTreeMap<String, String>,
    /// What they were called.
    old_types: BTreeMap<String, String>,
    /// Methods of the client that have another name.
    methods: BTreeMap<String, String>,
    /// Parameters that have another name.
    parameters: BTreeMap<Key, Key>,
}

impl Names {
    /// Finds types and methods that are the same under another name: what another name leads to, what belongs to
    /// an operation that stands where it stood, and what is used in the same place and looks alike.
    pub(super) fn find(modules: (&Module, &Module), old: &Surface, new: &Surface) -> Self {
        let mut names = Self::default();
        for (key, item) in &new.items {
            if let (Some(target), true) = (alias(&item.what), is_own_type(old, &key.owner)) {
                names.insert(&key.owner, target);
            }
        }
        for (was, is) in operations(modules) {
            names.add_operation(was, is, old, new);
        }
        while names.add_used(old, new) {}
        names.add_parameters(modules);
        names
    }

    /// Pairs parameters that stand in the same place of their operation and differ in nothing but the name.
    fn add_parameters(&mut self, (old, new): (&Module, &Module)) {
        let known: BTreeMap<&str, &OperationDef> = new
            .operations
            .iter()
            .map(|one| (one.name.as_str(), one))
            .collect();
        for was in &old.operations {
            let Some(is) = known.get(self.type_name(&was.name)) else {
                continue;
            };
            let lacks =
                |of: &OperationDef, name: &str| !of.fields.iter().any(|one| one.name == name);
            let gone = was.fields.iter().filter(|one| lacks(is, &one.name));
            for one in gone {
                let place = one.pointer.strip_prefix(&was.pointer);
                let other = is.fields.iter().find(|other| {
                    place.is_some()
                        && other.pointer.strip_prefix(&is.pointer) == place
                        && (&other.ty, other.required) == (&one.ty, one.required)
                        && lacks(was, &other.name)
                });
                if let Some(other) = other {
                    let call = |of: &OperationDef, field: &Field| {
                        Key::function(&format!("Call<{}>", of.name), &field.setter)
                    };
                    let field = (
                        Key::field(&was.name, &one.name),
                        Key::field(&is.name, &other.name),
                    );
                    self.parameters
                        .extend([field, (call(was, one), call(is, other))]);
                }
            }
        }
    }

    fn insert(&mut self, one: &str, other: &str) {
        self.types.insert(one.to_owned(), other.to_owned());
        self.old_types.insert(other.to_owned(), one.to_owned());
    }

    fn add_operation(
        &mut self,
        was: &OperationDef,
        is: &OperationDef,
        old: &Surface,
        new: &Surface,
    ) {
        let (one, other) = (&was.method_name, &is.method_name);
        let method = |name: &str| Key::function("Client", name);
        let has_gone = !new.items.contains_key(&method(one));
        if has_gone && !old.items.contains_key(&method(other)) {
            self.methods.insert(one.clone(), other.clone());
        }
        for (one, other) in types_of(was).into_iter().zip(types_of(is)) {
            if let (Some(one), Some(other)) = (one, other) {
                self.add_type(one, other, old, new);
            }
        }
    }

    /// Whether `one` can be what is called `other` now; if so, it is.
    fn add_type(&mut self, one: &str, other: &str, old: &Surface, new: &Surface) -> bool {
        let is_free = !self.types.contains_key(one)
            && !self.old_types.contains_key(other)
            && !new.items.contains_key(&Key::of_type(one))
            && !old.items.contains_key(&Key::of_type(other));
        let are_alike = kind(old, one).is_some() && kind(old, one) == kind(new, other);
        if is_free && are_alike {
            self.insert(one, other);
        }
        is_free && are_alike
    }

    /// Pairs types that stand in the same place of what has one name in both.
    fn add_used(&mut self, old: &Surface, new: &Surface) -> bool {
        let mut pairs = BTreeSet::new();
        for (key, item) in &old.items {
            let Some(other) = new.items.get(&self.key(key)) else {
                continue;
            };
            let (one, other) = (item.what.code(), other.what.code());
            if one != other {
                self.collect(&one.tokens(), &other.tokens(), &mut pairs);
            }
        }
        let mut is_new = false;
        for (one, other) in pairs {
            if members_agree(old, new, &one, &other) {
                is_new |= self.add_type(&one, &other, old, new);
            }
        }
        is_new
    }

    /// The names in which two texts differ, if they differ in nothing else.
    fn collect(
        &self,
        old: &TokenStream,
        new: &TokenStream,
        pairs: &mut BTreeSet<(String, String)>,
    ) {
        let mut found = Vec::new();
        let is_same_but = walk(old, new, &mut |one, other| {
            if self.type_name(one) != other {
                found.push((one.to_owned(), other.to_owned()));
            }
            true
        });
        if is_same_but {
            pairs.extend(found);
        }
    }

    /// What a type is called now.
    pub(super) fn type_name<'a>(&'a self, old: &'a str) -> &'a str {
        self.types.get(old).map_or(old, String::as_str)
    }

    /// What a type was called.
    pub(super) fn old_type<'a>(&'a self, new: &'a str) -> &'a str {
        self.old_types.get(new).map_or(new, String::as_str)
    }

    /// Whether the old client has a type of this name which has another one now.
    pub(super) fn is_renamed(&self, old: &str) -> bool {
        self.types.contains_key(old)
    }

    /// Types that have another name.
    pub(super) fn types(&self) -> impl Iterator<Item = (&str, &str)> {
        self.types
            .iter()
            .map(|(one, other)| (one.as_str(), other.as_str()))
    }

    /// Where an item is now.
    pub(super) fn key(&self, old: &Key) -> Key {
        if let Some(new) = self.parameters.get(old) {
            return new.clone();
        }
        let owner = self.owner(&old.owner);
        let member = match &old.member {
            Member::Function(name) if old.owner == "Client" => {
                Member::Function(self.methods.get(name).unwrap_or(name).clone())
            }
            other => other.clone(),
        };
        Key { owner, member }
    }

    /// `Call<Old>` is `Call<New>`.
    fn owner(&self, old: &str) -> String {
        match old.strip_suffix('>').and_then(|text| text.split_once('<')) {
            Some((outer, inner)) => format!("{}<{}>", self.type_name(outer), self.type_name(inner)),
            None => self.type_name(old).to_owned(),
        }
    }

    /// The same of code that is kept as text.
    pub(super) fn are_same_text(&self, old: &Text, new: &Text) -> bool {
        // The same text may name a type that has another name.
        (old == new && self.types.is_empty()) || self.are_same(&old.tokens(), &new.tokens())
    }

    /// Whether two texts are the same, but for types that have another name.
    pub(super) fn are_same(&self, old: &TokenStream, new: &TokenStream) -> bool {
        walk(old, new, &mut |one, other| self.type_name(one) == other)
    }
}

/// Operations of both that differ in name and stand in the same place, whatever the variables of its path are called.
fn operations<'a>(
    (old, new): (&'a Module, &'a Module),
) -> impl Iterator<Item = (&'a OperationDef, &'a OperationDef)> {
    let mut matched = Matched::new(&old.operations, &new.operations);
    matched.pass(|one| Some(one.pointer.clone()));
    matched.pass(|one| Some(anonymous(&one.pointer)));
    let pairs = matched.pairs.into_iter().map(|both| (both.old, both.new));
    pairs.filter(|(was, is)| was.name != is.name || was.method_name != is.method_name)
}

/// The types that only one operation has, each kind in its place.
fn types_of(operation: &OperationDef) -> [Option<&str>; 5] {
    let output = match &operation.output {
        OutputDef::Several(of) => Some(of.name.as_str()),
        OutputDef::One(_) => None,
    };
    let content = operation.encode.iter().find_map(|step| match step {
        EncodeStep::Bodies { forms, .. } => Some(forms.name.as_str()),
        _ => None,
    });
    [
        Some(operation.name.as_str()),
        operation.error.as_ref().map(|error| error.name.as_str()),
        operation
            .headers
            .as_ref()
            .map(|headers| headers.name.as_str()),
        output,
        content,
    ]
}

fn alias(what: &What) -> Option<&str> {
    match what {
        What::Type(of) => match &of.kind {
            Kind::Alias(target) => Some(target),
            _ => None,
        },
        _ => None,
    }
}

fn kind<'a>(surface: &'a Surface, name: &str) -> Option<&'a Kind> {
    match &surface.items.get(&Key::of_type(name))?.what {
        What::Type(of) => Some(&of.kind),
        _ => None,
    }
}

fn is_own_type(surface: &Surface, name: &str) -> bool {
    matches!(kind(surface, name), Some(Kind::Struct | Kind::Enum))
}

/// Whether two types have at least half of their fields or variants in common.
fn members_agree(old: &Surface, new: &Surface, one: &str, other: &str) -> bool {
    let members = |surface: &'_ Surface, name: &str| -> BTreeSet<Member> {
        let start = Key::of_type(name);
        let own = surface.items.range(start..).map(|(key, _)| key);
        let own = own.take_while(|key| key.owner == name);
        let own = own.filter(|key| matches!(key.member, Member::Field(_) | Member::Variant(_)));
        own.map(|key| key.member.clone()).collect()
    };
    let (one, other) = (members(old, one), members(new, other));
    one.intersection(&other).count() * 2 >= one.union(&other).count()
}

/// Goes through two texts at once as long as they agree; `names` says whether two names do.
fn walk(old: &TokenStream, new: &TokenStream, names: &mut impl FnMut(&str, &str) -> bool) -> bool {
    let (mut old, mut new) = (old.clone().into_iter(), new.clone().into_iter());
    let mut colons = 0;
    loop {
        // What follows `::` is a name of another crate.
        let before = std::mem::take(&mut colons);
        let is_path = before == 2;
        let agree = match (old.next(), new.next()) {
            (None, None) => return true,
            (Some(TokenTree::Ident(one)), Some(TokenTree::Ident(other))) if !is_path => {
                names(&one.to_string(), &other.to_string())
            }
            (Some(TokenTree::Group(one)), Some(TokenTree::Group(other))) => {
                one.delimiter() == other.delimiter() && walk(&one.stream(), &other.stream(), names)
            }
            (Some(TokenTree::Punct(one)), Some(TokenTree::Punct(other))) => {
                colons = if one.as_char() == ':' { before + 1 } else { 0 };
                one.as_char() == other.as_char()
            }
            (Some(one), Some(other)) => one.to_string() == other.to_string(),
            _ => false,
        };
        if !agree {
            return false;
        }
    }
}
