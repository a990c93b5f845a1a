//! Names that must not meet.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{snake, upper_camel};
use super::locked;
use crate::api::{Api, LostNode, Operation};
use crate::load::child;
use crate::lock::Lock;

/// Types of generated code and of Rust's prelude: a schema of that name gets a suffix.
const RESERVED_TYPES: [&str; 35] = [
    "ApiKey",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "ConfigError",
    "Copy",
    "Credentials",
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
const CLIENT_METHODS: [&str; 4] = ["builder", "call", "client_credentials", "clone"];
const CALL_METHODS: [&str; 13] = [
    "attempt_timeout",
    "attempts",
    "connect_timeout",
    "header",
    "into_future",
    "items",
    "operation",
    "repeatable",
    "send",
    "send_blocking",
    "send_for",
    "stream",
    "timeout",
];

/// Whether generated code has a type of this name for itself.
pub(crate) fn is_own_type(name: &str) -> bool {
    RESERVED_TYPES.contains(&name)
}

/// Whether every `Client` has a method of this name.
pub(crate) fn is_own_method(name: &str) -> bool {
    CLIENT_METHODS.contains(&name)
}

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

/// The names of all operations: those of the lock where it has some that hold.
pub(super) fn operations(api: &Api, lock: &Lock) -> Vec<OperationNames> {
    let client_wide: BTreeSet<String> = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .filter(|parameter| parameter.client_wide)
        .map(|parameter| snake(&parameter.name, "parameter"))
        .collect();
    let shared = shared_names(api);
    let derived = derived_ids(api, &shared, lock);
    let mut taken = locked::taken(lock, api).methods;
    let mut numbers = Numbers::default();
    let names = api.operations.iter().map(|operation| {
        let own = own_id(operation, &shared, lock);
        let id = own.unwrap_or_else(|| derived[&operation.pointer].as_str());
        let locked = lock.of(operation).map(|locked| &locked.method);
        let method = match locked.filter(|method| !client_wide.contains(*method)) {
            Some(method) => method.clone(),
            None => method_of(id, &client_wide, &mut taken, &mut numbers),
        };
        OperationNames {
            id: id.to_owned(),
            ty: upper_camel(id, "Operation"),
            method,
        }
    });
    names.collect()
}

fn method_of(
    id: &str,
    client_wide: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
    numbers: &mut Numbers,
) -> String {
    let mut method = snake(id, "operation");
    let is_own = CLIENT_METHODS.contains(&method.as_str()) || client_wide.contains(&method);
    if is_own || taken.contains(&method) {
        method.push_str("_operation");
    }
    free_name(&method, "_", numbers, |free| taken.insert(free.to_owned()))
}

/// The operations whose ids are not their own. Which of them came first must not matter: another one that is
/// added would take the name of one that callers know.
pub(super) fn shared_ids(api: &Api, lock: &Lock) -> Vec<LostNode> {
    let shared = shared_names(api);
    let operations = api
        .operations
        .iter()
        .filter(|one| own_id(one, &shared, lock).is_none());
    let told = operations.filter_map(|operation| {
        let id = given_id(operation)?;
        let what = format!("`{id}` would be the name of several operations: this one is named after its method and path");
        Some(LostNode::new(child(&operation.pointer, "operationId"), what))
    });
    told.collect()
}

/// The names of types that several ids become.
fn shared_names(api: &Api) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let names = api.operations.iter().filter_map(given_id);
    let names = names.map(|id| upper_camel(id, "Operation"));
    names.filter(|name| !seen.insert(name.clone())).collect()
}

fn given_id(operation: &Operation) -> Option<&str> {
    operation.id.as_deref().filter(|id| !id.trim().is_empty())
}

/// The id, if no other operation would have the name that is made of it, or this one had it before.
fn own_id<'a>(operation: &'a Operation, shared: &BTreeSet<String>, lock: &Lock) -> Option<&'a str> {
    let had = |id: &str| {
        let locked = lock
            .of(operation)
            .and_then(|locked| locked.types.get("type"));
        locked.is_some_and(|name| *name == upper_camel(id, "Operation"))
    };
    given_id(operation).filter(|id| !shared.contains(&upper_camel(id, "Operation")) || had(id))
}

/// Ids of operations that have none: verb and path, with a number where another one has that name, in the order
/// of the paths, so that the document's does not matter. By pointer.
fn derived_ids(api: &Api, shared: &BTreeSet<String>, lock: &Lock) -> BTreeMap<String, String> {
    let (named, mut nameless): (Vec<&Operation>, Vec<&Operation>) = api
        .operations
        .iter()
        .partition(|operation| own_id(operation, shared, lock).is_some());
    let mut taken: BTreeSet<String> = named
        .into_iter()
        .filter_map(given_id)
        .map(|id| upper_camel(id, "Operation"))
        .collect();
    nameless.sort_by_key(|operation| (&operation.path, &operation.method));
    let mut ids = BTreeMap::new();
    // By the name that is wanted, which paths that differ in signs alone share.
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for operation in nameless {
        let path = operation.path.replace(['{', '}'], "");
        let wanted = format!("{} {path}", operation.method.to_lowercase());
        let number = numbers
            .entry(upper_camel(&wanted, "Operation"))
            .or_default();
        let id = loop {
            *number += 1;
            let id = match number {
                1 => wanted.clone(),
                _ => format!("{wanted} {number}"),
            };
            if taken.insert(upper_camel(&id, "Operation")) {
                break id;
            }
        };
        ids.insert(operation.pointer.clone(), id);
    }
    ids
}

/// The number that each name was given last, so that thousands of one name do not each try all of them.
#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<String, usize>);

/// `wanted`, or with the first number from 2 that makes it a name that is free. What is taken must stay so.
pub(super) fn free_name(
    wanted: &str,
    separator: &str,
    numbers: &mut Numbers,
    mut is_free: impl FnMut(&str) -> bool,
) -> String {
    let mut name = wanted.to_owned();
    if is_free(&name) {
        return name;
    }
    // `self_` has the separator already.
    let stem = wanted.strip_suffix(separator).unwrap_or(wanted);
    let number = numbers.0.entry(wanted.to_owned()).or_insert(1);
    loop {
        *number += 1;
        name = format!("{stem}{separator}{number}");
        if is_free(&name) {
            return name;
        }
    }
}

/// Types that have a name already.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    taken: BTreeSet<String>,
    numbers: Numbers,
}

impl TypeNames {
    /// Takes a name of the lock, if nothing has it.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Starts with what generated code needs for itself, and with the names in `claimed`.
    pub(super) fn new(claimed: impl IntoIterator<Item = String>) -> Self {
        let reserved = RESERVED_TYPES.iter().map(|name| (*name).to_owned());
        Self {
            taken: reserved.chain(claimed).collect(),
            numbers: Numbers::default(),
        }
    }

    /// `wanted`, or that name with `suffix`, or with a number from 2.
    pub(super) fn claim(&mut self, wanted: &str, suffix: &str) -> String {
        let with_suffix = format!("{wanted}{suffix}");
        let name = match (
            self.taken.contains(wanted),
            self.taken.contains(&with_suffix),
        ) {
            (false, _) => wanted.to_owned(),
            (true, false) => with_suffix,
            (true, true) => free_name(wanted, "", &mut self.numbers, |name| {
                !self.taken.contains(name)
            }),
        };
        self.taken.insert(name.clone());
        name
    }
}

/// Gives each text a name that no other has. Equal names are told apart by number, in the order of
/// the texts, so that the order of the document does not matter; `separator` stands before the number.
pub(super) fn unique<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    name: impl Fn(&str) -> String,
    reserved: &[&str],
    separator: &str,
) -> BTreeMap<&'a str, String> {
    let sorted: BTreeSet<&str> = texts.into_iter().collect();
    let mut taken: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut names = BTreeMap::new();
    let mut numbers = Numbers::default();
    for text in sorted {
        let wanted = name(text);
        let free = free_name(&wanted, separator, &mut numbers, |free| {
            taken.insert(free.to_owned())
        });
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
