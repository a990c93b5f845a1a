//! Responses: what is read of them.

use std::sync::Arc;

use super::{Docs, Field, TypeRef};
use crate::api::StatusPattern;

/// What a success gives.
#[derive(Debug, PartialEq)]
pub(crate) enum OutputDef {
    One(TypeRef),
    /// Several statuses with bodies of their own.
    Several(OutcomeEnum),
}

/// An enum with a variant for each status.
#[derive(Debug, PartialEq)]
pub(crate) struct OutcomeEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<OutcomeVariant>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct OutcomeVariant {
    /// The response in the document.
    pub(crate) pointer: Arc<str>,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) ty: TypeRef,
}

/// One arm of `decode`.
#[derive(Debug, PartialEq)]
pub(crate) struct Arm {
    /// The schema of the body in the document, or the response if it has none.
    pub(crate) pointer: Arc<str>,
    pub(crate) status: StatusPattern,
    pub(crate) reader: Reader,
    pub(crate) outcome: Outcome,
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Json,
    /// JSON where an empty body stands for an empty object.
    JsonOrEmpty,
    Text,
    Bytes,
    Empty,
    /// Item by item.
    Items(Framing),
}

/// How a body that comes item by item is parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// JSON Lines, NDJSON.
    Lines,
    /// RFC 7464.
    Sequence,
    /// Server-sent events with JSON data.
    Events,
    /// Server-sent events with text.
    EventTexts,
    /// Server-sent events, each described as an object.
    WholeEvents,
}

/// How a success is read while it comes, where another way is the usual one.
#[derive(Debug, PartialEq)]
pub(crate) enum StreamDef {
    /// As bytes.
    Bytes,
    /// Item by item, if this media type is asked for.
    Items {
        media: String,
        ty: TypeRef,
        framing: Framing,
    },
}

/// The headers that the responses of an operation have.
#[derive(Debug, PartialEq)]
pub(crate) struct HeadersDef {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
}

/// What a status means.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Success,
    /// A success with a variant of its own.
    SuccessVariant(String),
    ErrorVariant(String),
}
