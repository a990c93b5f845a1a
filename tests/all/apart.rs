//! A document is taken apart piece by piece, and each piece is gone then: what a reference leads to is found all the same.

use stencil_codegen::{Config, Input, Stage, generate, inspect};
use stencil_tests::features;

/// References to where pieces are, each with what it is.
const DOCUMENTS: &[(&str, &str)] = &[
    (
        "a media type that is a reference to a schema",
        "paths: {/a: {post: {requestBody: {content: {application/json: {$ref: '#/components/schemas/A'}}}, responses: {'200': {description: x, content: {application/json: {$ref: '#/components/schemas/M'}}}}}}}\ncomponents: {schemas: {A: {type: object, schema: {type: string}, properties: {x: {type: string}}}, M: {schema: {type: integer}}}}",
    ),
    (
        "all schemas behind one reference",
        "components: {schemas: {$ref: '#/x-schemas'}}\nx-schemas: {A: {type: string, enum: [a, b]}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/x-schemas/A'}}}}}}}}",
    ),
    (
        "a schema below a key of its own within another one",
        "components: {schemas: {A: {type: object, x-inner: {B: {type: integer}}, properties: {b: {$ref: '#/components/schemas/A/x-inner/B'}}}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "a description that is a reference into a schema",
        "components: {schemas: {A: {type: object, description: from A, properties: {b: {type: string}}}}}\npaths: {/a: {get: {description: {$ref: '#/components/schemas/A/description'}, responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "names that pointers escape",
        "components: {schemas: {'a/b': {type: object, properties: {b: {type: string}}}, 'c~d': {type: object, properties: {b: {type: integer}}}, 'e f': {type: object, properties: {c: {type: integer}}}, 'g%h': {type: string, enum: [q]}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/a~1b'}, {$ref: '#/components/schemas/c~0d'}, {$ref: '#/components/schemas/e%20f'}, {$ref: '#/components/schemas/g%25h'}]}}}}}}}}",
    ),
    (
        "schemas that are none",
        "components: {schemas: {A: null, B: {type: string}, C: 5, D: [1]}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "a parameter that stands among the schemas",
        "components: {schemas: {A: {name: q, in: query, schema: {type: string}}}}\npaths: {/a: {get: {parameters: [{$ref: '#/components/schemas/A'}], responses: {'200': {description: x}}}}}",
    ),
    (
        "an encoding of what no property is",
        "components: {schemas: {A: {type: object, properties: {f: {type: string}}}, B: {$ref: '#/components/schemas/A'}}}\npaths: {/a: {post: {requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/B'}, encoding: {g: {contentType: text/plain}}}}}, responses: {'200': {description: x}}}}}",
    ),
    (
        "an empty name",
        "components: {schemas: {'': {type: string, enum: [a]}, A: {$ref: '#/components/schemas/'}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "a part of a schema, and a response that is a schema",
        "components: {schemas: {A: {type: object, properties: {p: {$ref: '#/components/schemas/B/properties/q'}}}, B: {type: object, properties: {q: {type: string, enum: [z]}}}}, responses: {R: {$ref: '#/components/schemas/S'}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "a schema that is a part of an operation",
        "components: {schemas: {A: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}}}}}}}}",
    ),
    (
        "identifiers and anchors",
        "components: {schemas: {A: {$id: 'https://x.example/a', $defs: {q: {$anchor: w, type: integer}}, properties: {z: {$ref: '#w'}}}, B: {$ref: 'https://x.example/a#/$defs/q'}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}}",
    ),
    (
        "a mapping of tags",
        "components: {schemas: {A: {type: object, discriminator: {propertyName: t, mapping: {b: B, c: '#/components/schemas/C'}}, oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}, B: {type: object, properties: {t: {type: string}}}, C: {type: object, properties: {t: {type: string}}}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "all schemas as a schema",
        "components: {schemas: {A: {properties: {a: {$ref: '#/components/schemas'}}}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "the whole document as a schema",
        "components: {schemas: {A: {properties: {a: {$ref: '#'}}}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "an example as a schema",
        "components: {schemas: {A: {type: object, example: {x: {type: integer}}, properties: {a: {$ref: '#/components/schemas/%41/example/x'}}}}}\npaths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}",
    ),
    (
        "a response of several statuses",
        "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}, responses: {R: {description: r, content: {application/json: {schema: {$ref: '#/components/schemas/A'}, examples: {e: {$ref: '#/components/examples/E'}}}}, headers: {X: {$ref: '#/components/headers/H'}}}}, headers: {H: {schema: {type: integer}}}, examples: {E: {value: {a: q}}}}\npaths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}, '201': {$ref: '#/components/responses/R'}, 'default': {$ref: '#/components/responses/R'}}}}, /b: {get: {responses: {'200': {$ref: '#/components/responses/R'}, '4XX': {$ref: '#/components/responses/Nope'}}}}}",
    ),
    (
        "a mistake in a response that two operations have",
        "components: {responses: {R: {description: r, headers: {X: {$ref: '#/components/headers/Nope'}}}}}\npaths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}, /b: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}",
    ),
];

/// What is made with each piece gone as soon as it was read, and with the whole document kept; `inspect` keeps it.
fn both(config: &Config) -> (String, String) {
    let let_go = generate(config).map(|generated| generated.source());
    let kept = inspect(config, Stage::Render);
    let text = |made: Result<String, stencil_codegen::Report>| {
        made.unwrap_or_else(|report| report.render(false))
    };
    (text(let_go), text(kept))
}

#[test]
fn what_is_gone_was_not_needed() {
    let mut compiled = 0;
    for (what, document) in DOCUMENTS {
        let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{document}\n");
        for lenient in [false, true] {
            let mut config = Config::new(Input::text("openapi.yaml", &text));
            config.lenient = lenient;
            let (let_go, kept) = both(&config);
            assert_eq!(let_go, kept, "{what}");
            compiled += usize::from(kept.starts_with("// @generated"));
        }
    }
    // The others say what is wrong with them, as documents that are kept do.
    assert!(compiled > DOCUMENTS.len(), "{compiled}");
}

#[test]
fn every_case_is_the_same_either_way() {
    for name in features::names().unwrap() {
        let config = features::config(&name).unwrap();
        let (let_go, kept) = both(&config);
        assert!(let_go == kept, "{name}");
    }
}
