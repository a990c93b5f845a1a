//! Limits that are checked before something is sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::words::ident;
use crate::lower::module::{BodyEnum, CheckStep, Limit, OperationDef, TypeDef, TypeKind};

/// What a type checks of itself.
pub(super) fn of_type(def: &TypeDef) -> Option<TokenStream> {
    if def.checks.is_empty() {
        return None;
    }
    let name = ident(&def.name);
    if let TypeKind::Union(_) = &def.kind {
        return Some(of_variants(&def.name, &def.checks, true));
    }
    let steps = def.checks.iter().map(step);
    Some(quote! {
        impl rt::Checked for #name {
            fn check(&self, check: &mut rt::Check) {
                #(#steps)*
            }
        }
    })
}

/// What the forms of a body check.
pub(super) fn of_forms(forms: &BodyEnum) -> Option<TokenStream> {
    let checks: Vec<CheckStep> = forms
        .variants
        .iter()
        .flat_map(|variant| variant.checks.clone())
        .collect();
    let is_open = forms
        .variants
        .iter()
        .any(|variant| variant.checks.is_empty());
    (!checks.is_empty()).then(|| of_variants(&forms.name, &checks, is_open))
}

fn of_variants(name: &str, checks: &[CheckStep], is_open: bool) -> TokenStream {
    let name = ident(name);
    let mut arms: Vec<(TokenStream, TokenStream)> = checks
        .chunk_by(|one, other| one.field() == other.field())
        .map(|steps| {
            let variant = ident(steps[0].field());
            let steps = steps.iter().map(|step| of(step, &quote!(value)));
            (quote!(Self::#variant(value)), quote!({ #(#steps)* }))
        })
        .collect();
    let body = if let ([(pattern, steps)], true) = (&arms[..], is_open) {
        quote!(if let #pattern = self #steps)
    } else {
        arms.extend(is_open.then(|| (quote!(_), quote!({}))));
        let arms = arms
            .into_iter()
            .map(|(pattern, steps)| quote!(#pattern => #steps));
        quote!(match self { #(#arms)* })
    };
    quote! {
        impl rt::Checked for #name {
            fn check(&self, check: &mut rt::Check) {
                #body
            }
        }
    }
}

/// The first statement of `encode`.
pub(super) fn of_operation(operation: &OperationDef) -> Option<TokenStream> {
    let steps: Vec<TokenStream> = operation.checks.iter().map(step).collect();
    (!steps.is_empty()).then(|| quote!(rt::Check::run(|check| { #(#steps)* })?;))
}

fn step(step: &CheckStep) -> TokenStream {
    let place = match step.field() {
        "" => quote!(self),
        field => {
            let field = ident(field);
            quote!(&self.#field)
        }
    };
    of(step, &place)
}

fn of(step: &CheckStep, place: &TokenStream) -> TokenStream {
    match step {
        CheckStep::Inner { name, .. } => quote!(check.inner(#name, #place);),
        CheckStep::Limits {
            name, way, limits, ..
        } => {
            let limits = limits.iter().map(limit);
            let limits = quote!(&[#(#limits),*]);
            if way.is_empty() {
                quote!(check.limits(#name, #place, #limits);)
            } else {
                quote!(check.each(#name, #way, #place, #limits);)
            }
        }
    }
}

fn limit(limit: &Limit) -> TokenStream {
    match limit {
        Limit::Number(variant, number) => {
            let (variant, number) = (ident(variant), Literal::f64_unsuffixed(*number));
            quote!(rt::Limit::#variant(#number))
        }
        Limit::Count(variant, count) => {
            let (variant, count) = (ident(variant), Literal::u64_unsuffixed(*count));
            quote!(rt::Limit::#variant(#count))
        }
        Limit::Unique => quote!(rt::Limit::UniqueItems),
        Limit::Pattern(pattern) => quote!(rt::Limit::Pattern(#pattern)),
    }
}
