//! Schemas of every version as one model, that of JSON Schema 2020-12.
//!
//! What 3.0 says is mapped up into it (`nullable` becomes a null type, a boolean
//! `exclusiveMinimum` a number, `example` becomes `examples`); nothing is mapped down.

mod identify;
mod keywords;
mod model;
mod read;
mod table;

pub use model::{
    Additional, Discriminator, Rare, RareKeywords, Schema, SimpleType, UncommonKeywords,
};
pub(crate) use read::{Keep, Kept, Reader};
pub use table::{SchemaId, Schemas};

/// How the schemas of a document are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// OpenAPI 3.0 §4.7.24: a dialect of its own.
    OpenApi30,
    /// OpenAPI 3.1 and 3.2: JSON Schema 2020-12.
    JsonSchema,
}
