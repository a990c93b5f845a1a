//! Enums of strings.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::{derive, ident};
use crate::lower::docs::code;
use crate::lower::module::{TypeDef, Variant};

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
    let comments = values.iter().map(|value| docs(&code(value)));
    let derive = derive(&["Clone", "Debug", "PartialEq", "Eq", "Hash"], &def.derives);
    vec![
        quote! {
            #about
            #derive
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
