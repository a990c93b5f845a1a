//! The keys and values between the macro's braces.

use proc_macro2::Span;
use serde_json::{Map, Value};
use stencil_codegen::Config;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitBool, LitStr, Token, braced, bracketed};

/// What the macro was told.
pub(crate) struct Settings {
    pub(crate) config: Config,
    /// Where the document's path stands, for problems of the document.
    pub(crate) spec: Span,
}

impl Parse for Settings {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut config = Config::default();
        let mut spec = None;
        let mut seen: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            if seen.contains(&key) {
                return Err(syn::Error::new(key.span(), format!("`{key}` is set twice")));
            }
            input.parse::<Token![=]>()?;
            let place = input.span();
            let value = value(input)?;
            config
                .set(&key.to_string(), &value)
                .map_err(|error| syn::Error::new(key.span(), error))?;
            if key == "spec" {
                spec = Some(place);
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

/// A value as TOML has it: a string, a boolean, `[…]`, or `{ name = value, … }`.
fn value(input: ParseStream<'_>) -> syn::Result<Value> {
    if input.peek(LitBool) {
        return Ok(Value::Bool(input.parse::<LitBool>()?.value));
    }
    if input.peek(syn::token::Bracket) {
        let list;
        bracketed!(list in input);
        let mut items = Vec::new();
        while !list.is_empty() {
            items.push(value(&list)?);
            if !list.is_empty() {
                list.parse::<Token![,]>()?;
            }
        }
        return Ok(Value::Array(items));
    }
    if input.peek(syn::token::Brace) {
        let table;
        braced!(table in input);
        let mut entries = Map::new();
        while !table.is_empty() {
            let name = if table.peek(LitStr) {
                table.parse::<LitStr>()?.value()
            } else {
                table.call(Ident::parse_any)?.to_string()
            };
            table.parse::<Token![=]>()?;
            entries.insert(name, value(&table)?);
            if !table.is_empty() {
                table.parse::<Token![,]>()?;
            }
        }
        return Ok(Value::Object(entries));
    }
    Ok(Value::String(input.parse::<LitStr>()?.value()))
}
