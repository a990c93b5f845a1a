//! A change in words.

use std::cmp::Reverse;

use proc_macro2::TokenStream;
use quote::quote;

use super::RustChange;
use super::causes::Half;
use super::compare::takes_as_before;
use super::differences::{Difference, DifferenceKind, Place};
use super::names::Names;
use super::surface::{Item, Key, Kind, Member, Signature, What};
use super::text::{declaration, ty};

/// The most declarations that are shown of one change.
const SHOWN: usize = 12;

/// All differences of one cause as one change.
pub(super) fn change(
    cause: &Key,
    mut differences: Vec<Difference>,
    old: Half<'_>,
    new: Half<'_>,
    names: &Names,
) -> RustChange {
    let is_own = |one: &Difference| is_at(one, cause, names) && one.kind.is_declared();
    differences.sort_by_key(|one| (!is_own(one), Reverse(one.level), one.kind));
    let level = differences.iter().map(|one| one.level).max();
    let first = differences.first();
    let (was, is) = (
        first.and_then(|one| one.place.before()),
        first.and_then(|one| one.place.now()),
    );
    // What no caller sees has no better name than that of what it belongs to.
    let shown = is
        .or(was)
        .filter(|_| first.is_some_and(|one| one.kind.is_declared()));
    let words = Words { old, new, names };
    RustChange {
        level: level.unwrap_or_default(),
        item: item(shown.unwrap_or(cause), if is.is_some() { new } else { old }),
        before: declarations(&differences, Place::before, old),
        after: declarations(&differences, Place::now, new),
        message: words.of_all(&differences),
        renamed: renamed(&differences),
        old_pointer: was
            .and_then(|key| old.origins.pointer(key))
            .map(str::to_owned),
        new_pointer: is
            .and_then(|key| new.origins.pointer(key))
            .map(str::to_owned),
    }
}

/// The names that a lock can keep, methods first: with one all types of its operation are kept.
fn renamed(differences: &[Difference]) -> Vec<(String, String)> {
    let name = |key: &Key| match &key.member {
        Member::Function(name) if key.owner == "Client" => Some((false, name.clone())),
        Member::Type => Some((true, key.owner.clone())),
        _ => None,
    };
    let gone = differences
        .iter()
        .filter(|one| one.kind == DifferenceKind::Renamed);
    let mut names: Vec<_> = gone
        .filter_map(|one| Some((name(one.place.before()?)?, name(one.place.now()?)?)))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|((_, was), (_, is))| (was, is))
        .collect()
}

/// The path of an item; what an operation gives is a matter of its method.
fn item(key: &Key, half: Half<'_>) -> String {
    match &key.member {
        Member::Associated(of, _) if of == "Operation" => half.origins.family(key).to_string(),
        _ => key.to_string(),
    }
}

fn is_at(difference: &Difference, cause: &Key, names: &Names) -> bool {
    match &difference.place {
        Place::Old(key) => names.key(key) == *cause,
        Place::New(key) | Place::Both(_, key) => key == cause,
    }
}

/// What was or is declared, each declaration once; of a whole that came or went only its own.
fn declarations(
    differences: &[Difference],
    side: fn(&Place) -> Option<&Key>,
    half: Half<'_>,
) -> Option<String> {
    let is_whole = differences.first().is_some_and(|one| {
        let key = one.place.last();
        let is_large = key.member == Member::Type || key.owner == "Client";
        is_large && matches!(one.place, Place::Old(_) | Place::New(_))
    });
    let declared = differences.iter().filter(|one| one.kind.is_declared());
    let mut lines: Vec<String> = Vec::new();
    for key in declared.filter_map(|one| side(&one.place)) {
        let line = half
            .surface
            .items
            .get(key)
            .map(|item| declaration(key, item));
        lines.extend(line.filter(|line| !lines.contains(line)));
    }
    let shown = if is_whole { 1 } else { SHOWN };
    if lines.len() > shown {
        lines.truncate(shown);
        lines.extend((!is_whole).then(|| "…".to_owned()));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

struct Words<'a> {
    old: Half<'a>,
    new: Half<'a>,
    names: &'a Names,
}

impl Words<'_> {
    /// What happened at the cause; where more than that follows from it, the worst of it too.
    fn of_all(&self, differences: &[Difference]) -> String {
        let Some(first) = differences.first() else {
            return String::new();
        };
        if let Some(was) = old_method(first, differences) {
            return format!("was called `{was}`, which stays as a deprecated name");
        }
        let mut own = self.of(first);
        let changed = |one: &&Difference| one.kind == DifferenceKind::Changed;
        let users = differences.iter().filter(changed).count();
        if let (Member::Type, 2.., Place::Old(_) | Place::New(_)) =
            (&first.place.last().member, users, &first.place)
        {
            own = format!("{own}: {users} items are declared otherwise");
        }
        // What callers write says more than what is derived for them.
        let graver = differences.iter().filter(|one| one.level > first.level);
        let most = graver.min_by_key(|one| {
            let is_function = matches!(one.place.last().member, Member::Function(_));
            (Reverse(one.level), !is_function)
        });
        match most {
            Some(most) => format!("{own}; `{}` {}", most.place.last(), self.of(most)),
            None => own,
        }
    }

    fn of(&self, difference: &Difference) -> String {
        let was = difference
            .place
            .before()
            .and_then(|key| self.old.surface.items.get(key));
        let is = difference
            .place
            .now()
            .and_then(|key| self.new.surface.items.get(key));
        let old_name = || match difference.place.before() {
            Some(Key {
                member: Member::Function(name) | Member::Field(name),
                ..
            }) => name.clone(),
            Some(key) => key.to_string(),
            None => String::new(),
        };
        match difference.kind {
            DifferenceKind::Renamed => format!("was called `{}`", old_name()),
            DifferenceKind::RenamedWithAlias => {
                format!("was called `{}`, which stays as another name", old_name())
            }
            DifferenceKind::Removed => "is gone".to_owned(),
            DifferenceKind::OtherKind => {
                format!("is {} and no longer {}", kind(is), kind(was))
            }
            DifferenceKind::Changed | DifferenceKind::Widened => {
                self.changed(difference.place.last(), was, is)
            }
            DifferenceKind::Opened => "may have more in it than is known".to_owned(),
            DifferenceKind::Closed => "has nothing in it but what is known".to_owned(),
            DifferenceKind::Added => "is new".to_owned(),
            DifferenceKind::Deprecated => "is deprecated".to_owned(),
            DifferenceKind::Undeprecated => "is no longer deprecated".to_owned(),
            DifferenceKind::Inside => {
                "is sent or read in another way, unseen by callers".to_owned()
            }
            DifferenceKind::Documented => "has other documentation".to_owned(),
        }
    }

    fn changed(&self, key: &Key, was: Option<&Item>, is: Option<&Item>) -> String {
        let verb = match &key.member {
            Member::Associated(of, name) if of == "Operation" && name == "Output" => "gives",
            Member::Associated(of, name) if of == "Operation" && name == "Error" => "fails with",
            Member::Variant(_) => "holds",
            _ => "is",
        };
        match (was.map(|item| &item.what), is.map(|item| &item.what)) {
            (Some(What::Function(was)), Some(What::Function(is))) => {
                self.function(&was.parts(), &is.parts())
            }
            (
                Some(What::Field(was) | What::Associated(was) | What::Variant(was)),
                Some(What::Field(is) | What::Associated(is) | What::Variant(is)),
            ) => self.value(verb, &was.tokens(), &is.tokens()),
            _ => "is declared otherwise".to_owned(),
        }
    }

    fn value(&self, verb: &str, was: &TokenStream, is: &TokenStream) -> String {
        if verb == "is" && self.names.are_same(&quote!(Option<#was>), is) {
            format!("is optional now: `{}`", ty(is))
        } else if verb == "is" && self.names.are_same(was, &quote!(Option<#is>)) {
            format!("is no longer optional: `{}`", ty(is))
        } else {
            let text = |of| ty(of).trim().to_owned();
            format!("{verb} `{}` and no longer `{}`", text(is), text(was))
        }
    }

    fn function(&self, was: &Signature, is: &Signature) -> String {
        let (old, new) = (&was.arguments, &is.arguments);
        let mut parts = Vec::new();
        for (name, of) in old {
            match new.iter().find(|(other, _)| other == name) {
                None => parts.push(format!("no longer takes `{name}: {}`", ty(of))),
                Some((_, now)) if !self.names.are_same(of, now) => {
                    let more = if takes_as_before(of, now, self.names) {
                        ""
                    } else {
                        " and no longer as"
                    };
                    let was = if more.is_empty() {
                        String::new()
                    } else {
                        format!("{more} `{}`", ty(of))
                    };
                    parts.push(format!("takes `{name}` as `{}`{was}", ty(now)));
                }
                Some(_) => {}
            }
        }
        let is_new = |name: &str| !old.iter().any(|(other, _)| other == name);
        let added = new.iter().filter(|(name, _)| is_new(name));
        parts.extend(added.map(|(name, of)| format!("takes `{name}: {}` too", ty(of))));
        let (old, new) = (&was.output, &is.output);
        if !self.names.are_same(old, new) {
            parts.push(format!("gives `{}` and no longer `{}`", ty(new), ty(old)));
        }
        if parts.is_empty() {
            return "is declared otherwise".to_owned();
        }
        parts.join(", ")
    }
}

/// The method that was deprecated for this new one, which does the same.
fn old_method<'a>(first: &Difference, differences: &'a [Difference]) -> Option<&'a str> {
    let Place::New(Key {
        member: Member::Function(_),
        owner,
    }) = &first.place
    else {
        return None;
    };
    differences.iter().find_map(|one| match one.place.last() {
        Key {
            member: Member::Function(name),
            owner: other,
        } if one.kind == DifferenceKind::Deprecated && owner == other => Some(name.as_str()),
        _ => None,
    })
}

fn kind(item: Option<&Item>) -> &'static str {
    match item.map(|item| &item.what) {
        Some(What::Type(of)) => match of.kind {
            Kind::Struct => "a struct",
            Kind::Enum => "an enum",
            Kind::Alias(_) => "another name of a type",
            Kind::External(_) => "a type of the runtime",
        },
        _ => "a type",
    }
}
