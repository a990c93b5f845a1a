//! The keys and values between the macro's braces.

use proc_macro2::Span;
use stencil_codegen::Config;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitBool, LitStr, Token, bracketed};

const KEYS: [&str; 8] = [
    "spec",
    "overlay",
    "files",
    "only",
    "example_path",
    "blocking",
    "string_formats",
    "deny_loss",
];

/// What the macro was told.
pub(crate) struct Settings {
    pub(crate) config: Config,
    /// Where the document's path stands, for problems of the document.
    pub(crate) spec: Span,
}

impl Parse for Settings {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut config = Config::new("");
        let mut spec = None;
        let mut seen: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            if seen.contains(&key) {
                return Err(syn::Error::new(key.span(), format!("`{key}` is set twice")));
            }
            input.parse::<Token![=]>()?;
            if key == "spec" {
                let path: LitStr = input.parse()?;
                config.spec = path.value().into();
                spec = Some(path.span());
            } else if key == "overlay" {
                config.overlays = paths(input)?
                    .iter()
                    .map(|path| path.value().into())
                    .collect();
            } else if key == "example_path" {
                config.example_path = Some(input.parse::<LitStr>()?.value());
            } else if key == "blocking" {
                config.blocking = input.parse::<LitBool>()?.value;
            } else if key == "files" {
                config.files = input.parse::<LitBool>()?.value;
            } else if key == "only" {
                config.only = paths(input)?.iter().map(LitStr::value).collect();
            } else if key == "string_formats" {
                config.string_formats = paths(input)?.iter().map(LitStr::value).collect();
            } else if key == "deny_loss" {
                config.deny_loss = input.parse::<LitBool>()?.value;
            } else {
                return Err(unknown(&key));
            }
            seen.push(key);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let missing = || input.error("`spec = \"path/to/openapi.yaml\"` is missing");
        Ok(Self {
            config,
            spec: spec.ok_or_else(missing)?,
        })
    }
}

/// One path, or a list of them.
fn paths(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    if input.peek(syn::token::Bracket) {
        let list;
        bracketed!(list in input);
        Ok(Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?
            .into_iter()
            .collect())
    } else {
        Ok(vec![input.parse()?])
    }
}

fn unknown(key: &Ident) -> syn::Error {
    let name = key.to_string();
    let near = KEYS
        .iter()
        .find(|known| known.starts_with(&name) || name.starts_with(*known));
    let help = match near {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!(
            "there are {}",
            KEYS.map(|key| format!("`{key}`")).join(", ")
        ),
    };
    syn::Error::new(key.span(), format!("unknown key `{name}`: {help}"))
}
