//! A client without some of its public items: what a caller that uses all of them must notice.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, File, ImplItem, Item, UseTree, Visibility};

/// A kind of public items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hidden {
    Types,
    Exports,
    Fields,
    Variants,
    Functions,
    /// This trait, derived.
    Derive(&'static str),
    /// Traits that are implemented by hand.
    Implementations,
    /// What macros of the runtime give.
    Macros,
}

/// The client without all items of a kind, and which these are.
pub(crate) fn hide(source: &str, what: Hidden) -> (String, Vec<String>) {
    let mut file = syn::parse_file(source).unwrap();
    let mut hidden = Vec::new();
    match what {
        Hidden::Types => return types(&file),
        Hidden::Variants => return variants(&file),
        Hidden::Exports => exports(&mut file, &mut hidden),
        Hidden::Fields => fields(&mut file, &mut hidden),
        Hidden::Functions => functions(&mut file, &mut hidden),
        Hidden::Derive(name) => derives(&mut file, name, &mut hidden),
        Hidden::Implementations => file.items.retain(|item| match item {
            Item::Impl(of) => keep(of, &mut hidden),
            _ => true,
        }),
        Hidden::Macros => file.items.retain(|item| match item {
            Item::Macro(of) => {
                hidden.extend(given(of));
                false
            }
            _ => true,
        }),
    }
    (file.to_token_stream().to_string(), named(hidden))
}

/// What a macro gives.
fn given(of: &syn::ItemMacro) -> Vec<String> {
    let name = &of.mac.path.segments.last().unwrap().ident;
    if name != "object" {
        return vec![format!("impl {name}! for {}", of.mac.tokens)];
    }
    let owner = of.mac.tokens.clone().into_iter().next().unwrap();
    let traits = ["Serialize", "Deserialize"];
    traits
        .map(|name| format!("impl {name} for {owner}"))
        .to_vec()
}

fn named(items: Vec<String>) -> Vec<String> {
    items
        .into_iter()
        .map(|item| item.replace("r#", ""))
        .collect()
}

/// Every type under another name.
fn types(file: &File) -> (String, Vec<String>) {
    let names = file.items.iter().filter_map(|item| match item {
        Item::Struct(of) if is_public(&of.vis) => Some(&of.ident),
        Item::Enum(of) if is_public(&of.vis) => Some(&of.ident),
        Item::Type(of) if is_public(&of.vis) => Some(&of.ident),
        _ => None,
    });
    let names: BTreeSet<String> = names.map(ToString::to_string).collect();
    let text = renamed(file.to_token_stream(), &mut |name, _| names.contains(name));
    (text.to_string(), named(names.into_iter().collect()))
}

/// Every variant under another name.
fn variants(file: &File) -> (String, Vec<String>) {
    let mut hidden = BTreeSet::new();
    for item in &file.items {
        if let Item::Enum(of) = item {
            hidden.extend(
                of.variants
                    .iter()
                    .map(|variant| format!("{}::{}", of.ident, variant.ident)),
            );
        }
    }
    let known = hidden.clone();
    let items = file.items.iter().map(|item| {
        let owner = match item {
            Item::Enum(of) => of.ident.to_string(),
            Item::Impl(of) => of.self_ty.to_token_stream().to_string(),
            _ => String::new(),
        };
        let mut is_variant = |name: &str, before: &str| {
            let of = if before == "Self" { &owner } else { before };
            known.contains(&format!("{of}::{name}"))
        };
        match item {
            Item::Enum(of) => {
                let (attrs, vis, name) = (&of.attrs, &of.vis, &of.ident);
                let variants = of.variants.iter().map(|variant| {
                    let (attrs, fields) = (&variant.attrs, &variant.fields);
                    let name = format_ident!("Hidden{}", variant.ident);
                    quote!(#(#attrs)* #name #fields)
                });
                quote!(#(#attrs)* #vis enum #name { #(#variants),* })
            }
            other => renamed(other.to_token_stream(), &mut is_variant),
        }
    });
    let items: TokenStream = items.collect();
    (items.to_string(), named(hidden.into_iter().collect()))
}

/// Gives each name that `is_hidden`, which hears what stands before its `::`, another one.
fn renamed(tokens: TokenStream, is_hidden: &mut impl FnMut(&str, &str) -> bool) -> TokenStream {
    let (mut before, mut colons) = (String::new(), 0);
    let mut of = String::new();
    let each = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(name) => {
            let text = name.to_string();
            of = if colons == 2 {
                before.clone()
            } else {
                String::new()
            };
            let is = of != "rt" && is_hidden(&text, &of);
            (before, colons) = (text.clone(), 0);
            TokenTree::Ident(if is {
                Ident::new(&format!("Hidden{text}"), name.span())
            } else {
                name
            })
        }
        TokenTree::Punct(mark) => {
            colons = if mark.as_char() == ':' { colons + 1 } else { 0 };
            TokenTree::Punct(mark)
        }
        TokenTree::Group(group) => {
            colons = 0;
            TokenTree::Group(Group::new(
                group.delimiter(),
                renamed(group.stream(), is_hidden),
            ))
        }
        TokenTree::Literal(of) => {
            colons = 0;
            TokenTree::Literal(of)
        }
    });
    each.collect()
}

fn exports(file: &mut File, hidden: &mut Vec<String>) {
    for item in &mut file.items {
        if let Item::Use(of) = item
            && is_public(&of.vis)
        {
            names(&of.tree, hidden);
            of.vis = Visibility::Inherited;
        }
    }
}

/// What a `use` brings in, by the names that callers have for it.
fn names(tree: &UseTree, found: &mut Vec<String>) {
    match tree {
        UseTree::Path(of) => names(&of.tree, found),
        UseTree::Group(of) => of.items.iter().for_each(|tree| names(tree, found)),
        UseTree::Name(of) => found.push(of.ident.to_string()),
        UseTree::Rename(of) => found.push(of.rename.to_string()),
        UseTree::Glob(_) => {}
    }
}

fn fields(file: &mut File, hidden: &mut Vec<String>) {
    for item in &mut file.items {
        if let Item::Struct(of) = item {
            for field in of.fields.iter_mut().filter(|field| is_public(&field.vis)) {
                hidden.push(format!("{}.{}", of.ident, field.ident.as_ref().unwrap()));
                field.vis = Visibility::Inherited;
            }
        }
    }
}

fn functions(file: &mut File, hidden: &mut Vec<String>) {
    for item in &mut file.items {
        if let Item::Impl(of) = item {
            let owner = of.self_ty.to_token_stream().to_string().replace(' ', "");
            for item in &mut of.items {
                if let ImplItem::Fn(function) = item
                    && is_public(&function.vis)
                {
                    hidden.push(format!("{owner}::{}", function.sig.ident));
                    function.vis = Visibility::Inherited;
                }
            }
        }
    }
}

fn derives(file: &mut File, name: &str, hidden: &mut Vec<String>) {
    for item in &mut file.items {
        let (owner, attributes) = match item {
            Item::Struct(of) => (&of.ident, &mut of.attrs),
            Item::Enum(of) => {
                if name == "Default" {
                    of.variants.iter_mut().for_each(|one| one.attrs.clear());
                }
                (&of.ident, &mut of.attrs)
            }
            _ => continue,
        };
        let owner = owner.to_string();
        for attribute in attributes.iter_mut() {
            if attribute.path().is_ident("derive") && without(attribute, name) {
                hidden.push(format!("impl {name} for {owner}"));
            }
        }
        // What says how to derive it has nothing to say any more.
        let derives = attributes
            .iter()
            .filter(|one| one.path().is_ident("derive"));
        if !derives
            .map(|one| one.to_token_stream().to_string())
            .any(|text| text.contains("serde"))
        {
            attributes.retain(|one| !one.path().is_ident("serde"));
        }
    }
}

/// Takes a trait out of a list; whether it was there.
fn without(attribute: &mut Attribute, name: &str) -> bool {
    let mut kept = Vec::new();
    let mut had = false;
    attribute
        .parse_nested_meta(|meta| {
            if meta.path.segments.last().unwrap().ident == name {
                had = true;
            } else {
                kept.push(meta.path);
            }
            Ok(())
        })
        .unwrap();
    *attribute = syn::parse_quote!(#[derive(#(#kept),*)]);
    had
}

/// Whether an `impl` is of no trait; the others are hidden.
fn keep(of: &syn::ItemImpl, hidden: &mut Vec<String>) -> bool {
    let Some((path, _)) = &of.trait_ else {
        return true;
    };
    let last = path.segments.last().unwrap().to_token_stream();
    let owner = of.self_ty.to_token_stream();
    let text = format!(
        "impl {} for {}",
        last.to_string().replace(' ', ""),
        owner.to_string().replace(' ', "")
    );
    hidden.push(text);
    false
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
