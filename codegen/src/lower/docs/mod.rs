//! Documentation of generated items.

mod markdown;
mod wrap;

use wrap::wrap;

use super::responses::is_success;

use crate::api::{
    Api, Header, Operation, OwnServer, Parameter, Response, Schema, SchemaId, Schemas,
    ServerVariable, StatusPattern,
};

/// Text of the document, safe for rustdoc.
fn safe(text: &str) -> String {
    wrap(&markdown::safe(text))
}

/// Any CommonMark text of the document.
pub(super) fn of_text(text: Option<&str>) -> String {
    text.map(safe).unwrap_or_default()
}

/// The client: what the document says of the whole API.
pub(super) fn of_client(api: &Api) -> String {
    let title = format!(
        "A client of the {} (version {}).",
        safe(&api.title),
        safe(&api.version)
    );
    paragraphs([title, of_text(api.description.as_deref())])
}

pub(super) fn of_server(url: &str, description: Option<&str>) -> String {
    let url = url.replace('`', "");
    match description.map(safe) {
        Some(words) if !words.is_empty() => format!("`{url}`: {words}"),
        _ if url.starts_with("https://") || url.starts_with("http://") => format!("`{url}`"),
        // What it is relative to, only the program knows.
        _ => format!("`{url}`, relative: give the whole URL to `ClientBuilder::base_url`"),
    }
}

/// A variable of a server's URL.
pub(super) fn of_variable(variable: &ServerVariable) -> String {
    let plain = |text: &String| format!("`{}`", text.replace('`', ""));
    let usual = format!("Usually {}.", plain(&variable.default));
    let values: Vec<String> = variable.values.iter().map(plain).collect();
    let values = if values.is_empty() {
        String::new()
    } else {
        format!("One of {}.", values.join(", "))
    };
    let line = [usual, values].join(" ").trim().to_owned();
    paragraphs([of_text(variable.description.as_deref()), wrap(&line)])
}

/// An operation: its words, then verb and path.
pub(super) fn of_operation(operation: &Operation) -> String {
    let line = format!("`{} {}`", operation.method, operation.path.replace('`', ""));
    let summary = of_text(operation.summary.as_deref());
    let first = if summary.is_empty() {
        line.clone()
    } else {
        sentence(&summary)
    };
    let second = if summary.is_empty() {
        String::new()
    } else {
        line
    };
    let described = operation.description.as_deref();
    paragraphs([
        first,
        second,
        of_text(described),
        of_required_body(operation),
        of_successes(operation),
        operation
            .server
            .as_ref()
            .map(of_own_server)
            .unwrap_or_default(),
    ])
}

/// A body that is an argument of the method has no other place for its words.
fn of_required_body(operation: &Operation) -> String {
    let body = operation.body.as_ref().filter(|body| body.required);
    let words = of_text(body.and_then(|body| body.description.as_deref()));
    if words.is_empty() {
        words
    } else {
        format!("Body: {words}")
    }
}

/// What comes back; where several types do, each variant says it.
fn of_successes(operation: &Operation) -> String {
    let successes = operation
        .responses
        .iter()
        .filter(|response| is_success(operation, response));
    let told = successes.filter(|response| !response.description.trim().is_empty());
    let lines: Vec<String> = told.map(of_status).collect();
    lines.join("\n\n")
}

fn of_own_server(server: &OwnServer) -> String {
    let line = format!(
        "Served at {}.",
        of_server(&server.url, server.description.as_deref())
    );
    wrap(line.trim_end_matches("..")).replace("..", ".")
}

/// A parameter in one sentence.
pub(super) fn of_parameter_place(parameter: &Parameter) -> String {
    format!(
        "The {} parameter `{}`.",
        parameter.location.as_str(),
        parameter.name.replace('`', "")
    )
}

/// A parameter, or a type made for it, with all its words.
pub(super) fn of_parameter(parameter: &Parameter) -> String {
    paragraphs([
        of_parameter_place(parameter),
        of_text(parameter.description.as_deref()),
    ])
}

/// The setter of a parameter: what has a type of its own is explained there, once.
pub(super) fn of_parameter_setter(schemas: &Schemas, parameter: &Parameter) -> String {
    let place = of_parameter_place(parameter);
    let wins = if parameter.client_wide {
        "It wins over the one that the client has set."
    } else {
        ""
    };
    let words = match &parameter.named_type {
        Some(named) => format!("See [`{}`].", named.name),
        None => of_text(parameter.description.as_deref()),
    };
    let schema = parameter.schema.filter(|_| parameter.named_type.is_none());
    let [format, default, limits] = schema
        .map(|id| bounds(schemas.get(schemas.target(id))))
        .unwrap_or_default();
    let place = [place.as_str(), wins].join(" ").trim().to_owned();
    paragraphs([place, words, format, default, limits])
}

/// The setter of the client for a parameter of every call.
pub(super) fn of_default(parameter: &Parameter) -> String {
    let name = parameter.name.replace('`', "");
    let first = format!(
        "This client with the {} parameter `{name}` on every call that does not set its own.",
        parameter.location.as_str()
    );
    let words = match &parameter.named_type {
        Some(named) => format!("See [`{}`].", named.name),
        None => of_text(parameter.description.as_deref()),
    };
    paragraphs([wrap(&first), words])
}

pub(super) fn of_status(response: &Response) -> String {
    let status = match response.status {
        StatusPattern::Code(code) => format!("`{code}`"),
        StatusPattern::Range(digit) => format!("`{digit}XX`"),
        StatusPattern::Default => "Any other status".to_owned(),
    };
    let description = safe(&response.description);
    if description.is_empty() {
        format!("{status}.")
    } else {
        format!("{status}: {description}")
    }
}

/// A header of a response.
pub(super) fn of_header(schemas: &Schemas, header: &Header) -> String {
    let words = of_text(header.description.as_deref());
    let name = format!("`{}`.", header.name.replace('`', ""));
    let required = if header.required { "Always sent." } else { "" };
    let bounds = header
        .schema
        .map(|id| bounds(schemas.get(schemas.target(id))));
    let [format, default, limits] = bounds.unwrap_or_default();
    let first = if words.is_empty() { name } else { words };
    paragraphs([first, required.to_owned(), format, default, limits])
}

/// A header of a part of a body, in one sentence.
pub(super) fn of_part_header(part: &str, header: &Header) -> String {
    let plain = |name: &str| name.replace('`', "");
    format!(
        "The header `{}` of the part `{}`.",
        plain(&header.name),
        plain(part)
    )
}

/// A header that is sent.
pub(super) fn of_sent_header(schemas: &Schemas, place: &str, header: &Header) -> String {
    let words = of_text(header.description.as_deref());
    let bounds = header
        .schema
        .map(|id| bounds(schemas.get(schemas.target(id))));
    let [format, default, limits] = bounds.unwrap_or_default();
    paragraphs([place.to_owned(), words, format, default, limits])
}

/// A property: the words beside a `$ref` before those of its target, then limits.
pub(super) fn of_schema(schemas: &Schemas, id: SchemaId) -> String {
    let schema = schemas.get(id);
    let target = schemas.get(schemas.target(id));
    let words = schema.description.as_ref().or(target.description.as_ref());
    let [format, default, limits] = bounds(schema);
    paragraphs([of_text(words.map(String::as_str)), format, default, limits])
}

/// What values a schema allows, beyond its type.
fn bounds(schema: &Schema) -> [String; 3] {
    let media = schema.content_media_type.as_ref();
    let media = media.map(|media| format!("Media type: `{}`.", media.replace('`', "")));
    let default = schema
        .default
        .as_ref()
        .filter(|default| !default.is_null())
        .map(|default| default_words(&default.to_string()));
    let limits: Vec<String> = schema
        .limits
        .iter()
        .map(|(keyword, value)| format!("`{keyword}`: `{}`", value.to_string().replace('`', "")))
        .collect();
    let format = schema
        .format
        .as_ref()
        .map(|format| format!("Format: `{}`.", format.replace('`', "")));
    let limits = if limits.is_empty() {
        String::new()
    } else {
        format!("Limits: {}.", limits.join(", "))
    };
    [
        format.or(media).unwrap_or_default(),
        default.unwrap_or_default(),
        limits,
    ]
}

/// What the server takes where nothing is sent; a long value would be no help.
fn default_words(value: &str) -> String {
    if value.chars().count() > 60 {
        return String::new();
    }
    format!("Default: `{}`.", value.replace('`', ""))
}

/// A type: its words, or where it belongs if it has none.
pub(super) fn of_type(schemas: &Schemas, id: SchemaId, name: &str, owner: Option<&str>) -> String {
    let schema = schemas.get(id);
    let title = schema
        .title
        .as_deref()
        .map(|title| sentence(&safe(title)))
        .unwrap_or_default();
    let text = paragraphs([title, of_text(schema.description.as_deref())]);
    // As an attribute it would warn at every place that the client itself names the type.
    let old = if schema.deprecated { "Deprecated." } else { "" };
    let text = match owner {
        _ if !text.is_empty() => text,
        Some(method) => format!("{} [`Client::{method}`].", role(&schema.pointer)),
        None => format!("The schema `{name}`."),
    };
    let [_, default, limits] = bounds(schema);
    paragraphs([text, default, limits, old.to_owned()])
}

/// A type of what all that is made from a base has.
pub(super) fn of_base(union: &str) -> String {
    format!("What all of [`{union}`] have.")
}

/// What a schema without words is to its operation, as its place says.
fn role(pointer: &str) -> &'static str {
    let keys: Vec<&str> = pointer.rsplitn(5, '/').collect();
    match keys[..] {
        ["schema", _, "content", "requestBody", _] => "The request body of",
        ["schema", _, "content", _, rest] if rest.ends_with("/responses") => "The response body of",
        _ => "A part of",
    }
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn paragraphs<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}
