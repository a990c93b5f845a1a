//! The parts of multipart bodies, and their headers.

use std::collections::BTreeSet;

use super::case::snake;
use super::docs;
use super::fields::{of_struct, presence, type_of};
use super::flatten::flatten;
use super::module::{Field, PartStep, Scalar, TypeRef};
use super::names::{Numbers, call_setter, free_name};
use super::plan::Plan;
use super::shape::{Shape, decisive, shape};
use crate::api::{Api, Body, Header, MediaType, SchemaId};

/// A header of a part (3.1 §4.8.15, `headers`): given with the call, like a parameter.
pub(super) struct PartHeader {
    /// The pointer of the form of the body that it belongs to.
    media: String,
    /// The property that is the part.
    part: String,
    pub(super) field: Field,
}

/// The headers of the parts of all forms.
pub(super) fn headers(
    api: &Api,
    plan: &Plan,
    body: &Body,
    forms: &[&MediaType],
    taken: &[String],
) -> Vec<PartHeader> {
    let mut headers: Vec<PartHeader> = Vec::new();
    let mut given = BTreeSet::new();
    let mut numbers = Numbers::default();
    for media in forms.iter().filter(|media| is_multipart(media)) {
        let Some(Shape::Struct(flat)) = media
            .schema
            .map(|id| shape(&api.schemas, decisive(&api.schemas, id)))
        else {
            continue;
        };
        let properties = flat.properties.unwrap_or_default();
        let known = media.part_headers.iter();
        for (part, header) in known.filter(|(part, _)| properties.contains_key(part)) {
            // A part that may be missing has no header that must be there.
            let required = header.required
                && body.required
                && forms.len() == 1
                && flat.required.contains(part.as_str());
            let wanted = snake(&format!("{part} {}", header.name), "header");
            let name = free_name(&wanted, "_", &mut numbers, |name| {
                name != "body"
                    && !taken.iter().any(|known| known == name)
                    && given.insert(name.to_owned())
            });
            headers.push(PartHeader {
                media: media.pointer.clone(),
                part: part.clone(),
                field: field(api, plan, part, header, name, required),
            });
        }
    }
    headers
}

fn field(
    api: &Api,
    plan: &Plan,
    part: &str,
    header: &Header,
    name: String,
    required: bool,
) -> Field {
    let ty = match header.schema {
        Some(schema) => type_of(api, plan, schema),
        None => TypeRef::Scalar(Scalar::String),
    };
    let place = docs::of_part_header(part, header);
    Field {
        wire: header.name.clone(),
        pointer: header.pointer.as_str().into(),
        ty: presence(ty, required, false),
        docs: docs::of_sent_header(&api.schemas, &place, header),
        summary: place,
        required,
        setter: call_setter(&name),
        name,
        deprecated: header.deprecated,
        flatten: false,
    }
}

fn is_multipart(media: &MediaType) -> bool {
    media.essence() == "multipart/form-data"
}

/// The parts of a multipart body; `None` if its schema is no struct.
pub(super) fn of(
    api: &Api,
    plan: &Plan,
    media: &MediaType,
    headers: &[PartHeader],
) -> Option<Vec<PartStep>> {
    let id = decisive(&api.schemas, media.schema?);
    let Shape::Struct(flat) = shape(&api.schemas, id) else {
        return None;
    };
    let parts = of_struct(api, plan, &flat, &api.schemas.get(id).pointer)
        .into_iter()
        .filter(|field| !field.flatten)
        .map(|field| {
            let given = media
                .part_types
                .iter()
                .find(|(name, _)| *name == field.wire);
            PartStep {
                headers: headers
                    .iter()
                    .filter(|header| header.media == media.pointer && header.part == field.wire)
                    .map(|header| (header.field.wire.clone(), header.field.name.clone()))
                    .collect(),
                is_file: holds_part(&field.ty),
                media: given.map(|(_, media)| media.clone()),
                wire: field.wire,
                field: field.name,
            }
        });
    Some(parts.collect())
}

fn holds_part(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Part => true,
        TypeRef::List(item) => holds_part(item),
        other if other.inner() != other => holds_part(other.inner()),
        _ => false,
    }
}

/// The properties of multipart bodies that are files (3.0 §4.7.14.2, 3.1 §4.8.14.4), themselves or as items.
pub(super) fn files(api: &Api) -> BTreeSet<SchemaId> {
    let mut files = BTreeSet::new();
    let media = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let media = media.flat_map(|body| &body.content);
    for media in media.filter(|media| is_multipart(media)) {
        let Some(schema) = media.schema else { continue };
        let flat = flatten(&api.schemas, decisive(&api.schemas, schema));
        for (_, property) in flat.each_property() {
            let property = decisive(&api.schemas, *property);
            let items = flatten(&api.schemas, property).items;
            let items = items.map(|items| decisive(&api.schemas, items));
            files.extend(
                [Some(property), items]
                    .into_iter()
                    .flatten()
                    .filter(|id| is_file(api, *id)),
            );
        }
    }
    files
}

fn is_file(api: &Api, id: SchemaId) -> bool {
    let schema = api.schemas.get(id);
    schema.format.as_deref() == Some("binary")
        || (schema.content_media_type.is_some() && schema.properties.is_none())
}
