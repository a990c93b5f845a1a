//! Looks at generated code as somebody who does not trust the document that it came from.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use syn::visit::{self, Visit};

use crate::written::{ATTRIBUTES, MACROS};

/// Names of types that stand for text in a program.
const TRAITS: [&str; 22] = [
    "Repeatable",
    "StringEnum",
    "Api",
    "ApiError",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "Eq",
    "Error",
    "From",
    "FromStr",
    "Future",
    "IntoFuture",
    "Operation",
    "PartialEq",
    "Paged",
    "Serialize",
    "Server",
    "Union",
    "TryFrom",
];

/// What is wrong with generated code, whatever the document says; empty if nothing is.
///
/// The document must have been compiled without examples of calls, which are doctests on purpose.
pub fn wrong(source: &str) -> Vec<String> {
    let mut wrong: Vec<String> = Vec::new();
    if let Some(sign) = source.chars().find(|sign| is_unseen(*sign)) {
        wrong.push(format!("the sign {sign:?} stands in the source"));
    }
    match syn::parse_file(source) {
        Ok(file) => {
            let mut seen = Seen { wrong };
            seen.visit_file(&file);
            seen.wrong
        }
        Err(error) => {
            wrong.push(format!("it does not parse: {error}"));
            wrong
        }
    }
}

/// Signs that are not seen or that turn others around: rustc refuses some of them and readers all.
fn is_unseen(sign: char) -> bool {
    (sign.is_control() && sign != '\n')
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The kinds of items, in order: what a payload must not change.
pub fn items(source: &str) -> Vec<String> {
    let Ok(file) = syn::parse_file(source) else {
        return vec!["unreadable".to_owned()];
    };
    file.items.iter().map(kind).collect()
}

fn kind(item: &syn::Item) -> String {
    let kind = match item {
        syn::Item::Struct(_) => "struct",
        syn::Item::Enum(_) => "enum",
        syn::Item::Impl(of) => match &of.trait_ {
            Some((path, _)) => return format!("impl {}", last(path)),
            None => "impl",
        },
        syn::Item::Macro(of) => return format!("{}!", last(&of.mac.path)),
        syn::Item::Use(_) => "use",
        syn::Item::Type(_) => "type",
        syn::Item::Trait(_) => "trait",
        syn::Item::Fn(_) => "fn",
        syn::Item::Const(_) => "const",
        _ => "something else",
    };
    kind.to_owned()
}

fn last(path: &syn::Path) -> String {
    path.segments
        .last()
        .map(|last| last.ident.to_string())
        .unwrap_or_default()
}

struct Seen {
    wrong: Vec<String>,
}

impl Seen {
    fn docs(&mut self, attributes: &[syn::Attribute]) {
        let lines = attributes
            .iter()
            .filter_map(|attribute| match &attribute.meta {
                syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                    syn::Expr::Lit(syn::ExprLit {
                        lit: syn::Lit::Str(text),
                        ..
                    }) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            });
        let lines: Vec<String> = lines.collect();
        // As rustdoc joins them: the blank that each begins with is no indentation.
        let text: Vec<&str> = lines
            .iter()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        let text = text.join("\n");
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(&text, options) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {}
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.wrong.push(format!("a doctest ({kind:?}) in {text:?}"));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.wrong.push(format!("HTML: {html:?}"));
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                    if dest_url
                        .trim_start()
                        .to_lowercase()
                        .starts_with("javascript:") =>
                {
                    self.wrong.push(format!("a link that runs: {dest_url:?}"));
                }
                _ => {}
            }
        }
    }
}

impl<'a> Visit<'a> for Seen {
    fn visit_attribute(&mut self, attribute: &'a syn::Attribute) {
        let name = attribute
            .path()
            .segments
            .first()
            .map(|first| first.ident.to_string());
        if !name
            .as_deref()
            .is_some_and(|name| ATTRIBUTES.contains(&name))
        {
            self.wrong
                .push(format!("an attribute that nobody wrote: {name:?}"));
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let name = last(&call.path);
        if !MACROS.contains(&name.as_str()) {
            self.wrong
                .push(format!("a macro that nobody called: {name}"));
        }
    }

    fn visit_item(&mut self, item: &'a syn::Item) {
        let (attributes, is_known) = match item {
            syn::Item::Struct(of) => (&of.attrs, true),
            syn::Item::Enum(of) => (&of.attrs, true),
            syn::Item::Impl(of) => {
                let name = of.trait_.as_ref().map(|(path, _)| last(path));
                let is_known = name.is_none_or(|name| TRAITS.contains(&name.as_str()));
                (&of.attrs, is_known && of.unsafety.is_none())
            }
            syn::Item::Macro(of) => (&of.attrs, true),
            syn::Item::Use(of) => (&of.attrs, true),
            syn::Item::Type(of) => (&of.attrs, true),
            other => {
                self.wrong
                    .push(format!("an item that nobody wrote: {}", kind(other)));
                return;
            }
        };
        if !is_known {
            self.wrong
                .push(format!("an item that nobody wrote: {}", kind(item)));
        }
        self.docs(attributes);
        visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        self.docs(&field.attrs);
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'a syn::Variant) {
        self.docs(&variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.docs(&function.attrs);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_expr_unsafe(&mut self, _: &'a syn::ExprUnsafe) {
        self.wrong.push("an unsafe block".to_owned());
    }
}
