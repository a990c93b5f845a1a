//! The second stage: what is HTTP and what is a schema, taken apart.
//!
//! Schemas go to a table of their own, keyed by JSON pointer, and a plain `$ref` stays in their
//! place. The skeleton that remains is the same in OpenAPI 3.0, 3.1 and 3.2, and is read as
//! [`openapiv3::OpenAPI`], which knows that half of the document well.

mod copy;
mod demands;
mod grammar;
mod locate;
mod mend;
mod mistakes;
mod parts;
mod walk;

pub(crate) use grammar::{COOKIE_STYLE, ITEM_SCHEMA, WHOLE_QUERY};
pub(crate) use locate::path_item;
#[cfg(feature = "diff")]
pub(crate) use walk::{MAX_CHAIN, referred_item};
pub(crate) use walk::{MORE_METHODS, WRITTEN_PATH};

use serde_json::{Map, Value};

use crate::api::LostNode;
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::Document;
use crate::schema::{Dialect, Keep, Kept, Reader, Schemas};

use parts::Parts;

/// A document taken apart, which itself is not needed any more.
pub(crate) struct Apart {
    skeleton: Value,
    schemas: Schemas,
    /// Of schemas, what was to be kept as it stands.
    kept: Kept,
    losses: Vec<LostNode>,
}

/// The document without its schemas.
#[derive(Debug)]
pub(crate) struct Skeleton {
    /// The HTTP half, without path items.
    pub(crate) openapi: openapiv3::OpenAPI,
    /// The path items, each to be read when its turn comes: typed they take far more room, and nobody needs two at once.
    pub(crate) paths: Map<String, Value>,
    /// What the document says and the skeleton does not hold.
    pub(crate) losses: Vec<LostNode>,
}

/// Takes the document apart.
pub(crate) fn split(document: &Document) -> Result<Apart, Problems> {
    let dialect = version(&document.tree)?;
    let reader = Reader::new(dialect, &document.tree, document.lenient, None);
    walk::take_apart(&document.tree, reader, Parts::default())
}

/// Takes the document apart and its tree away, each path item and each schema of its components as soon as it was read. `keep` chooses what is kept of
/// each schema as it stands.
pub(crate) fn consume(document: &mut Document, keep: Option<Keep>) -> Result<Apart, Problems> {
    let dialect = version(&document.tree)?;
    let mut tree = document.tree.take();
    let parts = Parts::of(&mut tree);
    let reader = Reader::new(dialect, &tree, document.lenient, keep);
    walk::take_apart(&tree, reader, parts)
}

impl Apart {
    /// Reads the skeleton, and gives the schemas with what was kept of them. This is a step of its own, as it takes as
    /// much memory as the document, which can go first.
    pub(crate) fn read(self) -> Result<(Skeleton, Schemas, Kept), Problems> {
        let (openapi, paths) = locate::read(self.skeleton)?;
        let skeleton = Skeleton {
            openapi,
            paths,
            losses: self.losses,
        };
        Ok((skeleton, self.schemas, self.kept))
    }
}

/// The version decides how schemas are read, and nothing else.
fn version(tree: &Value) -> Result<Dialect, Problems> {
    let problem = |pointer: &str, message: String| {
        vec![
            Problem::at(Code::Version, pointer, message)
                .help("OpenAPI 3.0, 3.1 and 3.2 are read; converters exist for Swagger 2.0"),
        ]
    };
    if let Some(swagger) = tree.get("swagger") {
        return Err(problem(
            "/swagger",
            format!("this is a Swagger {} document", plain(swagger)),
        ));
    }
    let Some(version) = tree.get("openapi") else {
        let message =
            "there is no `openapi` key that names a version: is this an OpenAPI document?";
        return Err(problem("", message.to_owned()));
    };
    let text = plain(version);
    let mut numbers = text.split('.');
    match (numbers.next(), numbers.next()) {
        (Some("3"), Some("0")) => Ok(Dialect::OpenApi30),
        (Some("3"), Some("1" | "2")) => Ok(Dialect::JsonSchema),
        _ => Err(problem(
            "/openapi",
            format!("version {text} is not supported"),
        )),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
