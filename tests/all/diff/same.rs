//! Other words for the same thing: nothing changes for callers that are deployed.

use stencil_codegen::diff::{HttpLevel, RustLevel};

use super::{differences, document, kinds};

fn body(schema: &str, components: &str) -> String {
    let content = format!("{{application/json: {{schema: {schema}}}}}");
    let operation = format!(
        "{{requestBody: {{content: {content}}}, responses: {{'200': {{description: x, content: {content}}}}}}}"
    );
    document(
        &operation,
        &format!("components:\n  schemas:\n{components}"),
    )
}

const S: &str = "    S: {type: object, properties: {s: {type: string}}, required: [s]}\n";

fn same(old: &str, new: &str) {
    let diff = differences(old, new);
    assert!(
        diff.http() <= HttpLevel::Docs,
        "{:?}\n{old}\n{new}",
        kinds(&diff)
    );
}

#[test]
fn a_schema_is_what_it_is_however_it_is_said() {
    let inline = "{type: object, properties: {s: {type: string}}, required: [s]}";
    let forms = [
        inline,
        "{$ref: '#/components/schemas/S'}",
        "{allOf: [{$ref: '#/components/schemas/S'}]}",
        "{description: d, allOf: [{$ref: '#/components/schemas/S'}]}",
        "{oneOf: [{$ref: '#/components/schemas/S'}]}",
        "{allOf: [{type: object, required: [s]}, {properties: {s: {type: string}}}]}",
        "{properties: {s: {allOf: [{type: string}]}}, required: [s]}",
    ];
    for one in forms {
        for other in forms {
            same(&body(one, S), &body(other, S));
        }
    }
}

#[test]
fn a_list_of_types_is_a_union_of_types() {
    same(
        &body("{type: [string, integer]}", S),
        &body("{oneOf: [{type: integer}, {type: string}]}", S),
    );
    same(
        &body("{type: [string, 'null']}", S),
        &body("{anyOf: [{type: string}, {type: 'null'}]}", S),
    );
    same(&body("{const: a}", S), &body("{enum: [a]}", S));
}

#[test]
fn order_and_names_do_not_matter() {
    same(&body("{enum: [a, b]}", S), &body("{enum: [b, a]}", S));
    let renamed = S.replace("    S:", "    T:");
    same(
        &body("{$ref: '#/components/schemas/S'}", S),
        &body("{$ref: '#/components/schemas/T'}", &renamed),
    );
    let old = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}, {name: X-A, in: header, schema: {type: string}}], responses: {}}}\n";
    let new = old
        .replace("{x}", "{y}")
        .replace("name: x,", "name: y,")
        .replace("X-A", "x-a");
    same(old, &new);
}

#[test]
fn a_schema_that_holds_itself_is_compared_once() {
    let list = "    S: {type: object, properties: {next: {$ref: '#/components/schemas/S'}, many: {type: array, items: {$ref: '#/components/schemas/S'}}, v: {type: string}}}\n";
    let old = body("{$ref: '#/components/schemas/S'}", list);
    let new = old.replace("v: {type: string}", "v: {type: integer}");
    let diff = differences(&old, &new);
    let told: Vec<_> = diff
        .changes
        .iter()
        .filter(|change| change.http == HttpLevel::Breaking)
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].subject, "S.v");
    assert_eq!((told[0].reach.requests, told[0].reach.responses), (1, 1));
    assert_eq!(told[0].new.as_ref().map(|place| place.line), Some(8));
    same(&old, &old);
}

/// What both verdicts say of one thing is one change: the schema of a parameter, the form of a body, a response.
#[test]
fn what_http_and_rust_say_of_one_thing_is_one_change() {
    let responses = "responses: {'204': {description: d}}";
    let parameter = |schema: &str| {
        let operation = format!(
            "{{operationId: o, parameters: [{{name: p, in: query, schema: {schema}}}], {responses}}}"
        );
        document(&operation, "")
    };
    let request = |schema: &str| {
        let operation = format!(
            "{{operationId: o, requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, {responses}}}"
        );
        document(&operation, "")
    };
    let response = |content: &str| {
        let operation =
            format!("{{operationId: o, responses: {{'200': {{description: d, {content}}}}}}}");
        document(&operation, "")
    };
    let json =
        "content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}";
    let cases = [
        (
            "became-enum",
            parameter("{type: string}"),
            parameter("{type: string, enum: [a, b]}"),
        ),
        (
            "type-changed",
            request("{type: boolean}"),
            request("{type: array, items: {type: string}}"),
        ),
        ("media-type-removed", response(json), response("")),
        ("media-type-added", response(""), response(json)),
    ];
    for (check, old, new) in cases {
        let diff = differences(&old, &new);
        let told: Vec<_> = diff
            .changes
            .iter()
            .map(|one| (one.check, one.rust))
            .collect();
        assert_eq!(told, [(check, RustLevel::Major)], "{:#?}", diff.changes);
    }
}

/// A path is the same whatever its variable is called, also where the method takes its name from there: nothing is
/// gone, and nothing is new.
#[test]
fn a_variable_of_a_path_that_is_renamed_renames() {
    let named = |name: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a/{{{name}}}:\n    get:\n      \
             parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}]\n      \
             responses: {{'204': {{description: d}}}}\n"
        )
    };
    let diff = differences(&named("id"), &named("key"));
    assert_eq!(
        (diff.http(), diff.rust()),
        (HttpLevel::None, RustLevel::Major)
    );
    for change in &diff.changes {
        let items = change.items.iter();
        assert!(
            change.before.is_some() == change.after.is_some()
                && items
                    .clone()
                    .all(|one| one.before.is_some() == one.after.is_some()),
            "{change:#?}"
        );
    }
}

/// A range stands for the statuses in it (3.1 §4.8.16.1): a response that is said for all of them is not gone.
#[test]
fn a_range_of_statuses_holds_each_of_them() {
    let responses = |status: &str, ty: &str| {
        let operation = format!(
            "{{responses: {{'{status}': {{description: d, content: {{application/json: {{schema: {{type: {ty}}}}}}}}}}}}}"
        );
        document(&operation, "")
    };
    let wider = differences(&responses("200", "string"), &responses("2XX", "string"));
    assert_eq!(
        kinds(&wider),
        [("success-status-added", HttpLevel::Additive)]
    );
    let other = differences(&responses("200", "integer"), &responses("2XX", "number"));
    assert_eq!(other.http(), HttpLevel::Breaking);
    assert!(kinds(&other).contains(&("type-widened", HttpLevel::Breaking)));
    // The other way round nothing is said of the others.
    let narrower = differences(&responses("2XX", "string"), &responses("200", "string"));
    assert_eq!(narrower.http(), HttpLevel::Breaking);
}

#[test]
fn other_examples_are_told_wherever_they_stand() {
    let content = |example: &str| {
        let content = format!("content: {{application/json: {{schema: {{}}, {example}}}}}");
        let operation = format!(
            "{{requestBody: {{{content}}}, responses: {{'200': {{description: x, {content}}}}}}}"
        );
        let shared = "components:\n  examples:\n    E: {value: {a: [1, 2]}}\n";
        (document(&operation, shared), shared)
    };
    let (inline, _) = content("example: {a: [1, 2]}");
    let (named, _) = content("examples: {one: {value: {a: [1, 2]}}}");
    let (referred, shared) = content("examples: {one: {$ref: '#/components/examples/E'}}");
    assert!(differences(&named, &referred).changes.is_empty());
    let others = [
        (&inline, inline.replace("2]}}", "3]}}")),
        (&named, named.replace("2]}}", "3]}}")),
        (
            &referred,
            referred.replace(shared, &shared.replace("2]", "3]")),
        ),
    ];
    for (old, new) in others {
        assert_ne!(*old, new);
        let words = [
            ("body-words", HttpLevel::Docs),
            ("response-words", HttpLevel::Docs),
        ];
        assert_eq!(kinds(&differences(old, &new)), words, "{new}");
    }
}
