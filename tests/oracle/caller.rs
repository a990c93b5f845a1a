//! A caller of a client that uses each public item of it, one line of code for each. It is made from the text of the
//! client, by none of the code that is tested.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Type, UseTree, Visibility};

/// A use of one item.
pub(crate) struct Use {
    /// The item, such as `UserProfile.city`.
    pub(crate) item: String,
    /// One line.
    pub(crate) code: String,
}

/// Lines above the uses.
const HEADER: usize = 2;

/// The caller of the client at `path`, as the text of a module, and what its lines are about.
pub(crate) fn text(uses: &[Use], path: &str) -> String {
    let mut text = format!("use {path}::*;\nuse stencil_runtime as rt;\n");
    for one in uses {
        text += &one.code.replace("CLIENT", path);
        text.push('\n');
    }
    text
}

/// The item that a line of the caller is about.
pub(crate) fn item(uses: &[Use], line: usize) -> Option<&str> {
    let index = line.checked_sub(HEADER + 1)?;
    uses.get(index).map(|one| one.item.as_str())
}

/// Uses of everything that is public.
pub(crate) fn uses(source: &str) -> Vec<Use> {
    let mut caller = Caller { uses: Vec::new() };
    for item in syn::parse_file(source).unwrap().items {
        caller.add(item);
    }
    caller.uses
}

struct Caller {
    uses: Vec<Use>,
}

impl Caller {
    fn add(&mut self, item: Item) {
        match item {
            Item::Struct(of) if is_public(&of.vis) => {
                let name = &of.ident;
                self.name(name);
                for field in of.fields.iter().filter(|field| is_public(&field.vis)) {
                    let (field, ty) = (field.ident.as_ref().unwrap(), &field.ty);
                    self.push(
                        &format!("{name}.{field}"),
                        &quote!((mut x: #name, v: #ty) -> #ty { x.#field = v; let #name { #field: y, .. } = x; y }),
                    );
                }
                self.derives(&quote!(#name), &of.generics, &of.attrs);
            }
            Item::Enum(of) if is_public(&of.vis) => {
                let name = &of.ident;
                self.name(name);
                for variant in &of.variants {
                    self.variant(name, variant);
                }
                self.derives(&quote!(#name), &of.generics, &of.attrs);
            }
            Item::Type(of) if is_public(&of.vis) => {
                let (name, ty) = (&of.ident, &of.ty);
                self.name(name);
                self.push(&name.to_string(), &quote!((x: #name) -> #ty { x }));
            }
            Item::Use(of) if is_public(&of.vis) => self.exported(&of.tree),
            Item::Impl(of) => self.implementation(&of),
            Item::Macro(of) => self.by_macro(&of),
            _ => {}
        }
    }

    /// A function without its name, on a line of its own.
    fn push(&mut self, item: &str, code: &TokenStream) {
        self.push_function(item, &quote!(), &quote!(), code);
    }

    fn push_function(
        &mut self,
        item: &str,
        before: &TokenStream,
        generics: &TokenStream,
        code: &TokenStream,
    ) {
        let name = format_ident!("f{}", self.uses.len());
        self.push_code(item, &quote!(pub #before fn #name #generics #code));
    }

    fn push_code(&mut self, item: &str, code: &TokenStream) {
        self.uses.push(Use {
            item: item.replace("r#", ""),
            code: code.to_string().replace('\n', " "),
        });
    }

    fn name(&mut self, name: &syn::Ident) {
        let known = format_ident!("U{}", self.uses.len());
        self.push_code(&name.to_string(), &quote!(use CLIENT::#name as #known;));
    }

    fn exported(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(of) => self.exported(&of.tree),
            UseTree::Group(of) => of.items.iter().for_each(|tree| self.exported(tree)),
            UseTree::Name(of) => self.name(&of.ident),
            UseTree::Rename(of) => self.name(&of.rename),
            UseTree::Glob(_) => {}
        }
    }

    /// Takes it apart and makes it again.
    fn variant(&mut self, of: &syn::Ident, variant: &syn::Variant) {
        let name = &variant.ident;
        let item = format!("{of}::{name}");
        let types = variant.fields.iter().map(|field| &field.ty);
        let names: Vec<syn::Ident> = match &variant.fields {
            Fields::Named(fields) => {
                let names = fields.named.iter().map(|field| field.ident.as_ref());
                names
                    .map(|name| format_ident!("{}", name.unwrap()))
                    .collect()
            }
            fields => (0..fields.len())
                .map(|index| format_ident!("v{index}"))
                .collect(),
        };
        let held = match &variant.fields {
            Fields::Unit => quote!(),
            Fields::Named(_) => quote!({ #(#names),* }),
            Fields::Unnamed(_) => quote!((#(#names),*)),
        };
        let code = quote!((x: #of) -> #of {
            match x { #of::#name #held => { #(let #names: #types = #names;)* #of::#name #held } other => other }
        });
        self.push(&item, &code);
    }

    fn derives(&mut self, owner: &TokenStream, generics: &syn::Generics, attributes: &[Attribute]) {
        for attribute in attributes
            .iter()
            .filter(|one| one.path().is_ident("derive"))
        {
            attribute
                .parse_nested_meta(|meta| {
                    let name = meta.path.segments.last().unwrap().ident.to_string();
                    let path = bound(&name).unwrap_or_else(|| meta.path.to_token_stream());
                    let item = format!("impl {name} for {owner}");
                    let names: Vec<_> = generics.type_params().map(|one| &one.ident).collect();
                    if names.is_empty() {
                        self.need(&item, owner, &path);
                    } else {
                        let bounds = quote!(#(#names: #path),*);
                        self.need_generic(
                            &item,
                            &quote!(#owner<#(#names),*>),
                            &bounds,
                            &names,
                            &path,
                        );
                    }
                    Ok(())
                })
                .unwrap();
        }
    }

    fn need(&mut self, item: &str, owner: &TokenStream, bound: &TokenStream) {
        let code = quote!(const _: fn() = || { fn need<T: #bound>() {} need::<#owner>() };);
        self.push_code(item, &code);
    }

    fn need_generic(
        &mut self,
        item: &str,
        owner: &TokenStream,
        parameters: &TokenStream,
        names: &[&syn::Ident],
        bound: &TokenStream,
    ) {
        let needed = format_ident!("n{}", self.uses.len());
        let name = format_ident!("f{}", self.uses.len());
        let code = quote!(
            fn #needed<T: #bound, #parameters>() {}
            pub fn #name<#parameters>() { #needed::<#owner, #(#names),*>() }
        );
        self.push_code(item, &code);
    }

    fn implementation(&mut self, of: &syn::ItemImpl) {
        let owner = of.self_ty.to_token_stream();
        let shown = owner.to_string().replace(' ', "");
        let params = &of.generics.params;
        let generics = if params.is_empty() {
            quote!()
        } else {
            quote!(<#params>)
        };
        let names: Vec<&syn::Ident> = of.generics.type_params().map(|one| &one.ident).collect();
        let Some((path, _)) = &of.trait_ else {
            for item in &of.items {
                if let ImplItem::Fn(function) = item
                    && is_public(&function.vis)
                {
                    self.function(&owner, &shown, &generics, &function.sig);
                }
            }
            return;
        };
        let last = path.segments.last().unwrap();
        let item = format!(
            "impl {} for {shown}",
            last.to_token_stream().to_string().replace(' ', "")
        );
        let types = of.items.iter().filter_map(|item| match item {
            ImplItem::Type(of) => Some((&of.ident, of.ty.to_token_stream())),
            _ => None,
        });
        let types: Vec<_> = types
            .filter(|(_, ty)| !ty.to_string().contains("Self"))
            .collect();
        let bound = bound(&last.ident.to_string()).unwrap_or_else(|| {
            let types = types.iter().map(|(name, ty)| quote!(#name = #ty));
            quote!(#path<#(#types),*>)
        });
        if names.is_empty() {
            self.need(&item, &owner, &bound);
        } else {
            self.need_generic(&item, &owner, &quote!(#params), &names, &bound);
        }
        let given = |name: &str| types.iter().find(|(of, _)| *of == name).map(|(_, ty)| ty);
        if let ("Operation", Some(output), Some(error)) = (
            last.ident.to_string().as_str(),
            given("Output"),
            given("Error"),
        ) {
            let code = quote!((x: Call<#owner>) -> Result<#output, Error<#error>> { x.await });
            self.push_function(&item, &quote!(async), &quote!(), &code);
        }
    }

    /// Calls it with a value of each type that it takes.
    fn function(
        &mut self,
        owner: &TokenStream,
        shown: &str,
        generics: &TokenStream,
        of: &syn::Signature,
    ) {
        let (name, asyncness) = (&of.ident, &of.asyncness);
        let awaited = asyncness.as_ref().map(|_| quote!(.await));
        let (mut takes, mut gives, mut call) = (Vec::new(), Vec::new(), quote!(<#owner>::#name));
        for (index, argument) in of.inputs.iter().enumerate() {
            match argument {
                FnArg::Receiver(receiver) => {
                    let reference = receiver.to_token_stream().to_string().starts_with('&');
                    let reference = reference.then(|| quote!(&));
                    takes.push(quote!(receiver: #reference #owner));
                    call = quote!(receiver.#name);
                }
                FnArg::Typed(of) => {
                    let (name, ty) = (format_ident!("a{index}"), taken(&of.ty, owner));
                    takes.push(quote!(#name: #ty));
                    gives.push(name);
                }
            }
        }
        let output = match &of.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => without_self(ty.to_token_stream(), owner),
        };
        let code = quote!((#(#takes),*) -> #output { #call(#(#gives),*) #awaited });
        self.push_function(
            &format!("{shown}::{name}"),
            &quote!(#asyncness),
            generics,
            &code,
        );
    }

    /// What the macros of the runtime promise.
    fn by_macro(&mut self, of: &syn::ItemMacro) {
        let owner = &of.mac.tokens;
        let name = of.mac.path.segments.last().unwrap().ident.to_string();
        if name == "object" {
            let owner = owner.clone().into_iter().next().unwrap().to_token_stream();
            for name in ["Serialize", "Deserialize"] {
                let item = format!("impl {name} for {owner}");
                self.need(&item, &owner, &bound(name).unwrap());
            }
            return;
        }
        let item = format!("impl {name}! for {owner}");
        if name == "string_enum" {
            self.push(&item, &quote!((x: &#owner) -> &str { x.as_str() }));
            for bound in [
                quote!(std::fmt::Display),
                quote!(From<&'static str>),
                quote!(From<String>),
            ] {
                self.need(&item, owner, &bound);
            }
            self.need(&item, owner, &quote!(serde::Serialize));
        }
        self.need(&item, owner, &quote!(serde::de::DeserializeOwned));
    }
}

/// Traits of the standard library that the prelude does not have, and one that has a lifetime.
fn bound(name: &str) -> Option<TokenStream> {
    Some(match name {
        "Debug" => quote!(std::fmt::Debug),
        "Hash" => quote!(std::hash::Hash),
        "Serialize" => quote!(serde::Serialize),
        "Deserialize" => quote!(serde::de::DeserializeOwned),
        _ => return None,
    })
}

/// A value of the type that an argument stands for.
fn taken(ty: &Type, owner: &TokenStream) -> TokenStream {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    match text
        .strip_prefix("implInto<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        Some(inner) => inner.parse().unwrap(),
        None => without_self(ty.to_token_stream(), owner),
    }
}

fn without_self(tokens: TokenStream, owner: &TokenStream) -> TokenStream {
    let each = tokens.into_iter().flat_map(|token| -> TokenStream {
        match token {
            proc_macro2::TokenTree::Ident(name) if name == "Self" => owner.clone(),
            proc_macro2::TokenTree::Group(group) => {
                let inner = without_self(group.stream(), owner);
                proc_macro2::Group::new(group.delimiter(), inner).to_token_stream()
            }
            other => other.into(),
        }
    });
    each.collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
