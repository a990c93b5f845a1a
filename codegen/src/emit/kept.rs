//! Old names, which callers can use still.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{allowed_arguments, docs};
use super::words::{argument, ident};
use crate::lower::module::{KeptType, OperationDef};

/// A method for each old name of the operation's own.
pub(super) fn methods(operation: &OperationDef) -> Option<TokenStream> {
    let now = &operation.method_name;
    let about = docs(&format!("The old name of [`Client::{now}`]."));
    let note = format!("renamed to `{now}`");
    let of = ident(&operation.name);
    let method = ident(now);
    let required = || operation.fields.iter().filter(|field| field.required);
    let methods = operation.kept.iter().map(|old| {
        let arguments = required().map(|field| {
            let name = ident(&field.name);
            let of = argument(&field.ty);
            quote!(#name: #of)
        });
        let given = required().map(|field| ident(&field.name));
        let names = required()
            .map(|field| field.name.as_str())
            .chain([old.as_str()]);
        let allow = allowed_arguments(&names, false);
        let old = ident(old);
        quote! {
            #about
            #[deprecated(note = #note)]
            #allow
            pub fn #old(&self, #(#arguments),*) -> Call<#of> {
                self.#method(#(#given),*)
            }
        }
    });
    (!operation.kept.is_empty()).then(|| quote!(impl Client { #(#methods)* }))
}

/// A type alias, of whose use rustc warns. An enum gets another name by `pub use`, as `use Old::*` takes no alias;
/// rustc does not warn of that one yet (rust-lang/rust#30827).
pub(super) fn type_item(kept: &KeptType) -> TokenStream {
    let (old, new) = (ident(&kept.old), ident(&kept.new));
    let about = docs(&format!("The old name of [`{}`].", kept.new));
    let note = format!("renamed to `{}`", kept.new);
    let item = if kept.is_enum {
        quote!(pub use self::#new as #old;)
    } else {
        quote!(pub type #old = #new;)
    };
    quote! {
        #about
        #[deprecated(note = #note)]
        #item
    }
}
