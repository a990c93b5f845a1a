//! Documentation comments.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A comment of these lines.
pub(super) fn docs(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        let mut comment = String::with_capacity(line.len() + 1);
        if !line.is_empty() {
            comment.push(' ');
            // Names of the document come here too: rustc refuses a bare CR.
            if line.contains(char::is_control) {
                comment.push_str(&line.replace(char::is_control, " "));
            } else {
                comment.push_str(line);
            }
        }
        let comment = literal(&comment);
        quote!(#[doc = #comment])
    });
    lines.collect()
}

/// A text as a literal. Most of a client is documentation, in which hardly anything is to be escaped, and looking at
/// each character for that takes long.
fn literal(text: &str) -> Literal {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let plain = text
        .bytes()
        .all(is_plain)
        .then(|| format!("\"{text}\"").parse());
    match plain {
        Some(Ok(literal)) => literal,
        _ => Literal::string(text),
    }
}

/// `#[deprecated]` where the document says so.
pub(super) fn deprecated(is_deprecated: bool) -> TokenStream {
    if is_deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}

/// Names that clippy takes for placeholders.
const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];
/// Methods that clippy would rather see in a trait of the standard library.
const OPERATORS: [&str; 24] = [
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "cmp",
    "deref",
    "div",
    "drop",
    "eq",
    "from_str",
    "hash",
    "index",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "sub",
];

/// What a method of this name, chosen by the document, needs to be allowed.
pub(super) fn allowed(method: &str, uses_deprecated: bool) -> TokenStream {
    let lints = [
        OPERATORS
            .contains(&method)
            .then(|| quote!(clippy::should_implement_trait)),
        uses_deprecated.then(|| quote!(deprecated)),
    ];
    allow(&lints)
}

/// What a method with these names needs to be allowed.
pub(super) fn allowed_arguments<'a>(
    names: &(impl Iterator<Item = &'a str> + Clone),
    uses_deprecated: bool,
) -> TokenStream {
    let has = |known: &[&str]| names.clone().any(|name| known.contains(&name));
    let lints = [
        has(&PLACEHOLDERS).then(|| quote!(clippy::disallowed_names)),
        has(&OPERATORS).then(|| quote!(clippy::should_implement_trait)),
        (names.clone().count() > 7).then(|| quote!(clippy::too_many_arguments)),
        uses_deprecated.then(|| quote!(deprecated)),
    ];
    allow(&lints)
}

fn allow(lints: &[Option<TokenStream>]) -> TokenStream {
    let lints: Vec<&TokenStream> = lints.iter().flatten().collect();
    if lints.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[allow(#(#lints),*)])
    }
}
