//! Identifiers and types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::lower::module::{Scalar, TypeRef};

/// Words that only stand for a name as `r#…` (Rust reference, "Keywords", edition 2024).
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// An identifier, raw if the name is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if KEYWORDS.contains(&name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// A type.
pub(super) fn ty(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Scalar(scalar) => self::scalar(*scalar),
        TypeRef::Bytes => quote!(rt::Bytes),
        TypeRef::Body => quote!(rt::Body),
        TypeRef::Part => quote!(rt::Part),
        TypeRef::Value => quote!(rt::Value),
        TypeRef::Unit => quote!(()),
        TypeRef::Named(name) => {
            let name = ident(name);
            quote!(#name)
        }
        TypeRef::List(item) => wrapped(&quote!(Vec), item),
        TypeRef::Items(inner) => wrapped(&quote!(rt::Items), inner),
        TypeRef::Event(inner) => wrapped(&quote!(rt::Event), inner),
        TypeRef::Tuple(items) => {
            let items = items.iter().map(self::ty);
            quote!((#(#items,)*))
        }
        TypeRef::External(path) => self::path(path),
        TypeRef::Map(value) if **value == TypeRef::Value => quote!(rt::Map<String, rt::Value>),
        TypeRef::Map(value) => {
            let value = self::ty(value);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        TypeRef::Boxed(inner) => wrapped(&quote!(Box), inner),
        TypeRef::Option(inner) => wrapped(&quote!(Option), inner),
        TypeRef::Maybe(inner) => wrapped(&quote!(Maybe), inner),
    }
}

/// A path that was checked when the settings were read.
pub(super) fn path(path: &str) -> TokenStream {
    if path.starts_with(|c: char| c.is_ascii_alphabetic())
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        let name = ident(path);
        return quote!(#name);
    }
    path.parse().unwrap_or_default()
}

/// `#[derive(…)]` with the traits that a type has, and those that the settings add.
pub(super) fn derive(own: &[&str], added: &[String]) -> TokenStream {
    let is_new = |path: &&String| !own.contains(&path.as_str());
    let own = own.iter().map(|name| match *name {
        "serde::Serialize" => quote!(serde::Serialize),
        "serde::Deserialize" => quote!(serde::Deserialize),
        other => path(other),
    });
    let added = added.iter().filter(is_new).map(|name| path(name));
    quote!(#[derive(#(#own,)* #(#added),*)])
}

/// Whether a trait to derive is one of the standard library's.
pub(super) fn is_of_std(path: &str) -> bool {
    ["std::", "core::"]
        .iter()
        .any(|root| path.trim_start_matches("::").starts_with(root))
        || !path.contains("::")
}

fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::F64 => quote!(f64),
        Scalar::String => quote!(String),
        Scalar::Secret => quote!(Secret),
        Scalar::Timestamp => quote!(rt::jiff::Timestamp),
        Scalar::Date => quote!(rt::jiff::civil::Date),
        Scalar::Uuid => quote!(rt::uuid::Uuid),
        Scalar::Ipv4 => quote!(std::net::Ipv4Addr),
        Scalar::Ipv6 => quote!(std::net::Ipv6Addr),
    }
}

fn wrapped(outer: &TokenStream, inner: &TypeRef) -> TokenStream {
    let inner = ty(inner);
    quote!(#outer<#inner>)
}

/// Variants of an enum may differ much in size: a box would be in the way of matching.
pub(super) fn large_variants<'a>(
    mut types: impl Iterator<Item = &'a TypeRef>,
) -> Option<TokenStream> {
    types
        .any(|ty| {
            matches!(
                ty,
                TypeRef::Named(_) | TypeRef::Items(_) | TypeRef::Tuple(_)
            )
        })
        .then(|| quote!(#[allow(clippy::large_enum_variant)]))
}

/// Clippy's measure of a type: ten for each of its names, times the depth at which it stands.
const COMPLEX: u64 = 250;

/// What an item that holds these types needs to be allowed: nesting is the document's.
pub(super) fn complex<'a>(mut types: impl Iterator<Item = &'a TypeRef>) -> Option<TokenStream> {
    // An argument is `impl Into<…>` of the type at most, a result two levels more.
    types
        .any(|ty| complexity(ty, 3) > COMPLEX)
        .then(|| quote!(#[allow(clippy::type_complexity)]))
}

fn complexity(ty: &TypeRef, depth: u64) -> u64 {
    let own = 10 * depth;
    own + match ty {
        TypeRef::List(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Items(inner)
        | TypeRef::Event(inner)
        | TypeRef::Option(inner)
        | TypeRef::Maybe(inner) => complexity(inner, depth + 1),
        TypeRef::Map(value) => own + 10 + complexity(value, depth + 1),
        TypeRef::Tuple(items) => items.iter().map(|item| complexity(item, depth + 1)).sum(),
        _ => 0,
    }
}

/// The type of an argument: whatever becomes the value, where that spares the caller a call.
pub(super) fn argument(of: &TypeRef) -> TokenStream {
    let inner = ty(of);
    match of {
        TypeRef::Scalar(Scalar::String | Scalar::Secret)
        | TypeRef::Bytes
        | TypeRef::Body
        | TypeRef::Part
        | TypeRef::Boxed(_) => {
            quote!(impl Into<#inner>)
        }
        _ => inner,
    }
}

/// The value of an argument of [`argument`]'s type.
pub(super) fn value(of: &TypeRef, name: &Ident) -> TokenStream {
    match of {
        TypeRef::Scalar(Scalar::String | Scalar::Secret)
        | TypeRef::Bytes
        | TypeRef::Body
        | TypeRef::Part
        | TypeRef::Boxed(_) => {
            quote!(#name.into())
        }
        _ => quote!(#name),
    }
}

/// The same without `.into()` when the field has the name of its argument.
pub(super) fn initializer(of: &TypeRef, name: &Ident) -> TokenStream {
    let value = value(of, name);
    if *name == value.to_string() {
        quote!(#name)
    } else {
        quote!(#name: #value)
    }
}
