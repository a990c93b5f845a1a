//! Schemas and their values.

use serde_json::json;
use stencil_codegen::diff::RustLevel::{Major, Minor, None, Patch};

use super::{
    ACCOUNT, Mutation, PROFILE, answer, component, mutation, operation, push, remove, without,
};

pub(super) const MUTATIONS: &[Mutation] = &[
    mutation("a schema is renamed", Major, |document| {
        let text = document
            .to_string()
            .replace("schemas/Teammate", "schemas/Member");
        *document = serde_json::from_str(&text).unwrap();
        let schema = remove(&mut document["components"]["schemas"], "Teammate");
        document["components"]["schemas"]["Member"] = schema;
    }),
    mutation("an inline schema becomes a component", Major, |document| {
        let schema = answer(document, PROFILE, "get").take();
        *answer(document, PROFILE, "get") = json!({ "$ref": "#/components/schemas/Person" });
        document["components"]["schemas"]["Person"] = schema;
    }),
    mutation("a component becomes an inline schema", Major, |document| {
        let schema = remove(&mut document["components"]["schemas"], "Type");
        answer(document, ACCOUNT, "get")["properties"]["type"] = schema;
    }),
    mutation("a component that nothing uses is added", None, |document| {
        document["components"]["schemas"]["Unused"] =
            json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    }),
    mutation("a schema is wrapped in one allOf", None, |document| {
        let property = &mut component(document, "Teammate")["properties"]["contact"];
        *property = json!({ "allOf": [property.take()] });
    }),
    mutation(
        "a property is added that only a new schema has",
        Minor,
        |document| {
            component(document, "UserProfile")["properties"]["billing"] =
                json!({ "type": "object", "properties": { "iban": { "type": "string" } } });
        },
    ),
    mutation("a shared schema gets a property", Minor, |document| {
        component(document, "ErrorResponse")["properties"]["code"] = json!({ "type": "string" });
    }),
    mutation("a shared schema loses a property", Major, |document| {
        remove(
            &mut component(document, "ErrorResponse")["properties"],
            "id",
        );
    }),
    mutation("a schema is a list", Major, |document| {
        let schema = component(document, "Pages").take();
        *component(document, "Pages") = schema["properties"]["data"].clone();
        remove(
            operation(document, super::TEAMMATES, "get"),
            "x-stencil-pagination",
        );
    }),
    mutation("an object is a map", Major, |document| {
        *component(document, "ErrorResponse") =
            json!({ "type": "object", "additionalProperties": { "type": "string" } });
    }),
    mutation("the values of a map are others", Major, |document| {
        component(document, "Teammate")["properties"]["labels"]["additionalProperties"] =
            json!({ "type": "integer" });
    }),
    mutation("the items of a list are others", Major, |document| {
        component(document, "Teammate")["properties"]["tags"]["items"] =
            json!({ "type": "boolean" });
    }),
    mutation("a three-state property is never null", Major, |document| {
        component(document, "Teammate")["properties"]["nickname"]["type"] = json!("string");
    }),
    mutation("an integer is wider", Major, |document| {
        component(document, "Teammate")["properties"]["age"]["format"] = json!("int64");
    }),
    mutation("an integer is any number", Major, |document| {
        component(document, "Teammate")["properties"]["age"] = json!({ "type": "number" });
    }),
    mutation("a schema holds itself", Major, |document| {
        component(document, "Phone")["properties"]["owner"] =
            json!({ "$ref": "#/components/schemas/Teammate" });
    }),
    mutation("a value is added to an enum", Minor, |document| {
        push(
            &mut component(document, "Type")["enum"],
            json!("enterprise"),
        );
    }),
    mutation("a value is removed from an enum", Major, |document| {
        without(&mut component(document, "Type")["enum"], "paid");
    }),
    mutation("a value is spelled otherwise", Patch, |document| {
        component(document, "Type")["enum"] = json!(["free", "PAID"]);
    }),
    mutation(
        "the values of an enum are in another order",
        Patch,
        |document| {
            component(document, "Type")["enum"] = json!(["paid", "free"]);
        },
    ),
    mutation("an enum is any string", Major, |document| {
        remove(component(document, "Type"), "enum");
    }),
    mutation("a string has known values", Major, |document| {
        component(document, "UserProfile")["properties"]["country"]["enum"] = json!(["DE", "US"]);
    }),
    mutation("an alternative is added", Minor, |document| {
        *component(document, "Fax") = json!({
            "type": "object",
            "required": ["kind"],
            "properties": { "kind": { "type": "string", "enum": ["fax"] } },
        });
        push(
            &mut component(document, "Contact")["oneOf"],
            json!({ "$ref": "#/components/schemas/Fax" }),
        );
    }),
    mutation("an alternative is removed", Major, |document| {
        push(
            &mut component(document, "Contact")["oneOf"],
            json!({ "type": "string" }),
        );
        component(document, "Contact")["oneOf"]
            .as_array_mut()
            .unwrap()
            .remove(0);
    }),
    mutation("a discriminator is removed", Patch, |document| {
        remove(component(document, "Contact"), "discriminator");
    }),
    mutation("an object is one of several", Major, |document| {
        *component(document, "Mail") = json!({ "oneOf": [
                { "$ref": "#/components/schemas/Phone" },
                { "type": "object", "properties": { "address": { "type": "string" } } },
            ] });
    }),
    mutation("the words of a schema are others", Patch, |document| {
        component(document, "UserProfile")["description"] = json!("Who someone is.");
    }),
    mutation("an example is added", None, |document| {
        component(document, "UserProfile")["example"] = json!({ "city": "Denver" });
    }),
    mutation(
        "an extension that nobody knows is added",
        None,
        |document| {
            component(document, "UserProfile")["x-owner"] = json!("billing");
        },
    ),
    mutation("an object in an object is another", Major, |document| {
        let help = &mut component(document, "ErrorResponse")["properties"]["errors"]["items"]["properties"]
            ["help"];
        *help = json!({ "type": "string" });
    }),
];
