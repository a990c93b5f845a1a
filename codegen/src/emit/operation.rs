//! One operation: its data, how it is sent and read, and how it is called.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{allowed, allowed_arguments, deprecated, docs};
use super::words::{argument, complex, ident, initializer, large_variants, ty, value};
use super::{checks, example, headers, kept, outcome, pagination, stream};
use crate::api::{Location, StatusPattern, Style};
use crate::lower::docs::code;
use crate::lower::module::{
    Arm, BodyEncoding, ClientDef, EncodeStep, Field, FormField, OperationDef, Outcome, OutputDef,
    PartStep, Reader, TypeRef,
};

pub(super) fn items(operation: &OperationDef, client: &ClientDef) -> Vec<TokenStream> {
    let mut items = vec![method(operation, client)];
    items.extend(kept::methods(operation));
    items.extend([data(operation), implementation(operation)]);
    if operation.repeatable {
        let name = ident(&operation.name);
        items.push(quote!(impl rt::Repeatable for #name {}));
    }
    items.extend(setters(operation));
    items.extend(stream::items(operation));
    items.extend(headers::items(operation));
    items.extend(pagination::items(operation));
    items.extend(forms(operation));
    if let OutputDef::Several(output) = &operation.output {
        items.extend(outcome::output(operation, output));
    }
    if let Some(error) = &operation.error {
        items.extend(outcome::error(operation, error));
    }
    items
}

/// `client.operation(required)`.
fn method(operation: &OperationDef, client: &ClientDef) -> TokenStream {
    let name = ident(&operation.method_name);
    let of = ident(&operation.name);
    let about = docs(&operation.docs);
    let example = docs(&example::of_call(operation, client));
    let old = deprecated(operation.deprecated);
    let required = operation.fields.iter().filter(|field| field.required);
    let arguments = required.map(|field| {
        let name = ident(&field.name);
        let of = argument(&field.ty);
        quote!(#name: #of)
    });
    let fields = operation.fields.iter().map(|field| initial(field, client));
    let data = if operation.fields.is_empty() {
        quote!(#of {})
    } else {
        quote!(#of { #(#fields),* })
    };
    let names = operation
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name.as_str());
    let names = names.chain([operation.method_name.as_str()]);
    let allow = allowed_arguments(&names, false);
    let nested = complex(operation.fields.iter().map(|field| &field.ty));
    quote! {
        #nested
        impl Client {
            #about
            #example
            #old
            #allow
            pub fn #name(&self, #(#arguments),*) -> Call<#of> {
                self.call(#data)
            }
        }
    }
}

fn initial(field: &Field, client: &ClientDef) -> TokenStream {
    let name = ident(&field.name);
    let default = client
        .defaults
        .iter()
        .find(|default| default.wire == field.wire && default.ty == field.ty);
    match (field.required, default) {
        (true, _) => initializer(&field.ty, &name),
        (false, Some(default)) => {
            let default = ident(&default.name);
            quote!(#name: self.#default.clone())
        }
        (false, None) if matches!(field.ty, TypeRef::Maybe(_)) => quote!(#name: Maybe::Absent),
        (false, None) => quote!(#name: None),
    }
}

fn data(operation: &OperationDef) -> TokenStream {
    let name = ident(&operation.name);
    let about = docs(&format!(
        "{} as data: see [`Client::{}`].",
        code(&format!("{} {}", operation.method, operation.path)),
        operation.method_name
    ));
    let fields = operation.fields.iter().map(|field| {
        let name = ident(&field.name);
        let of = ty(&field.ty);
        let about = docs(&field.summary);
        quote!(#about pub #name: #of,)
    });
    let nested = complex(operation.fields.iter().map(|field| &field.ty));
    quote! {
        #about
        #nested
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

fn implementation(operation: &OperationDef) -> TokenStream {
    let name = ident(&operation.name);
    let id = &operation.id;
    let method = &operation.method;
    let path = &operation.path;
    let accept = operation
        .accept
        .iter()
        .map(|accept| quote!(const ACCEPT: &'static str = #accept;));
    let server = operation
        .server
        .iter()
        .map(|url| quote!(const SERVER: Option<&'static str> = Some(#url);));
    let server = quote!(#(#server)*);
    let authenticate = if operation.authenticated {
        TokenStream::new()
    } else {
        quote!(
            const AUTHENTICATE: bool = false;
        )
    };
    let alternatives = operation
        .security
        .iter()
        .map(|names| quote!(&[#(#names),*]));
    let security = if operation.security.is_empty() {
        TokenStream::new()
    } else {
        quote!(const SECURITY: &'static [&'static [&'static str]] = &[#(#alternatives),*];)
    };
    let output = match &operation.output {
        OutputDef::One(of) => ty(of),
        OutputDef::Several(of) => {
            let name = ident(&of.name);
            quote!(#name)
        }
    };
    let error = if let Some(error) = &operation.error {
        let name = ident(&error.name);
        quote!(#name)
    } else {
        quote!(rt::NoError)
    };
    let streams = &operation.streams;
    let streams = if streams.is_empty() {
        TokenStream::new()
    } else {
        quote!(const STREAMS: &'static [&'static str] = &[#(#streams),*];)
    };
    let encode = encode(operation);
    let decode = decode(operation);
    let nested = match &operation.output {
        OutputDef::One(of) => complex([of].into_iter()),
        OutputDef::Several(_) => None,
    };
    quote! {
        #nested
        impl rt::Operation for #name {
            const ID: &'static str = #id;
            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;
            #server
            #(#accept)*
            #streams
            #authenticate
            #security
            type Output = #output;
            type Error = #error;
            #encode
            #decode
        }
    }
}

fn encode(operation: &OperationDef) -> TokenStream {
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
fn forms(operation: &OperationDef) -> Option<TokenStream> {
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

fn decode(operation: &OperationDef) -> TokenStream {
    let is_rest = |arm: &&Arm| {
        arm.status == StatusPattern::Default && matches!(arm.outcome, Outcome::ErrorVariant(_))
    };
    let (rest, known): (Vec<&Arm>, Vec<&Arm>) = operation.arms.iter().partition(is_rest);
    let arms = known.into_iter().map(|arm| self::arm(operation, arm));
    let successes = other_successes(operation);
    let rest = if let Some(arm) = rest.first() {
        self::arm(operation, arm)
    } else {
        quote!(_ => response.undeclared(),)
    };
    let overlap = has_overlap(operation).then(|| quote!(#[allow(clippy::match_overlapping_arm)]));
    quote! {
        #overlap
        fn decode(response: rt::RawResponse) -> Result<Response<Self::Output>, Error<Self::Error>> {
            match response.status() {
                #(#arms)*
                #successes
                #rest
            }
        }
    }
}

/// Where no success has a body any will do: servers answer with 200 where a document says 204, and there is nothing
/// that could be read wrongly.
fn other_successes(operation: &OperationDef) -> Option<TokenStream> {
    let is_success = |arm: &&Arm| !matches!(arm.outcome, Outcome::ErrorVariant(_));
    let mut successes = operation.arms.iter().filter(is_success);
    let is_one =
        |arm: &Arm| matches!(arm.status, StatusPattern::Code(_)) && arm.reader == Reader::Empty;
    let is_unit = matches!(operation.output, OutputDef::One(TypeRef::Unit));
    let is_known = |code: u16| {
        let mut arms = operation.arms.iter();
        arms.any(|arm| arm.status == StatusPattern::Code(code))
    };
    // Beside a status that is its first clippy would take a range for a mistake.
    let first = (200..299)
        .find(|code| !is_known(*code))
        .map(proc_macro2::Literal::u16_unsuffixed)?;
    (is_unit && successes.all(is_one)).then(|| quote!(#first..=299 => response.empty(),))
}

/// Whether clippy would take an exact status for a mistake: it is the first of a range that stands below.
fn has_overlap(operation: &OperationDef) -> bool {
    let has = |status| operation.arms.iter().any(|arm| arm.status == status);
    operation.arms.iter().any(|arm| match arm.status {
        StatusPattern::Code(code) => code % 100 == 0 && has(StatusPattern::Range(code / 100)),
        _ => false,
    })
}

fn arm(operation: &OperationDef, arm: &Arm) -> TokenStream {
    let pattern = pattern(arm);
    let reader = match arm.reader {
        Reader::Json => quote!(json),
        Reader::JsonOrEmpty => quote!(json_or_empty),
        Reader::Text => quote!(text),
        Reader::Bytes => quote!(bytes),
        Reader::Empty => quote!(empty),
        Reader::Items(framing) => stream::reader(framing),
    };
    match &arm.outcome {
        Outcome::Success => quote!(#pattern => response.#reader(),),
        Outcome::SuccessVariant(variant) => {
            let variant = ident(variant);
            let output = match &operation.output {
                OutputDef::Several(of) => ident(&of.name),
                OutputDef::One(_) => ident("Self"),
            };
            quote!(#pattern => response.#reader().map(|body| Response::map(body, #output::#variant)),)
        }
        Outcome::ErrorVariant(variant) => {
            let variant = ident(variant);
            let error = ident(
                operation
                    .error
                    .as_ref()
                    .map_or("NoError", |error| error.name.as_str()),
            );
            let read = match arm.reader {
                Reader::Json | Reader::JsonOrEmpty => quote!(error),
                Reader::Text => quote!(error_text),
                Reader::Bytes | Reader::Items(_) => quote!(error_bytes),
                Reader::Empty => quote!(error_empty),
            };
            quote!(#pattern => response.#read(#error::#variant),)
        }
    }
}

fn pattern(arm: &Arm) -> TokenStream {
    match (arm.status, &arm.outcome) {
        (StatusPattern::Code(code), _) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        (StatusPattern::Range(digit), _) => {
            let first = proc_macro2::Literal::u16_unsuffixed(digit * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(digit * 100 + 99);
            quote!(#first..=#last)
        }
        (StatusPattern::Default, Outcome::ErrorVariant(_)) => quote!(_),
        // `default` where no success is declared stands for every success, and for nothing else.
        (StatusPattern::Default, _) => quote!(200..=299),
    }
}

/// What is optional is a setter of the call.
fn setters(operation: &OperationDef) -> Option<TokenStream> {
    let optional: Vec<TokenStream> = operation
        .fields
        .iter()
        .filter(|field| !field.required)
        .map(setter)
        .collect();
    let name = ident(&operation.name);
    let nested = complex(operation.fields.iter().map(|field| &field.ty));
    (!optional.is_empty()).then(|| {
        quote! {
            #nested
            impl Call<#name> {
                #(#optional)*
            }
        }
    })
}

fn setter(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let setter = ident(&field.setter);
    let about = docs(&field.docs);
    let old = deprecated(field.deprecated);
    let (inner, wrap) = match &field.ty {
        TypeRef::Maybe(inner) => (&**inner, quote!(Maybe::Value)),
        TypeRef::Option(inner) => (&**inner, quote!(Some)),
        other => (other, quote!()),
    };
    let of = argument(inner);
    let given = value(inner, &ident("value"));
    let allow = allowed(&field.setter, false);
    quote! {
        #about
        #old
        #allow
        pub fn #setter(mut self, value: #of) -> Self {
            self.operation.#name = #wrap(#given);
            self
        }
    }
}
