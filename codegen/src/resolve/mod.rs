//! The third stage: every reference followed, until what remains is what the document means.

mod components;
mod loss;
mod operation;
pub(crate) mod pagination;
mod parameter;
mod response;
mod security;
mod server;
mod values;

use serde_json::Value;

use crate::api::Api;
use crate::diagnostic::Problems;
use crate::load::Document;
use crate::schema::Schemas;
use crate::split::Skeleton;

use components::Components;
#[cfg(feature = "diff")]
pub(crate) use operation::TYPED_METHODS;

/// What stands for an example of a response, where such examples are only compared: no code comes from them, and there
/// are many.
pub(crate) type StandIn = fn(&Value) -> Value;

/// Follows every reference.
pub(crate) fn resolve(
    document: &Document,
    skeleton: Skeleton,
    schemas: Schemas,
    stand_in: Option<StandIn>,
) -> Result<Api, Problems> {
    let Skeleton {
        openapi,
        paths,
        mut losses,
    } = skeleton;
    let empty = openapiv3::Components::default();
    let parts = openapi.components.as_ref().unwrap_or(&empty);
    let components = Components::new(parts, &schemas, stand_in);
    let mut problems = Vec::new();

    let requirements = security::requirements(&openapi, &paths);
    let security = security::resolve(&requirements, &components, &mut losses, &mut problems);
    let servers = server::resolve(&openapi.servers, &mut problems);
    let operations = operation::Operations {
        of_document: openapi.security.as_ref(),
        security: &security,
        components: &components,
        losses: &mut losses,
        problems: &mut problems,
    };
    let operations = operations.resolve(paths)?;
    if !problems.is_empty() {
        return Err(problems);
    }
    losses.extend(loss::of_schemas(&schemas));
    losses.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    losses.dedup();
    Ok(Api {
        document: document.name().to_owned(),
        title: openapi.info.title,
        description: openapi.info.description,
        version: openapi.info.version,
        servers,
        security: security.schemes,
        operations,
        schemas,
        losses,
    })
}
