//! `decode`: what an operation reads of a response.

use proc_macro2::TokenStream;
use quote::quote;

use super::stream;
use super::words::ident;
use crate::api::StatusPattern;
use crate::lower::module::{Arm, OperationDef, Outcome, OutputDef, Reader, TypeRef};

pub(super) fn decode(operation: &OperationDef) -> TokenStream {
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
