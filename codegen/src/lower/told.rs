//! What a document says in a way that types or bodies cannot follow: told, with what is done instead.

use std::collections::BTreeMap;

use super::bodies;
use super::fields::undescribed;
use super::flatten::{Flat, flatten, parts};
use super::shape::{Shape, decisive, shape};
use crate::api::{Api, LostNode, MediaType, Operation, SchemaId, Schemas, SimpleType};
use crate::load::child;

/// Of a struct: properties that two parts of `allOf` give different types, and names that are required and
/// described nowhere.
pub(super) fn of_struct(schemas: &Schemas, id: SchemaId, flat: &Flat) -> Vec<LostNode> {
    let pointer = &schemas.get(id).pointer;
    let mut losses: Vec<LostNode> = undescribed(flat)
        .map(|name| {
            let what =
                format!("`{name}` is required and has no schema: any value, which may be left out");
            LostNode::new(child(pointer, "required"), what)
        })
        .collect();
    for (name, said) in properties(schemas, id) {
        if said.iter().any(|id| schemas.get(*id).is_merged) {
            continue;
        }
        let types: Vec<Vec<SimpleType>> = said.iter().map(|id| types(schemas, *id)).collect();
        for (index, one) in types.iter().enumerate() {
            if types[index + 1..].iter().any(|other| !can_meet(one, other)) {
                let what = format!(
                    "`{name}` has another type in another part of `allOf`, so that no value fits both: the last one counts"
                );
                losses.push(LostNode::new(&*schemas.get(said[index]).pointer, what));
            } else if loses_members(schemas, said[index], &said[index + 1..]) {
                let what = format!(
                    "`{name}` has other properties in another part of `allOf`: those of the last one count"
                );
                losses.push(LostNode::new(&*schemas.get(said[index]).pointer, what));
            }
        }
    }
    losses
}

/// The properties of all parts that apply to the same object, each with all that is said of it; the last one counts.
pub(super) fn properties(schemas: &Schemas, id: SchemaId) -> BTreeMap<&str, Vec<SchemaId>> {
    let mut found: BTreeMap<&str, Vec<SchemaId>> = BTreeMap::new();
    for part in parts(schemas, id) {
        for (name, property) in schemas.get(part).each_property() {
            let said = found.entry(name).or_default();
            said.retain(|known| schemas.target(*known) != schemas.target(*property));
            said.push(*property);
        }
    }
    found
}

/// Whether one of the others lacks a property that this one has.
pub(super) fn loses_members(schemas: &Schemas, one: SchemaId, others: &[SchemaId]) -> bool {
    let members = |id: SchemaId| flatten(schemas, decisive(schemas, id)).properties;
    let own = members(one).unwrap_or_default();
    let mut others = others.iter().filter_map(|other| members(*other));
    others.any(|other| own.keys().any(|name| !other.contains_key(name)))
}

fn types(schemas: &Schemas, id: SchemaId) -> Vec<SimpleType> {
    flatten(schemas, decisive(schemas, id)).types
}

/// Whether a value can have a type of both lists; none says nothing.
fn can_meet(one: &[SimpleType], other: &[SimpleType]) -> bool {
    let kind = |simple: SimpleType| match simple {
        SimpleType::Integer => SimpleType::Number,
        other => other,
    };
    let is_shared = |simple: &SimpleType| other.iter().any(|known| kind(*known) == kind(*simple));
    one.is_empty() || other.is_empty() || one.iter().any(is_shared)
}

/// Of a request body: forms that the caller has to write, and ranges that name no form.
pub(super) fn of_body(api: &Api, operation: &Operation) -> Vec<LostNode> {
    let forms = bodies::forms(api, operation);
    let mut losses = Vec::new();
    for media in operation.body.iter().flat_map(|body| &body.content) {
        let is_form = forms.iter().any(|form| std::ptr::eq(*form, media));
        if !is_form && media.essence().contains('*') {
            let what = "a range of media types names none to send: the other forms are sent";
            losses.push(LostNode::new(&media.pointer, what));
        } else if is_form && is_unwritten(api, media) {
            let what = "parts of this kind are not written: give the body as bytes, and its `content-type` with the boundary by `header`";
            losses.push(LostNode::new(&media.pointer, what));
        }
    }
    losses
}

/// Text and XML that have a schema of something else: they are sent and read as text. Of a response only where no
/// other form is read.
pub(super) fn of_text(api: &Api, operation: &Operation) -> Vec<LostNode> {
    let sent = operation.body.iter().flat_map(|body| &body.content);
    let responses = operation.responses.iter();
    let read = responses
        .filter(|response| !response.content.iter().any(MediaType::is_json))
        .flat_map(|response| response.content.iter());
    let is_plain = |id| {
        let shape = shape(&api.schemas, decisive(&api.schemas, id));
        matches!(
            shape,
            Shape::Scalar(_) | Shape::StringEnum(_) | Shape::Any(None)
        )
    };
    let is_lost = |media: &&MediaType| {
        media.is_text()
            && !media.is_json()
            && media.essence() != "text/event-stream"
            && media.schema.is_some_and(|id| !is_plain(id))
    };
    let lost = sent.chain(read).filter(is_lost);
    lost.map(|media| {
        let what = "it is text: nothing of the schema is in its type";
        LostNode::new(child(&media.pointer, "schema"), what)
    })
    .collect()
}

fn is_unwritten(api: &Api, media: &MediaType) -> bool {
    let essence = media.essence();
    let is_struct = |id| {
        matches!(
            shape(&api.schemas, decisive(&api.schemas, id)),
            Shape::Struct(_)
        )
    };
    essence.starts_with("multipart/")
        && (essence != "multipart/form-data" || !media.schema.is_some_and(is_struct))
}
