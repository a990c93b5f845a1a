//! Which responses are successes, and how each is read.

use std::sync::Arc;

use super::case::snake;
use super::fields::type_of;
use super::flatten::flatten;
use super::module::Scalar;
use super::module::{
    Arm, Field, HeadersDef, Outcome, OutcomeEnum, OutcomeVariant, OutputDef, Reader, StreamDef,
    TypeRef,
};
use super::names::unique;
use super::plan::{OperationPlan, Plan};
use super::shape::{decisive, is_nullable};
use super::{docs, streams, views};
use crate::api::{Api, Header, MediaType, Operation, Response, StatusPattern};

/// The form of a body that the client reads and writes: JSON where there is one. What comes item by item is
/// read so only where there is no other.
pub(super) fn body_of(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .find(|media| media.is_json())
        .or(content.first())
}

/// Whether a response tells of success. `default` does where nothing else could (3.1 §4.8.16.1).
pub(super) fn is_success(operation: &Operation, response: &Response) -> bool {
    let no_other = !operation
        .responses
        .iter()
        .any(|response| response.status.is_success());
    response.status.is_success() || (response.status == StatusPattern::Default && no_other)
}

/// The name of a status in an enum: its reason phrase (RFC 9110 §15).
pub(super) fn variant_name(status: StatusPattern) -> String {
    let reason = match status {
        StatusPattern::Default => "Default",
        StatusPattern::Range(1) => "Informational",
        StatusPattern::Range(2) => "Success",
        StatusPattern::Range(3) => "Redirection",
        StatusPattern::Range(4) => "ClientError",
        StatusPattern::Range(_) => "ServerError",
        StatusPattern::Code(code) => {
            return reason_phrase(code).map_or_else(|| format!("Status{code}"), str::to_owned);
        }
    };
    reason.to_owned()
}

/// The media types of successes that are read while they come, and nothing else.
pub(super) fn streamed(api: &Api, operation: &Operation) -> Vec<String> {
    let mut media = Vec::new();
    for response in &operation.responses {
        if let Some(stream) = streams::of(api, response)
            && is_success(operation, response)
            && body_of(&response.content).is_some_and(|read| std::ptr::eq(read, stream.media))
            && !media.contains(&stream.media.essence())
        {
            media.push(stream.media.essence());
        }
    }
    media
}

/// How a success can be read while it comes, beside the way in which it is read otherwise.
pub(super) fn stream(api: &Api, plan: &Plan, operation: &Operation) -> Option<StreamDef> {
    let successes = || {
        let responses = operation.responses.iter();
        responses.filter(|response| is_success(operation, response))
    };
    let other = successes().find_map(|response| {
        let stream = streams::of(api, response)?;
        let is_read =
            body_of(&response.content).is_some_and(|read| std::ptr::eq(read, stream.media));
        (!is_read).then(|| StreamDef::Items {
            media: stream.media.essence(),
            ty: streams::type_of_stream(api, plan, &stream),
            framing: stream.framing,
        })
    });
    let is_bytes =
        || successes().any(|response| reading(api, plan, response, true).0 == Reader::Bytes);
    other.or_else(|| is_bytes().then_some(StreamDef::Bytes))
}

/// The headers that responses have, each once; what they say of the rate is read without them.
pub(super) fn headers(
    api: &Api,
    plan: &Plan,
    operation: &Operation,
    names: &OperationPlan,
) -> Option<HeadersDef> {
    let mut declared: Vec<&Header> = Vec::new();
    for header in operation
        .responses
        .iter()
        .flat_map(|response| response.headers.iter())
    {
        if !declared
            .iter()
            .any(|known| known.name.eq_ignore_ascii_case(&header.name))
        {
            declared.push(header);
        }
    }
    let wires = declared.iter().map(|header| header.name.as_str());
    let field_names = unique(wires, |name| snake(name, "header"), &[], "_");
    let fields = declared.iter().map(|header| {
        let ty = match header.schema {
            Some(schema) => type_of(api, plan, schema),
            None => TypeRef::Scalar(Scalar::String),
        };
        Field {
            pointer: header.pointer.as_str().into(),
            name: field_names[header.name.as_str()].clone(),
            wire: header.name.clone(),
            ty: TypeRef::Option(Box::new(ty)),
            summary: format!("{}.", docs::code(&header.name)),
            docs: docs::of_header(&api.schemas, header),
            required: false,
            setter: String::new(),
            deprecated: header.deprecated,
            flatten: false,
        }
    });
    let mut fields: Vec<Field> = fields.collect();
    fields.sort_by(|one, other| one.name.cmp(&other.name));
    (!fields.is_empty()).then(|| HeadersDef {
        name: names.headers.clone(),
        fields,
    })
}

/// What the responses of an operation become.
pub(super) struct Responses {
    pub(super) output: OutputDef,
    pub(super) error: Option<OutcomeEnum>,
    pub(super) arms: Vec<Arm>,
}

pub(super) fn lower(
    api: &Api,
    plan: &Plan,
    operation: &Operation,
    names: &OperationPlan,
) -> Responses {
    let read = |response: &Response| {
        let is_success = is_success(operation, response);
        reading(api, plan, response, is_success)
    };
    let (successes, errors): (Vec<_>, Vec<_>) = operation
        .responses
        .iter()
        .partition(|response| is_success(operation, response));
    let mut arms = Vec::with_capacity(operation.responses.len());

    let mut kinds: Vec<TypeRef> = Vec::new();
    for response in &successes {
        let (_, ty) = read(response);
        if !kinds.contains(&ty) {
            kinds.push(ty);
        }
    }
    let several = kinds.len() > 1;
    for response in &successes {
        let outcome = if several {
            Outcome::SuccessVariant(variant_name(response.status))
        } else {
            Outcome::Success
        };
        arms.push(Arm {
            pointer: place(api, response),
            status: response.status,
            reader: read(response).0,
            outcome,
        });
    }
    for response in &errors {
        let outcome = Outcome::ErrorVariant(variant_name(response.status));
        arms.push(Arm {
            pointer: place(api, response),
            status: response.status,
            reader: read(response).0,
            outcome,
        });
    }
    // A status is read by the most exact pattern (3.1 §4.8.16.2).
    arms.sort_by_key(|arm| arm.status);

    let variants = |responses: &[&Response]| {
        let variants = responses.iter().map(|response| OutcomeVariant {
            pointer: response.pointer.clone(),
            name: variant_name(response.status),
            docs: docs::of_status(response),
            ty: read(response).1,
        });
        variants.collect::<Vec<_>>()
    };
    let output = match kinds.pop() {
        Some(_) if several => OutputDef::Several(OutcomeEnum {
            name: names.output.clone(),
            variants: variants(&successes),
        }),
        Some(only) => OutputDef::One(only),
        None => OutputDef::One(TypeRef::Unit),
    };
    let error = (!errors.is_empty()).then(|| OutcomeEnum {
        name: names.error.clone(),
        variants: variants(&errors),
    });
    Responses {
        output,
        error,
        arms,
    }
}

/// Where the document says what comes back.
fn place(api: &Api, response: &Response) -> Arc<str> {
    let schema = body_of(&response.content).and_then(|media| media.schema);
    schema.map_or_else(
        || Arc::clone(&response.pointer),
        |schema| views::place_of(api.schemas.get(schema)),
    )
}

/// How a response's body is read, and what it gives.
fn reading(api: &Api, plan: &Plan, response: &Response, is_success: bool) -> (Reader, TypeRef) {
    let Some(media) = body_of(&response.content) else {
        return (Reader::Empty, TypeRef::Unit);
    };
    if matches!(response.status, StatusPattern::Code(204 | 205 | 304)) {
        // RFC 9110 §15.3.5: there is no body, whatever the document says.
        return (Reader::Empty, TypeRef::Unit);
    }
    if let Some(stream) = streams::of(api, response)
        && is_success
        && std::ptr::eq(stream.media, media)
    {
        let ty = streams::type_of_stream(api, plan, &stream);
        return (Reader::Items(stream.framing), ty);
    }
    if !media.is_json() && media.essence() != "*/*" {
        return if media.is_text() {
            (Reader::Text, TypeRef::Scalar(Scalar::String))
        } else {
            (Reader::Bytes, TypeRef::Bytes)
        };
    }
    let Some(schema) = media.schema else {
        return (Reader::Json, TypeRef::Value);
    };
    let ty = type_of(api, plan, schema);
    if is_nullable(&api.schemas, schema) {
        return (Reader::Json, TypeRef::Option(Box::new(ty)));
    }
    let flat = flatten(&api.schemas, decisive(&api.schemas, schema));
    let is_empty_object = flat
        .properties
        .is_some_and(|properties| properties.is_empty());
    (
        if is_empty_object {
            Reader::JsonOrEmpty
        } else {
            Reader::Json
        },
        ty,
    )
}

fn reason_phrase(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        507 => "InsufficientStorage",
        511 => "NetworkAuthenticationRequired",
        _ => return None,
    })
}
