//! Changes of a document, each of one thing, with what it should ask of the next version of the client. The levels are
//! those of the ways in which generated code can change, decided by hand; rustc has the last word on which are major.

mod bodies;
mod operations;
mod schemas;

use serde_json::Value;
use stencil_codegen::diff::RustLevel;

/// A change.
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    pub(crate) level: RustLevel,
    pub(crate) change: fn(&mut Value),
}

/// All of them.
pub(crate) fn all() -> Vec<&'static Mutation> {
    let parts = [operations::MUTATIONS, bodies::MUTATIONS, schemas::MUTATIONS];
    parts.into_iter().flatten().collect()
}

const fn mutation(name: &'static str, level: RustLevel, change: fn(&mut Value)) -> Mutation {
    Mutation {
        name,
        level,
        change,
    }
}

/// The paths of the operations that are changed most.
const ACCOUNT: &str = "/v3/user/account";
const CREDITS: &str = "/v3/user/credits";
const PASSWORD: &str = "/v3/user/password";
const PROFILE: &str = "/v3/user/profile";
const USERNAME: &str = "/v3/user/username";
const TEAMMATES: &str = "/v3/user/{account}/teammates/{team}";

fn operation<'a>(document: &'a mut Value, path: &str, method: &str) -> &'a mut Value {
    &mut document["paths"][path][method]
}

fn parameters<'a>(document: &'a mut Value, method: &str) -> &'a mut Vec<Value> {
    operation(document, TEAMMATES, method)["parameters"]
        .as_array_mut()
        .unwrap()
}

fn body<'a>(document: &'a mut Value, path: &str, method: &str) -> &'a mut Value {
    &mut operation(document, path, method)["requestBody"]["content"]["application/json"]["schema"]
}

fn answer<'a>(document: &'a mut Value, path: &str, method: &str) -> &'a mut Value {
    &mut operation(document, path, method)["responses"]["200"]["content"]["application/json"]["schema"]
}

fn component<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][name]
}

fn remove(object: &mut Value, key: &str) -> Value {
    object.as_object_mut().unwrap().remove(key).unwrap()
}

fn push(list: &mut Value, item: Value) {
    if list.is_null() {
        *list = Value::Array(Vec::new());
    }
    list.as_array_mut().unwrap().push(item);
}

fn without(list: &mut Value, item: &str) {
    let list = list.as_array_mut().unwrap();
    let before = list.len();
    list.retain(|one| one != item);
    assert_eq!(list.len() + 1, before, "`{item}` stands there once");
}
