//! `encode`: what an operation writes into a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::checks;
use super::docs::docs;
use super::words::{ident, large_variants, ty};
use crate::api::{Location, Style};
use crate::lower::docs::code;
use crate::lower::module::{BodyEncoding, EncodeStep, FormField, OperationDef, PartStep};

pub(super) fn encode(operation: &OperationDef) -> TokenStream {
    let Some((last, others)) = operation.encode.split_last() else {
        return quote! {
            fn encode(&self, _: &mut rt::Request) -> Result<(), rt::EncodeError> {
                Ok(())
            }
        };
    };
    let others = others.iter().map(step);
    let last = step(last);
    let checks = checks::of_operation(operation);
    quote! {
        fn encode(&self, request: &mut rt::Request) -> Result<(), rt::EncodeError> {
            #checks
            #(#others?;)*
            #last
        }
    }
}

fn step(step: &EncodeStep) -> TokenStream {
    match step {
        EncodeStep::Parameter {
            location,
            wire,
            field,
            style,
            reserved,
            is_json,
        } => {
            let field = ident(field);
            let field = if *is_json {
                quote!(rt::json_text(#wire, &self.#field)?)
            } else {
                quote!(self.#field)
            };
            let place = ident(location.as_str());
            match style {
                None => quote!(request.#place(#wire, &#field)),
                Some((style, explode)) => {
                    let method = match (location, reserved) {
                        (Location::Query, true) => ident("query_reserved"),
                        _ => ident(&format!("{}_styled", location.as_str())),
                    };
                    let style = ident(style_name(*style));
                    quote!(request.#method(#wire, rt::Style::#style, #explode, &#field))
                }
            }
        }
        EncodeStep::Query { field, is_json } => {
            let field = ident(field);
            if *is_json {
                quote!(request.whole_query_json(&self.#field))
            } else {
                quote!(request.whole_query(&self.#field))
            }
        }
        EncodeStep::Body {
            field,
            encoding,
            is_required,
        } => {
            let field = ident(field);
            match encoding {
                BodyEncoding::Multipart(_) if !is_required => {
                    let written = body(encoding, &quote!(body));
                    quote!(match &self.#field { Some(body) => #written, None => Ok(()) })
                }
                BodyEncoding::Multipart(_) => body(encoding, &quote!(self.#field)),
                _ => body(encoding, &quote!(&self.#field)),
            }
        }
        EncodeStep::Bodies {
            field,
            is_required,
            forms,
        } => {
            let field = ident(field);
            let name = ident(&forms.name);
            let none = (!is_required).then(|| quote!(None => Ok(()),));
            let arms = forms.variants.iter().map(|variant| {
                let form = ident(&variant.name);
                let written = body(&variant.encoding, &quote!(body));
                let pattern = quote!(#name::#form(body));
                let pattern = if *is_required {
                    pattern
                } else {
                    quote!(Some(#pattern))
                };
                quote!(#pattern => #written,)
            });
            quote!(match &self.#field { #(#arms)* #none })
        }
    }
}

/// One line that writes a body; `given` is a reference to it, or its place for what reads its fields.
fn body(encoding: &BodyEncoding, given: &TokenStream) -> TokenStream {
    match encoding {
        BodyEncoding::Json => quote!(request.json(#given)),
        BodyEncoding::JsonAs(media) => quote!(request.json_as(#media, #given)),
        BodyEncoding::Form(fields) if fields.is_empty() => quote!(request.form(#given)),
        BodyEncoding::Form(fields) => {
            let fields = fields.iter().map(|(name, field)| match field {
                FormField::Json => quote!((#name, rt::FormField::Json)),
                FormField::Styled(style, explode) => {
                    let style = ident(style_name(*style));
                    quote!((#name, rt::FormField::Styled(rt::Style::#style, #explode)))
                }
            });
            quote!(request.form_with(&[#(#fields),*], #given))
        }
        BodyEncoding::Text(media) => quote!(request.text(#media, #given)),
        BodyEncoding::Bytes(media) => quote!(request.bytes(#media, #given)),
        BodyEncoding::Multipart(parts) => {
            let headers = parts.iter().flat_map(part_headers);
            let steps = parts.iter().map(|part| self::part(part, given));
            let steps: Vec<TokenStream> = headers.chain(steps).collect();
            match steps.split_last() {
                None => quote!(request.multipart(|_| Ok(()))),
                Some((last, others)) => quote! {
                    request.multipart(|form| {
                        #(#others?;)*
                        #last
                    })
                },
            }
        }
    }
}

/// Headers are told before the part that they belong to.
fn part_headers(part: &PartStep) -> Vec<TokenStream> {
    let of = &part.wire;
    let headers = part.headers.iter().map(|(wire, field)| {
        let field = ident(field);
        quote!(form.header(#of, #wire, &self.#field))
    });
    headers.collect()
}

fn part(part: &PartStep, given: &TokenStream) -> TokenStream {
    let wire = &part.wire;
    let field = ident(&part.field);
    let method = ident(if part.is_file { "files" } else { "field" });
    let media = if let Some(media) = &part.media {
        quote!(Some(#media))
    } else {
        quote!(None)
    };
    quote!(form.#method(#wire, #media, &#given.#field))
}

/// The forms that a body may have.
pub(super) fn forms(operation: &OperationDef) -> Option<TokenStream> {
    let forms = operation.encode.iter().find_map(|step| match step {
        EncodeStep::Bodies { forms, .. } => Some(forms),
        _ => None,
    })?;
    let name = ident(&forms.name);
    let about = docs(&format!(
        "The forms of the request body of [`Client::{}`].",
        operation.method_name
    ));
    let large = large_variants(forms.variants.iter().map(|variant| &variant.ty));
    let variants = forms.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let of = ty(&variant.ty);
        let about = docs(&format!("As {}.", code(&variant.media)));
        quote!(#about #name(#of),)
    });
    let checked = checks::of_forms(forms);
    Some(quote! {
        #about
        #large
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
        #checked
    })
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Cookie => "Cookie",
    }
}
