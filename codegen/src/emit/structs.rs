//! Structs with their constructor and setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{allowed, allowed_arguments, deprecated, docs};
use super::words::{argument, complex, derive, ident, initializer, is_of_std, ty, value};
use crate::lower;
use crate::lower::docs::code;
use crate::lower::module::{Field, StructDef, TypeDef, TypeRef};

pub(super) fn items(def: &TypeDef, of: &StructDef) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let about = docs(&def.docs);
    // Macros of others read the attributes of serde to know the names on the wire.
    let is_derived = !def.derives.iter().all(|path| is_of_std(path));
    let fields = of.fields.iter().map(|of| field(of, is_derived));
    let has_default = of.constructor && !of.fields.iter().any(|field| field.required);
    let mut own = vec!["Clone", "Debug"];
    own.extend(has_default.then_some("Default"));
    own.push("PartialEq");
    if is_derived {
        own.extend(["serde::Serialize", "serde::Deserialize"]);
    }
    let derive = derive(&own, &def.derives);
    let nested = complex(of.fields.iter().map(|field| &field.ty));
    let mut items = vec![quote! {
        #about
        #nested
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }];
    if !is_derived {
        items.push(object(def, of));
    }
    if of.constructor {
        items.push(constructor(def, of, has_default));
    }
    items
}

/// Which property each field is: reading and writing them is code of the runtime, which is compiled once.
fn object(def: &TypeDef, of: &StructDef) -> TokenStream {
    let name = ident(&def.name);
    let members = of.fields.iter().filter(|field| !field.flatten);
    let members = members.map(|field| {
        let (name, wire) = (ident(&field.name), &field.wire);
        let kind = ident(match field.ty {
            TypeRef::Option(_) if field.required => "nullable",
            TypeRef::Option(_) | TypeRef::Maybe(_) => "optional",
            _ => "required",
        });
        quote!(#kind #name = #wire,)
    });
    let rest = of.fields.iter().filter(|field| field.flatten);
    let rest = rest.map(|field| ident(&field.name));
    quote!(rt::object!(#name { #(#members)* #(..#rest,)* });)
}

fn field(field: &Field, is_derived: bool) -> TokenStream {
    let name = ident(&field.name);
    let of = ty(&field.ty);
    let text = if field.docs.is_empty() {
        format!("{}.", code(&field.wire))
    } else {
        field.docs.clone()
    };
    let about = docs(&text);
    let old = deprecated(field.deprecated);
    let serde = is_derived.then(|| attribute(field));
    quote! {
        #about
        #old
        #serde
        pub #name: #of,
    }
}

/// What serde's own macros are told of a field.
fn attribute(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let mut options = Vec::new();
    if field.flatten {
        options.push(quote!(flatten));
    } else if name.to_string().trim_start_matches("r#") != field.wire {
        let wire = &field.wire;
        options.push(quote!(rename = #wire));
    }
    match field.ty {
        TypeRef::Option(_) if !field.required => {
            options.push(quote!(skip_serializing_if = "Option::is_none"));
        }
        TypeRef::Maybe(_) => {
            options.push(quote!(default));
            options.push(quote!(skip_serializing_if = "Maybe::is_absent"));
        }
        _ => {}
    }
    if options.is_empty() {
        return TokenStream::new();
    }
    quote!(#[serde(#(#options),*)])
}

fn constructor(def: &TypeDef, of: &StructDef, has_default: bool) -> TokenStream {
    let name = ident(&def.name);
    let mut required: Vec<&Field> = of.fields.iter().filter(|field| field.required).collect();
    // Canonical order: the document's may change without a change of meaning.
    required.sort_by(|one, other| one.name.cmp(&other.name));
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let of = argument(&field.ty);
        quote!(#name: #of)
    });
    let body = if has_default {
        quote!(Self::default())
    } else {
        let fields = of.fields.iter().map(initial);
        quote!(Self { #(#fields),* })
    };
    let about = docs(if required.is_empty() {
        "With nothing set."
    } else {
        "With what is required, and nothing else set."
    });
    let setters = of.fields.iter().filter(|field| !field.required).map(setter);
    let names = required.iter().map(|field| field.name.as_str());
    let allow = allowed_arguments(&names, of.fields.iter().any(|field| field.deprecated));
    let nested = complex(of.fields.iter().map(|field| &field.ty));
    quote! {
        #nested
        impl #name {
            #about
            #allow
            pub fn new(#(#arguments),*) -> Self {
                #body
            }
            #(#setters)*
        }
    }
}

fn initial(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    match (&field.ty, field.required) {
        (of, true) => initializer(of, &name),
        (TypeRef::Option(_), false) => quote!(#name: None),
        (TypeRef::Maybe(_), false) => quote!(#name: Maybe::Absent),
        _ => quote!(#name: Default::default()),
    }
}

fn setter(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let setter = ident(&field.setter);
    let about = docs(&format!(
        "Sets {}.",
        code(if field.flatten {
            &field.name
        } else {
            &field.wire
        })
    ));
    let (inner, wrap) = match &field.ty {
        TypeRef::Option(inner) => (&**inner, quote!(Some)),
        TypeRef::Maybe(inner) => (&**inner, quote!(Maybe::Value)),
        other => (other, TokenStream::new()),
    };
    let of = argument(inner);
    let given = value(inner, &ident("value"));
    let given = if wrap.is_empty() {
        given
    } else {
        quote!(#wrap(#given))
    };
    let null = if matches!(field.ty, TypeRef::Maybe(_)) {
        null_setter(field)
    } else {
        TokenStream::new()
    };
    let old = deprecated(field.deprecated);
    let allow = allowed(&field.setter, field.deprecated);
    quote! {
        #about
        #old
        #allow
        pub fn #setter(mut self, value: #of) -> Self {
            self.#name = #given;
            self
        }
        #null
    }
}

fn null_setter(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let setter = ident(&lower::null_setter(&field.setter));
    let about = docs(&format!(
        "Sets {} to null, which is not the same as leaving it out.",
        code(&field.wire)
    ));
    let old = deprecated(field.deprecated);
    let allow = allowed(&field.setter, field.deprecated);
    quote! {
        #about
        #old
        #allow
        pub fn #setter(mut self) -> Self {
            self.#name = Maybe::Null;
            self
        }
    }
}
