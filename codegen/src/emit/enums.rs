//! Enums of strings, and unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::{ident, large_variants, ty};
use crate::lower::module::{TypeDef, UnionVariant, Variant};

pub(super) fn string_enum(def: &TypeDef, variants: &[Variant]) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let about = docs(&def.docs);
    let unknown = docs(&format!(
        "A value that this version of the client does not know: see [`{}::as_str`].",
        def.name
    ));
    let names: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.name))
        .collect();
    let values: Vec<_> = variants.iter().map(|variant| &variant.value).collect();
    let comments = values
        .iter()
        .map(|value| docs(&format!("`{}`", value.replace(['`', '\n', '\r'], " "))));
    vec![
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#comments #names,)*
                #unknown
                Unknown(UnknownValue),
            }
        },
        quote! {
            impl rt::StringEnum for #name {
                fn as_str(&self) -> &str {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Unknown(value) => value.as_str(),
                    }
                }
                fn from_str(value: &str) -> Self {
                    match value {
                        #(#values => Self::#names,)*
                        _ => Self::Unknown(UnknownValue::new(value)),
                    }
                }
            }
        },
        quote!(rt::string_enum!(#name);),
    ]
}

/// The variants are told apart by the kind of JSON value; one that is none of them is kept as it came.
pub(super) fn union(def: &TypeDef, variants: &[UnionVariant]) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let about = docs(&def.docs);
    let each = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let of = ty(&variant.ty);
        let about = docs(&format!("{} JSON.", kind_of(&variant.name)));
        quote!(#about #name(#of),)
    });
    let large = large_variants(variants.iter().map(|variant| &variant.ty));
    vec![quote! {
        #about
        #large
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name {
            #(#each)*
            /// Anything else, as it came.
            Other(rt::Value),
        }
    }]
}

fn kind_of(variant: &str) -> String {
    match variant {
        "Boolean" => "A boolean in".to_owned(),
        "Integer" | "Number" => "A number in".to_owned(),
        "String" => "A string in".to_owned(),
        "Array" => "An array in".to_owned(),
        "Object" => "An object in".to_owned(),
        name => format!("`{name}` as"),
    }
}
