//! Request bodies: which forms they have, and how each is written.

use std::collections::BTreeSet;

use super::case::upper_camel;
use super::docs;
use super::fields::{presence, type_of};
use super::module::Scalar;
use super::module::{BodyEncoding, BodyEnum, BodyVariant, EncodeStep, Field, FormField, TypeRef};
use super::names::{Numbers, free_name};
use super::parts::{self, PartHeader};
use super::plan::{OperationPlan, Plan};
use super::shape::is_nullable;
use crate::api::{Api, MediaType, Operation, is_json_type};

/// The field of the body with those of the headers of its parts, and how they are written; `None` if there is no
/// body. `taken` has the names of other fields.
pub(super) fn lower(
    api: &Api,
    plan: &Plan,
    operation: &Operation,
    names: &OperationPlan,
    taken: &[String],
) -> Option<(Vec<Field>, EncodeStep)> {
    let body = operation.body.as_ref()?;
    let mut forms = forms(api, operation);
    let headers = parts::headers(api, plan, body, &forms, taken);
    let (ty, is_nullable, step) = if forms.len() > 1 {
        let forms = BodyEnum {
            name: names.content.clone(),
            variants: variants(api, plan, &forms, &headers),
        };
        let ty = TypeRef::Named(forms.name.clone());
        let step = EncodeStep::Bodies {
            field: "body".to_owned(),
            is_required: body.required,
            forms,
        };
        (ty, false, step)
    } else {
        let media = forms.pop()?;
        let encoding = encoding(api, plan, media, &headers);
        let ty = type_of_form(api, plan, media, &encoding);
        let is_json = matches!(encoding, BodyEncoding::Json | BodyEncoding::JsonAs(_));
        let can_be_null = media
            .schema
            .is_some_and(|schema| is_nullable(&api.schemas, schema));
        let step = EncodeStep::Body {
            field: "body".to_owned(),
            encoding,
            is_required: body.required,
        };
        (ty, can_be_null && is_json, step)
    };
    let words = docs::of_text(body.description.as_deref());
    let field = Field {
        pointer: body.pointer.as_str().into(),
        name: "body".to_owned(),
        wire: "body".to_owned(),
        ty: presence(ty, body.required, is_nullable && body.required),
        summary: "The request body.".to_owned(),
        docs: if words.is_empty() {
            "The request body.".to_owned()
        } else {
            words
        },
        required: body.required,
        setter: "body".to_owned(),
        deprecated: false,
        flatten: false,
    };
    let headers = headers.into_iter().map(|header| header.field);
    Some((std::iter::once(field).chain(headers).collect(), step))
}

/// The forms that a body is offered in, JSON first: each way of writing once.
pub(super) fn forms<'a>(api: &Api, operation: &'a Operation) -> Vec<&'a MediaType> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let mut forms: Vec<&MediaType> = Vec::new();
    let target = |media: &MediaType| media.schema.map(|schema| api.schemas.target(schema));
    let mut sorted: Vec<&MediaType> = body.content.iter().collect();
    sorted.sort_by_key(|media| (media.essence().contains('*'), !media.is_json()));
    for media in sorted {
        // A range is no type to send, but stands for JSON where nothing else is named.
        let is_range = media.essence().contains('*') && !forms.is_empty();
        let is_known = forms.iter().any(|known| {
            known.essence() == media.essence()
                || (known.is_json() && media.is_json() && target(known) == target(media))
        });
        if !is_range && !is_known {
            forms.push(media);
        }
    }
    forms
}

fn variants(
    api: &Api,
    plan: &Plan,
    forms: &[&MediaType],
    headers: &[PartHeader],
) -> Vec<BodyVariant> {
    let mut variants: Vec<BodyVariant> = Vec::new();
    let mut taken = BTreeSet::new();
    let mut numbers = Numbers::default();
    for media in forms {
        let name = free_name(&form_name(media), "", &mut numbers, |name| {
            taken.insert(name.to_owned())
        });
        let encoding = encoding(api, plan, media, headers);
        variants.push(BodyVariant {
            name,
            checks: Vec::new(),
            media: media.essence(),
            ty: type_of_form(api, plan, media, &encoding),
            encoding,
        });
    }
    variants
}

/// What a form is called.
pub(super) fn form_name(media: &MediaType) -> String {
    let essence = media.essence();
    match essence.as_str() {
        "application/json" => "Json".to_owned(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        other => upper_camel(other.rsplit('/').next().unwrap_or(other), "Form"),
    }
}

fn type_of_form(api: &Api, plan: &Plan, media: &MediaType, encoding: &BodyEncoding) -> TypeRef {
    match (encoding, media.schema) {
        (BodyEncoding::Text(_), _) => TypeRef::Scalar(Scalar::String),
        (BodyEncoding::Bytes(_), _) => TypeRef::Body,
        (_, Some(schema)) => type_of(api, plan, schema),
        (_, None) => TypeRef::Value,
    }
}

fn encoding(api: &Api, plan: &Plan, media: &MediaType, headers: &[PartHeader]) -> BodyEncoding {
    let essence = media.essence();
    match essence.as_str() {
        "application/json" | "*/*" | "application/*" => BodyEncoding::Json,
        "application/x-www-form-urlencoded" => BodyEncoding::Form(form_fields(media)),
        "multipart/form-data" => match parts::of(api, plan, media, headers) {
            Some(parts) => BodyEncoding::Multipart(parts),
            None => BodyEncoding::Bytes(media.name.clone()),
        },
        _ if media.is_json() && !essence.contains('*') => BodyEncoding::JsonAs(media.name.clone()),
        _ if media.is_json() => BodyEncoding::Json,
        _ if media.is_text() => BodyEncoding::Text(media.name.clone()),
        _ => BodyEncoding::Bytes(media.name.clone()),
    }
}

/// A style counts before a media type (3.1 §4.8.15.1.2).
fn form_fields(media: &MediaType) -> Vec<(String, FormField)> {
    let styled = media.field_styles.iter();
    let styled =
        styled.map(|(name, style, explode)| (name.clone(), FormField::Styled(*style, *explode)));
    let json = media.part_types.iter().filter(|(name, ty)| {
        is_json_type(ty) && !media.field_styles.iter().any(|(styled, ..)| styled == name)
    });
    styled
        .chain(json.map(|(name, _)| (name.clone(), FormField::Json)))
        .collect()
}
