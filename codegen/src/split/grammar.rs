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

use Holds::{List, Lost, Map, One};

const PLAIN: Holds = One(Kind::Plain);
const DOCS: Holds = Lost("is not carried into the documentation");

/// What `key` of an object of this kind holds; `None` if the specification has no such key.
pub(super) fn holds(kind: Kind, key: &str) -> Option<Holds> {
    if (kind, key) == (Kind::MediaType, ITEM_SCHEMA) {
        return Some(One(Kind::Schema));
    }
    if key.starts_with("x-") {
        return Some(if key.starts_with("x-stencil-") {
            PLAIN
        } else {
            One(Kind::Plain)
        });
    }
    match kind {
        Kind::Document => document(key),
        Kind::Info => info(key),
        Kind::Server => server(key),
        Kind::Components => components(key),
        Kind::PathItem => path_item(key),
        Kind::Operation => operation(key),
        Kind::Parameter | Kind::Header => parameter(key),
        Kind::MediaType => media_type(key),
        Kind::Response => response(key),
        Kind::Responses => Some(One(Kind::Response)),
        Kind::Encoding => match key {
            "headers" => Some(Map(Kind::Header)),
            _ => Some(PLAIN),
        },
        Kind::RequestBody => match key {
            "content" => Some(Map(Kind::MediaType)),
            "description" | "required" | "$ref" => Some(PLAIN),
            "summary" => Some(DOCS),
            _ => None,
        },
        Kind::ServerVariable | Kind::SecurityScheme | Kind::Schema | Kind::Plain => Some(PLAIN),
    }
}

fn document(key: &str) -> Option<Holds> {
    Some(match key {
        "openapi" | "security" | "tags" | "jsonSchemaDialect" | "$self" | "externalDocs" => PLAIN,
        "info" => One(Kind::Info),
        "servers" => List(Kind::Server),
        "paths" | "webhooks" => Map(Kind::PathItem),
        "components" => One(Kind::Components),
        _ => return None,
    })
}

fn info(key: &str) -> Option<Holds> {
    Some(match key {
        "title" | "description" | "version" | "summary" | "termsOfService" | "contact"
        | "license" => PLAIN,
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

fn components(key: &str) -> Option<Holds> {
    Some(match key {
        "schemas" => Map(Kind::Schema),
        "responses" => Map(Kind::Response),
        "parameters" => Map(Kind::Parameter),
        "examples" => PLAIN,
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
        "tags" | "summary" | "description" | "operationId" | "deprecated" | "security"
        | "externalDocs" => PLAIN,
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
        | "allowReserved" | "example" | "examples" | "$ref" => PLAIN,
        "schema" => One(Kind::Schema),
        "content" => Map(Kind::MediaType),
        "allowEmptyValue" => Lost("a parameter is sent with its value or not at all"),
        "summary" => DOCS,
        _ => return None,
    })
}

fn media_type(key: &str) -> Option<Holds> {
    Some(match key {
        "schema" => One(Kind::Schema),
        "example" | "examples" | "$ref" => PLAIN,
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
