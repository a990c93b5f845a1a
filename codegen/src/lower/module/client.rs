//! The type `Client`, and what is given to its builder.

use super::{Docs, Field};
use crate::api::SecurityScheme;

/// The type `Client`.
#[derive(Debug, PartialEq)]
pub(crate) struct ClientDef {
    pub(crate) docs: Docs,
    /// The ways to show who asks.
    pub(crate) security: Vec<SchemeDef>,
    /// Parameters that can be set once for the client.
    pub(crate) defaults: Vec<Field>,
    pub(crate) blocking: bool,
    /// The path of the crate in examples; none are written without it.
    pub(crate) example_path: Option<String>,
}

/// A way to show who asks.
#[derive(Debug, PartialEq)]
pub(crate) struct SchemeDef {
    /// Its name in the document, which operations use.
    pub(crate) wire: String,
    /// The method that sets its credentials, where there are several schemes.
    pub(crate) name: String,
    pub(crate) scheme: SecurityScheme,
}

/// The type `Server`.
#[derive(Debug, PartialEq)]
pub(crate) struct ServersDef {
    pub(crate) variants: Vec<ServerVariant>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct ServerVariant {
    /// Where the document says it.
    pub(crate) pointer: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The URL with `{field}` for each variable.
    pub(crate) url: String,
    /// Variables of the URL.
    pub(crate) variables: Vec<VariableDef>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct VariableDef {
    pub(crate) field: String,
    pub(crate) default: String,
    pub(crate) docs: Docs,
}

/// A string type with forms, from `x-stencil-type`.
#[derive(Debug, PartialEq)]
pub(crate) struct NamedTypeDef {
    /// The parameter in the document that first names it.
    pub(crate) pointer: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// Constructor and template of each form.
    pub(crate) forms: Vec<(String, String)>,
}
