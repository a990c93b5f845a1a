//! Items of printed code into a [`Surface`].

use std::hash::{DefaultHasher, Hash, Hasher};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Fields, FnArg, ImplItem, Item as Code, ReturnType, Type, UseTree, Visibility,
};

use super::surface::{Function, Item, Key, Kind, Member, Signature, Surface, Text, TypeItem, What};

/// Reads what was printed.
pub(super) fn read(code: impl IntoIterator<Item = TokenStream>) -> Surface {
    let mut surface = Surface::default();
    for tokens in code {
        // What does not parse does not compile either, and rustc says where.
        let file = syn::parse2::<syn::File>(tokens);
        for item in file.into_iter().flat_map(|file| file.items) {
            surface.add(item);
        }
    }
    surface
}

impl Surface {
    fn add(&mut self, code: Code) {
        match code {
            Code::Struct(of) if is_public(&of.vis) => self.add_struct(&of),
            Code::Enum(of) if is_public(&of.vis) => self.add_enum(&of),
            Code::Type(of) if is_public(&of.vis) => {
                let kind = aliased(&of.ty);
                let about = About::of(&of.attrs);
                self.add_type(&of.ident, &of.generics, kind, false, about);
            }
            Code::Use(of) if is_public(&of.vis) => self.add_use("", &of.tree, &of.attrs),
            Code::Impl(of) => self.add_impl(of),
            Code::Macro(of) => self.add_macro(&of),
            _ => {}
        }
    }

    fn add_type(
        &mut self,
        name: &syn::Ident,
        generics: &syn::Generics,
        kind: Kind,
        is_open: bool,
        about: About,
    ) {
        let key = Key::of_type(&name.to_string());
        let what = What::Type(TypeItem {
            kind,
            generics: Text::of(generics),
            is_open,
        });
        self.items.insert(key, about.item(what));
    }

    fn add_struct(&mut self, of: &syn::ItemStruct) {
        let owner = of.ident.to_string();
        let mut about = About::of(&of.attrs);
        let (public, private): (Vec<_>, Vec<_>) =
            of.fields.iter().partition(|field| is_public(&field.vis));
        let is_open = about.is_open || !private.is_empty();
        let private = private.iter();
        about.rest.extend(quote!(#(#private),*));
        for (index, field) in public.into_iter().enumerate() {
            let name = field.ident.as_ref();
            let name = name.map_or_else(|| index.to_string(), plain);
            let what = What::Field(Text::of(&field.ty));
            let item = About::of(&field.attrs).item(what);
            self.items.insert(Key::field(&owner, &name), item);
        }
        self.add_derives(&owner, &of.attrs);
        self.add_type(&of.ident, &of.generics, Kind::Struct, is_open, about);
    }

    fn add_enum(&mut self, of: &syn::ItemEnum) {
        let owner = of.ident.to_string();
        for variant in &of.variants {
            let held = match &variant.fields {
                Fields::Unit => TokenStream::new(),
                fields => held(fields),
            };
            let item = About::of(&variant.attrs).item(What::Variant(Text::of(&held)));
            let key = Key::variant(&owner, &plain(&variant.ident));
            self.items.insert(key, item);
        }
        self.add_derives(&owner, &of.attrs);
        let about = About::of(&of.attrs);
        let is_open = about.is_open;
        self.add_type(&of.ident, &of.generics, Kind::Enum, is_open, about);
    }

    fn add_derives(&mut self, owner: &str, attributes: &[Attribute]) {
        for attribute in attributes {
            if !attribute.path().is_ident("derive") {
                continue;
            }
            // A list of paths is all that the attribute takes.
            drop(attribute.parse_nested_meta(|meta| {
                if let Some(last) = meta.path.segments.last() {
                    self.add_trait(owner, &last.ident.to_string(), &TokenStream::new());
                }
                Ok(())
            }));
        }
    }

    fn add_trait(&mut self, owner: &str, name: &str, condition: &TokenStream) {
        let key = Key::of(owner, Member::Trait(name.to_owned()));
        let item = About::default().item(What::Trait(Text::of(condition)));
        self.items.insert(key, item);
    }

    fn add_use(&mut self, path: &str, tree: &UseTree, attributes: &[Attribute]) {
        let add = |surface: &mut Self, name: &syn::Ident, kind: Kind| {
            let about = About::of(attributes);
            surface.add_type(name, &syn::Generics::default(), kind, true, about);
        };
        match tree {
            UseTree::Path(of) => {
                // Names of the module itself may be written with `self`.
                let path = match of.ident.to_string().as_str() {
                    "self" => path.to_owned(),
                    segment => format!("{path}{segment}::"),
                };
                self.add_use(&path, &of.tree, attributes);
            }
            UseTree::Group(of) => {
                for tree in &of.items {
                    self.add_use(path, tree, attributes);
                }
            }
            UseTree::Name(of) => {
                add(
                    self,
                    &of.ident,
                    Kind::External(format!("{path}{}", of.ident)),
                );
            }
            UseTree::Rename(of) if path.is_empty() => {
                add(self, &of.rename, Kind::Alias(of.ident.to_string()));
            }
            UseTree::Rename(of) => {
                add(
                    self,
                    &of.rename,
                    Kind::External(format!("{path}{}", of.ident)),
                );
            }
            UseTree::Glob(_) => {}
        }
    }

    fn add_impl(&mut self, of: syn::ItemImpl) {
        let owner = text(&of.self_ty.to_token_stream());
        let generics = &of.generics;
        let bounds = &generics.where_clause;
        let condition = quote!(#generics #bounds);
        let Some((path, _)) = &of.trait_ else {
            let functions = of.items.into_iter().filter_map(|item| match item {
                ImplItem::Fn(function) if is_public(&function.vis) => Some(function),
                _ => None,
            });
            for function in functions {
                self.add_function(&owner, function);
            }
            return;
        };
        let Some(last) = path.segments.last() else {
            return;
        };
        let name = text(&last.to_token_stream());
        for item in &of.items {
            if let ImplItem::Type(of) = item {
                let key = Member::Associated(name.clone(), of.ident.to_string());
                let what = What::Associated(Text::of(&of.ty));
                let item = About::default().item(what);
                self.items.insert(Key::of(&owner, key), item);
            }
        }
        let others = of
            .items
            .iter()
            .filter(|item| !matches!(item, ImplItem::Type(_)));
        let about = About {
            rest: quote!(#(#others)*),
            ..About::default()
        };
        let key = Key::of(&owner, Member::Trait(name));
        self.items
            .insert(key, about.item(What::Trait(Text::of(&condition))));
    }

    fn add_function(&mut self, owner: &str, function: syn::ImplItemFn) {
        let mut about = About::of(&function.attrs);
        about.rest.extend(function.block.to_token_stream());
        let key = Key::function(owner, &plain(&function.sig.ident));
        let what = self::function(function.sig, &about.condition);
        self.items
            .insert(key, about.item(What::Function(Box::new(what))));
    }

    /// A macro of the runtime with the name of a type gives that type what its own name says.
    fn add_macro(&mut self, of: &syn::ItemMacro) {
        let Some(last) = of.mac.path.segments.last() else {
            return;
        };
        if last.ident == "object" {
            self.add_object(of.mac.tokens.clone());
        } else {
            let owner = of.mac.tokens.to_string();
            self.add_trait(&owner, &format!("{}!", last.ident), &TokenStream::new());
        }
    }

    /// What is read and written of a struct, field by field: `Name { required field = "property", ..rest, }`.
    fn add_object(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter();
        let Some(owner) = tokens.next().map(|name| name.to_string()) else {
            return;
        };
        self.add_trait(&owner, "Serialize", &TokenStream::new());
        self.add_trait(&owner, "Deserialize", &TokenStream::new());
        let Some(TokenTree::Group(members)) = tokens.next() else {
            return;
        };
        let members: Vec<TokenTree> = members.stream().into_iter().collect();
        let is_comma =
            |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
        for member in members.split(is_comma) {
            // The kind stands before the name, the dots before the rest.
            let mut names = member.iter().filter_map(|token| match token {
                TokenTree::Ident(name) => Some(plain(name)),
                _ => None,
            });
            let key = names.next_back().map(|name| Key::field(&owner, &name));
            if let Some(field) = key.and_then(|key| self.items.get_mut(&key)) {
                field.rest.extend(&member.iter().cloned().collect());
            }
        }
    }
}

/// What the attributes of an item say.
#[derive(Default)]
struct About {
    docs: TokenStream,
    is_deprecated: bool,
    is_open: bool,
    condition: TokenStream,
    rest: TokenStream,
}

impl About {
    fn of(attributes: &[Attribute]) -> Self {
        let mut about = Self::default();
        for attribute in attributes {
            let path = attribute.path();
            let is = |name| path.is_ident(name);
            if is("doc") {
                attribute.to_tokens(&mut about.docs);
            } else if is("deprecated") {
                about.is_deprecated = true;
            } else if is("non_exhaustive") {
                about.is_open = true;
            } else if is("cfg") {
                attribute.to_tokens(&mut about.condition);
            } else if !is("allow") && !is("derive") {
                attribute.to_tokens(&mut about.rest);
            }
        }
        about
    }

    fn item(self, what: What) -> Item {
        let mut docs = DefaultHasher::new();
        self.docs.to_string().hash(&mut docs);
        Item {
            what,
            is_deprecated: self.is_deprecated,
            docs: docs.finish(),
            rest: Text::of(&self.rest),
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A name without the mark of a raw identifier.
fn plain(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// What stands behind another name.
fn aliased(ty: &Type) -> Kind {
    match ty {
        Type::Path(of) if of.qself.is_none() && of.path.get_ident().is_some() => {
            Kind::Alias(text(&of.to_token_stream()))
        }
        other => Kind::External(text(&other.to_token_stream())),
    }
}

/// What a variant holds.
fn held(fields: &Fields) -> TokenStream {
    let each = fields.iter().map(|field| {
        let (name, ty) = (&field.ident, &field.ty);
        let colon = &field.colon_token;
        quote!(#name #colon #ty)
    });
    if matches!(fields, Fields::Named(_)) {
        quote!({ #(#each),* })
    } else {
        quote!((#(#each),*))
    }
}

/// What a function takes and gives.
fn function(mut of: syn::Signature, condition: &TokenStream) -> Function {
    for argument in &mut of.inputs {
        if let FnArg::Receiver(of) = argument {
            // Whether a function changes its own copy is nothing to callers.
            of.mutability = None;
        }
    }
    Function {
        condition: Text::of(condition),
        signature: Text::of(&of),
    }
}

impl Function {
    /// Its signature, taken apart.
    pub(super) fn parts(&self) -> Signature {
        syn::parse2(self.signature.tokens()).map_or_else(|_| Signature::default(), |of| parts(&of))
    }
}

fn parts(of: &syn::Signature) -> Signature {
    let mut receiver = TokenStream::new();
    let mut arguments = Vec::new();
    for argument in &of.inputs {
        match argument {
            FnArg::Receiver(of) => receiver = of.to_token_stream(),
            FnArg::Typed(of) => {
                let name = of.pat.to_token_stream().to_string();
                let name = name.trim_start_matches("r#").to_owned();
                arguments.push((name, of.ty.to_token_stream()));
            }
        }
    }
    let output = match &of.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    let (asyncness, generics) = (&of.asyncness, &of.generics);
    let bounds = &generics.where_clause;
    Signature {
        head: quote!(#asyncness #generics #bounds),
        receiver,
        arguments,
        output,
    }
}

/// A type or a path without spaces, as a name.
fn text(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "")
}
