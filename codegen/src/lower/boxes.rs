//! Puts boxes where a type would hold itself.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{TypeDef, TypeKind, TypeRef};

/// Boxes every field that leads back to its own type without a list or a map between; then, of unions, what
/// still does. So a box depends on the circle that it breaks and on no other type, and a value that is matched
/// on stands in a box only where nothing else breaks its circle.
pub(super) fn insert(mut types: Vec<TypeDef>) -> Vec<TypeDef> {
    let held = held_by(&types);
    for ty in &mut types {
        if let TypeKind::Struct(of) = &mut ty.kind {
            let leads_back = |target: &str| reaches(&held, target, &ty.name);
            let fields = of.fields.iter_mut();
            fields.for_each(|field| boxed(&mut field.ty, &leads_back));
        }
    }
    let held = held_by(&types);
    for ty in &mut types {
        if let TypeKind::Union(of) = &mut ty.kind {
            let leads_back = |target: &str| reaches(&held, target, &ty.name);
            let variants = of.variants.iter_mut();
            variants.for_each(|variant| boxed(&mut variant.ty, &leads_back));
        }
    }
    types
}

/// The types that each type holds without a box.
fn held_by(types: &[TypeDef]) -> BTreeMap<String, BTreeSet<String>> {
    let held = types
        .iter()
        .map(|ty| (ty.name.clone(), references(ty).flat_map(held).collect()));
    held.collect()
}

fn references(ty: &TypeDef) -> Box<dyn Iterator<Item = &TypeRef> + '_> {
    match &ty.kind {
        TypeKind::Struct(of) => Box::new(of.fields.iter().map(|field| &field.ty)),
        TypeKind::Union(of) => Box::new(of.variants.iter().map(|variant| &variant.ty)),
        TypeKind::StringEnum(_) => Box::new(std::iter::empty()),
    }
}

fn held(ty: &TypeRef) -> Vec<String> {
    match ty {
        TypeRef::Named(name) => vec![name.clone()],
        TypeRef::Option(inner) | TypeRef::Maybe(inner) => held(inner),
        TypeRef::Tuple(items) => items.iter().flat_map(held).collect(),
        _ => Vec::new(),
    }
}

fn reaches(holds: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(name) = waiting.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            waiting.extend(holds.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

fn boxed(ty: &mut TypeRef, leads_back: &impl Fn(&str) -> bool) {
    match ty {
        TypeRef::Named(name) if leads_back(name) => {
            *ty = TypeRef::Boxed(Box::new(TypeRef::Named(std::mem::take(name))));
        }
        TypeRef::Option(inner) | TypeRef::Maybe(inner) => boxed(inner, leads_back),
        TypeRef::Tuple(items) => items.iter_mut().for_each(|item| boxed(item, leads_back)),
        _ => {}
    }
}
