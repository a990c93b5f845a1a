//! Bodies that are read while they come.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::{ident, ty};
use crate::lower::docs::code;
use crate::lower::module::{Framing, OperationDef, StreamDef};

/// The method of the response that reads it.
pub(super) fn reader(framing: Framing) -> TokenStream {
    match framing {
        Framing::Lines => quote!(lines),
        Framing::Sequence => quote!(sequence),
        Framing::Events => quote!(events),
        Framing::EventTexts => quote!(event_texts),
        Framing::WholeEvents => quote!(whole_events),
    }
}

/// `call.stream()`, beside the usual way to read a success.
pub(super) fn items(operation: &OperationDef) -> Option<TokenStream> {
    let name = ident(&operation.name);
    let (about, output, sent) = match operation.stream.as_deref()? {
        StreamDef::Bytes => (
            "Sends the call, and gives the body while it comes.".to_owned(),
            quote!(rt::ByteStream),
            quote!(self.client.stream(&self.operation, self.options)),
        ),
        StreamDef::Items {
            media,
            ty: item,
            framing,
        } => {
            let reader = reader(*framing);
            let of = ty(item);
            (
                format!(
                    "Sends the call, asks for {}, and gives the items while they come.",
                    code(media)
                ),
                quote!(#of),
                quote!(self.client.items(&self.operation, self.options, #media, rt::RawResponse::#reader)),
            )
        }
    };
    let about = docs(&about);
    Some(quote! {
        impl Call<#name> {
            #about
            pub async fn stream(self) -> Result<Response<#output>, Error<<#name as rt::Operation>::Error>> {
                #sent.await
            }
        }
    })
}
