//! What became of one item, as rustc sees it for those who use it.

use proc_macro2::TokenStream;
use quote::quote;

use super::RustLevel::{self, Major, Minor};
use super::differences::DifferenceKind::{self, Changed, Closed, Opened, OtherKind, Widened};
use super::names::Names;
use super::surface::{Function, Kind, TypeItem, What};

/// How a declaration is different, if it is.
pub(super) fn compare(
    old: &What,
    new: &What,
    names: &Names,
) -> Option<(RustLevel, DifferenceKind)> {
    match (old, new) {
        (What::Type(old), What::Type(new)) => types(old, new, names),
        (What::Function(old), What::Function(new)) => functions(old, new, names),
        _ => (!names.are_same_text(old.code(), new.code())).then_some((Major, Changed)),
    }
}

fn types(old: &TypeItem, new: &TypeItem, names: &Names) -> Option<(RustLevel, DifferenceKind)> {
    if !are_alike(&old.kind, &new.kind, names) {
        return Some((Major, OtherKind));
    }
    if !names.are_same_text(&old.generics, &new.generics) {
        return Some((Major, Changed));
    }
    match (old.is_open, new.is_open) {
        (false, true) => Some((Major, Opened)),
        (true, false) => Some((Minor, Closed)),
        _ => None,
    }
}

/// Whether two types are of one kind, or are names of the same.
pub(super) fn are_alike(old: &Kind, new: &Kind, names: &Names) -> bool {
    match (old, new) {
        (Kind::Alias(old), Kind::Alias(new)) => names.type_name(old) == new,
        _ => old == new,
    }
}

fn functions(was: &Function, is: &Function, names: &Names) -> Option<(RustLevel, DifferenceKind)> {
    let has_condition = names.are_same_text(&was.condition, &is.condition);
    if has_condition && names.are_same_text(&was.signature, &is.signature) {
        return None;
    }
    let same = |old: &TokenStream, new: &TokenStream| names.are_same(old, new);
    let (old, new) = (was.parts(), is.parts());
    let is_alike = same(&old.head, &new.head)
        && same(&old.receiver, &new.receiver)
        && same(&old.output, &new.output)
        && old.arguments.len() == new.arguments.len();
    let arguments = || {
        old.arguments
            .iter()
            .zip(&new.arguments)
            .map(|((_, old), (_, new))| (old, new))
    };
    if !is_alike
        || !(has_condition || is.condition.is_empty())
        || !arguments().all(|(old, new)| takes_as_before(old, new, names))
    {
        return Some((Major, Changed));
    }
    let is_wider = !has_condition || !arguments().all(|(old, new)| same(old, new));
    is_wider.then_some((Minor, Widened))
}

/// Whether an argument takes what it took: the same type, or all that becomes that type (the chapter of
/// the Cargo Book on compatibility, "generalizing a function to use generics").
pub(super) fn takes_as_before(was: &TokenStream, is: &TokenStream, names: &Names) -> bool {
    names.are_same(was, is) || names.are_same(&quote!(impl Into<#was>), is)
}
