//! What is sent and what comes back.

use serde_json::json;
use stencil_codegen::diff::RustLevel::{Major, Minor, None, Patch};

use super::{
    ACCOUNT, CREDITS, Mutation, PASSWORD, PROFILE, TEAMMATES, USERNAME, answer, body, mutation,
    operation, push, remove, without,
};

pub(super) const MUTATIONS: &[Mutation] = &[
    mutation(
        "an optional property is added to a body",
        Minor,
        |document| {
            body(document, USERNAME, "put")["properties"]["alias"] = json!({ "type": "string" });
        },
    ),
    mutation(
        "a required property is added to a body",
        Major,
        |document| {
            let schema = body(document, USERNAME, "put");
            schema["properties"]["alias"] = json!({ "type": "string" });
            push(&mut schema["required"], json!("alias"));
        },
    ),
    mutation("a property is removed from a body", Major, |document| {
        let schema = body(document, PASSWORD, "put");
        remove(&mut schema["properties"], "old_password");
        without(&mut schema["required"], "old_password");
    }),
    mutation(
        "an optional property of a body is required",
        Major,
        |document| {
            body(document, USERNAME, "put")["required"] = json!(["username"]);
        },
    ),
    mutation(
        "a required property of a body is optional",
        Major,
        |document| {
            without(
                &mut body(document, PASSWORD, "put")["required"],
                "old_password",
            );
        },
    ),
    mutation(
        "required properties are listed in another order",
        None,
        |document| {
            body(document, PASSWORD, "put")["required"]
                .as_array_mut()
                .unwrap()
                .reverse();
        },
    ),
    mutation("a property of a body can be null", Major, |document| {
        body(document, USERNAME, "put")["properties"]["username"]["type"] =
            json!(["string", "null"]);
    }),
    mutation(
        "a property of a body is of another type",
        Major,
        |document| {
            body(document, USERNAME, "put")["properties"]["username"] =
                json!({ "type": "integer" });
        },
    ),
    mutation("a property of a body is a secret", Major, |document| {
        body(document, USERNAME, "put")["properties"]["username"]["format"] = json!("password");
    }),
    mutation("a property of a body is only read", Major, |document| {
        body(document, USERNAME, "put")["properties"]["username"]["readOnly"] = json!(true);
    }),
    mutation("a property of a body is renamed", Major, |document| {
        let properties = &mut body(document, USERNAME, "put")["properties"];
        let property = remove(properties, "username");
        properties["user_name"] = property;
    }),
    mutation("a property is spelled otherwise", Patch, |document| {
        let properties = &mut body(document, USERNAME, "put")["properties"];
        let property = remove(properties, "username");
        properties["Username"] = property;
    }),
    mutation("a body takes no other properties", None, |document| {
        body(document, USERNAME, "put")["additionalProperties"] = json!(false);
    }),
    mutation("a body takes any other properties", Minor, |document| {
        body(document, USERNAME, "put")["additionalProperties"] = json!(true);
    }),
    mutation("a body is written as a form", Patch, |document| {
        let content = &mut operation(document, USERNAME, "put")["requestBody"]["content"];
        let media = remove(content, "application/json");
        content["application/x-www-form-urlencoded"] = media;
    }),
    mutation("a body has another form too", Major, |document| {
        let content = &mut operation(document, USERNAME, "put")["requestBody"]["content"];
        content["text/plain"] = json!({ "schema": { "type": "string" } });
    }),
    mutation("a third form is added to a body", Minor, |document| {
        let content = &mut operation(document, TEAMMATES, "post")["requestBody"]["content"];
        content["application/octet-stream"] = json!({});
    }),
    mutation("a form of a body is removed", Major, |document| {
        let content = &mut operation(document, TEAMMATES, "post")["requestBody"]["content"];
        remove(content, "text/csv");
    }),
    mutation("an optional body is added", Minor, |document| {
        operation(document, CREDITS, "get")["requestBody"] = json!({ "content": { "application/json": { "schema": { "type": "object", "properties": {
                    "since": { "type": "string" },
                } } } } });
    }),
    mutation("a body is removed", Major, |document| {
        remove(operation(document, USERNAME, "put"), "requestBody");
    }),
    mutation("a body is optional", Major, |document| {
        operation(document, USERNAME, "put")["requestBody"]["required"] = json!(false);
    }),
    mutation("a property is added to an answer", Minor, |document| {
        answer(document, CREDITS, "get")["properties"]["bonus"] = json!({ "type": "integer" });
    }),
    mutation(
        "a required property is added to an answer",
        Minor,
        |document| {
            let schema = answer(document, CREDITS, "get");
            schema["properties"]["bonus"] = json!({ "type": "integer" });
            push(&mut schema["required"], json!("bonus"));
        },
    ),
    mutation("a property is removed from an answer", Major, |document| {
        let schema = answer(document, CREDITS, "get");
        remove(&mut schema["properties"], "overage");
        without(&mut schema["required"], "overage");
    }),
    mutation(
        "a required property of an answer is optional",
        Major,
        |document| {
            without(&mut answer(document, CREDITS, "get")["required"], "overage");
        },
    ),
    mutation(
        "an optional property of an answer is required",
        Major,
        |document| {
            push(
                &mut answer(document, PROFILE, "get")["required"],
                json!("address2"),
            );
        },
    ),
    mutation("a property of an answer can be null", Major, |document| {
        answer(document, CREDITS, "get")["properties"]["overage"]["type"] =
            json!(["integer", "null"]);
    }),
    mutation(
        "a property of an answer is of another type",
        Major,
        |document| {
            answer(document, CREDITS, "get")["properties"]["overage"]["type"] = json!("number");
        },
    ),
    mutation("a string of an answer is a date", Major, |document| {
        answer(document, CREDITS, "get")["properties"]["last_reset"]["format"] = json!("date");
    }),
    mutation(
        "a string of an answer has a format without a type",
        Patch,
        |document| {
            answer(document, CREDITS, "get")["properties"]["last_reset"]["format"] = json!("email");
        },
    ),
    mutation("a property of an answer is deprecated", Minor, |document| {
        answer(document, CREDITS, "get")["properties"]["overage"]["deprecated"] = json!(true);
    }),
    mutation("an answer is a list", Major, |document| {
        let schema = answer(document, CREDITS, "get").take();
        *answer(document, CREDITS, "get") = json!({ "type": "array", "items": schema });
    }),
    mutation("an answer is empty", Major, |document| {
        remove(
            &mut operation(document, CREDITS, "get")["responses"]["200"],
            "content",
        );
    }),
    mutation("an answer is text", Major, |document| {
        operation(document, CREDITS, "get")["responses"]["200"]["content"] =
            json!({ "text/plain": {} });
    }),
    mutation("a success has another status", Patch, |document| {
        let responses = &mut operation(document, CREDITS, "get")["responses"];
        let response = remove(responses, "200");
        responses["201"] = response;
    }),
    mutation(
        "a success with a body of its own is added",
        Major,
        |document| {
            operation(document, ACCOUNT, "get")["responses"]["202"] =
                json!({ "description": "later" });
        },
    ),
    mutation("a third success is added", Minor, |document| {
        operation(document, TEAMMATES, "post")["responses"]["203"] =
            json!({ "description": "by another" });
    }),
    mutation("a success is removed", Major, |document| {
        remove(
            &mut operation(document, TEAMMATES, "post")["responses"],
            "202",
        );
    }),
    mutation("an error is declared", Minor, |document| {
        operation(document, CREDITS, "get")["responses"]["429"] =
            json!({ "description": "too many" });
    }),
    mutation("the only error is removed", Major, |document| {
        let responses = &mut operation(document, TEAMMATES, "get")["responses"];
        remove(responses, "404");
    }),
    mutation("an error is removed", Major, |document| {
        remove(&mut operation(document, CREDITS, "get")["responses"], "5XX");
    }),
    mutation("an error has another body", Major, |document| {
        remove(
            &mut operation(document, TEAMMATES, "get")["responses"]["404"],
            "content",
        );
    }),
    mutation("a header is declared", Minor, |document| {
        operation(document, CREDITS, "get")["responses"]["200"]["headers"] =
            json!({ "X-Left": { "schema": { "type": "integer" } } });
    }),
    mutation("a header is no longer declared", Major, |document| {
        remove(
            &mut operation(document, TEAMMATES, "get")["responses"]["200"],
            "headers",
        );
    }),
    mutation("the words of an answer are others", Patch, |document| {
        answer(document, CREDITS, "get")["properties"]["overage"]["description"] =
            json!("Beyond the plan.");
    }),
];
