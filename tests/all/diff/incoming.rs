//! Webhooks and callbacks: callers receive the request, so that it must not widen, and send the response, which must
//! not narrow. Levels are by hand.

use stencil_codegen::diff::{Diff, HttpLevel};

use super::{differences, document, kinds};

use HttpLevel::{Additive, Breaking, Docs, None as Nothing, Review};

macro_rules! body {
    ($schema:literal) => {
        concat!(
            "{requestBody: {content: {application/json: {schema: ",
            $schema,
            "}}}, responses: {}}"
        )
    };
}

macro_rules! answer {
    ($schema:literal) => {
        concat!(
            "{responses: {'200': {description: d, content: {application/json: {schema: ",
            $schema,
            "}}}}}"
        )
    };
}

macro_rules! header {
    ($more:literal) => {
        concat!(
            "{responses: {'200': {description: d, headers: {X-A: {",
            $more,
            " schema: {type: string}}}}}}"
        )
    };
}

macro_rules! parameter {
    ($more:literal) => {
        concat!(
            "{parameters: [{name: X-A, in: header, ",
            $more,
            " schema: {type: string}}], responses: {}}"
        )
    };
}

/// A kind, its level, and an operation before and after.
type Case = (&'static str, HttpLevel, &'static str, &'static str);

const CASES: &[Case] = &[
    // What comes in may have more, and less of what nobody must have.
    (
        "property-added",
        Additive,
        body!("{type: object}"),
        body!("{type: object, properties: {a: {type: string}}}"),
    ),
    (
        "required-property-removed",
        Breaking,
        body!("{type: object, required: [a], properties: {a: {type: string}}}"),
        body!("{type: object}"),
    ),
    (
        "type-widened",
        Breaking,
        body!("{type: integer}"),
        body!("{type: number}"),
    ),
    (
        "type-narrowed",
        Additive,
        body!("{type: number}"),
        body!("{type: integer}"),
    ),
    (
        "enum-value-added",
        Review,
        body!("{enum: [a]}"),
        body!("{enum: [a, b]}"),
    ),
    (
        "enum-value-removed",
        Additive,
        body!("{enum: [a, b]}"),
        body!("{enum: [a]}"),
    ),
    (
        "became-nullable",
        Breaking,
        body!("{type: string}"),
        body!("{type: [string, 'null']}"),
    ),
    // What answers must have more.
    (
        "required-property-added",
        Breaking,
        answer!("{type: object}"),
        answer!("{type: object, required: [a], properties: {a: {type: string}}}"),
    ),
    (
        "type-narrowed",
        Breaking,
        answer!("{type: number}"),
        answer!("{type: integer}"),
    ),
    (
        "type-widened",
        Additive,
        answer!("{type: integer}"),
        answer!("{type: number}"),
    ),
    (
        "enum-value-removed",
        Breaking,
        answer!("{enum: [a, b]}"),
        answer!("{enum: [a]}"),
    ),
    (
        "success-status-removed",
        Breaking,
        "{responses: {'200': {description: d}, '204': {description: d}}}",
        "{responses: {'204': {description: d}}}",
    ),
    (
        "success-status-added",
        Additive,
        "{responses: {'204': {description: d}}}",
        "{responses: {'200': {description: d}, '204': {description: d}}}",
    ),
    (
        "failure-status-removed",
        Review,
        "{responses: {'410': {description: d}}}",
        "{responses: {}}",
    ),
    (
        "response-words",
        Docs,
        "{responses: {'200': {description: d}}}",
        "{responses: {'200': {description: e}}}",
    ),
    (
        "required-header-added",
        Breaking,
        "{responses: {'200': {description: d}}}",
        header!("required: true,"),
    ),
    (
        "header-added",
        Additive,
        "{responses: {'200': {description: d}}}",
        header!(""),
    ),
    (
        "header-became-required",
        Breaking,
        header!(""),
        header!("required: true,"),
    ),
    (
        "header-became-optional",
        Additive,
        header!("required: true,"),
        header!(""),
    ),
    (
        "required-header-removed",
        Review,
        header!("required: true,"),
        "{responses: {'200': {description: d}}}",
    ),
    // Headers and the query come in too.
    (
        "parameter-added",
        Additive,
        "{responses: {}}",
        parameter!(""),
    ),
    (
        "required-parameter-added",
        Additive,
        "{responses: {}}",
        parameter!("required: true,"),
    ),
    (
        "parameter-removed",
        Review,
        parameter!(""),
        "{responses: {}}",
    ),
    (
        "required-parameter-removed",
        Breaking,
        parameter!("required: true,"),
        "{responses: {}}",
    ),
    (
        "parameter-became-required",
        Additive,
        parameter!(""),
        parameter!("required: true,"),
    ),
    (
        "parameter-became-optional",
        Breaking,
        parameter!("required: true,"),
        parameter!(""),
    ),
    // The body as a whole.
    ("body-added", Additive, "{responses: {}}", body!("{}")),
    (
        "required-body-added",
        Additive,
        "{responses: {}}",
        "{requestBody: {required: true, content: {application/json: {}}}, responses: {}}",
    ),
    ("body-removed", Breaking, body!("{}"), "{responses: {}}"),
    (
        "body-became-required",
        Additive,
        body!("{}"),
        "{requestBody: {required: true, content: {application/json: {schema: {}}}}, responses: {}}",
    ),
    (
        "body-became-optional",
        Breaking,
        "{requestBody: {required: true, content: {application/json: {schema: {}}}}, responses: {}}",
        body!("{}"),
    ),
    (
        "webhook-media-type-added",
        Breaking,
        "{requestBody: {content: {application/json: {}}}, responses: {}}",
        "{requestBody: {content: {application/json: {}, text/xml: {}}}, responses: {}}",
    ),
    (
        "webhook-media-type-removed",
        Additive,
        "{requestBody: {content: {application/json: {}, text/xml: {}}}, responses: {}}",
        "{requestBody: {content: {application/json: {}}}, responses: {}}",
    ),
    (
        "webhook-security-changed",
        Review,
        "{responses: {}}",
        "{security: [{k: []}], responses: {}}",
    ),
    (
        "operation-deprecated",
        Docs,
        "{responses: {}}",
        "{deprecated: true, responses: {}}",
    ),
    (
        "operation-id-changed",
        Nothing,
        "{operationId: a, responses: {}}",
        "{operationId: b, responses: {}}",
    ),
];

/// Every kind that is tried here.
pub(super) fn tried() -> impl Iterator<Item = &'static str> {
    let whole = [
        "webhook-added",
        "webhook-removed",
        "webhook-method-changed",
        "webhook-changed",
        "callback-added",
        "callback-removed",
        "callback-url-changed",
        "callbacks-changed",
    ];
    CASES.iter().map(|case| case.0).chain(whole)
}

const SCHEME: &str = "components:\n  securitySchemes: {k: {type: http, scheme: bearer}}\n";
/// The URL of a callback.
const URL: &str = "'{$request.query.url}'";

/// A document in which the operation comes in: as a webhook, as a callback, and as one of either that is referred to.
fn documents(operation: &str) -> [String; 4] {
    let plain = "{responses: {}}";
    let calls = |callback: &str| format!("{{callbacks: {{c: {callback}}}, responses: {{}}}}");
    [
        document(
            plain,
            &format!("webhooks: {{w: {{post: {operation}}}}}\n{SCHEME}"),
        ),
        document(
            plain,
            &format!(
                "webhooks: {{w: {{$ref: '#/components/pathItems/w'}}}}\n{SCHEME}  pathItems: {{w: {{post: {operation}}}}}\n"
            ),
        ),
        document(&calls(&format!("{{{URL}: {{post: {operation}}}}}")), SCHEME),
        document(
            &calls("{$ref: '#/components/callbacks/c'}"),
            &format!("{SCHEME}  callbacks: {{c: {{{URL}: {{post: {operation}}}}}}}\n"),
        ),
    ]
}

#[test]
fn what_comes_in_is_compared_the_other_way_round() {
    let mut wrong = Vec::new();
    for (check, level, old, new) in CASES {
        for (old, new) in documents(old).iter().zip(&documents(new)) {
            let diff = differences(old, new);
            let told: Vec<_> = diff
                .changes
                .iter()
                .filter(|one| one.check != "rust-only")
                .collect();
            let is_told = told.len() == 1 && told[0].check == *check && told[0].http == *level;
            if !is_told || diff.http() != *level {
                wrong.push(format!(
                    "{check}: {level:?} expected, found {:?} of\n{old}{new}",
                    kinds(&diff)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The only change that HTTP notices.
fn only(diff: &Diff) -> &stencil_codegen::diff::Change {
    let mut told = diff.changes.iter().filter(|one| one.http != Nothing);
    let one = told.next().expect("nothing was told");
    assert!(told.next().is_none(), "{:?}", kinds(diff));
    one
}

#[test]
fn a_call_that_comes_in_has_a_name_and_a_line() {
    let old = documents(body!("{type: object, properties: {n: {type: integer}}}"));
    let new = documents(body!("{type: object, properties: {n: {type: number}}}"));
    let names = [
        "webhook w POST request.n",
        "path w POST request.n",
        "POST /a/{id} callback c POST request.n",
        "callback c POST request.n",
    ];
    // Lines are counted by hand in what `document` makes.
    let lines = [6, 9, 5, 8];
    for ((old, new), (name, line)) in old.iter().zip(&new).zip(names.iter().zip(lines)) {
        let diff = differences(old, new);
        let change = only(&diff);
        assert_eq!(change.subject, *name);
        assert_eq!(change.new.as_ref().unwrap().line, line, "{new}");
        assert_eq!(change.old.as_ref().unwrap().line, line, "{old}");
        assert_eq!((change.reach.requests, change.reach.responses), (1, 0));
    }
}

#[test]
fn calls_come_and_go_and_change_their_place() {
    let hook = |rest: &str| document("{responses: {}}", &format!("webhooks: {{{rest}}}\n"));
    let back = |rest: &str| document(&format!("{{callbacks: {{{rest}}}, responses: {{}}}}"), "");
    let post = "{post: {responses: {}}}";
    let (put, both) = (
        "{put: {responses: {}}}",
        "{post: {responses: {}}, put: {responses: {}}}",
    );
    let cases = [
        (
            "webhook-added",
            Additive,
            hook(""),
            hook(&format!("w: {post}")),
        ),
        (
            "webhook-removed",
            Review,
            hook(&format!("w: {post}")),
            hook(""),
        ),
        (
            "webhook-method-changed",
            Breaking,
            hook(&format!("w: {post}")),
            hook(&format!("w: {put}")),
        ),
        (
            "webhook-added",
            Additive,
            hook(&format!("w: {post}")),
            hook(&format!("w: {both}")),
        ),
        (
            "webhook-removed",
            Review,
            hook(&format!("w: {both}")),
            hook(&format!("w: {put}")),
        ),
        (
            "callback-added",
            Additive,
            back(""),
            back(&format!("c: {{{URL}: {post}}}")),
        ),
        (
            "callback-removed",
            Review,
            back(&format!("c: {{{URL}: {post}}}")),
            back(""),
        ),
        (
            "callback-url-changed",
            Review,
            back(&format!("c: {{{URL}: {post}}}")),
            back(&format!("c: {{'{{$request.header.X}}': {post}}}")),
        ),
        (
            "callback-added",
            Additive,
            back(&format!("c: {{{URL}: {post}}}")),
            back(&format!("c: {{{URL}: {post}, u: {post}}}")),
        ),
        // What cannot be read is compared as a whole.
        (
            "webhook-changed",
            Review,
            hook("w: {post: {responses: 1}}"),
            hook("w: {post: {responses: 2}}"),
        ),
        (
            "callbacks-changed",
            Review,
            back(&format!("c: {{{URL}: {{post: 1}}}}")),
            back(&format!("c: {{{URL}: {{post: 2}}}}")),
        ),
    ];
    for (check, level, old, new) in cases {
        let diff = differences(&old, &new);
        assert_eq!(kinds(&diff), [(check, level)], "{old}{new}");
        let change = only(&diff);
        assert!(change.new.is_some() || change.old.is_some());
    }
}

/// A shared schema goes both ways: the worse way counts, told once, and both are its reach.
#[test]
fn what_is_sent_and_comes_in_is_told_once() {
    let text = |ty: &str| {
        let content = "content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}";
        document(
            &format!("{{requestBody: {{{content}}}, responses: {{}}}}"),
            &format!(
                "webhooks: {{w: {{post: {{requestBody: {{{content}}}, responses: {{}}}}}}}}\ncomponents:\n  schemas: {{S: {{type: {ty}}}}}\n"
            ),
        )
    };
    // Wider: requests may have more, and webhooks bring more.
    let wider = differences(&text("integer"), &text("number"));
    let change = only(&wider);
    assert_eq!((change.check, change.http), ("type-widened", Breaking));
    assert_eq!((change.reach.operations, change.reach.requests), (2, 2));
    assert_eq!(change.subject, "S");
}

/// The callback is the operation's: where that comes, goes or moves, it does so with it.
#[test]
fn a_callback_belongs_to_its_operation() {
    let text = |path: &str, id: &str, callback: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  {path}:\n    post: {{operationId: {id}, callbacks: {{c: {{{URL}: {{post: {callback}}}}}}}, responses: {{}}}}\n"
        )
    };
    let moved = differences(
        &text("/a", "o", body!("{type: integer}")),
        &text("/b", "o", body!("{type: number}")),
    );
    assert_eq!(
        kinds(&moved),
        [("operation-moved", Breaking), ("type-widened", Breaking)]
    );
    let other = differences(
        &text("/a", "o", "{responses: {}}"),
        &text("/b", "p", "{responses: {}}"),
    );
    assert_eq!(
        kinds(&other),
        [
            ("operation-removed", Breaking),
            ("operation-added", Additive)
        ]
    );
}

/// Callbacks of two operations may have one name.
#[test]
fn a_callback_that_is_gone_is_that_of_its_operation() {
    let callback = format!("callbacks: {{c: {{{URL}: {{post: {{responses: {{}}}}}}}}}},");
    let text = |first: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{post: {{{first} responses: {{}}}}}}\n  /b: {{post: {{{callback} responses: {{}}}}}}\n"
        )
    };
    let diff = differences(&text(&callback), &text(""));
    let change = only(&diff);
    assert_eq!(change.check, "callback-removed");
    assert_eq!(change.subject, "POST /a callback c");
}

/// What a path item asks for counts where a path only refers to it.
#[test]
fn a_path_item_that_is_referred_to_is_compared() {
    let text = |rest: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{$ref: '#/components/pathItems/i'}}\n{SCHEME}  pathItems: {{i: {{get: {{{rest} responses: {{}}}}}}}}\n"
        )
    };
    let diff = differences(&text(""), &text("security: [{k: []}],"));
    assert_eq!(kinds(&diff), [("security-added", Breaking)]);
    let back = |ty: &str| {
        text(&format!(
            "callbacks: {{c: {{{URL}: {{post: {}}}}}}},",
            body!("{type: T}").replace('T', ty)
        ))
    };
    let diff = differences(&back("integer"), &back("number"));
    assert_eq!(kinds(&diff), [("type-widened", Breaking)]);
}

/// References of every kind lead somewhere: to components, into the middle of the document, by an anchor.
#[test]
fn what_comes_in_may_refer_to_anything() {
    let text = |reference: &str, ty: &str| {
        let operation = format!(
            "{{responses: {{'200': {{description: d, content: {{application/json: {{schema: {{type: {ty}}}}}}}}}}}}}"
        );
        document(
            &operation,
            &format!(
                "webhooks: {{w: {{post: {{requestBody: {{content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}, responses: {{}}}}}}}}\ncomponents:\n  schemas:\n    S: {{$anchor: s, $ref: '#/components/schemas/T'}}\n    T: {{type: {ty}}}\n"
            ),
        )
    };
    let inside = "#/paths/~1a~1%7Bid%7D/post/responses/200/content/application~1json/schema";
    for reference in ["#/components/schemas/S", inside, "#s"] {
        let diff = differences(&text(reference, "integer"), &text(reference, "number"));
        let told: Vec<_> = diff
            .changes
            .iter()
            .filter(|one| one.check == "type-widened")
            .collect();
        let requests: usize = told.iter().map(|one| one.reach.requests).sum();
        assert_eq!(requests, 1, "{reference}: {:?}", diff.changes);
        assert_eq!(diff.http(), Breaking);
    }
}

#[test]
fn links_and_keys_for_other_tools_are_compared_wherever_the_path_item_stands() {
    let item = |path: &str, operation: &str, parameter: &str, schema: &str| {
        format!(
            "{{{path} get: {{{operation} parameters: [{{name: p, in: query, {parameter} schema: {{{schema} type: string}}}}], responses: {{'200': {{description: x}}}}}}}}"
        )
    };
    let here = |item: &str| format!("paths:\n  /a: {item}\n");
    let referred = |item: &str| {
        format!(
            "paths:\n  /a: {{$ref: '#/components/pathItems/i'}}\ncomponents: {{pathItems: {{i: {item}}}}}\n"
        )
    };
    let beside = |item: &str| {
        format!(
            "paths:\n  /a: {{$ref: '#/components/pathItems/i', x-other: a}}\ncomponents: {{pathItems: {{i: {item}}}}}\n"
        )
    };
    let places: [&dyn Fn(&str) -> String; 3] = [&here, &referred, &beside];
    let plain = item("", "", "", "");
    let linked = plain.replace(
        "description: x",
        "description: x, links: {l: {operationId: o}}",
    );
    assert_ne!(linked, plain);
    let cases = [
        ("links-changed", linked),
        ("operation-words", item("x-note: a,", "", "", "")),
        ("operation-words", item("", "x-note: a,", "", "")),
        ("parameter-words", item("", "", "x-note: a,", "")),
        ("schema-words", item("", "", "", "x-note: a,")),
    ];
    let whole =
        |paths: String| format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{paths}");
    for place in places {
        for (check, changed) in &cases {
            let diff = differences(&whole(place(&plain)), &whole(place(changed)));
            assert_eq!(kinds(&diff), [(*check, Docs)], "{}", place(changed));
        }
    }
}
