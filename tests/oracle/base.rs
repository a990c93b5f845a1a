//! The documents that are changed: the User API with its corrections, and the same with what that API does not have.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stencil_codegen::{Config, Input, Stage, inspect};

/// The User API.
pub(crate) fn plain() -> Value {
    let text = inspect(&stencil_tests::config(), Stage::Load).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The settings for a document.
pub(crate) fn config(document: &Value) -> Config {
    let text = Input::text("openapi.json", document.to_string());
    Config::new(text).blocking(true)
}

/// The settings for two documents, with those operations alone that can differ and one that both have: what is the
/// same need not be compiled again.
pub(crate) fn narrow(old: &Value, new: &Value) -> (Config, Config) {
    let paths = |document: &Value| -> BTreeSet<String> {
        document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    let whole =
        |document: &Value, path: &str| -> Vec<String> { whole(document, &document["paths"][path]) };
    let (of_old, of_new) = (paths(old), paths(new));
    let different: BTreeSet<&String> = of_old
        .union(&of_new)
        .filter(|path| *path == "/v3/user/account" || whole(old, path) != whole(new, path))
        .collect();
    let only = |document: &Value, paths: &BTreeSet<String>| {
        let mut config = config(document);
        config.only = paths
            .iter()
            .filter(|path| different.contains(path))
            .cloned()
            .collect();
        config
    };
    (only(old, &of_old), only(new, &of_new))
}

/// A node and all that it refers to, as texts.
fn whole(document: &Value, node: &Value) -> Vec<String> {
    let mut texts = vec![node.to_string()];
    let mut seen = BTreeSet::new();
    let mut next = 0;
    while let Some(text) = texts.get(next).cloned() {
        for rest in text.split("\"#").skip(1) {
            let pointer = rest.split('"').next().unwrap_or_default();
            if seen.insert(pointer.to_owned()) {
                texts.extend(document.pointer(pointer).map(ToString::to_string));
            }
        }
        next += 1;
    }
    texts
}

/// The User API with teammates: parameters of every kind, a body in two forms, a union, a map, a list of pages, a
/// header, two ways to show who asks.
pub(crate) fn wide() -> Value {
    let mut document = plain();
    document["components"]["securitySchemes"]["Key"] =
        json!({ "type": "apiKey", "in": "header", "name": "X-Key" });
    document["security"] = json!([{ "BearerAuth": [] }, { "Key": [] }]);
    document["servers"].as_array_mut().unwrap().push(json!({
        "url": "https://{region}.sendgrid.com",
        "x-stencil-name": "Regional",
        "variables": { "region": { "default": "eu" } },
    }));
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    schemas.insert("Teammate".into(), teammate());
    schemas.insert("Pages".into(), pages());
    schemas.insert("Contact".into(), contact());
    schemas.insert("Phone".into(), channel("phone", "number"));
    schemas.insert("Mail".into(), channel("mail", "address"));
    document["paths"]["/v3/user/{account}/teammates/{team}"] =
        json!({ "get": list(), "post": create() });
    document
}

fn teammate() -> Value {
    json!({
        "type": "object",
        "required": ["name", "role"],
        "properties": {
            "name": { "type": "string" },
            "role": { "type": "string", "enum": ["admin", "reader"] },
            "age": { "type": "integer", "format": "int32" },
            "score": { "type": "number" },
            "nickname": { "type": ["string", "null"] },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "contact": { "$ref": "#/components/schemas/Contact" },
            "manager": { "$ref": "#/components/schemas/Teammate" },
            "tags": { "type": "array", "items": { "type": "string" } },
        },
    })
}

fn pages() -> Value {
    json!({
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": { "type": "array", "items": { "$ref": "#/components/schemas/Teammate" } },
            "next": { "type": "string" },
        },
    })
}

fn contact() -> Value {
    json!({
        "oneOf": [{ "$ref": "#/components/schemas/Phone" }, { "$ref": "#/components/schemas/Mail" }],
        "discriminator": { "propertyName": "kind" },
    })
}

fn channel(kind: &str, of: &str) -> Value {
    json!({
        "type": "object",
        "required": ["kind", of],
        "properties": { "kind": { "type": "string", "enum": [kind] }, of: { "type": "string" } },
    })
}

fn parameter(name: &str, place: &str, required: bool, schema: &Value) -> Value {
    json!({ "name": name, "in": place, "required": required, "schema": schema })
}

fn list() -> Value {
    let page = json!({ "$ref": "#/components/schemas/Pages" });
    json!({
        "operationId": "ListTeammates",
        "x-stencil-pagination": { "items": "/data", "cursor": { "parameter": "after", "from": "/next" } },
        "parameters": [
            parameter("account", "path", true, &json!({ "type": "string" })),
            parameter("team", "path", true, &json!({ "type": "string" })),
            parameter("limit", "query", true, &json!({ "type": "integer", "format": "int32" })),
            parameter("after", "query", false, &json!({ "type": "string" })),
            parameter("order", "query", false, &json!({ "type": "string", "enum": ["name", "role"] })),
            parameter("ids", "query", false, &json!({ "type": "array", "items": { "type": "integer" } })),
        ],
        "responses": {
            "200": {
                "description": "a page",
                "headers": { "X-Total": { "schema": { "type": "integer" } } },
                "content": { "application/json": { "schema": page } },
            },
            "404": {
                "description": "no such team",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ErrorResponse" } } },
            },
        },
    })
}

fn create() -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Teammate" });
    json!({
        "operationId": "CreateTeammate",
        "parameters": [
            parameter("account", "path", true, &json!({ "type": "string" })),
            parameter("team", "path", true, &json!({ "type": "string" })),
        ],
        "requestBody": {
            "required": true,
            "content": {
                "application/json": { "schema": schema },
                "text/csv": { "schema": { "type": "string" } },
            },
        },
        "responses": {
            "201": { "description": "made", "content": { "application/json": { "schema": schema } } },
            "202": { "description": "later" },
            "409": { "description": "known already" },
        },
    })
}
