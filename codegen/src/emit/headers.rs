//! Headers of responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{allowed, deprecated, docs};
use super::words::{ident, ty};
use crate::lower::module::OperationDef;

/// A struct with what the document says of them, and how it is read.
pub(super) fn items(operation: &OperationDef) -> Vec<TokenStream> {
    let Some(headers) = &operation.headers else {
        return Vec::new();
    };
    let name = ident(&headers.name);
    let about = docs(&format!(
        "The headers of the responses of [`Client::{}`], errors included.",
        operation.method_name
    ));
    let fields = headers.fields.iter().map(|field| {
        let name = ident(&field.name);
        let about = docs(&field.docs);
        let of = ty(&field.ty);
        let old = deprecated(field.deprecated);
        quote!(#about #old pub #name: #of,)
    });
    let read = headers.fields.iter().map(|field| {
        let name = ident(&field.name);
        let wire = &field.wire;
        quote!(#name: parts.header(#wire))
    });
    let is_old = headers.fields.iter().any(|field| field.deprecated);
    let allow = allowed("read", is_old);
    vec![
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#fields)* }
        },
        quote! {
            impl #name {
                /// Reads them; what is missing, or is not what the document says, is `None`.
                #allow
                pub fn read(parts: &rt::Parts) -> Self {
                    Self { #(#read),* }
                }
            }
        },
    ]
}
