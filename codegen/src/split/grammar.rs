//! What stands where in an OpenAPI document (3.0 §4.7, 3.1 and 3.2 §4.8).
//!
//! One table serves three purposes: it finds the schemas, it names the part at fault when the
//! skeleton does not read, and it knows the keys that no stage looks at.

/// The kinds of object in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Responses,
    Header,
    SecurityScheme,
    Flows,
    Flow,
    Contact,
    License,
    ExternalDocs,
    Tag,
    Example,
    Schema,
    /// A value that is taken as it stands.
    Plain,
}

/// What a key of an object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    One(Kind),
    List(Kind),
    Map(Kind),
    /// Nothing that the client carries; the text says what that means for its user.
    Lost(&'static str),
}

/// The key under which `itemSchema` is passed on, which the reader of the skeleton does not know.
pub(crate) const ITEM_SCHEMA: &str = "x-stencil-item-schema";
/// The key that marks a parameter that is the whole query.
pub(crate) const WHOLE_QUERY: &str = "x-stencil-whole-query";
/// The key that marks a cookie whose style (3.2 §4.12.3) that reader does not know.
pub(crate) const COOKIE_STYLE: &str = "x-stencil-cookie-style";

use Holds::{List, Lost, Map, One};

/// A later stage reads it.
const PLAIN: Holds = One(Kind::Plain);
/// Words for people, which no client could carry out: who wrote the document, where to read more.
const WORDS: Holds = One(Kind::Plain);
const DOCS: Holds = Lost("is not carried into the documentation");

/// What `key` of an object of this kind holds; `None` if the specification has no such key.
///
/// Every key stands here: what no stage reads is a loss, or is called [`WORDS`]. A test takes each key out of a
/// document that has them all, and sees that something changes.
pub(super) fn holds(kind: Kind, key: &str) -> Option<Holds> {
    if (kind, key) == (Kind::MediaType, ITEM_SCHEMA) {
        return Some(One(Kind::Schema));
    }
    if key.starts_with("x-") {
        return Some(PLAIN);
    }
    match kind {
        Kind::Document => document(key),
        Kind::Info => info(key),
        Kind::Server => server(key),
        Kind::ServerVariable => server_variable(key),
        Kind::Components => components(key),
        Kind::PathItem => path_item(key),
        Kind::Operation => operation(key),
        Kind::Parameter => parameter(key),
        Kind::Header => header(key),
        Kind::MediaType => media_type(key),
        Kind::Encoding => encoding(key),
        Kind::Response => response(key),
        Kind::Responses => Some(One(Kind::Response)),
        Kind::RequestBody => request_body(key),
        Kind::SecurityScheme => security_scheme(key),
        Kind::Flows => flows(key),
        Kind::Flow => flow(key),
        Kind::Contact => words(&["name", "url", "email"], key),
        Kind::License => words(&["name", "url", "identifier"], key),
        Kind::ExternalDocs => words(&["url", "description"], key),
        Kind::Tag => tag(key),
        Kind::Example => example(key),
        Kind::Schema | Kind::Plain => Some(PLAIN),
    }
}

fn document(key: &str) -> Option<Holds> {
    Some(match key {
        "openapi" | "security" => PLAIN,
        "$self" => WORDS,
        "tags" => List(Kind::Tag),
        "externalDocs" => One(Kind::ExternalDocs),
        "jsonSchemaDialect" => Lost("schemas are read as OpenAPI's own dialect"),
        "info" => One(Kind::Info),
        "servers" => List(Kind::Server),
        "paths" | "webhooks" => Map(Kind::PathItem),
        "components" => One(Kind::Components),
        _ => return None,
    })
}

fn info(key: &str) -> Option<Holds> {
    Some(match key {
        "title" | "description" | "version" => PLAIN,
        "summary" | "termsOfService" => WORDS,
        "contact" => One(Kind::Contact),
        "license" => One(Kind::License),
        _ => return None,
    })
}

fn server(key: &str) -> Option<Holds> {
    Some(match key {
        "url" | "description" | "name" => PLAIN,
        "variables" => Map(Kind::ServerVariable),
        _ => return None,
    })
}

fn server_variable(key: &str) -> Option<Holds> {
    Some(match key {
        "default" | "description" | "enum" => PLAIN,
        _ => return None,
    })
}

fn components(key: &str) -> Option<Holds> {
    Some(match key {
        "schemas" => Map(Kind::Schema),
        "responses" => Map(Kind::Response),
        "parameters" => Map(Kind::Parameter),
        "examples" => Map(Kind::Example),
        "requestBodies" => Map(Kind::RequestBody),
        "headers" => Map(Kind::Header),
        "securitySchemes" => Map(Kind::SecurityScheme),
        "pathItems" => Map(Kind::PathItem),
        "mediaTypes" => Map(Kind::MediaType),
        "links" => Lost("links between operations make no code"),
        "callbacks" => Lost("callbacks are calls to you, not by you: no code is made for them"),
        _ => return None,
    })
}

fn path_item(key: &str) -> Option<Holds> {
    Some(match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
            One(Kind::Operation)
        }
        "servers" => List(Kind::Server),
        "parameters" => List(Kind::Parameter),
        "summary" | "description" | "$ref" => PLAIN,
        "query" => One(Kind::Operation),
        "additionalOperations" => Map(Kind::Operation),
        _ => return None,
    })
}

fn operation(key: &str) -> Option<Holds> {
    Some(match key {
        "tags" | "summary" | "description" | "operationId" | "deprecated" | "security" => PLAIN,
        "externalDocs" => One(Kind::ExternalDocs),
        "parameters" => List(Kind::Parameter),
        "requestBody" => One(Kind::RequestBody),
        "responses" => One(Kind::Responses),
        "servers" => List(Kind::Server),
        "callbacks" => Lost("callbacks are calls to you, not by you: no code is made for them"),
        _ => return None,
    })
}

fn parameter(key: &str) -> Option<Holds> {
    Some(match key {
        "name" | "in" | "description" | "required" | "deprecated" | "style" | "explode"
        | "allowReserved" | "$ref" => PLAIN,
        "example" => WORDS,
        "examples" => Map(Kind::Example),
        "schema" => One(Kind::Schema),
        "content" => Map(Kind::MediaType),
        "allowEmptyValue" => Lost("a parameter is sent with its value or not at all"),
        "summary" => DOCS,
        _ => return None,
    })
}

fn header(key: &str) -> Option<Holds> {
    Some(match key {
        "description" | "required" | "deprecated" | "$ref" => PLAIN,
        // Of styles there is one: `simple`.
        "example" | "style" => WORDS,
        "examples" => Map(Kind::Example),
        "schema" => One(Kind::Schema),
        "content" => Map(Kind::MediaType),
        "summary" => DOCS,
        "explode" => Lost("a header that is an object is left as text"),
        _ => return None,
    })
}

fn request_body(key: &str) -> Option<Holds> {
    Some(match key {
        "content" => Map(Kind::MediaType),
        "description" | "required" | "$ref" => PLAIN,
        "summary" => DOCS,
        _ => return None,
    })
}

fn encoding(key: &str) -> Option<Holds> {
    Some(match key {
        "contentType" | "style" | "explode" => PLAIN,
        "headers" => Map(Kind::Header),
        "allowReserved" => Lost("reserved characters are percent-encoded in forms"),
        "encoding" | "prefixEncoding" | "itemEncoding" => {
            Lost("the encoding within a part is not carried")
        }
        _ => return None,
    })
}

fn security_scheme(key: &str) -> Option<Holds> {
    Some(match key {
        "type" | "name" | "in" | "scheme" | "$ref" => PLAIN,
        "flows" => One(Kind::Flows),
        "description" | "bearerFormat" | "openIdConnectUrl" | "oauth2MetadataUrl" => WORDS,
        "deprecated" => DOCS,
        _ => return None,
    })
}

/// 3.1 §4.8.28; `deviceAuthorization` since 3.2.
fn flows(key: &str) -> Option<Holds> {
    Some(match key {
        "implicit"
        | "password"
        | "clientCredentials"
        | "authorizationCode"
        | "deviceAuthorization" => One(Kind::Flow),
        _ => return None,
    })
}

/// The client asks for a token by client credentials alone; how else one is had is for its user.
fn flow(key: &str) -> Option<Holds> {
    Some(match key {
        "tokenUrl" => PLAIN,
        "authorizationUrl" | "deviceAuthorizationUrl" | "refreshUrl" | "scopes" => WORDS,
        _ => return None,
    })
}

fn tag(key: &str) -> Option<Holds> {
    match key {
        "externalDocs" => Some(One(Kind::ExternalDocs)),
        _ => words(&["name", "summary", "description", "parent", "kind"], key),
    }
}

fn example(key: &str) -> Option<Holds> {
    Some(match key {
        "value" | "dataValue" | "serializedValue" | "$ref" => PLAIN,
        "summary" | "description" => WORDS,
        "externalValue" => Lost("an example in another file is not read"),
        _ => return None,
    })
}

fn words(known: &[&str], key: &str) -> Option<Holds> {
    known.contains(&key).then_some(WORDS)
}

fn media_type(key: &str) -> Option<Holds> {
    Some(match key {
        "schema" => One(Kind::Schema),
        "example" | "$ref" => PLAIN,
        "examples" => Map(Kind::Example),
        "encoding" => Map(Kind::Encoding),
        "prefixEncoding" | "itemEncoding" => {
            Lost("the encoding of parts by position is not carried")
        }
        _ => return None,
    })
}

fn response(key: &str) -> Option<Holds> {
    Some(match key {
        "description" | "$ref" => PLAIN,
        "headers" => Map(Kind::Header),
        "content" => Map(Kind::MediaType),
        "links" => Lost("links between operations make no code"),
        "summary" => DOCS,
        _ => return None,
    })
}
