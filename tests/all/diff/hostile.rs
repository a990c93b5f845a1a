//! Documents are written by strangers: in no form of the report does one become more than text.

use serde_json::Value;
use stencil_codegen::diff::{self, Diff, Format, Report, Side};
use stencil_codegen::{Config, Input};

const NASTY: [&str; 9] = [
    "<script>alert(1)</script>",
    "</code></pre><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "` ``` \n```\n# heading",
    "| a | b |\n| --- |",
    "--> <!-- </details>",
    "\n::error file=x::pwned",
    "\u{1b}[31mred\u{7}\u{202e}",
    "@everyone #1 [link](javascript:alert(1)) ![i](https://evil.example/x.png) https://evil.example",
];

/// A document that says it in every place where a change could tell of it.
fn document(text: &str, step: usize) -> String {
    let properties = serde_json::json!({
        text: { "type": if step == 0 { "string" } else { "integer" }, "description": format!("{text}{step}"), "default": text },
        "e": { "type": "string", "enum": [text, format!("{text}{step}")], "pattern": format!("{text}{step}") },
        "u": { "oneOf": [{ "title": format!("{text}{step}"), "type": "boolean" }, { "type": "object", "title": text }] },
    });
    let schema = serde_json::json!({ "type": "object", "properties": properties });
    let mut operation = serde_json::json!({
        "operationId": format!("{text}{step}"),
        "summary": format!("{text}{step}"),
        "parameters": [{ "name": format!("{text}{step}"), "in": "query", "required": true, "schema": { "type": "string" } }],
        "responses": { "200": { "description": format!("{text}{step}"), "content": { "application/json": { "schema": schema } } } },
    });
    operation["responses"]["200"]["headers"][format!("H-{text}{step}")] =
        serde_json::json!({ "required": true, "schema": {} });
    let path = format!("/{}/{step}", text.replace(['{', '}'], ""));
    let whole = serde_json::json!({
        "openapi": "3.1.0",
        "info": { "title": text, "version": format!("{text}{step}") },
        "servers": [{ "url": format!("https://a.example/{text}{step}") }],
        "paths": { path: { "get": { "responses": {} } }, "/same": { "post": operation } },
        "components": { "schemas": { format!("S{text}"): schema } },
    });
    whole.to_string()
}

fn hostile(text: &str) -> Diff {
    let side = |step: usize| {
        let name = format!("{}.yaml", text.replace(['/', '\n', '\u{1b}', '\u{7}'], ""));
        Side::read(&Config::new(Input::text(name, document(text, step)))).unwrap()
    };
    let diff = diff::compare(side(0), side(1)).unwrap();
    assert!(diff.changes.len() > 8, "{}", diff.changes.len());
    diff
}

fn render(diff: &Diff, format: Format) -> String {
    Report::new(diff).render(format)
}

#[test]
fn nothing_of_a_document_is_markup_in_the_page() {
    for text in NASTY {
        let page = render(&hostile(text), Format::Html);
        for tag in [
            "<script", "<img", "<svg", "<iframe", "<link", "<object", "<base", "\u{202e}", "\u{1b}",
        ] {
            assert!(!page.contains(tag), "{tag} of {text}");
        }
        // No attribute comes from a document but those that are made of digits: each tag is one that we write.
        let (_, body) = page.split_once("<body>").unwrap();
        for tag in body.split('<').skip(1) {
            let inside = tag.split('>').next().unwrap();
            let is_ours = inside.len() < 60
                && inside
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | ' ' | '=' | '"' | '#'));
            assert!(is_ours, "<{inside}> of {text}");
        }
    }
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let page = render(&hostile(NASTY[0]), Format::Html);
    assert!(page.contains("default-src 'none'"));
    for reference in ["src=", "@import", "url(", "http-equiv=\"refresh"] {
        assert!(!page.contains(reference), "{reference}");
    }
}

/// What a reader of Markdown sees as HTML, and whether text of the document could be some.
#[test]
fn nothing_of_a_document_is_markup_in_the_comment() {
    for text in NASTY {
        let comment = render(&hostile(text), Format::Markdown);
        assert!(comment.starts_with("<!-- stencil-diff "));
        let mut tags = Vec::new();
        for event in pulldown_cmark::Parser::new_ext(&comment, pulldown_cmark::Options::all()) {
            match event {
                pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                    tags.push(html.to_string());
                }
                pulldown_cmark::Event::Start(
                    pulldown_cmark::Tag::Link { .. } | pulldown_cmark::Tag::Image { .. },
                ) => {
                    panic!("a link of {text}");
                }
                pulldown_cmark::Event::Text(text) => assert!(!text.contains('\u{1b}')),
                _ => {}
            }
        }
        for tag in tags.iter().flat_map(|tags| tags.lines()) {
            let tag = tag.trim();
            let is_ours = tag.starts_with("<!-- stencil-diff ") && tag.matches("-->").count() == 1
                || ["<br>", "</details>", ""].contains(&tag)
                || (tag.starts_with("<details><summary>")
                    && tag.ends_with(")</summary>")
                    && tag.len() < 60);
            assert!(is_ours, "{tag} of {text}");
        }
        // Headings are ours: the verdict, and one for each part.
        let headings = pulldown_cmark::Parser::new(&comment).filter(|event| {
            matches!(
                event,
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. })
            )
        });
        assert!(headings.count() <= 3, "{comment}");
    }
}

#[test]
fn nothing_of_a_document_is_a_command_in_annotations() {
    for text in NASTY {
        for line in render(&hostile(text), Format::Github).lines() {
            let is_ours = [
                "::notice title=",
                "::error file=",
                "::error title=",
                "::warning file=",
                "::warning title=",
            ]
            .iter()
            .any(|start| line.starts_with(start));
            assert!(is_ours, "{line}");
            let (properties, _) = line[2..].split_once("::").unwrap();
            let keys = properties
                .split(',')
                .filter_map(|one| one.split_once('='))
                .map(|(key, _)| key.rsplit(' ').next().unwrap());
            assert!(
                keys.clone()
                    .all(|key| ["file", "line", "col", "title"].contains(&key)),
                "{properties}"
            );
        }
    }
}

#[test]
fn nothing_of_a_document_moves_the_terminal() {
    for text in NASTY {
        let report = render(&hostile(text), Format::Text);
        let plain = anstream::adapter::strip_str(&report).to_string();
        // What is left of escapes after ours are taken out would be the document's.
        assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{plain}");
        assert!(!report.contains("\u{1b}[31mred"), "{report}");
    }
}

#[test]
fn the_form_for_programs_is_as_described() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../codegen/diff.schema.json")).unwrap();
    assert_eq!(
        schema["properties"]["schema_version"]["const"],
        diff::SCHEMA_VERSION
    );
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in NASTY {
        let report: Value = serde_json::from_str(&render(&hostile(text), Format::Json)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let nothing: Value = serde_json::from_str(&render(&Diff::default(), Format::Json)).unwrap();
    assert!(validator.is_valid(&nothing));
}
