//! Names that must not meet.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{snake, upper_camel};
use crate::api::{Api, Operation};
use crate::diagnostic::{Code, Problem, Problems};
use crate::load::child;

/// Types of generated code and of Rust's prelude: a schema of that name gets a suffix.
const RESERVED_TYPES: [&str; 34] = [
    "ApiKey",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "ConfigError",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoFuture",
    "Iterator",
    "Maybe",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "RateLimit",
    "Response",
    "Result",
    "Secret",
    "Send",
    "Server",
    "Some",
    "String",
    "Sync",
    "UnknownValue",
    "Vec",
];

/// Methods that `Client` and `Call` have of their own.
const CLIENT_METHODS: [&str; 3] = ["builder", "call", "clone"];
const CALL_METHODS: [&str; 6] = [
    "header",
    "into_future",
    "operation",
    "send",
    "send_blocking",
    "timeout",
];

/// The names of one operation.
#[derive(Debug)]
pub(super) struct OperationNames {
    /// The id in banners and traces.
    pub(super) id: String,
    /// The type; inline schemas are named after it.
    pub(super) ty: String,
    /// The method of `Client`.
    pub(super) method: String,
}

/// The names of all operations; two that want one name are a problem that the document must solve.
pub(super) fn operations(api: &Api) -> Result<Vec<OperationNames>, Problems> {
    let client_wide: BTreeSet<String> = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .filter(|parameter| parameter.client_wide)
        .map(|parameter| snake(&parameter.name, "parameter"))
        .collect();
    let mut taken: BTreeMap<String, &Operation> = BTreeMap::new();
    let mut problems = Vec::new();
    let mut names = Vec::new();
    for operation in &api.operations {
        let id = operation
            .id
            .clone()
            .filter(|id| !id.trim().is_empty())
            .unwrap_or_else(|| derived_id(operation));
        let ty = upper_camel(&id, "Operation");
        let mut method = snake(&id, "operation");
        if CLIENT_METHODS.contains(&method.as_str()) || client_wide.contains(&method) {
            method.push_str("_operation");
        }
        if let Some(first) = taken.insert(ty.clone(), operation) {
            problems.push(clash(first, operation, &ty, &method));
        }
        names.push(OperationNames { id, ty, method });
    }
    if problems.is_empty() {
        Ok(names)
    } else {
        Err(problems)
    }
}

fn derived_id(operation: &Operation) -> String {
    format!(
        "{} {}",
        operation.method.to_lowercase(),
        operation.path.replace(['{', '}'], "")
    )
}

fn clash(first: &Operation, second: &Operation, ty: &str, method: &str) -> Problem {
    let place = |operation: &Operation| match operation.id {
        Some(_) => child(&operation.pointer, "operationId"),
        None => operation.pointer.clone(),
    };
    let message = format!(
        "two operations want the name `{ty}` (`client.{method}`): {} {} and {} {}",
        first.method, first.path, second.method, second.path
    );
    Problem::at(Code::Name, place(second), message)
        .related(place(first), "the first one")
        .help("give one of them an `operationId` of its own, in an overlay if the document is not yours")
}

/// Types that have a name already.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    taken: BTreeSet<String>,
}

impl TypeNames {
    /// Starts with what generated code needs for itself, and with the names in `claimed`.
    pub(super) fn new(claimed: impl IntoIterator<Item = String>) -> Self {
        let reserved = RESERVED_TYPES.iter().map(|name| (*name).to_owned());
        Self {
            taken: reserved.chain(claimed).collect(),
        }
    }

    /// `wanted`, or that name with `suffix`, or with a number from 2.
    pub(super) fn claim(&mut self, wanted: &str, suffix: &str) -> String {
        let numbered = (2_usize..).map(|number| format!("{wanted}{number}"));
        let name = [wanted.to_owned(), format!("{wanted}{suffix}")]
            .into_iter()
            .chain(numbered)
            .find(|name| !self.taken.contains(name))
            .unwrap_or_else(|| wanted.to_owned());
        self.taken.insert(name.clone());
        name
    }
}

/// Gives each text a name that no other has. Equal names are told apart by number, in the order of
/// the texts, so that the order of the document does not matter.
pub(super) fn unique<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    name: impl Fn(&str) -> String,
    reserved: &[&str],
) -> BTreeMap<&'a str, String> {
    let sorted: BTreeSet<&str> = texts.into_iter().collect();
    let mut taken: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut names = BTreeMap::new();
    for text in sorted {
        let wanted = name(text);
        let mut free = wanted.clone();
        let mut number = 2;
        while !taken.insert(free.clone()) {
            free = format!("{wanted}_{number}");
            number += 1;
        }
        names.insert(text, free);
    }
    names
}

/// The setter of a field on a call.
pub(super) fn call_setter(field: &str) -> String {
    if CALL_METHODS.contains(&field) {
        format!("{field}_parameter")
    } else {
        field.to_owned()
    }
}
