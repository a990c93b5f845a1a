//! Responses, and the forms of bodies.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Responses, StatusCode};

use super::components::{Components, follow};
use crate::api::{MediaType, Response, StatusPattern};
use crate::diagnostic::Problems;
use crate::load::child;

pub(super) fn resolve(
    responses: &Responses,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Vec<Response> {
    let declared = responses.responses.iter().map(|(status, response)| {
        let pattern = match status {
            StatusCode::Code(code) => StatusPattern::Code(*code),
            StatusCode::Range(digit) => StatusPattern::Range(*digit),
        };
        (pattern, status.to_string(), response)
    });
    let default = responses
        .default
        .iter()
        .map(|response| (StatusPattern::Default, "default".to_owned(), response));
    let all: Vec<_> = declared.chain(default).collect();
    let resolved = all.into_iter().filter_map(|(status, key, response)| {
        resolve_one(
            status,
            response,
            &child(pointer, &key),
            components,
            problems,
        )
    });
    resolved.collect()
}

fn resolve_one(
    status: StatusPattern,
    response: &ReferenceOr<openapiv3::Response>,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Option<Response> {
    let table = &components.parts.responses;
    let (response, pointer) = follow("responses", table, response, pointer, problems)?;
    Some(Response {
        status,
        description: response.description.clone(),
        content: content(
            &response.content,
            &child(&pointer, "content"),
            components,
            problems,
        ),
        pointer,
    })
}

/// The forms of a body.
pub(super) fn content(
    content: &IndexMap<String, openapiv3::MediaType>,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Vec<MediaType> {
    let mut forms = Vec::new();
    for (name, media) in content {
        let pointer = child(pointer, name);
        forms.push(MediaType {
            name: name.clone(),
            schema: media
                .schema
                .as_ref()
                .and_then(|schema| components.schema(schema)),
            examples: components.examples(
                media.example.as_ref(),
                &media.examples,
                &pointer,
                problems,
            ),
            part_types: part_types(media),
            pointer,
        });
    }
    forms
}

/// The media types that `encoding` gives; of several the first one, which is the one that is sent.
fn part_types(media: &openapiv3::MediaType) -> Vec<(String, String)> {
    let types = media.encoding.iter().filter_map(|(name, encoding)| {
        let first = encoding.content_type.as_ref()?.split(',').next()?.trim();
        (!first.contains('*')).then(|| (name.clone(), first.to_owned()))
    });
    types.collect()
}
