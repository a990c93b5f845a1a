//! Documentation of generated items.

mod markdown;
mod wrap;

pub(crate) use markdown::is_unseen;
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

/// A name or a value of the document as code within a line.
pub(crate) fn code(text: &str) -> String {
    let kept = text.chars().filter(|sign| *sign != '`');
    let kept: String = kept
        .map(|sign| if markdown::is_unseen(sign) { ' ' } else { sign })
        .collect();
    // Two backticks without anything between would look for their like further on.
    if kept.is_empty() {
        return "` `".to_owned();
    }
    format!("`{kept}`")
}

/// Words of the document within a line of ours.
fn within(text: &str) -> String {
    // A backtick of one text would find its like in the next.
    let text = text.replace('`', "'");
    let words: Vec<&str> = text.split_whitespace().collect();
    // Behind another word nothing begins a block.
    let safe = markdown::safe(&format!("x {}", words.join(" ")));
    safe.strip_prefix("x ").unwrap_or_default().to_owned()
}

/// Words of the document behind ours: on the same line, unless they begin with something that a line must begin with.
fn after(ours: &str, words: &str) -> String {
    let between = if markdown::begins_with_text(words) {
        " "
    } else {
        "\n\n"
    };
    format!("{ours}{between}{words}")
}

/// Any CommonMark text of the document.
pub(super) fn of_text(text: Option<&str>) -> String {
    text.map(safe).unwrap_or_default()
}

/// The client: what the document says of the whole API.
pub(super) fn of_client(api: &Api) -> String {
    let title = format!(
        "A client of the {} (version {}).",
        within(&api.title),
        within(&api.version)
    );
    paragraphs([title, of_text(api.description.as_deref())])
}

pub(super) fn of_server(url: &str, description: Option<&str>) -> String {
    let is_whole = url.starts_with("https://") || url.starts_with("http://");
    let url = code(url);
    match description.map(safe) {
        Some(words) if !words.is_empty() => after(&format!("{url}:"), &words),
        _ if is_whole => url,
        // What it is relative to, only the program knows.
        _ => format!("{url}, relative: give the whole URL to `ClientBuilder::base_url`"),
    }
}

/// A variable of a server's URL.
pub(super) fn of_variable(variable: &ServerVariable) -> String {
    let usual = format!("Usually {}.", code(&variable.default));
    let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
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
    let line = code(&format!("{} {}", operation.method, operation.path));
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
        after("Body:", &words)
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
    let server = of_server(&server.url, server.description.as_deref());
    wrap(&sentence(&format!("Served at {server}")))
}

/// A parameter in one sentence.
pub(super) fn of_parameter_place(parameter: &Parameter) -> String {
    format!(
        "The {} parameter {}.",
        parameter.location.as_str(),
        code(&parameter.name)
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
    let name = code(&parameter.name);
    let first = format!(
        "This client with the {} parameter {name} on every call that does not set its own.",
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
        after(&format!("{status}:"), &description)
    }
}

/// A header of a response.
pub(super) fn of_header(schemas: &Schemas, header: &Header) -> String {
    let words = of_text(header.description.as_deref());
    let name = format!("{}.", code(&header.name));
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
    format!(
        "The header {} of the part {}.",
        code(&header.name),
        code(part)
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

/// A property: the words beside a `$ref`, or in a part of their own, before those of its target, then limits.
pub(super) fn of_schema(schemas: &Schemas, id: SchemaId) -> String {
    let schema = schemas.get(id);
    let target = schemas.get(schemas.target(id));
    let parts = schema.all_of.iter().map(|part| schemas.get(*part));
    let words = parts.filter(|part| part.is_words());
    let mut words = std::iter::once(schema).chain(words).chain([target]);
    let words = words.find_map(|words| words.description.as_ref());
    let [format, default, limits] = bounds(schema);
    paragraphs([of_text(words.map(String::as_str)), format, default, limits])
}

/// What values a schema allows, beyond its type.
fn bounds(schema: &Schema) -> [String; 3] {
    let media = schema.content_media_type.as_ref();
    let media = media.map(|media| format!("Media type: {}.", code(media)));
    let default = schema
        .default
        .as_ref()
        .filter(|default| !default.is_null())
        .map(|default| default_words(&default.to_string()));
    let limits: Vec<String> = schema
        .limits
        .iter()
        .map(|(keyword, value)| format!("`{keyword}`: {}", code(&value.to_string())))
        .collect();
    let format = schema
        .format
        .as_ref()
        .map(|format| format!("Format: {}.", code(format)));
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
    format!("Default: {}.", code(value))
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
    // Behind a fence a dot would keep it from ending its block.
    if text.ends_with(['.', '!', '?', ':']) || text.contains("```") || text.contains("~~~") {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn paragraphs<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}
