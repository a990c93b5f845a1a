//! The client's surface: `Client`, `Server`, `Call`, and string types with forms.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::{argument, ident, ty, value};
use super::{call, security, words};
use crate::lower::Module;
use crate::lower::docs::code;
use crate::lower::module::{ClientDef, Field, NamedTypeDef, ServerVariant, ServersDef, TypeRef};

pub(super) fn items(module: &Module) -> Vec<TokenStream> {
    let runtime = words::path(&module.header.runtime);
    let mut items = vec![
        quote! {
            pub use #runtime as rt;
            pub use rt::{ApiKey, ConfigError, Error, Maybe, RateLimit, Response, Secret, UnknownValue};
        },
        data(module),
        quote! {
            /// Builds a [`Client`].
            pub type ClientBuilder = rt::ClientBuilder<Client>;
        },
        methods(module),
        api(&module.client),
    ];
    items.extend(security::items(&module.client.security));
    items.extend(servers(&module.servers));
    items.extend(call::items(module.client.blocking));
    items.extend(module.named_types.iter().flat_map(named_type));
    items
}

fn data(module: &Module) -> TokenStream {
    let about = docs(&module.client.docs);
    // A document of schemas alone has types and nothing to call; so has a client whose features are off.
    let unused = (!module.always_calls()).then(|| quote!(#[allow(dead_code)]));
    let defaults = module.client.defaults.iter().map(|field| {
        let name = ident(&field.name);
        let of = ty(&field.ty);
        let unread = (!module.always_reads(field)).then(|| quote!(#[allow(dead_code)]));
        quote!(#unread #name: #of,)
    });
    quote! {
        #about
        #[derive(Clone, Debug)]
        pub struct Client {
            #unused
            inner: rt::Client,
            #(#defaults)*
        }
    }
}

fn methods(module: &Module) -> TokenStream {
    let client = &module.client;
    let unused = (!module.always_calls()).then(|| quote!(#[allow(dead_code)]));
    let builder = security::builder(&client.security);
    let defaults = client.defaults.iter().map(default_setter);
    quote! {
        impl Client {
            #builder
            #(#defaults)*
            #unused
            fn call<O: rt::Operation>(&self, operation: O) -> Call<O> {
                Call { client: self.inner.clone(), operation, options: rt::CallOptions::default() }
            }
        }
    }
}

fn default_setter(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let about = docs(&field.docs);
    let inner = match &field.ty {
        TypeRef::Option(inner) => inner,
        other => other,
    };
    let of = argument(inner);
    let given = value(inner, &name);
    quote! {
        #about
        pub fn #name(&self, #name: #of) -> Self {
            Self { #name: Some(#given), ..self.clone() }
        }
    }
}

fn api(client: &ClientDef) -> TokenStream {
    let defaults = client.defaults.iter().map(|field| {
        let name = ident(&field.name);
        quote!(#name: None)
    });
    quote! {
        impl rt::Api for Client {
            type Server = Server;
            const USER_AGENT: &'static str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
            fn from_runtime(inner: rt::Client) -> Self {
                Self { inner, #(#defaults),* }
            }
        }
    }
}

fn servers(servers: &ServersDef) -> Vec<TokenStream> {
    let is_plain = servers
        .variants
        .first()
        .is_none_or(|first| first.variables.is_empty());
    let variants = servers.variants.iter().enumerate().map(|(index, server)| {
        let name = ident(&server.name);
        let about = docs(&server.docs);
        let default = if index == 0 && is_plain {
            quote!(#[default])
        } else {
            quote!()
        };
        let fields = server_fields(server);
        let data = if fields.is_empty() {
            quote!()
        } else {
            quote!({ #(#fields)* })
        };
        quote!(#about #default #name #data,)
    });
    let urls = servers.variants.iter().map(server_url);
    let derive = if is_plain { quote!(Default,) } else { quote!() };
    let mut items = vec![
        quote! {
            /// Where the API is served; the first one is the default.
            #[derive(Clone, Debug, #derive PartialEq)]
            #[non_exhaustive]
            pub enum Server { #(#variants)* }
        },
        quote! {
            impl rt::Server for Server {
                fn url(&self) -> std::borrow::Cow<'_, str> {
                    match self { #(#urls)* }
                }
            }
        },
    ];
    if let (false, Some(first)) = (is_plain, servers.variants.first()) {
        items.push(server_default(first));
    }
    items
}

fn server_fields(server: &ServerVariant) -> Vec<TokenStream> {
    let fields = server.variables.iter().map(|variable| {
        let about = docs(&variable.docs);
        let name = ident(&variable.field);
        quote!(#about #name: String,)
    });
    fields.collect()
}

fn server_url(server: &ServerVariant) -> TokenStream {
    let name = ident(&server.name);
    let url = &server.url;
    if server.variables.is_empty() {
        return quote!(Self::#name => #url.into(),);
    }
    let is_used = |name: &str| url.contains(&format!("{{{name}}}"));
    let used = server
        .variables
        .iter()
        .filter(|variable| is_used(&variable.field))
        .map(|variable| ident(&variable.field));
    let url = if used.clone().next().is_none() {
        quote!(#url)
    } else {
        quote!(format!(#url))
    };
    quote!(Self::#name { #(#used,)* .. } => #url.into(),)
}

fn server_default(server: &ServerVariant) -> TokenStream {
    let name = ident(&server.name);
    let fields = server.variables.iter().map(|variable| {
        let name = ident(&variable.field);
        let default = &variable.default;
        quote!(#name: #default.to_owned())
    });
    quote! {
        impl Default for Server {
            fn default() -> Self {
                Self::#name { #(#fields),* }
            }
        }
    }
}

fn named_type(def: &NamedTypeDef) -> Vec<TokenStream> {
    let name = ident(&def.name);
    let about = docs(&def.docs);
    let templates = def.forms.iter().map(|(_, template)| template);
    let forms = def
        .forms
        .iter()
        .enumerate()
        .map(|(index, (form, template))| {
            let form = ident(form);
            let about = docs(&code(&template.replace("{}", "…")));
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            quote! {
                #about
                pub fn #form(value: impl Into<String>) -> Self {
                    Self(rt::FormattedString::new(Self::FORMS, #index, value.into()))
                }
            }
        });
    vec![
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub struct #name(rt::FormattedString);
        },
        quote! {
            impl #name {
                const FORMS: &'static [&'static str] = &[#(#templates),*];
                #(#forms)*
            }
        },
        quote! {
            impl serde::Serialize for #name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.0.serialize(serializer)
                }
            }
        },
    ]
}
