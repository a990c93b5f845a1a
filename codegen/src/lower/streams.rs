//! Bodies of successes that come item by item.

use super::fields::{item_of, type_of};
use super::module::{Framing, Scalar, TypeRef};
use super::plan::Plan;
use super::shape::{Shape, decisive, shape};
use crate::api::{Api, MediaType, Response, SchemaId, StatusPattern};

/// A form of a body that comes item by item.
pub(super) struct Stream<'a> {
    pub(super) media: &'a MediaType,
    pub(super) framing: Framing,
    /// The schema of what is decoded for each item.
    pub(super) item: Option<SchemaId>,
}

/// That form of a response, if it has one.
pub(super) fn of<'a>(api: &Api, response: &'a Response) -> Option<Stream<'a>> {
    // RFC 9110 §15.3.5: there is no body.
    if matches!(response.status, StatusPattern::Code(204 | 205 | 304)) {
        return None;
    }
    response.content.iter().find_map(|media| {
        let framing = framing(api, media)?;
        let item = media.item_schema.or_else(|| Some(item(api, media.schema?)));
        Some(Stream {
            media,
            framing,
            item,
        })
    })
}

/// What the body gives.
pub(super) fn type_of_stream(api: &Api, plan: &Plan, stream: &Stream<'_>) -> TypeRef {
    let item = match stream.item {
        Some(id) => type_of(api, plan, id),
        None => item_of(api, plan, None),
    };
    let item = match stream.framing {
        Framing::Lines | Framing::Sequence | Framing::WholeEvents => item,
        Framing::Events => TypeRef::Event(Box::new(item)),
        Framing::EventTexts => TypeRef::Event(Box::new(TypeRef::Scalar(Scalar::String))),
    };
    TypeRef::Items(Box::new(item))
}

fn framing(api: &Api, media: &MediaType) -> Option<Framing> {
    match media.essence().as_str() {
        "application/jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/ndjson"
        | "application/x-ndjson" => Some(Framing::Lines),
        "application/json-seq" => Some(Framing::Sequence),
        "text/event-stream" if media.item_schema.is_some() => Some(Framing::WholeEvents),
        "text/event-stream" if media.schema.is_none_or(|id| is_text(api, id)) => {
            Some(Framing::EventTexts)
        }
        "text/event-stream" => Some(Framing::Events),
        name if name.ends_with("+json-seq") => Some(Framing::Sequence),
        _ => None,
    }
}

fn is_text(api: &Api, id: SchemaId) -> bool {
    matches!(
        shape(&api.schemas, decisive(&api.schemas, id)),
        Shape::Scalar(Scalar::String)
    )
}

/// A schema of the whole body describes its items where it is that of a list.
fn item(api: &Api, id: SchemaId) -> SchemaId {
    match shape(&api.schemas, decisive(&api.schemas, id)) {
        Shape::List(Some(items)) => items,
        _ => id,
    }
}
