//! Bases that other schemas are made from by `allOf`: what they hold themselves, whichever of those a value is.

use serde_json::Value;

use super::shape::derived;
use crate::api::{Api, SchemaId};

/// The mark of such a schema in its pointer, and so in the name of its type.
pub(super) const OWN: &str = "@base";

/// Gives every base a copy that is no choice between what is made from it. It is the type of what all of these
/// have, which is known of a value even if its tag is not.
pub(super) fn part(mut api: Api) -> Api {
    let schemas = &api.schemas;
    let bases: Vec<SchemaId> = schemas
        .iter()
        .map(|(id, _)| id)
        .filter(|id| !derived(schemas, *id).is_empty())
        .collect();
    for id in bases {
        let mut own = api.schemas.get(id).clone();
        own.pointer = format!("{}{OWN}", own.pointer).into();
        own.discriminator = None;
        own.is_base_part = true;
        if let Some(Value::String(name)) = own.name_mut() {
            name.push_str(OWN);
        }
        let own = api.schemas.add(own);
        api.schemas.change(id, |schema| schema.base = Some(own));
    }
    api
}
