//! Leaves out what was not asked for.

use crate::api::{Api, Operation};
use crate::diagnostic::{Code, Problem, Problems, nearest};

/// The operations that one of `only` names; all if it is empty. A name that names none is a problem, as it
/// is a mistake or a thing of the past.
pub(crate) fn select(mut api: Api, only: &[String]) -> Result<Api, Problems> {
    if only.is_empty() {
        return Ok(api);
    }
    let idle = only
        .iter()
        .filter(|name| !api.operations.iter().any(|one| is_named(one, name)));
    let problems: Problems = idle.map(|name| unknown(&api, name)).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    api.operations
        .retain(|operation| only.iter().any(|name| is_named(operation, name)));
    Ok(api)
}

fn is_named(operation: &Operation, name: &str) -> bool {
    let is_path = match name.strip_suffix('*') {
        Some(start) => operation.path.starts_with(start),
        None => operation.path == name,
    };
    is_path || operation.id.as_deref() == Some(name) || operation.tags.iter().any(|tag| tag == name)
}

fn unknown(api: &Api, name: &str) -> Problem {
    let message = format!("no operation, path or tag is called `{name}`");
    let problem = Problem::at(Code::Setting, "/paths", message);
    let known = api.operations.iter().flat_map(|operation| {
        operation
            .id
            .iter()
            .chain([&operation.path])
            .chain(&operation.tags)
    });
    match nearest(name, known) {
        Some(nearest) => problem.help(format!("there is `{nearest}`")),
        None => problem,
    }
}
