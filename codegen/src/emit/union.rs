//! Enums of types.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::{complex, derive, ident, large_variants, ty};
use crate::lower::docs::code;
use crate::lower::module::Scalar;
use crate::lower::module::{TypeDef, TypeRef, UnionDef, UnionVariant};

pub(super) fn items(def: &TypeDef, of: &UnionDef) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let about = docs(&def.docs);
    let large = large_variants(of.variants.iter().map(|variant| &variant.ty));
    let nested = complex(of.variants.iter().map(|variant| &variant.ty));
    let variants = of.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let held = ty(&variant.ty);
        let about = docs(&describe(of, variant));
        quote!(#about #name(#held),)
    });
    let is_derived = of
        .variants
        .iter()
        .all(|variant| written_tag(of, variant).is_none());
    let serialize = if is_derived {
        let own = ["Clone", "Debug", "PartialEq", "serde::Serialize"];
        let derive = derive(&own, &def.derives);
        quote!(#derive #[serde(untagged)])
    } else {
        derive(&["Clone", "Debug", "PartialEq"], &def.derives)
    };
    let (other, unlisted) = if let Some(base) = &of.base {
        let base = ty(base);
        let other = quote! {
            /// Anything else, as it came, with what all of these have.
            Other(rt::Unlisted<#base>),
        };
        (other, quote!(rt::Unlisted::new(value)))
    } else {
        let other = quote! {
            /// Anything else, as it came.
            Other(rt::Value),
        };
        (other, quote!(value))
    };
    let mut items = vec![quote! {
        #about
        #large
        #nested
        #serialize
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
        }
    }];
    if !is_derived {
        items.push(serialize_with_tags(def, of));
    }
    let tag = of
        .tag
        .as_ref()
        .map(|tag| quote!(const TAG: Option<&'static str> = Some(#tag);));
    let cases = of.variants.iter().map(|variant| case(of, variant));
    items.push(quote! {
        impl rt::Union for #name {
            #tag
            const CASES: &'static [rt::Case<Self>] = &[#(#cases),*];
            fn other(value: rt::Value) -> Self {
                Self::Other(#unlisted)
            }
        }
    });
    items.push(quote!(rt::union!(#name);));
    items
}

fn case(of: &UnionDef, variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    let held = ty(&variant.ty);
    let read = match (variant.is_union, &variant.ty) {
        (false, _) => quote!(read),
        (true, TypeRef::Boxed(_)) => quote!(read_boxed_union),
        (true, _) => quote!(read_union),
    };
    let tags = (of.tag.is_some() && !variant.tags.is_empty()).then(|| {
        let tags = &variant.tags;
        quote!(.tags(&[#(#tags),*]))
    });
    let fallback = variant.is_fallback.then(|| quote!(.fallback()));
    let fixed = (!variant.fixed.is_empty()).then(|| {
        let fixed = variant
            .fixed
            .iter()
            .map(|(name, value)| quote!((#name, #value)));
        quote!(.fixed(&[#(#fixed),*]))
    });
    quote!(rt::Case::new(|value| rt::#read(value, Self::#name), rt::fields::<#held>) #tags #fixed #fallback)
}

/// The tag that is written beside a value whose type has no property for it.
fn written_tag<'a>(of: &'a UnionDef, variant: &'a UnionVariant) -> Option<(&'a str, &'a str)> {
    let tag = of
        .tag
        .as_deref()
        .filter(|_| !variant.has_tag && !variant.is_union)?;
    Some((tag, variant.tags.first()?))
}

fn serialize_with_tags(def: &TypeDef, of: &UnionDef) -> TokenStream {
    let name = ident(&def.name);
    let arms = of.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        if let Some((tag, value)) = written_tag(of, variant) {
            quote!(Self::#name(value) => rt::with_tag(#tag, #value, value, serializer),)
        } else {
            quote!(Self::#name(value) => value.serialize(serializer),)
        }
    });
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::Other(value) => value.serialize(serializer),
                }
            }
        }
    }
}

fn describe(of: &UnionDef, variant: &UnionVariant) -> String {
    if let (Some(tag), false) = (&of.tag, variant.tags.is_empty()) {
        let tags: Vec<String> = variant.tags.iter().map(|value| code(value)).collect();
        let rest = if variant.is_fallback {
            ", or none of those that are named"
        } else {
            ""
        };
        return format!("Where {} is {}{rest}.", code(tag), tags.join(" or "));
    }
    match variant.ty.inner() {
        TypeRef::Named(name) | TypeRef::External(name) => format!("`{name}` as JSON."),
        TypeRef::Scalar(Scalar::Bool) => "A boolean in JSON.".to_owned(),
        TypeRef::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 | Scalar::F64) => {
            "A number in JSON.".to_owned()
        }
        TypeRef::Scalar(_) => "A string in JSON.".to_owned(),
        TypeRef::List(_) | TypeRef::Tuple(_) => "An array in JSON.".to_owned(),
        _ => "An object in JSON.".to_owned(),
    }
}
