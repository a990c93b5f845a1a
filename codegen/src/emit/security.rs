//! How a client shows who asks.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::ident;
use crate::api::SecurityScheme;

/// `Client::builder`: with what the one scheme needs, or with a choice of several.
pub(super) fn builder(schemes: &[(String, SecurityScheme)]) -> TokenStream {
    let (about, arguments, auth) = match schemes {
        [] => (
            "Starts a client that sends no credentials.".to_owned(),
            quote!(),
            quote!(rt::Auth::none()),
        ),
        [(_, SecurityScheme::Basic)] => (
            "Starts a client that sends `user` and `password` (RFC 7617).".to_owned(),
            quote!(user: impl Into<String>, password: ApiKey),
            quote!(rt::Auth::basic(user.into(), password)),
        ),
        [(_, scheme)] => (
            format!("Starts a client that sends `api_key` {}.", place(scheme)),
            quote!(api_key: ApiKey),
            auth(scheme),
        ),
        _ => (
            "Starts a client that sends these credentials.".to_owned(),
            quote!(credentials: Credentials),
            quote!(credentials.into_auth()),
        ),
    };
    let about = docs(&about);
    quote! {
        #about
        pub fn builder(#arguments) -> ClientBuilder {
            rt::ClientBuilder::new(#auth)
        }
    }
}

/// The choice, where there is one.
pub(super) fn items(schemes: &[(String, SecurityScheme)]) -> Vec<TokenStream> {
    if schemes.len() < 2 {
        return Vec::new();
    }
    let variants = schemes.iter().map(|(name, scheme)| {
        let name = ident(name);
        if *scheme == SecurityScheme::Basic {
            let about = docs("User and password (RFC 7617).");
            return quote!(#about #name(String, ApiKey),);
        }
        let about = docs(&format!("A key, sent {}.", place(scheme)));
        quote!(#about #name(ApiKey),)
    });
    let arms = schemes.iter().map(|(name, scheme)| {
        let name = ident(name);
        if *scheme == SecurityScheme::Basic {
            return quote!(Self::#name(user, password) => rt::Auth::basic(user, password),);
        }
        let auth = auth(scheme);
        quote!(Self::#name(api_key) => #auth,)
    });
    vec![
        quote! {
            /// The credentials that the API takes; a client has one kind.
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum Credentials {
                #(#variants)*
                /// None, for what needs none.
                None,
            }
        },
        quote! {
            impl Credentials {
                fn into_auth(self) -> rt::Auth {
                    match self {
                        #(#arms)*
                        Self::None => rt::Auth::none(),
                    }
                }
            }
        },
    ]
}

/// What the runtime makes of `api_key`.
fn auth(scheme: &SecurityScheme) -> TokenStream {
    match scheme {
        SecurityScheme::Bearer | SecurityScheme::Basic => quote!(rt::Auth::bearer(api_key)),
        SecurityScheme::Header(name) => quote!(rt::Auth::header(#name, api_key)),
        SecurityScheme::Query(name) => quote!(rt::Auth::query(#name, api_key)),
        SecurityScheme::Cookie(name) => quote!(rt::Auth::cookie(#name, api_key)),
    }
}

fn place(scheme: &SecurityScheme) -> String {
    let plain = |name: &str| name.replace('`', "");
    match scheme {
        SecurityScheme::Bearer => "as a bearer token (RFC 6750)".to_owned(),
        SecurityScheme::Basic => "as a password (RFC 7617)".to_owned(),
        SecurityScheme::Header(name) => format!("in the header parameter `{}`", plain(name)),
        SecurityScheme::Query(name) => format!("in the query parameter `{}`", plain(name)),
        SecurityScheme::Cookie(name) => format!("in the cookie parameter `{}`", plain(name)),
    }
}
