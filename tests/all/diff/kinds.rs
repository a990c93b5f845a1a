//! Each kind of difference, one at a time, with the level that it has by hand: a request that narrows and a response
//! that widens break callers.

use std::collections::BTreeSet;

use stencil_codegen::diff::{CHECKS, HttpLevel};

use super::{differences, document, kinds};

use HttpLevel::{Additive, Breaking, Docs, None as Nothing, Review};

/// A schema before and after; what that is in a request, and in a response.
type SchemaCase = (
    &'static str,
    HttpLevel,
    HttpLevel,
    &'static str,
    &'static str,
);

const SCHEMAS: &[SchemaCase] = &[
    (
        "type-widened",
        Additive,
        Breaking,
        "{type: integer}",
        "{type: number}",
    ),
    (
        "type-widened",
        Additive,
        Breaking,
        "{type: string}",
        "{type: [string, boolean]}",
    ),
    (
        "type-narrowed",
        Breaking,
        Additive,
        "{type: number}",
        "{type: integer}",
    ),
    ("type-narrowed", Breaking, Additive, "{}", "{type: string}"),
    (
        "type-changed",
        Breaking,
        Breaking,
        "{type: string}",
        "{type: boolean}",
    ),
    (
        "type-changed",
        Breaking,
        Breaking,
        "{type: array, items: {type: string}}",
        "{type: object}",
    ),
    (
        "became-nullable",
        Additive,
        Breaking,
        "{type: string}",
        "{type: [string, 'null']}",
    ),
    (
        "became-nullable",
        Additive,
        Breaking,
        "{$ref: '#/components/schemas/S'}",
        "{oneOf: [{$ref: '#/components/schemas/S'}, {type: 'null'}]}",
    ),
    (
        "became-not-nullable",
        Breaking,
        Additive,
        "{type: [string, 'null']}",
        "{type: string}",
    ),
    (
        "format-added",
        Breaking,
        Additive,
        "{type: string}",
        "{type: string, format: date}",
    ),
    (
        "format-removed",
        Additive,
        Breaking,
        "{type: string, format: date}",
        "{type: string}",
    ),
    (
        "format-removed",
        Additive,
        Breaking,
        "{type: integer, format: int32}",
        "{type: integer, format: int64}",
    ),
    (
        "format-changed",
        Breaking,
        Breaking,
        "{type: string, format: date}",
        "{type: string, format: uuid}",
    ),
    (
        "format-words",
        Review,
        Review,
        "{type: string}",
        "{type: string, format: our-own}",
    ),
    (
        "schema-words",
        Docs,
        Docs,
        "{type: string}",
        "{type: string, format: password}",
    ),
    (
        "became-anything",
        Additive,
        Breaking,
        "{type: string}",
        "{}",
    ),
    (
        "became-nothing",
        Breaking,
        Additive,
        "{type: string}",
        "false",
    ),
    (
        "enum-value-added",
        Additive,
        Review,
        "{type: string, enum: [a]}",
        "{type: string, enum: [a, b]}",
    ),
    (
        "enum-value-removed",
        Breaking,
        Additive,
        "{type: string, enum: [a, b]}",
        "{type: string, enum: [a]}",
    ),
    (
        "enum-replaced",
        Breaking,
        Breaking,
        "{const: a}",
        "{const: b}",
    ),
    (
        "became-enum",
        Breaking,
        Additive,
        "{type: string}",
        "{type: string, enum: [a]}",
    ),
    (
        "became-not-enum",
        Additive,
        Review,
        "{type: string, enum: [a]}",
        "{type: string}",
    ),
    (
        "extensible-enum-value-added",
        Additive,
        Additive,
        "{type: string, x-extensible-enum: [a]}",
        "{type: string, x-extensible-enum: [a, b]}",
    ),
    (
        "extensible-enum-value-removed",
        Breaking,
        Additive,
        "{type: string, x-extensible-enum: [a, b]}",
        "{type: string, x-extensible-enum: [a]}",
    ),
    (
        "limit-added",
        Review,
        Additive,
        "{type: integer}",
        "{type: integer, maximum: 5}",
    ),
    (
        "limit-tightened",
        Breaking,
        Additive,
        "{type: integer, maximum: 5}",
        "{type: integer, maximum: 4}",
    ),
    (
        "limit-tightened",
        Breaking,
        Additive,
        "{type: integer, minimum: 5}",
        "{type: integer, exclusiveMinimum: 5}",
    ),
    (
        "limit-tightened",
        Breaking,
        Additive,
        "{type: string, minLength: 1}",
        "{type: string, minLength: 2}",
    ),
    (
        "limit-tightened",
        Breaking,
        Additive,
        "{type: array, items: {type: string}, maxItems: 3}",
        "{type: array, items: {type: string}, maxItems: 2}",
    ),
    (
        "limit-tightened",
        Breaking,
        Additive,
        "{type: object, maxProperties: 3}",
        "{type: object, maxProperties: 2}",
    ),
    (
        "limit-loosened",
        Additive,
        Review,
        "{type: string, maxLength: 4}",
        "{type: string, maxLength: 5}",
    ),
    (
        "limit-removed",
        Additive,
        Review,
        "{type: string, maxLength: 4}",
        "{type: string}",
    ),
    (
        "limit-loosened",
        Additive,
        Review,
        "{type: integer, multipleOf: 4}",
        "{type: integer, multipleOf: 2}",
    ),
    (
        "multiple-of-changed",
        Breaking,
        Review,
        "{type: integer, multipleOf: 4}",
        "{type: integer, multipleOf: 6}",
    ),
    (
        "pattern-added",
        Breaking,
        Additive,
        "{type: string}",
        "{type: string, pattern: '^a'}",
    ),
    (
        "pattern-removed",
        Additive,
        Review,
        "{type: string, pattern: '^a'}",
        "{type: string}",
    ),
    (
        "pattern-changed",
        Review,
        Review,
        "{type: string, pattern: '^a'}",
        "{type: string, pattern: '^b'}",
    ),
    (
        "unique-items-added",
        Breaking,
        Additive,
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: string}, uniqueItems: true}",
    ),
    (
        "unique-items-removed",
        Additive,
        Review,
        "{type: array, items: {type: string}, uniqueItems: true}",
        "{type: array, items: {type: string}}",
    ),
    (
        "property-added",
        Additive,
        Additive,
        "{type: object, properties: {}}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    (
        "required-property-added",
        Breaking,
        Additive,
        "{type: object, properties: {}}",
        "{type: object, properties: {a: {type: string}}, required: [a]}",
    ),
    (
        "required-property-added",
        Breaking,
        Additive,
        "{type: object, properties: {}}",
        "{type: object, properties: {a: {type: string, default: x}}, required: [a]}",
    ),
    (
        "property-removed",
        Review,
        Review,
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {}}",
    ),
    (
        "required-property-removed",
        Review,
        Breaking,
        "{type: object, properties: {a: {type: string}}, required: [a]}",
        "{type: object, properties: {}}",
    ),
    (
        "property-became-required",
        Breaking,
        Additive,
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, required: [a]}",
    ),
    (
        "property-became-required",
        Breaking,
        Additive,
        "{type: object}",
        "{type: object, required: [a]}",
    ),
    (
        "property-became-optional",
        Additive,
        Breaking,
        "{type: object, properties: {a: {type: string}}, required: [a]}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    (
        "additional-properties-forbidden",
        Breaking,
        Additive,
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
    ),
    (
        "additional-properties-allowed",
        Additive,
        Additive,
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    (
        "additional-properties-typed",
        Breaking,
        Additive,
        "{type: object}",
        "{type: object, additionalProperties: {type: string}}",
    ),
    (
        "additional-properties-untyped",
        Additive,
        Breaking,
        "{type: object, additionalProperties: {type: string}}",
        "{type: object}",
    ),
    (
        "pattern-property-added",
        Breaking,
        Additive,
        "{type: object, patternProperties: {'^a': {type: string}}}",
        "{type: object, patternProperties: {'^a': {type: string}, '^b': {type: string}}}",
    ),
    (
        "pattern-property-removed",
        Additive,
        Breaking,
        "{type: object, patternProperties: {'^a': {type: string}, '^b': {type: string}}}",
        "{type: object, patternProperties: {'^a': {type: string}}}",
    ),
    (
        "type-changed",
        Breaking,
        Breaking,
        "{type: object, patternProperties: {'^a': {type: string}}}",
        "{type: object, patternProperties: {'^a': {type: boolean}}}",
    ),
    (
        "items-typed",
        Breaking,
        Additive,
        "{type: array}",
        "{type: array, items: {type: string}}",
    ),
    (
        "items-untyped",
        Additive,
        Breaking,
        "{type: array, items: {type: string}}",
        "{type: array}",
    ),
    (
        "type-changed",
        Breaking,
        Breaking,
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: integer}}",
    ),
    (
        "prefix-item-added",
        Breaking,
        Additive,
        "{type: array, prefixItems: [{type: string}]}",
        "{type: array, prefixItems: [{type: string}, {type: string}]}",
    ),
    (
        "prefix-item-removed",
        Additive,
        Breaking,
        "{type: array, prefixItems: [{type: string}, {type: string}]}",
        "{type: array, prefixItems: [{type: string}]}",
    ),
    (
        "alternative-added",
        Additive,
        Breaking,
        "{oneOf: [{type: string, format: date}, {type: integer}]}",
        "{oneOf: [{type: string, format: date}, {type: integer}, {type: boolean}]}",
    ),
    (
        "alternative-added",
        Additive,
        Breaking,
        "{$ref: '#/components/schemas/S'}",
        "{oneOf: [{$ref: '#/components/schemas/S'}, {type: array, items: {type: string}}]}",
    ),
    (
        "alternative-removed",
        Breaking,
        Additive,
        "{anyOf: [{type: string, format: date}, {type: integer}]}",
        "{anyOf: [{type: string, format: date}]}",
    ),
    (
        "alternatives-added",
        Breaking,
        Additive,
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
    ),
    (
        "alternatives-removed",
        Additive,
        Breaking,
        "{type: object, properties: {a: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    (
        "keyword-narrowed",
        Breaking,
        Additive,
        "{type: array}",
        "{type: array, contains: {type: string}}",
    ),
    (
        "keyword-widened",
        Additive,
        Breaking,
        "{type: object, propertyNames: {maxLength: 3}}",
        "{type: object}",
    ),
    (
        "keyword-narrowed",
        Breaking,
        Additive,
        "{type: object}",
        "{type: object, dependentRequired: {a: [b]}}",
    ),
    (
        "keyword-narrowed",
        Breaking,
        Additive,
        "{type: object}",
        "{type: object, unevaluatedProperties: false}",
    ),
    (
        "keyword-narrowed",
        Breaking,
        Additive,
        "{type: string}",
        "{type: string, not: {const: a}}",
    ),
    // What must not be narrows where it widens.
    (
        "type-widened",
        Breaking,
        Additive,
        "{not: {type: integer}}",
        "{not: {type: number}}",
    ),
    (
        "content-changed",
        Breaking,
        Breaking,
        "{type: string, contentEncoding: base64}",
        "{type: string, contentEncoding: base32}",
    ),
    (
        "condition-changed",
        Review,
        Review,
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "{type: object, if: {required: [c]}, then: {required: [b]}}",
    ),
    (
        "property-became-required",
        Breaking,
        Additive,
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
        "{type: object, if: {required: [a]}, then: {required: [b, c]}}",
    ),
    (
        "keyword-changed",
        Review,
        Review,
        "{type: string, ourKeyword: 1}",
        "{type: string, ourKeyword: 2}",
    ),
    (
        "default-changed",
        Review,
        Docs,
        "{type: string, default: a}",
        "{type: string, default: b}",
    ),
    (
        "schema-deprecated",
        Docs,
        Docs,
        "{type: string}",
        "{type: string, deprecated: true}",
    ),
    (
        "schema-words",
        Docs,
        Docs,
        "{type: string, description: a}",
        "{type: string, description: b}",
    ),
    (
        "schema-words",
        Docs,
        Docs,
        "{type: string, x-note: a}",
        "{type: string, x-note: b}",
    ),
    (
        "became-read-only",
        Review,
        Nothing,
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
    ),
    (
        "became-not-read-only",
        Additive,
        Nothing,
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    (
        "became-required-in-requests",
        Breaking,
        Nothing,
        "{type: object, properties: {a: {type: string, readOnly: true}}, required: [a]}",
        "{type: object, properties: {a: {type: string}}, required: [a]}",
    ),
    (
        "became-write-only",
        Nothing,
        Breaking,
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, writeOnly: true}}}",
    ),
    (
        "became-not-write-only",
        Nothing,
        Additive,
        "{type: object, properties: {a: {type: string, writeOnly: true}}}",
        "{type: object, properties: {a: {type: string}}}",
    ),
    ("discriminator-added", Docs, Docs, PETS, TAGGED),
    ("discriminator-removed", Review, Review, TAGGED, PETS),
    (
        "discriminator-changed",
        Breaking,
        Breaking,
        TAGGED,
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: name}}",
    ),
    (
        "discriminator-value-added",
        Additive,
        Review,
        TAGGED,
        MAPPED,
    ),
    (
        "discriminator-value-removed",
        Review,
        Additive,
        MAPPED,
        TAGGED,
    ),
    (
        "discriminator-value-changed",
        Docs,
        Docs,
        MAPPED,
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Dog', d: '#/components/schemas/Dog'}}}",
    ),
    (
        "property-forbidden",
        Breaking,
        Review,
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "{type: object, properties: {}, additionalProperties: false}",
    ),
];

const PETS: &str =
    "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}";
const TAGGED: &str = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {d: '#/components/schemas/Dog'}}}";
const MAPPED: &str = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', d: '#/components/schemas/Dog'}}}";

const COMPONENTS: &str = "components:\n  schemas:\n    S: {type: object, properties: {s: {type: string}}}\n    Cat: &p {type: object, properties: {kind: {type: string}, name: {type: string}}}\n    Dog: {type: object, properties: {kind: {type: string}, name: {type: string}}}\n";

fn in_request(schema: &str) -> String {
    let operation = format!(
        "{{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{'204': {{description: x}}}}}}"
    );
    document(&operation, COMPONENTS)
}

fn in_response(schema: &str) -> String {
    let operation = format!(
        "{{responses: {{'200': {{description: x, content: {{application/json: {{schema: {schema}}}}}}}}}}}"
    );
    document(&operation, COMPONENTS)
}

#[test]
fn schemas() {
    let mut wrong = Vec::new();
    for (check, sent, received, old, new) in SCHEMAS {
        for (wrap, level, way) in [
            (in_request as fn(&str) -> String, sent, "request"),
            (in_response, received, "response"),
        ] {
            let diff = differences(&wrap(old), &wrap(new));
            let found = kinds(&diff);
            let is_told = *level == Nothing
                || *check == "property-forbidden" && way == "response"
                || found.contains(&(check, *level));
            if !is_told || diff.http() != *level {
                wrong.push(format!(
                    "{check} in a {way}: {level:?} expected of {old} → {new}, found {found:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An operation before and after.
const OPERATIONS: &[(&str, HttpLevel, &str, &str)] = &[
    (
        "operation-id-changed",
        Nothing,
        "{operationId: a, responses: {}}",
        "{operationId: b, responses: {}}",
    ),
    (
        "operation-deprecated",
        Docs,
        "{responses: {}}",
        "{deprecated: true, responses: {}}",
    ),
    (
        "operation-not-deprecated",
        Docs,
        "{deprecated: true, responses: {}}",
        "{responses: {}}",
    ),
    (
        "operation-words",
        Docs,
        "{tags: [a], responses: {}}",
        "{tags: [b], responses: {}}",
    ),
    (
        "operation-words",
        Docs,
        "{x-note: a, responses: {}}",
        "{x-note: b, responses: {}}",
    ),
    (
        "callbacks-changed",
        Review,
        "{callbacks: {c: {u: {post: 1}}}, responses: {}}",
        "{callbacks: {c: {u: {post: 2}}}, responses: {}}",
    ),
    (
        "parameter-added",
        Additive,
        "{responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
    ),
    (
        "required-parameter-added",
        Breaking,
        "{responses: {}}",
        "{parameters: [{name: p, in: query, required: true, schema: {type: string, default: x}}], responses: {}}",
    ),
    (
        "parameter-removed",
        Review,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{responses: {}}",
    ),
    (
        "parameter-moved",
        Breaking,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: header, schema: {type: string}}], responses: {}}",
    ),
    (
        "parameter-became-required",
        Breaking,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: query, required: true, schema: {type: string}}], responses: {}}",
    ),
    (
        "parameter-became-optional",
        Additive,
        "{parameters: [{name: p, in: query, required: true, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
    ),
    (
        "parameter-style-changed",
        Breaking,
        "{parameters: [{name: p, in: query, schema: {type: array, items: {type: string}}}], responses: {}}",
        "{parameters: [{name: p, in: query, explode: false, schema: {type: array, items: {type: string}}}], responses: {}}",
    ),
    (
        "parameter-reserved-changed",
        Review,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: query, allowReserved: true, schema: {type: string}}], responses: {}}",
    ),
    (
        "parameter-words",
        Docs,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: query, deprecated: true, schema: {type: string}}], responses: {}}",
    ),
    // In a query a number is a text, and one value is a list of one.
    (
        "type-widened",
        Additive,
        "{parameters: [{name: p, in: query, schema: {type: integer}}], responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
    ),
    (
        "type-widened",
        Additive,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: array, items: {type: string}}}], responses: {}}",
    ),
    (
        "became-enum",
        Breaking,
        "{parameters: [{name: p, in: query, schema: {type: string}}], responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: string, enum: [a]}}], responses: {}}",
    ),
    (
        "limit-tightened",
        Breaking,
        "{parameters: [{name: p, in: query, schema: {type: integer, maximum: 9}}], responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: integer, maximum: 8}}], responses: {}}",
    ),
    (
        "default-changed",
        Review,
        "{parameters: [{name: p, in: query, schema: {type: string, default: a}}], responses: {}}",
        "{parameters: [{name: p, in: query, schema: {type: string, default: b}}], responses: {}}",
    ),
    (
        "body-added",
        Additive,
        "{responses: {}}",
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "required-body-added",
        Breaking,
        "{responses: {}}",
        "{requestBody: {required: true, content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "body-removed",
        Breaking,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{responses: {}}",
    ),
    (
        "body-became-required",
        Breaking,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {required: true, content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "body-became-optional",
        Additive,
        "{requestBody: {required: true, content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "body-words",
        Docs,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {description: x, content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "body-words",
        Docs,
        "{requestBody: {x-note: a, content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {x-note: b, content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "body-words",
        Docs,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {content: {text/plain: {x-note: b}}}, responses: {}}",
    ),
    (
        "media-type-added",
        Additive,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {content: {text/plain: {}, text/csv: {}}}, responses: {}}",
    ),
    (
        "media-type-removed",
        Breaking,
        "{requestBody: {content: {text/plain: {}, text/csv: {}}}, responses: {}}",
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "media-type-widened",
        Additive,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {content: {text/*: {}}}, responses: {}}",
    ),
    (
        "media-type-narrowed",
        Breaking,
        "{requestBody: {content: {text/*: {}}}, responses: {}}",
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
    ),
    (
        "media-type-parameters-changed",
        Review,
        "{requestBody: {content: {text/plain: {}}}, responses: {}}",
        "{requestBody: {content: {text/plain; charset=utf-8: {}}}, responses: {}}",
    ),
    (
        "media-type-schema-added",
        Breaking,
        "{requestBody: {content: {application/json: {}}}, responses: {}}",
        "{requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {}}",
    ),
    (
        "media-type-schema-removed",
        Additive,
        "{requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {}}",
        "{requestBody: {content: {application/json: {}}}, responses: {}}",
    ),
    (
        "encoding-changed",
        Breaking,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {contentType: text/csv}}}}}, responses: {}}",
    ),
    (
        "success-status-added",
        Additive,
        "{responses: {'200': {description: x}}}",
        "{responses: {'200': {description: x}, '202': {description: x}}}",
    ),
    (
        "success-status-removed",
        Breaking,
        "{responses: {'200': {description: x}, '201': {description: x}}}",
        "{responses: {'200': {description: x}}}",
    ),
    (
        "failure-status-added",
        Additive,
        "{responses: {'200': {description: x}}}",
        "{responses: {'200': {description: x}, '404': {description: x}}}",
    ),
    (
        "failure-status-removed",
        Additive,
        "{responses: {'200': {description: x}, '404': {description: x}}}",
        "{responses: {'200': {description: x}}}",
    ),
    (
        "response-words",
        Docs,
        "{responses: {'200': {description: x}}}",
        "{responses: {'200': {description: y}}}",
    ),
    (
        "response-words",
        Docs,
        "{responses: {'200': {description: x, x-note: a}}}",
        "{responses: {'200': {description: x, x-note: b}}}",
    ),
    (
        "links-changed",
        Docs,
        "{responses: {'200': {description: x}}}",
        "{responses: {'200': {description: x, links: {l: {operationId: o}}}}}",
    ),
    (
        "header-added",
        Additive,
        "{responses: {'200': {description: x}}}",
        "{responses: {'200': {description: x, headers: {H: {schema: {type: string}}}}}}",
    ),
    (
        "header-removed",
        Review,
        "{responses: {'200': {description: x, headers: {H: {schema: {type: string}}}}}}",
        "{responses: {'200': {description: x}}}",
    ),
    (
        "required-header-removed",
        Breaking,
        "{responses: {'200': {description: x, headers: {H: {required: true, schema: {type: string}}}}}}",
        "{responses: {'200': {description: x}}}",
    ),
    (
        "header-became-required",
        Additive,
        "{responses: {'200': {description: x, headers: {H: {schema: {type: string}}}}}}",
        "{responses: {'200': {description: x, headers: {H: {required: true, schema: {type: string}}}}}}",
    ),
    (
        "header-became-optional",
        Breaking,
        "{responses: {'200': {description: x, headers: {H: {required: true, schema: {type: string}}}}}}",
        "{responses: {'200': {description: x, headers: {H: {schema: {type: string}}}}}}",
    ),
    (
        "header-words",
        Docs,
        "{responses: {'200': {description: x, headers: {H: {schema: {type: string}}}}}}",
        "{responses: {'200': {description: x, headers: {H: {deprecated: true, schema: {type: string}}}}}}",
    ),
    (
        "header-words",
        Docs,
        "{responses: {'200': {description: x, headers: {H: {x-note: a, schema: {type: string}}}}}}",
        "{responses: {'200': {description: x, headers: {H: {x-note: b, schema: {type: string}}}}}}",
    ),
    (
        "header-added",
        Additive,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {schema: {type: string}}}}}}}}, responses: {}}",
    ),
    (
        "required-header-added",
        Breaking,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {required: true, schema: {type: string}}}}}}}}, responses: {}}",
    ),
    (
        "header-removed",
        Review,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {schema: {type: string}}}}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain}}}}}, responses: {}}",
    ),
    (
        "header-became-required",
        Breaking,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {schema: {type: string}}}}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {required: true, schema: {type: string}}}}}}}}, responses: {}}",
    ),
    (
        "header-became-optional",
        Additive,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {required: true, schema: {type: string}}}}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {h: {schema: {type: string}}}}}}}}, responses: {}}",
    ),
    (
        "header-words",
        Docs,
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {x-note: a, schema: {type: string}}}}}}}}, responses: {}}",
        "{requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}, g: {type: string}}}, encoding: {f: {contentType: text/plain, headers: {H: {x-note: b, schema: {type: string}}}}}}}}, responses: {}}",
    ),
    (
        "server-url-changed",
        Breaking,
        "{responses: {}}",
        "{servers: [{url: https://b.example}], responses: {}}",
    ),
];

#[test]
fn operations() {
    let mut wrong = Vec::new();
    for (check, level, old, new) in OPERATIONS {
        let diff = differences(&document(old, ""), &document(new, ""));
        let is_told = diff
            .changes
            .iter()
            .any(|one| one.check == *check && one.http == *level);
        if !is_told || diff.http() != *level {
            wrong.push(format!(
                "{check}: {level:?} expected of {old} → {new}, found {:?}",
                kinds(&diff)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const PLAIN: &str = "{operationId: o, responses: {}}";
const SCHEME: &str = "components: {securitySchemes: {k: {type: apiKey, in: header, name: X-Key}, o: {type: http, scheme: basic}, t: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://a.example/t, scopes: {r: r, w: w}}}}}}\n";

/// What stands beside the paths, before and after.
const DOCUMENTS: &[(&str, HttpLevel, &str, &str)] = &[
    (
        "server-added",
        Additive,
        "servers: [{url: https://a.example}]",
        "servers: [{url: https://a.example}, {url: https://b.example}]",
    ),
    (
        "server-removed",
        Breaking,
        "servers: [{url: https://a.example}, {url: https://b.example}]",
        "servers: [{url: https://a.example}]",
    ),
    (
        "server-url-changed",
        Breaking,
        "servers: [{url: https://a.example/v1}]",
        "servers: [{url: https://a.example/v2}]",
    ),
    (
        "server-default-changed",
        Review,
        "servers: [{url: https://a.example}, {url: https://b.example}]",
        "servers: [{url: https://b.example}, {url: https://a.example}]",
    ),
    (
        "server-variable-default-changed",
        Review,
        "servers: [{url: 'https://{r}.example', variables: {r: {default: a}}}]",
        "servers: [{url: 'https://{r}.example', variables: {r: {default: b}}}]",
    ),
    (
        "server-variable-value-added",
        Additive,
        "servers: [{url: 'https://{r}.example', variables: {r: {default: a, enum: [a]}}}]",
        "servers: [{url: 'https://{r}.example', variables: {r: {default: a, enum: [a, b]}}}]",
    ),
    (
        "server-variable-value-removed",
        Breaking,
        "servers: [{url: 'https://{r}.example', variables: {r: {default: a, enum: [a, b]}}}]",
        "servers: [{url: 'https://{r}.example', variables: {r: {default: a, enum: [a]}}}]",
    ),
    (
        "server-words",
        Docs,
        "servers: [{url: https://a.example}]",
        "servers: [{url: https://a.example, description: x}]",
    ),
    ("api-words", Docs, "", "tags: [{name: x}]"),
    (
        "webhook-added",
        Additive,
        "",
        "webhooks: {w: {post: {responses: {}}}}",
    ),
    (
        "webhook-removed",
        Review,
        "webhooks: {w: {post: {responses: {}}}}",
        "",
    ),
    (
        "webhook-changed",
        Review,
        "webhooks: {w: {post: {responses: 1}}}",
        "webhooks: {w: {post: {responses: 2}}}",
    ),
    ("security-added", Breaking, "", "security: [{k: []}]"),
    (
        "security-removed",
        Additive,
        "security: [{k: []}]",
        "security: [{k: []}, {}]",
    ),
    (
        "security-alternative-added",
        Additive,
        "security: [{k: []}]",
        "security: [{k: []}, {o: []}]",
    ),
    (
        "security-alternative-removed",
        Breaking,
        "security: [{k: []}, {o: []}]",
        "security: [{k: []}]",
    ),
    (
        "security-scope-added",
        Breaking,
        "security: [{t: [r]}]",
        "security: [{t: [r, w]}]",
    ),
    (
        "security-scope-removed",
        Additive,
        "security: [{t: [r, w]}]",
        "security: [{t: [r]}]",
    ),
];

#[test]
fn documents() {
    let mut wrong = Vec::new();
    for (check, level, old, new) in DOCUMENTS {
        let whole = |rest: &str| document(PLAIN, &format!("{SCHEME}{rest}\n"));
        let diff = differences(&whole(old), &whole(new));
        let is_told = diff
            .changes
            .iter()
            .any(|one| one.check == *check && one.http == *level);
        if !is_told || diff.http() != *level {
            wrong.push(format!(
                "{check}: {level:?} expected of {old} → {new}, found {:?}",
                kinds(&diff)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A replacement in the whole document.
const REPLACED: &[(&str, HttpLevel, &str, &str)] = &[
    (
        "operation-added",
        Additive,
        "  /a/{id}:\n",
        "  /b:\n    get: {responses: {}}\n  /a/{id}:\n",
    ),
    (
        "operation-removed",
        Breaking,
        "    post: {",
        "    get: {responses: {}}\n  /c:\n    put: {",
    ),
    ("operation-moved", Breaking, "/a/{id}", "/b/{id}"),
    (
        "security-scheme-changed",
        Breaking,
        "name: X-Key",
        "name: X-Other-Key",
    ),
    (
        "security-scheme-changed",
        Breaking,
        "in: header, name: X-Key",
        "in: query, name: X-Key",
    ),
    (
        "security-flow-changed",
        Review,
        "https://a.example/t",
        "https://b.example/t",
    ),
    (
        "security-scheme-unused",
        Nothing,
        "scheme: basic",
        "scheme: digest",
    ),
];

#[test]
fn replacements() {
    let mut wrong = Vec::new();
    for (check, level, old, new) in REPLACED {
        let whole = document(PLAIN, &format!("{SCHEME}security: [{{k: [], t: []}}]\n"));
        assert!(whole.contains(old), "{old}");
        let changed = whole.replacen(old, new, 1);
        // An operation that is gone has another id than the one that is new.
        let changed = if *check == "operation-removed" {
            changed.replace("operationId: o", "operationId: p")
        } else {
            changed
        };
        let diff = differences(&whole, &changed);
        let is_told = diff
            .changes
            .iter()
            .any(|one| one.check == *check && one.http == *level);
        if !is_told || diff.http() != *level {
            wrong.push(format!(
                "{check}: {level:?} expected of {old} → {new}, found {:?}",
                kinds(&diff)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_the_catalogue_is_tried() {
    let mut tried: BTreeSet<&str> = SCHEMAS.iter().map(|case| case.0).collect();
    tried.extend(
        [OPERATIONS, DOCUMENTS, REPLACED]
            .concat()
            .iter()
            .map(|case| case.0),
    );
    tried.extend(super::incoming::tried());
    // That of Rust alone has its tests beside the comparison of clients.
    let left: Vec<&str> = CHECKS
        .iter()
        .map(|check| check.id)
        .filter(|id| !tried.contains(id) && *id != "rust-only")
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The catalogue as a page, from the one list that the comparison uses.
#[test]
fn the_page_of_kinds_is_that_of_the_code() {
    let mut page = String::from(
        "# What `stencil diff` tells\n\nEach kind of difference, with what it does to callers that are deployed: in what they send (or anywhere), and in\nwhat they receive. They send requests, and responses to webhooks and callbacks; they receive the others. The name never\nchanges. What a change does to Rust is told beside it, from the client that is generated.\n\n| kind | sent | received | what it is |\n| --- | --- | --- | --- |\n",
    );
    for check in CHECKS {
        let (sent, received) = (check.sent.as_str(), check.received.as_str());
        page += &format!(
            "| `{}` | {sent} | {received} | {} |\n",
            check.id, check.about
        );
    }
    let path = stencil_tests::root().join("codegen/CHECKS.md");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == page,
        "write it anew: UPDATE_CASES=1 cargo test -p stencil-tests --test all diff"
    );
}
