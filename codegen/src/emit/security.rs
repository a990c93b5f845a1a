//! How a client shows who asks.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::words::ident;
use crate::api::SecurityScheme;
use crate::lower::docs::code;
use crate::lower::module::SchemeDef;

/// `Client::builder`: with what the one scheme needs, or with credentials for several.
pub(super) fn builder(schemes: &[SchemeDef]) -> TokenStream {
    let (about, arguments, auth) = match schemes {
        [] => (
            "Starts a client that sends no credentials.".to_owned(),
            quote!(),
            quote!(rt::Auth::none()),
        ),
        [only] => {
            let (arguments, what) = match only.scheme {
                SecurityScheme::Basic => (
                    quote!(user: impl Into<String>, password: ApiKey),
                    "`user` and `password`",
                ),
                SecurityScheme::Token { .. } => (quote!(token: impl Into<rt::Token>), "`token`"),
                _ => (quote!(api_key: ApiKey), "`api_key`"),
            };
            (
                format!("Starts a client that sends {what} {}.", place(&only.scheme)),
                arguments,
                auth(&only.scheme),
            )
        }
        _ => (
            "Starts a client that sends what each operation takes of these credentials.".to_owned(),
            quote!(credentials: Credentials),
            quote!(credentials.0),
        ),
    };
    let about = docs(&about);
    let sources = schemes.iter().filter_map(token_source);
    quote! {
        #about
        pub fn builder(#arguments) -> ClientBuilder {
            rt::ClientBuilder::new(#auth)
        }
        #(#sources)*
    }
}

/// `Client::client_credentials`, where the document says where tokens are had.
fn token_source(def: &SchemeDef) -> Option<TokenStream> {
    let SecurityScheme::Token {
        token_url: Some(url),
        scopes,
    } = &def.scheme
    else {
        return None;
    };
    let about = docs(&format!(
        "A source of tokens for a client: changes `id` and `secret` for them at {} (RFC 6749 §4.4).",
        code(url)
    ));
    Some(quote! {
        #about
        pub fn client_credentials(id: impl Into<String>, secret: ApiKey) -> Result<rt::ClientCredentials, ConfigError> {
            rt::ClientCredentials::new(#url, id, secret, &[#(#scopes),*])
        }
    })
}

/// The credentials, where there are several schemes.
pub(super) fn items(schemes: &[SchemeDef]) -> Vec<TokenStream> {
    if schemes.len() < 2 {
        return Vec::new();
    }
    let setters = schemes.iter().map(|def| {
        let name = ident(&def.name);
        let wire = &def.wire;
        let about = docs(&format!("A value sent {}.", place(&def.scheme)));
        let arguments = match def.scheme {
            SecurityScheme::Basic => quote!(user: impl Into<String>, password: ApiKey),
            SecurityScheme::Token { .. } => quote!(token: impl Into<rt::Token>),
            _ => quote!(api_key: ApiKey),
        };
        let auth = auth(&def.scheme);
        quote! {
            #about
            pub fn #name(self, #arguments) -> Self {
                Self(self.0.and(#wire, #auth))
            }
        }
    });
    vec![
        quote! {
            /// The credentials of a client: set those that you have.
            #[derive(Clone, Debug, Default)]
            pub struct Credentials(rt::Auth);
        },
        quote! {
            impl Credentials {
                /// None, for what needs none.
                pub fn new() -> Self {
                    Self::default()
                }
                #(#setters)*
            }
        },
    ]
}

/// What the runtime makes of the arguments.
fn auth(scheme: &SecurityScheme) -> TokenStream {
    match scheme {
        SecurityScheme::Bearer => quote!(rt::Auth::bearer(api_key)),
        SecurityScheme::Token { .. } => quote!(rt::Auth::bearer(token)),
        SecurityScheme::Basic => quote!(rt::Auth::basic(user, password)),
        SecurityScheme::Header(name) => quote!(rt::Auth::header(#name, api_key)),
        SecurityScheme::Query(name) => quote!(rt::Auth::query(#name, api_key)),
        SecurityScheme::Cookie(name) => quote!(rt::Auth::cookie(#name, api_key)),
    }
}

fn place(scheme: &SecurityScheme) -> String {
    match scheme {
        SecurityScheme::Bearer => "as a bearer token (RFC 6750)".to_owned(),
        SecurityScheme::Token { .. } => {
            "as a bearer token (RFC 6750), for good or from a source".to_owned()
        }
        SecurityScheme::Basic => "as user and password (RFC 7617)".to_owned(),
        SecurityScheme::Header(name) => format!("in the header {}", code(name)),
        SecurityScheme::Query(name) => format!("in the query parameter {}", code(name)),
        SecurityScheme::Cookie(name) => format!("in the cookie {}", code(name)),
    }
}
