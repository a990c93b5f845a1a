//! Which operations a caller may let be sent again though the server may have done them.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{EncodeStep, Field, Scalar, TypeDef, TypeKind, TypeRef};

/// The types that hold a secret somewhere.
#[derive(Debug)]
pub(super) struct SecretTypes<'a>(BTreeSet<&'a str>);

impl<'a> SecretTypes<'a> {
    /// Goes from each type with a secret of its own to those that hold it.
    pub(super) fn find(types: &'a [TypeDef]) -> Self {
        let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut waiting = Vec::new();
        for def in types {
            for ty in held(def) {
                match part(ty) {
                    Part::Secret => waiting.push(def.name.as_str()),
                    Part::Named(names) => {
                        for name in names {
                            holders.entry(name).or_default().push(&def.name);
                        }
                    }
                }
            }
        }
        let mut found = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            if found.insert(name) {
                waiting.extend(holders.get(name).into_iter().flatten());
            }
        }
        Self(found)
    }

    /// Whether there is something to allow: the method is not safe (RFC 9110 §9.2.1; safe ones are repeated anyway),
    /// and no secret stands in the body.
    pub(super) fn allow_repeating(
        &self,
        method: &str,
        encode: &[EncodeStep],
        fields: &[Field],
    ) -> bool {
        let is_safe = matches!(method, "GET" | "HEAD" | "OPTIONS");
        let mut bodies = encode.iter().flat_map(|step| bodies(step, fields));
        !is_safe && !bodies.any(|ty| self.has_secret(ty))
    }

    fn has_secret(&self, ty: &TypeRef) -> bool {
        match part(ty) {
            Part::Secret => true,
            Part::Named(names) => names.iter().any(|name| self.0.contains(name)),
        }
    }
}

/// What a type is made of.
enum Part<'a> {
    /// A secret, among others perhaps.
    Secret,
    /// Types with names, if any, and no secret beside them.
    Named(Vec<&'a str>),
}

fn part(ty: &TypeRef) -> Part<'_> {
    if ty.scalars().contains(&Scalar::Secret) {
        Part::Secret
    } else {
        Part::Named(ty.names())
    }
}

fn held(def: &TypeDef) -> Vec<&TypeRef> {
    match &def.kind {
        TypeKind::Struct(of) => of.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(of) => of.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    }
}

/// The types that a body may have.
fn bodies<'a>(step: &'a EncodeStep, fields: &'a [Field]) -> Vec<&'a TypeRef> {
    match step {
        EncodeStep::Body { field, .. } => {
            let own = fields.iter().filter(|one| one.name == *field);
            own.map(|field| &field.ty).collect()
        }
        EncodeStep::Bodies { .. } => step.types(),
        EncodeStep::Parameter { .. } | EncodeStep::Query { .. } => Vec::new(),
    }
}
