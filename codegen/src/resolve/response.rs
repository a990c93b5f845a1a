//! Responses, and the forms of bodies.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Responses, StatusCode};
use serde_json::Value;

use super::components::{Components, Parts, follow};
use super::parameter::query_style;
use crate::api::{Header, MediaType, Response, StatusPattern, Style};
use crate::diagnostic::Problems;
use crate::load::child;
use crate::split::ITEM_SCHEMA;

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
    let mut resolved = Vec::with_capacity(all.len());
    resolved.extend(all.into_iter().filter_map(|(status, key, response)| {
        resolve_one(
            status,
            response,
            &child(pointer, &key),
            components,
            problems,
        )
    }));
    resolved
}

fn resolve_one(
    status: StatusPattern,
    response: &ReferenceOr<openapiv3::Response>,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Option<Response> {
    let table = &components.parts.responses;
    let (response, home) = follow("responses", table, response, pointer, problems)?;
    let words = Value::from(response.description.as_str());
    if !components.may_copy(pointer, &words, problems) {
        return None;
    }
    let known = components.responses.borrow().get(&home).cloned();
    let parts = if let Some(parts) = known {
        may_repeat(&parts, components, problems).then_some(parts)?
    } else {
        let parts = parts(response, &home, components, problems);
        if home != pointer {
            let mut all = components.responses.borrow_mut();
            all.insert(home, parts.clone());
        }
        parts
    };
    Some(Response {
        status,
        pointer: parts.pointer,
        description: parts.description,
        content: parts.content,
        headers: parts.headers,
    })
}

fn parts(
    response: &openapiv3::Response,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Parts {
    let at = |key: &str| child(pointer, key);
    let mut content = content(&response.content, &at("content"), components, problems);
    if let Some(stand_in) = components.stand_in {
        let examples = content.iter_mut().flat_map(|media| &mut media.examples);
        examples.for_each(|(_, example)| *example = stand_in(example));
    }
    Parts {
        pointer: pointer.into(),
        description: response.description.as_str().into(),
        content: content.into(),
        headers: headers(&response.headers, &at("headers"), components, problems).into(),
    }
}

/// Whether the client may say once more what these parts say: they are read once, and each operation has them.
fn may_repeat(parts: &Parts, components: &Components<'_>, problems: &mut Problems) -> bool {
    let headers = parts.headers.iter().all(|header| {
        let words = Value::from(header.description.clone());
        components.may_copy(&header.pointer, &words, problems)
    });
    let mut examples = parts.content.iter().flat_map(|media| {
        let examples = media.examples.iter();
        examples.map(|(_, value)| (&media.pointer, value))
    });
    headers && examples.all(|(pointer, value)| components.may_copy(pointer, value, problems))
}

/// `Content-Type` is to be ignored (3.1 §4.8.15 and §4.8.17).
fn headers(
    declared: &IndexMap<String, ReferenceOr<openapiv3::Header>>,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Vec<Header> {
    let mut headers = Vec::new();
    for (name, header) in declared {
        let at = child(pointer, name);
        let table = &components.parts.headers;
        if let Some((header, pointer)) = follow("headers", table, header, &at, problems)
            && !name.eq_ignore_ascii_case("content-type")
            && components.may_copy(&pointer, &Value::from(header.description.clone()), problems)
        {
            headers.push(Header {
                name: name.clone(),
                description: header.description.clone(),
                required: header.required,
                deprecated: header.deprecated == Some(true),
                schema: components.of_parameter(&header.format),
                pointer,
            });
        }
    }
    headers.shrink_to_fit();
    headers
}

/// The forms of a body.
pub(super) fn content(
    content: &IndexMap<String, openapiv3::MediaType>,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Vec<MediaType> {
    let mut forms = Vec::with_capacity(content.len());
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
            item_schema: components.extension(&media.extensions, ITEM_SCHEMA),
            part_types: part_types(media),
            field_styles: field_styles(media),
            part_headers: part_headers(media, &pointer, components, problems),
            pointer,
        });
    }
    forms
}

fn part_headers(
    media: &openapiv3::MediaType,
    pointer: &str,
    components: &Components<'_>,
    problems: &mut Problems,
) -> Vec<(String, Header)> {
    let mut all = Vec::new();
    for (name, encoding) in &media.encoding {
        let at = child(&child(&child(pointer, "encoding"), name), "headers");
        let headers = headers(&encoding.headers, &at, components, problems);
        all.extend(headers.into_iter().map(|header| (name.clone(), header)));
    }
    all
}

fn field_styles(media: &openapiv3::MediaType) -> Vec<(String, Style, bool)> {
    let styles = media.encoding.iter().filter_map(|(name, encoding)| {
        let style = query_style(encoding.style.as_ref()?);
        Some((name.clone(), style, encoding.explode))
    });
    styles.collect()
}

/// The media types that `encoding` gives; of several the first one, which is the one that is sent.
fn part_types(media: &openapiv3::MediaType) -> Vec<(String, String)> {
    let types = media.encoding.iter().filter_map(|(name, encoding)| {
        let first = encoding.content_type.as_ref()?.split(',').next()?.trim();
        (!first.contains('*')).then(|| (name.clone(), first.to_owned()))
    });
    types.collect()
}
