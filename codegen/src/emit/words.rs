//! Identifiers and types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::lower::module::{Scalar, TypeRef};

/// An identifier, raw if the name is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}

/// A type.
pub(super) fn ty(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Scalar(scalar) => self::scalar(*scalar),
        TypeRef::Bytes => quote!(rt::Bytes),
        TypeRef::Part => quote!(rt::Part),
        TypeRef::Value => quote!(rt::Value),
        TypeRef::Unit => quote!(()),
        TypeRef::Named(name) => {
            let name = ident(name);
            quote!(#name)
        }
        TypeRef::List(item) => wrapped(&quote!(Vec), item),
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
        .any(|ty| matches!(ty, TypeRef::Named(_)))
        .then(|| quote!(#[allow(clippy::large_enum_variant)]))
}

/// The type of an argument: whatever becomes the value, where that spares the caller a call.
pub(super) fn argument(of: &TypeRef) -> TokenStream {
    let inner = ty(of);
    match of {
        TypeRef::Scalar(Scalar::String | Scalar::Secret)
        | TypeRef::Bytes
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
