//! Items as people read them.

use proc_macro2::TokenStream;
use quote::quote;

use super::surface::{Function, Item, Key, Kind, Member, What};

/// An item as it is declared, without its body.
pub(super) fn declaration(key: &Key, item: &Item) -> String {
    let old = if item.is_deprecated {
        "#[deprecated]\n"
    } else {
        ""
    };
    format!("{old}{}", plain(key, item))
}

fn plain(key: &Key, item: &Item) -> String {
    let owner = &key.owner;
    match (&item.what, &key.member) {
        (What::Type(of), _) => match &of.kind {
            Kind::Struct => format!("pub struct {owner}"),
            Kind::Enum => format!("pub enum {owner}"),
            Kind::Alias(target) => format!("pub use {target} as {owner}"),
            Kind::External(path) => format!("pub use {path} as {owner}"),
        },
        (What::Field(of), Member::Field(name)) => {
            format!("pub {}: {}", raw(name), ty(&of.tokens()))
        }
        (What::Variant(of), Member::Variant(name)) => format!("{name}{}", ty(&of.tokens())),
        (What::Function(of), _) => signature(of),
        (What::Associated(of), Member::Associated(_, name)) => {
            format!("type {name} = {}", ty(&of.tokens()))
        }
        _ => key.to_string(),
    }
}

/// A type, or what a variant holds.
pub(super) fn ty(tokens: &TokenStream) -> String {
    if tokens.is_empty() {
        return String::new();
    }
    let (start, end, printed) = match syn::parse2::<syn::Type>(tokens.clone()) {
        Ok(of) => ("type T = ", ";", format(&quote!(type T = #of;))),
        Err(_) => ("enum E { V", ", }", format(&quote!(enum E { V #tokens }))),
    };
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = printed.strip_prefix(start).unwrap_or(&printed);
    text.strip_suffix(end).unwrap_or(text).to_owned()
}

/// A name as code has it.
fn raw(name: &str) -> String {
    match syn::parse_str::<syn::Ident>(name) {
        Ok(_) => name.to_owned(),
        Err(_) => format!("r#{name}"),
    }
}

fn signature(of: &Function) -> String {
    let (condition, signature) = (of.condition.tokens(), of.signature.tokens());
    let text = format(&quote!(#condition pub #signature {}));
    text.trim_end().trim_end_matches("{}").trim_end().to_owned()
}

fn format(tokens: &TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => tokens.to_string(),
    }
}
