//! What a `$ref` of a schema names (JSON Schema Core 2020-12 §8.2; RFC 6901).

use super::{SchemaId, Schemas};
use crate::load::{child, decode};

/// The schema that `reference` names where `from` says it.
pub(super) fn target(schemas: &Schemas, from: SchemaId, reference: &str) -> Option<SchemaId> {
    let (resource, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if resource.is_empty() {
        // A pointer is one into the whole document, as everybody writes it, or else into the resource around it.
        let whole = target_pointer(reference).and_then(|pointer| schemas.at(&pointer));
        return whole.or_else(|| within(schemas, around(schemas, from), fragment));
    }
    // What no schema here is called is in another document, whatever its fragment would name in this one.
    let (root, _) = schemas
        .iter()
        .find(|(_, schema)| schema.id.as_deref().is_some_and(|id| is_same(id, resource)))?;
    within(schemas, Some(root), fragment)
}

/// Whether an `$id` is what a reference names: the same text, or the end of it, as relative references are
/// resolved against the `$id` around them.
fn is_same(id: &str, resource: &str) -> bool {
    let id = id.trim_end_matches('#');
    id == resource
        || id
            .strip_suffix(resource.trim_start_matches("./"))
            .is_some_and(|rest| rest.ends_with('/'))
        || resource
            .strip_suffix(id)
            .is_some_and(|rest| rest.ends_with('/'))
}

/// What a fragment names within a resource: all of it, an anchor, or a pointer.
fn within(schemas: &Schemas, root: Option<SchemaId>, fragment: &str) -> Option<SchemaId> {
    let base = root.map_or("", |root| &*schemas.get(root).pointer);
    match fragment {
        "" => root,
        fragment if fragment.starts_with('/') => schemas.at(&format!(
            "{base}{}",
            target_pointer(&format!("#{fragment}"))?
        )),
        anchor => {
            let mut found = schemas.iter().filter(|(_, schema)| {
                schema.anchor.as_deref() == Some(anchor) && schema.pointer.starts_with(base)
            });
            found.next().map(|(id, _)| id)
        }
    }
}

/// The nearest schema around this one that has an `$id`.
fn around(schemas: &Schemas, from: SchemaId) -> Option<SchemaId> {
    let mut pointer = &*schemas.get(from).pointer;
    loop {
        if let Some(id) = schemas
            .at(pointer)
            .filter(|id| schemas.get(*id).id.is_some())
        {
            return Some(id);
        }
        pointer = pointer.rsplit_once('/')?.0;
    }
}

/// The pointer that a reference within the document names, percent-decoding undone (RFC 6901 §6).
pub(super) fn target_pointer(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
    // Anything else is the name of an anchor.
    if !decoded.is_empty() && !decoded.starts_with('/') {
        return None;
    }
    // Encoded again key by key, so that each pointer has one spelling.
    Some(decode(&decoded).fold(String::new(), |pointer, key| child(&pointer, &key)))
}
