//! Types that went or came because of something else, or are themselves the reason.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use super::super::differences::{Difference, DifferenceKind};
use super::super::surface::{Key, Member, Surface};
use super::Folding;

/// What went and what came, each seen in the client that has it.
const KINDS: [DifferenceKind; 2] = [DifferenceKind::Removed, DifferenceKind::Added];

/// A type that is gone or new, and is the reason why several places hold something else, comes before them.
pub(super) fn fold_shared(folding: &mut Folding<'_>) {
    for kind in KINDS {
        let open = open(folding, kind);
        let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, difference) in folding.differences.iter().enumerate() {
            let key = place(difference, kind).filter(|key| key.member != Member::Type);
            if let (Some(key), DifferenceKind::Changed) = (key, difference.kind) {
                let first = names_in(folding, kind, key)
                    .into_iter()
                    .find(|name| open.contains_key(name));
                if let Some(name) = first {
                    users.entry(name).or_default().push(index);
                }
            }
        }
        for (name, users) in users {
            let causes: BTreeSet<&Key> =
                users.iter().map(|index| &folding.causes[*index]).collect();
            if causes.len() > 1 {
                for index in users {
                    folding.causes[index] = Key::of_type(&name);
                }
            }
        }
    }
}

/// Every other type that is gone or new is told with what led to it, or leads to it.
pub(super) fn fold_others(folding: &mut Folding<'_>) {
    for kind in KINDS {
        let mut open = open(folding, kind);
        let mut starts: Vec<usize> = (0..folding.differences.len())
            .filter(|index| {
                let difference = &folding.differences[*index];
                let is_open =
                    place(difference, kind).is_some_and(|key| open.get(&key.owner) == Some(index));
                difference.kind.is_declared() && !is_open
            })
            .collect();
        // What changed is seen before what went or came as a whole.
        starts.sort_by_key(|index| std::cmp::Reverse(folding.differences[*index].kind));
        let start = |index: usize| {
            let key = place(&folding.differences[index], kind)?;
            Some((key.clone(), folding.causes[index].clone()))
        };
        let mut waiting: Vec<(Key, Key)> = starts.into_iter().filter_map(start).collect();
        while let Some((key, cause)) = waiting.pop() {
            for name in names_in(folding, kind, &key) {
                if let Some(index) = open.remove(&name) {
                    folding.causes[index] = cause.clone();
                    waiting.push((Key::of_type(&name), cause.clone()));
                }
            }
        }
    }
}

/// The types that went or came and are told by themselves so far, by name.
fn open(folding: &Folding<'_>, kind: DifferenceKind) -> BTreeMap<String, usize> {
    let each = folding.differences.iter().zip(&folding.causes).enumerate();
    let types = each.filter_map(|(index, (difference, cause))| {
        let key = place(difference, kind).filter(|key| key.member == Member::Type)?;
        (difference.kind == kind && key == cause).then(|| (key.owner.clone(), index))
    });
    types.collect()
}

/// Where something stands in the client that is looked at for this kind.
fn place(difference: &Difference, kind: DifferenceKind) -> Option<&Key> {
    match kind {
        DifferenceKind::Removed => difference.place.before(),
        _ => difference.place.now(),
    }
}

/// The names that stand in an item; in all parts of it, if it is a type.
fn names_in(folding: &Folding<'_>, kind: DifferenceKind, key: &Key) -> Vec<String> {
    let surface = match kind {
        DifferenceKind::Removed => folding.old.surface,
        _ => folding.new.surface,
    };
    let mut names = Vec::new();
    if key.member == Member::Type {
        add_parts(surface, &key.owner, &mut names);
        add_parts(surface, &format!("Call<{}>", key.owner), &mut names);
    } else if let Some(item) = surface.items.get(key) {
        add_names(item.what.code().tokens(), &mut names);
    }
    names
}

fn add_parts(surface: &Surface, owner: &str, names: &mut Vec<String>) {
    let own = surface.items.range(Key::of_type(owner)..);
    for (_, item) in own.take_while(|(key, _)| key.owner == owner) {
        add_names(item.what.code().tokens(), names);
    }
}

fn add_names(tokens: TokenStream, names: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => names.push(name.to_string()),
            TokenTree::Group(group) => add_names(group.stream(), names),
            _ => {}
        }
    }
}
