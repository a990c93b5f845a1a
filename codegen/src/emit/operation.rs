//! One operation: its data, how it is sent and read, and how it is called.

use proc_macro2::TokenStream;
use quote::quote;

use super::decode::decode;
use super::docs::{allowed, allowed_arguments, deprecated, docs};
use super::encode::{encode, forms};
use super::words::{argument, complex, ident, initializer, ty, value};
use super::{example, headers, kept, outcome, pagination, stream};
use crate::lower::docs::code;
use crate::lower::module::{ClientDef, Field, OperationDef, OutputDef, TypeRef};

pub(super) fn items(operation: &OperationDef, client: &ClientDef) -> Vec<TokenStream> {
    let mut items = vec![method(operation, client)];
    items.extend(kept::methods(operation));
    items.extend([data(operation), implementation(operation)]);
    if operation.repeatable {
        let name = ident(&operation.name);
        items.push(quote!(impl rt::Repeatable for #name {}));
    }
    items.extend(setters(operation));
    items.extend(stream::items(operation));
    items.extend(headers::items(operation));
    items.extend(pagination::items(operation));
    items.extend(forms(operation));
    if let OutputDef::Several(output) = &operation.output {
        items.extend(outcome::output(operation, output));
    }
    if let Some(error) = &operation.error {
        items.extend(outcome::error(operation, error));
    }
    items
}

/// `client.operation(required)`.
fn method(operation: &OperationDef, client: &ClientDef) -> TokenStream {
    let name = ident(&operation.method_name);
    let of = ident(&operation.name);
    let about = docs(&operation.docs);
    let example = docs(&example::of_call(operation, client));
    let old = deprecated(operation.deprecated);
    let required = operation.fields.iter().filter(|field| field.required);
    let arguments = required.map(|field| {
        let name = ident(&field.name);
        let of = argument(&field.ty);
        quote!(#name: #of)
    });
    let fields = operation.fields.iter().map(|field| initial(field, client));
    let data = if operation.fields.is_empty() {
        quote!(#of {})
    } else {
        quote!(#of { #(#fields),* })
    };
    let names = operation
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name.as_str());
    let names = names.chain([operation.method_name.as_str()]);
    let allow = allowed_arguments(&names, false);
    let nested = complex(operation.fields.iter().map(|field| &field.ty));
    quote! {
        #nested
        impl Client {
            #about
            #example
            #old
            #allow
            pub fn #name(&self, #(#arguments),*) -> Call<#of> {
                self.call(#data)
            }
        }
    }
}

fn initial(field: &Field, client: &ClientDef) -> TokenStream {
    let name = ident(&field.name);
    let default = client
        .defaults
        .iter()
        .find(|default| default.wire == field.wire && default.ty == field.ty);
    match (field.required, default) {
        (true, _) => initializer(&field.ty, &name),
        (false, Some(default)) => {
            let default = ident(&default.name);
            quote!(#name: self.#default.clone())
        }
        (false, None) if matches!(field.ty, TypeRef::Maybe(_)) => quote!(#name: Maybe::Absent),
        (false, None) => quote!(#name: None),
    }
}

fn data(operation: &OperationDef) -> TokenStream {
    let name = ident(&operation.name);
    let about = docs(&format!(
        "{} as data: see [`Client::{}`].",
        code(&format!("{} {}", operation.method, operation.path)),
        operation.method_name
    ));
    let fields = operation.fields.iter().map(|field| {
        let name = ident(&field.name);
        let of = ty(&field.ty);
        let about = docs(&field.summary);
        quote!(#about pub #name: #of,)
    });
    let nested = complex(operation.fields.iter().map(|field| &field.ty));
    quote! {
        #about
        #nested
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

fn implementation(operation: &OperationDef) -> TokenStream {
    let name = ident(&operation.name);
    let id = &operation.id;
    let method = &operation.method;
    let path = &operation.path;
    let accept = operation
        .accept
        .iter()
        .map(|accept| quote!(const ACCEPT: &'static str = #accept;));
    let server = operation
        .server
        .iter()
        .map(|url| quote!(const SERVER: Option<&'static str> = Some(#url);));
    let server = quote!(#(#server)*);
    let authenticate = if operation.authenticated {
        TokenStream::new()
    } else {
        quote!(
            const AUTHENTICATE: bool = false;
        )
    };
    let alternatives = operation
        .security
        .iter()
        .map(|names| quote!(&[#(#names),*]));
    let security = if operation.security.is_empty() {
        TokenStream::new()
    } else {
        quote!(const SECURITY: &'static [&'static [&'static str]] = &[#(#alternatives),*];)
    };
    let output = match &operation.output {
        OutputDef::One(of) => ty(of),
        OutputDef::Several(of) => {
            let name = ident(&of.name);
            quote!(#name)
        }
    };
    let error = if let Some(error) = &operation.error {
        let name = ident(&error.name);
        quote!(#name)
    } else {
        quote!(rt::NoError)
    };
    let streams = &operation.streams;
    let streams = if streams.is_empty() {
        TokenStream::new()
    } else {
        quote!(const STREAMS: &'static [&'static str] = &[#(#streams),*];)
    };
    let encode = encode(operation);
    let decode = decode(operation);
    let nested = match &operation.output {
        OutputDef::One(of) => complex([of].into_iter()),
        OutputDef::Several(_) => None,
    };
    quote! {
        #nested
        impl rt::Operation for #name {
            const ID: &'static str = #id;
            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;
            #server
            #(#accept)*
            #streams
            #authenticate
            #security
            type Output = #output;
            type Error = #error;
            #encode
            #decode
        }
    }
}

/// What is optional is a setter of the call.
fn setters(operation: &OperationDef) -> Option<TokenStream> {
    let optional: Vec<TokenStream> = operation
        .fields
        .iter()
        .filter(|field| !field.required)
        .map(setter)
        .collect();
    let name = ident(&operation.name);
    let nested = complex(operation.fields.iter().map(|field| &field.ty));
    (!optional.is_empty()).then(|| {
        quote! {
            #nested
            impl Call<#name> {
                #(#optional)*
            }
        }
    })
}

fn setter(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let setter = ident(&field.setter);
    let about = docs(&field.docs);
    let old = deprecated(field.deprecated);
    let (inner, wrap) = match &field.ty {
        TypeRef::Maybe(inner) => (&**inner, quote!(Maybe::Value)),
        TypeRef::Option(inner) => (&**inner, quote!(Some)),
        other => (other, quote!()),
    };
    let of = argument(inner);
    let given = value(inner, &ident("value"));
    let allow = allowed(&field.setter, false);
    quote! {
        #about
        #old
        #allow
        pub fn #setter(mut self, value: #of) -> Self {
            self.operation.#name = #wrap(#given);
            self
        }
    }
}
