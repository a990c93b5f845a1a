//! What schemas say and a client does not carry.

use super::values;
use crate::api::LostNode;
use crate::schema::Schemas;

/// One line for each keyword that no code comes from.
pub(super) fn of_schemas(schemas: &Schemas) -> Vec<LostNode> {
    let mut losses = Vec::new();
    for (_, schema) in schemas.iter() {
        for keyword in &schema.unread {
            let what = match keyword.as_str() {
                _ if keyword.contains('/') => {
                    let name = keyword.rsplit('/').next().unwrap_or_default();
                    format!("`{name}` is not a key that OpenAPI has here")
                }
                "$ref" => "it names no schema of this document: read as any value".to_owned(),
                _ => format!("`{keyword}` is not carried into the types"),
            };
            losses.push(LostNode::new(format!("{}/{keyword}", schema.pointer), what));
        }
        losses.extend(values::unfit(schemas, schema));
        let ends_tuple = schema.pointer.ends_with("/items");
        if schema.boolean == Some(false) && !ends_tuple {
            losses.push(LostNode::new(
                &*schema.pointer,
                "the schema `false` is read as any value",
            ));
        }
    }
    losses
}
