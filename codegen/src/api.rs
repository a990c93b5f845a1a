//! A document with no reference left: what is served where, and how it is called.
//!
//! It says nothing of Rust. The compiler's later stages, the mock server and reviews all start here.

use std::sync::Arc;

use serde_json::Value;

pub use crate::schema::{
    Additional, Discriminator, Rare, RareKeywords, Schema, SchemaId, Schemas, SimpleType,
    UncommonKeywords,
};

/// The resolved document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Api {
    /// The file name of the document.
    pub document: String,
    /// `info.title`.
    pub title: String,
    /// `info.description`, in CommonMark.
    pub description: Option<String>,
    /// `info.version`.
    pub version: String,
    /// The servers, the default one first; never empty (3.1 §4.8.1: the default is `/`).
    pub servers: Vec<Server>,
    /// How requests authenticate.
    pub security: Vec<NamedScheme>,
    /// The operations in document order.
    pub operations: Vec<Operation>,
    /// Every schema.
    pub schemas: Schemas,
    /// What the document says and a client does not carry.
    pub losses: Vec<LostNode>,
}

/// A place where the API is served.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Server {
    /// Where the document says it.
    pub pointer: String,
    /// Its name: `name` (3.2) or `x-stencil-name`.
    pub name: Option<String>,
    /// The URL, with `{variables}`.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// The variables of the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// The value that stands for it when none is given.
    pub default: String,
    /// What it is for.
    pub description: Option<String>,
    /// The values that it may have; any if there are none.
    pub values: Vec<String>,
}

/// A way to show who sends a request, with its name in `components.securitySchemes`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedScheme {
    /// Its name.
    pub name: String,
    /// What is sent.
    pub scheme: SecurityScheme,
}

/// How requests show who sends them (3.1 §4.8.27).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// A token in `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// A token that is good for a while, sent as a bearer token: OAuth 2 and OpenID Connect.
    Token {
        /// Where client credentials are changed for a token (RFC 6749 §4.4), if the document says so.
        token_url: Option<String>,
        /// The scopes that operations ask for.
        scopes: Vec<String>,
    },
    /// A user and a password in `Authorization: Basic` (RFC 7617).
    Basic,
    /// A key in a header of this name.
    Header(String),
    /// A key in a query parameter of this name.
    Query(String),
    /// A key in a cookie of this name.
    Cookie(String),
}

impl SecurityScheme {
    /// Whether two schemes are the same to the wire.
    pub fn is_sent_like(&self, other: &Self) -> bool {
        let is_bearer = |one: &Self| matches!(one, Self::Bearer | Self::Token { .. });
        self == other || (is_bearer(self) && is_bearer(other))
    }
}

/// One operation: a method on a path.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Where the document says it.
    pub pointer: String,
    /// `operationId`.
    pub id: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// The method in upper case.
    pub method: String,
    /// The path with `{parameters}`.
    pub path: String,
    /// A server of its own, if it has one (3.1 §4.8.9 and §4.8.10, `servers`).
    pub server: Option<OwnServer>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// How its list comes page by page, if the document or the settings say so.
    pub pagination: Option<Pagination>,
    /// Its parameters and those of its path, the nearer one where both have a name.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What may come back, in document order.
    pub responses: Vec<Response>,
    /// Whether credentials are sent.
    pub authenticated: bool,
    /// The alternatives of which one is sent, each the names of the schemes that it takes.
    pub security: Vec<Vec<String>>,
}

/// A server that serves one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnServer {
    /// Its URL, whole and without variables.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
}

/// A list that comes page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pagination {
    /// Where it is said.
    pub pointer: String,
    /// The JSON pointer of the list in the response's body.
    pub items: String,
    /// The JSON pointer of what tells whether there is more.
    pub more: Option<String>,
    /// How the next page is had.
    pub way: Paging,
}

/// How the next page is had.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// By a value of the response, given as a parameter.
    Cursor {
        /// The parameter.
        parameter: String,
        /// The JSON pointer of the value.
        from: String,
    },
    /// By the number of the page.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        start: u64,
    },
    /// By the number of items before it.
    Offset {
        /// The parameter.
        parameter: String,
    },
    /// At the link with this relation (RFC 8288).
    Link(String),
    /// At the URL in the response that this JSON pointer names.
    Url(String),
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// The location as the document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is written (3.1 §4.8.12, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// 3.2 §4.12.3: nothing is encoded.
    Cookie,
}

/// One parameter of an operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// Where the document says it.
    pub pointer: String,
    /// Its name as sent.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// How it is written.
    pub style: Style,
    /// Whether the items of a list are written one by one.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Its schema.
    pub schema: Option<SchemaId>,
    /// Whether it is sent as JSON, whatever its style (`content`, 3.1 §4.8.12.3).
    pub is_json: bool,
    /// Whether it is the whole query, and not one of its parameters (`querystring`, 3.2 §4.12.1).
    pub is_whole_query: bool,
    /// The Rust type that an overlay gives it.
    pub named_type: Option<NamedType>,
    /// Whether it can be set once for the client.
    pub client_wide: bool,
}

/// `x-stencil-type`: a string with a Rust type of its own, and the forms that it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedType {
    /// The name of the Rust type.
    pub name: String,
    /// Name and template of each form, the most specific first; `{}` stands for the value.
    pub forms: Vec<(String, String)>,
}

/// What is sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Body {
    /// Where the document says it.
    pub pointer: String,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// Its forms, in document order.
    pub content: Vec<MediaType>,
}

/// Statuses that a response is for (3.1 §4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusPattern {
    /// One status.
    Code(u16),
    /// All statuses with this first digit.
    Range(u16),
    /// All others.
    Default,
}

impl StatusPattern {
    /// Whether responses with these statuses tell of success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl std::fmt::Display for StatusPattern {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// What may come back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    /// Where the document says it. One of `components` is there once, however many operations have it, as are its other
    /// parts.
    pub pointer: Arc<str>,
    /// The statuses that it is for.
    pub status: StatusPattern,
    /// `description`, in CommonMark.
    pub description: Arc<str>,
    /// Its forms, in document order; empty for none.
    pub content: Arc<[MediaType]>,
    /// Its headers, in document order.
    pub headers: Arc<[Header]>,
}

/// A header of a response, or of a part of a body (3.1 §4.8.21).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Header {
    /// Where the document says it.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Whether it is always sent.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its schema.
    pub schema: Option<SchemaId>,
}

/// One form of a body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MediaType {
    /// Where the document says it.
    pub pointer: String,
    /// The media type, such as `application/json`.
    pub name: String,
    /// Its schema.
    pub schema: Option<SchemaId>,
    /// The schema of each item of a body that comes item by item (3.2 §4.14.3).
    pub item_schema: Option<SchemaId>,
    /// Its examples, by name.
    pub examples: Vec<(String, Value)>,
    /// `encoding`: the media type of properties that are parts of their own.
    pub part_types: Vec<(String, String)>,
    /// `encoding`: the styles of properties of a form, and whether each is exploded.
    pub field_styles: Vec<(String, Style, bool)>,
    /// `encoding`: the headers of properties that are parts of their own, each with its property.
    pub part_headers: Vec<(String, Header)>,
}

impl MediaType {
    /// Whether it is JSON: `application/json`, or a name that ends in `+json` (RFC 6839).
    pub fn is_json(&self) -> bool {
        is_json_type(&self.name)
    }

    /// Whether it is text that programs pass on as it is: `text/*`, and XML (RFC 7303).
    pub fn is_text(&self) -> bool {
        let essence = self.essence();
        essence.starts_with("text/") || essence == "application/xml" || essence.ends_with("+xml")
    }

    /// The name without parameters, in lower case.
    pub fn essence(&self) -> String {
        essence(&self.name)
    }
}

/// Whether a media type is JSON: see [`MediaType::is_json`].
pub(crate) fn is_json_type(name: &str) -> bool {
    let essence = essence(name);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Something that the document says and a client does not carry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LostNode {
    /// Where the document says it.
    pub pointer: String,
    /// What is not carried, and what the client does instead.
    pub what: String,
}

impl LostNode {
    pub(crate) fn new(pointer: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            what: what.into(),
        }
    }
}
