//! Enums with a variant for each declared status.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::{complex, ident, large_variants, ty};
use crate::lower::module::{OperationDef, OutcomeEnum, OutcomeVariant, TypeRef};

/// The successes of an operation that declares several.
pub(super) fn output(operation: &OperationDef, output: &OutcomeEnum) -> Vec<TokenStream> {
    let name = ident(&output.name);
    let about = docs(&format!(
        "What [`Client::{}`] gives.",
        operation.method_name
    ));
    let variants = output.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let about = docs(&variant.docs);
        let of = ty(&variant.ty);
        quote!(#about #name(#of),)
    });
    let large = large_variants(output.variants.iter().map(|variant| &variant.ty));
    let nested = complex(output.variants.iter().map(|variant| &variant.ty));
    let is_stream = |variant: &OutcomeVariant| matches!(variant.ty, TypeRef::Items(_));
    let derive = if output.variants.iter().any(is_stream) {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    vec![quote! {
        #about
        #large
        #nested
        #derive
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }]
}

/// The errors that an operation declares.
pub(super) fn error(operation: &OperationDef, error: &OutcomeEnum) -> Vec<TokenStream> {
    let name = ident(&error.name);
    let about = docs(&format!(
        "The errors that [`Client::{}`] declares.",
        operation.method_name
    ));
    let arms = error.variants.chunk_by(|a, b| a.ty == b.ty).map(|same| {
        let names = same.iter().map(|variant| ident(&variant.name));
        quote!(#(Self::#names(response))|*)
    });
    let variants = error.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let about = docs(&variant.docs);
        let of = ty(&variant.ty);
        quote!(#about #name(Response<#of>),)
    });
    let nested = complex(error.variants.iter().map(|variant| &variant.ty));
    vec![
        quote! {
            #about
            #nested
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl rt::ApiError for #name {
                fn parts(&self) -> &rt::Parts {
                    match self {
                        #(#arms => response.parts(),)*
                    }
                }
            }
        },
    ]
}
