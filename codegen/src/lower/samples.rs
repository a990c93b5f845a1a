//! The document's own values, each with the type that should hold it: material for tests.

use serde_json::Value;

use super::fields::type_of;
use super::module::{Sample, TypeRef};
use super::plan::Plan;
use super::shape::is_nullable;
use crate::api::{Api, MediaType, SchemaId};

/// Examples and defaults of schemas that have a type, and examples of JSON bodies.
pub(super) fn lower(api: &Api, plan: &Plan) -> Vec<Sample> {
    let mut samples = Vec::new();
    for id in plan.types.keys() {
        let schema = api.schemas.get(*id);
        let values = schema.examples.iter().chain(schema.default.as_deref());
        samples.extend(values.filter_map(|value| sample(api, plan, &schema.pointer, *id, value)));
        for (_, property) in schema.each_property() {
            let of = api.schemas.get(*property);
            let values = of.examples.iter().chain(of.default.as_deref());
            samples.extend(
                values.filter_map(|value| sample(api, plan, &of.pointer, *property, value)),
            );
        }
    }
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation
            .responses
            .iter()
            .flat_map(|response| response.content.iter());
        for media in bodies.chain(responses).filter(|media| media.is_json()) {
            samples.extend(of_media(api, plan, media));
        }
    }
    samples
}

/// Every type that has a name, with the schema that it is made from.
pub(super) fn types(api: &Api, plan: &Plan) -> Vec<Sample> {
    let types = plan.types.keys().filter_map(|id| {
        let pointer = &api.schemas.get(*id).pointer;
        sample(api, plan, pointer, *id, &Value::Null)
    });
    types.collect()
}

fn of_media(api: &Api, plan: &Plan, media: &MediaType) -> Vec<Sample> {
    let Some(schema) = media.schema else {
        return Vec::new();
    };
    let samples = media
        .examples
        .iter()
        .filter_map(|(_, value)| sample(api, plan, &media.pointer, schema, value));
    samples.collect()
}

/// Any JSON is a `Value`: that would show nothing.
fn sample(api: &Api, plan: &Plan, pointer: &str, id: SchemaId, value: &Value) -> Option<Sample> {
    let ty = type_of(api, plan, id);
    if ty == TypeRef::Value {
        return None;
    }
    let is_nullable = is_nullable(&api.schemas, id);
    let ty = if is_nullable {
        TypeRef::Option(Box::new(ty))
    } else {
        ty
    };
    Some(Sample {
        pointer: pointer.to_owned(),
        ty,
        value: value.clone(),
    })
}
