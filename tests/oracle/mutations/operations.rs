//! Operations, parameters, security, servers.

use serde_json::json;
use stencil_codegen::diff::RustLevel::{Major, Minor, None, Patch};

use super::{
    ACCOUNT, CREDITS, Mutation, PROFILE, TEAMMATES, mutation, operation, parameters, push, remove,
};

pub(super) const MUTATIONS: &[Mutation] = &[
    mutation("an operation is added", Minor, |document| {
        document["paths"]["/v3/user/locale"] = json!({ "get": {
                "operationId": "GetLocale",
                "responses": { "200": { "description": "it", "content": { "application/json": { "schema": {
                    "type": "object", "properties": { "locale": { "type": "string" } },
                } } } } },
            } });
    }),
    mutation("an operation is removed", Major, |document| {
        remove(&mut document["paths"][PROFILE], "get");
    }),
    mutation("a path is removed", Major, |document| {
        remove(&mut document["paths"], CREDITS);
    }),
    mutation("an operation is deprecated", Minor, |document| {
        operation(document, CREDITS, "get")["deprecated"] = json!(true);
    }),
    mutation("an operation id is changed", Major, |document| {
        operation(document, CREDITS, "get")["operationId"] = json!("GetCredits");
    }),
    mutation("an operation id is spelled otherwise", Patch, |document| {
        operation(document, CREDITS, "get")["operationId"] = json!("list_credit");
    }),
    mutation("a tag is renamed", None, |document| {
        operation(document, CREDITS, "get")["tags"] = json!(["Money"]);
    }),
    mutation("a path is moved", Patch, |document| {
        let item = remove(&mut document["paths"], CREDITS);
        document["paths"]["/v4/user/credits"] = item;
    }),
    mutation("a method is another", Patch, |document| {
        let item = remove(&mut document["paths"][PROFILE], "patch");
        document["paths"][PROFILE]["put"] = item;
    }),
    mutation("a path variable is renamed", Major, |document| {
        let mut item = remove(&mut document["paths"], TEAMMATES);
        for method in ["get", "post"] {
            item[method]["parameters"][1]["name"] = json!("group");
        }
        document["paths"]["/v3/user/{account}/teammates/{group}"] = item;
    }),
    mutation("the words of an operation are others", Patch, |document| {
        operation(document, CREDITS, "get")["description"] = json!("How many mails are left.");
    }),
    mutation("the order of operations is another", None, |document| {
        let item = remove(&mut document["paths"], ACCOUNT);
        document["paths"][ACCOUNT] = item;
    }),
    mutation("an optional parameter is added", Minor, |document| {
        let schema = json!({ "type": "string" });
        parameters(document, "get")
            .push(json!({ "name": "query", "in": "query", "schema": schema }));
    }),
    mutation(
        "an optional parameter is added to what had none",
        Minor,
        |document| {
            let parameters = &mut operation(document, CREDITS, "get")["parameters"];
            push(
                parameters,
                json!({ "name": "at", "in": "query", "schema": { "type": "string" } }),
            );
        },
    ),
    mutation("a required parameter is added", Major, |document| {
        let schema = json!({ "type": "string" });
        let parameter =
            json!({ "name": "query", "in": "query", "required": true, "schema": schema });
        parameters(document, "get").push(parameter);
    }),
    mutation("an optional parameter is removed", Major, |document| {
        parameters(document, "get").retain(|one| one["name"] != "order");
    }),
    mutation("a required parameter is removed", Major, |document| {
        parameters(document, "get").retain(|one| one["name"] != "limit");
    }),
    mutation("an optional parameter is required", Major, |document| {
        parameters(document, "get")[4]["required"] = json!(true);
    }),
    mutation("a required parameter is optional", Major, |document| {
        parameters(document, "get")[2]["required"] = json!(false);
    }),
    mutation("parameters are in another order", Patch, |document| {
        parameters(document, "get").reverse();
    }),
    mutation("a parameter is wider", Major, |document| {
        parameters(document, "get")[2]["schema"]["format"] = json!("int64");
    }),
    mutation("a parameter is of another type", Major, |document| {
        parameters(document, "get")[2]["schema"] = json!({ "type": "string" });
    }),
    mutation("a parameter moves to a header", Patch, |document| {
        parameters(document, "get")[2]["in"] = json!("header");
    }),
    mutation("a parameter is renamed", Major, |document| {
        parameters(document, "get")[2]["name"] = json!("page_size");
    }),
    mutation("a parameter has another limit", None, |document| {
        parameters(document, "get")[2]["schema"]["maximum"] = json!(50);
    }),
    mutation("a parameter is never negative", Major, |document| {
        parameters(document, "get")[2]["schema"]["minimum"] = json!(0);
    }),
    mutation("a parameter has another default", Patch, |document| {
        parameters(document, "get")[4]["schema"]["default"] = json!("name");
    }),
    mutation("a parameter is deprecated", Minor, |document| {
        parameters(document, "get")[4]["deprecated"] = json!(true);
    }),
    mutation("a parameter is written otherwise", Patch, |document| {
        parameters(document, "get")[5]["explode"] = json!(false);
    }),
    mutation("a string parameter has known values", Major, |document| {
        parameters(document, "get")[3]["schema"]["enum"] = json!(["a", "b"]);
    }),
    mutation(
        "a client-wide parameter is set by operation alone",
        Major,
        |document| {
            remove(
                &mut document["components"]["parameters"]["OnBehalfOf"],
                "x-stencil-client",
            );
        },
    ),
    mutation("a parameter has no type of its own", Major, |document| {
        remove(
            &mut document["components"]["parameters"]["OnBehalfOf"],
            "x-stencil-type",
        );
    }),
    mutation("a list comes in one page", Major, |document| {
        remove(
            operation(document, TEAMMATES, "get"),
            "x-stencil-pagination",
        );
    }),
    mutation("an operation needs other credentials", Patch, |document| {
        operation(document, CREDITS, "get")["security"] = json!([{ "Key": [] }]);
    }),
    mutation("an operation needs no credentials", Patch, |document| {
        operation(document, CREDITS, "get")["security"] = json!([]);
    }),
    mutation("a key is sent in another header", Patch, |document| {
        document["components"]["securitySchemes"]["Key"]["name"] = json!("X-Secret");
    }),
    mutation("a way to show who asks is another", Major, |document| {
        document["components"]["securitySchemes"]["Key"] =
            json!({ "type": "http", "scheme": "basic" });
    }),
    mutation("a way to show who asks is added", Minor, |document| {
        document["components"]["securitySchemes"]["Other"] =
            json!({ "type": "apiKey", "in": "query", "name": "key" });
        push(&mut document["security"], json!({ "Other": [] }));
    }),
    mutation("a way to show who asks is removed", Major, |document| {
        document["security"] = json!([{ "BearerAuth": [] }]);
        remove(&mut document["components"]["securitySchemes"], "Key");
    }),
    mutation("a server has another URL", Patch, |document| {
        document["servers"][0]["url"] = json!("https://api2.sendgrid.com");
    }),
    mutation("a server is added", Minor, |document| {
        push(
            &mut document["servers"],
            json!({ "url": "https://api.au.sendgrid.com", "x-stencil-name": "Au" }),
        );
    }),
    mutation("a server is removed", Major, |document| {
        document["servers"].as_array_mut().unwrap().remove(1);
    }),
    mutation("a server has another name", Major, |document| {
        document["servers"][1]["x-stencil-name"] = json!("Europe");
    }),
    mutation("a server has another variable", Major, |document| {
        document["servers"][2]["url"] = json!("https://{region}.{stage}.sendgrid.com");
        document["servers"][2]["variables"]["stage"] = json!({ "default": "live" });
    }),
    mutation(
        "the version of the document is another",
        Patch,
        |document| {
            document["info"]["version"] = json!("1.0.1");
        },
    ),
];
