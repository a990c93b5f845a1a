//! What is there with some features alone.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Item, parse_quote};

/// The items behind these features; as they are without any.
pub(super) fn behind(
    features: &[String],
    items: impl IntoIterator<Item = TokenStream>,
) -> Vec<TokenStream> {
    let items = items.into_iter();
    let gate = match features {
        [] => return items.collect(),
        [only] => quote!(feature = #only),
        several => quote!(any(#(feature = #several),*)),
    };
    items.map(|tokens| gated(tokens, &gate)).collect()
}

/// The condition on each item, as a condition is for the item that follows alone.
fn gated(tokens: TokenStream, gate: &TokenStream) -> TokenStream {
    let Ok(mut file) = syn::parse2::<syn::File>(tokens.clone()) else {
        return tokens;
    };
    for item in &mut file.items {
        if let Some(attributes) = attributes(item) {
            let docs = attributes
                .iter()
                .take_while(|attribute| attribute.path().is_ident("doc"));
            attributes.insert(docs.count(), parse_quote!(#[cfg(#gate)]));
        }
    }
    let items = file.items.iter().map(ToTokens::to_token_stream);
    quote!(#(#items)*)
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(of) => &mut of.attrs,
        Item::Enum(of) => &mut of.attrs,
        Item::Fn(of) => &mut of.attrs,
        Item::Impl(of) => &mut of.attrs,
        Item::Macro(of) => &mut of.attrs,
        Item::Struct(of) => &mut of.attrs,
        Item::Trait(of) => &mut of.attrs,
        Item::Type(of) => &mut of.attrs,
        Item::Use(of) => &mut of.attrs,
        _ => return None,
    })
}
