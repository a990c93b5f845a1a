//! Lists that come page by page.

use proc_macro2::TokenStream;
use quote::quote;

use super::words::{ident, ty};
use crate::lower::module::{Access, Field, OperationDef, PagingDef, PagingWay, TypeRef};

/// `call.items()`, and what it stands on.
pub(super) fn items(operation: &OperationDef) -> Vec<TokenStream> {
    let Some(paging) = &operation.paging else {
        return Vec::new();
    };
    let name = ident(&operation.name);
    let item = ty(&paging.item);
    let count = by_reference(&paging.items, &quote!(page));
    let moved = by_value(&paging.items);
    let more = paging.more.as_ref().map(|more| {
        let more = by_reference(more, &quote!(page.body()));
        quote!(if !rt::parameter::<_, bool>(&#more)? { return None; })
    });
    let next = next(paging);
    let is_offset = matches!(paging.way, PagingWay::Offset(_));
    let is_counted = is_offset || matches!(paging.way, PagingWay::Page(..));
    let received = ident_if(is_offset, "received");
    let page = ident_if(!is_counted || more.is_some(), "page");
    let count = if paging.items.iter().any(is_optional) {
        quote! {
            fn count(page: &Self::Output) -> usize {
                let items = || Some(#count.len());
                items().unwrap_or_default()
            }
        }
    } else {
        quote!(fn count(page: &Self::Output) -> usize { #count.len() })
    };
    vec![
        quote! {
            impl Call<#name> {
                /// The items of the list, page after page: a stream.
                pub fn items(self) -> rt::Pages<#name> {
                    rt::Pages::new(self.client, self.operation, self.options)
                }
            }
        },
        quote! {
            impl rt::Paged for #name {
                type Item = #item;
                fn next(&self, #page: &Response<Self::Output>, #received: usize) -> Option<rt::Next<Self>> {
                    #more
                    #next
                }
                #count
                fn items(page: Self::Output) -> Option<Vec<Self::Item>> {
                    #moved
                }
            }
        },
    ]
}

/// The name of an argument that is used, and of one that is not.
fn ident_if(is_used: bool, name: &str) -> TokenStream {
    let name = ident(name);
    if is_used { quote!(#name) } else { quote!(_) }
}

fn next(paging: &PagingDef) -> TokenStream {
    let body = quote!(page.body());
    match &paging.way {
        PagingWay::Cursor(field, from) => {
            let from = by_reference(from, &body);
            with(paging, field, &quote!(rt::parameter(&#from)?))
        }
        PagingWay::Page(field, start) => {
            let name = ident(&field.name);
            with(paging, field, &quote!(rt::advance(&self.#name, #start, 1)?))
        }
        PagingWay::Offset(field) => {
            let name = ident(&field.name);
            with(
                paging,
                field,
                &quote!(rt::advance(&self.#name, 0, received)?),
            )
        }
        PagingWay::Link(relation) => quote!(page.parts().link(#relation).map(rt::Next::Url)),
        PagingWay::Url(from) => {
            let from = by_reference(from, &body);
            quote!(Some(rt::Next::Url(rt::parameter(&#from)?)))
        }
    }
}

/// The operation with another value of one parameter.
fn with(paging: &PagingDef, field: &Field, value: &TokenStream) -> TokenStream {
    let name = ident(&field.name);
    let value = match field.ty {
        TypeRef::Option(_) => quote!(Some(#value)),
        TypeRef::Maybe(_) => quote!(Maybe::Value(#value)),
        _ => value.clone(),
    };
    let others = (!paging.is_only_field).then(|| quote!(..self.clone()));
    quote!(Some(rt::Next::Operation(Self { #name: #value, #others })))
}

fn is_optional(step: &Access) -> bool {
    !matches!(step, Access::Field(_))
}

fn by_reference(steps: &[Access], start: &TokenStream) -> TokenStream {
    steps.iter().fold(start.clone(), |place, step| match step {
        Access::Field(name) => {
            let name = ident(name);
            quote!(#place.#name)
        }
        Access::Option => quote!(#place.as_ref()?),
        Access::Maybe => quote!(#place.value()?),
        Access::Last => quote!(#place.last()?),
    })
}

/// The value at the end of the way, as an option.
fn by_value(steps: &[Access]) -> TokenStream {
    let (last, others) = match steps.split_last() {
        Some((last, others)) if is_optional(last) => (Some(last), others),
        _ => (None, steps),
    };
    let place = others.iter().fold(quote!(page), |place, step| match step {
        Access::Field(name) => {
            let name = ident(name);
            quote!(#place.#name)
        }
        Access::Option => quote!(#place?),
        Access::Maybe => quote!(#place.into_value()?),
        Access::Last => quote!(#place.pop()?),
    });
    match last {
        None | Some(Access::Field(_)) => quote!(Some(#place)),
        Some(Access::Option) => place,
        Some(Access::Maybe) => quote!(#place.into_value()),
        Some(Access::Last) => quote!(#place.pop()),
    }
}
