//! Puts boxes where a type would hold itself.

use std::collections::BTreeMap;

use super::module::{TypeDef, TypeKind, TypeRef};
use crate::circles::components;

/// Boxes every field that leads back to its own type without a list or a map between; then, of unions, what
/// still does. So a box depends on the circle that it breaks and on no other type, and a value that is matched
/// on stands in a box only where nothing else breaks its circle.
pub(super) fn insert(mut types: Vec<TypeDef>) -> Vec<TypeDef> {
    let circles = Circles::of(&types);
    for ty in &mut types {
        if let TypeKind::Struct(of) = &mut ty.kind {
            let leads_back = |target: &str| circles.joins(&ty.name, target);
            let fields = of.fields.iter_mut();
            fields.for_each(|field| boxed(&mut field.ty, &leads_back));
        }
    }
    let circles = Circles::of(&types);
    for ty in &mut types {
        if let TypeKind::Union(of) = &mut ty.kind {
            let leads_back = |target: &str| circles.joins(&ty.name, target);
            let variants = of.variants.iter_mut();
            variants.for_each(|variant| boxed(&mut variant.ty, &leads_back));
        }
    }
    types
}

/// Which types hold each other without a box: by name, the number of the component of each.
struct Circles(BTreeMap<String, usize>);

impl Circles {
    fn of(types: &[TypeDef]) -> Self {
        let numbers: BTreeMap<&str, usize> = types
            .iter()
            .enumerate()
            .map(|(number, ty)| (ty.name.as_str(), number))
            .collect();
        let held = types.iter().map(|ty| {
            let names = references(ty).flat_map(held);
            let held = names.filter_map(|name| numbers.get(name.as_str()).copied());
            held.collect()
        });
        let component = components(&held.collect::<Vec<_>>());
        let of = types.iter().zip(component);
        Self(of.map(|(ty, of)| (ty.name.clone(), of)).collect())
    }

    /// Whether `target`, which `name` holds, holds `name` in turn.
    fn joins(&self, name: &str, target: &str) -> bool {
        name == target
            || self
                .0
                .get(name)
                .is_some_and(|of| self.0.get(target) == Some(of))
    }
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
