//! Documents that are large, or made to be: the comparison costs no more than their size.

use std::fmt::Write;
use std::time::{Duration, Instant};

use stencil_codegen::diff::{self, Format, HttpLevel, Report, Side};
use stencil_codegen::{Config, Input};

use super::{differences, document, side};

/// Schemas that all hold each other.
fn web(number: usize, ty: &str) -> String {
    let mut components =
        String::from("components:\n  schemas:\n    V: {type: TYPE}\n").replace("TYPE", ty);
    for one in 0..number {
        let mut properties = String::new();
        for (key, other) in [one + 1, one + 7, one * 3 + 1].into_iter().enumerate() {
            write!(
                properties,
                "p{key}: {{$ref: '#/components/schemas/S{}'}}, ",
                other % number
            )
            .unwrap();
        }
        writeln!(components, "    S{one}: {{type: object, properties: {{{properties}v: {{$ref: '#/components/schemas/V'}}}}}}").unwrap();
    }
    let reference = "{application/json: {schema: {$ref: '#/components/schemas/S0'}}}";
    let operation = format!(
        "{{requestBody: {{content: {reference}}}, responses: {{'200': {{description: x, content: {reference}}}}}}}"
    );
    document(&operation, &components)
}

#[test]
fn a_web_of_circles_is_walked_once() {
    let start = Instant::now();
    let diff = differences(&web(400, "string"), &web(400, "integer"));
    let told: Vec<&str> = diff
        .changes
        .iter()
        .filter(|one| one.http == HttpLevel::Breaking)
        .map(|one| one.check)
        .collect();
    assert_eq!(told, ["type-changed"]);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

/// Every part of an `allOf` has the same property, which leads to the next part and to itself: told apart by sets,
/// these are as many as the subsets of the parts.
#[test]
fn sets_of_schemas_do_not_grow_beyond_the_document() {
    let made = |ty: &str| {
        let mut components = format!("components:\n  schemas:\n    V: {{type: {ty}}}\n");
        for one in 0..40 {
            let next = (one + 1) % 40;
            writeln!(
                components,
                "    S{one}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/S{next}'}}, b: {{allOf: [{{$ref: '#/components/schemas/S{one}'}}, {{$ref: '#/components/schemas/S{next}'}}]}}, v: {{$ref: '#/components/schemas/V'}}}}}}"
            )
            .unwrap();
        }
        let operation = "{requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}, responses: {}}";
        document(operation, &components)
    };
    let start = Instant::now();
    let diff = differences(&made("string"), &made("integer"));
    assert_eq!(diff.http(), HttpLevel::Breaking);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}

/// References to one thing that is large: it would be looked at once for each of them.
#[test]
fn what_is_repeated_without_end_is_refused_at_once() {
    let mut large = String::new();
    for one in 0..4_000 {
        write!(large, "x-{one}: {{a: b}}, ").unwrap();
    }
    let many = |line: &dyn Fn(usize) -> String| (0..4_000).map(line).collect::<String>();
    let items = many(&|one| format!("  /a{one}: {{$ref: '#/components/pathItems/i'}}\n"));
    let schemes = many(&|one| format!("    s{one}: {{$ref: '#/components/securitySchemes/s'}}\n"));
    let documents = [
        format!("paths:\n{items}components: {{pathItems: {{i: {{{large}}}}}}}\n"),
        format!(
            "components:\n  securitySchemes:\n    s: {{{large} type: http, scheme: basic}}\n{schemes}"
        ),
    ];
    for document in documents {
        let report = refused_at_once(&document);
        assert!(
            report.contains("with all that references repeat"),
            "{report}"
        );
        assert!(report.contains("--> openapi.yaml:"), "{report}");
    }
}

/// A callback with many URLs that all operations have: each of them would be a call for each.
#[test]
fn callbacks_that_are_repeated_without_end_are_refused_at_once() {
    let operations = (0..2_000).map(|one| {
        format!(
            "  /a{one}: {{get: {{callbacks: {{c: {{$ref: '#/components/callbacks/c'}}}}, responses: {{}}}}}}\n"
        )
    });
    let operations: String = operations.collect();
    let urls = (0..2_000).map(|one| format!("      u{one}: {{post: {{responses: {{}}}}}}\n"));
    let urls: String = urls.collect();
    let report = refused_at_once(&format!(
        "paths:\n{operations}components:\n  callbacks:\n    c:\n{urls}"
    ));
    assert!(
        report.contains("more than 50000 webhooks and callbacks"),
        "{report}"
    );
    assert!(report.contains("--> openapi.yaml:29:"), "{report}");
}

/// What is said of a document that is too much.
fn refused_at_once(document: &str) -> String {
    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{document}");
    let start = Instant::now();
    let config = Config::new(Input::text("openapi.yaml", text));
    let report = Side::read(&config).unwrap_err().render(false);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    report
}

#[test]
fn a_comment_never_outgrows_what_github_takes() {
    let made = |suffix: &str| {
        let mut text = String::from("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n");
        for one in 0..600 {
            writeln!(
                text,
                "  /{}/{one}/{suffix}: {{get: {{responses: {{}}}}}}",
                "long".repeat(20)
            )
            .unwrap();
        }
        text
    };
    let (old, new) = (side("old.yaml", &made("a")), side("new.yaml", &made("b")));
    let diff = diff::compare(old, new).unwrap();
    assert_eq!(diff.changes.len(), 1200);
    let comment = Report::new(&diff).render(Format::Markdown);
    assert!(comment.len() < 65_536, "{}", comment.len());
    assert!(comment.contains("more** that have no room here"));
    // It ends as it should, and nothing that was opened stays open.
    assert_eq!(
        comment.matches("<details>").count(),
        comment.matches("</details>").count()
    );
    assert!(comment.contains("commit `stencil.accept`."));
}
