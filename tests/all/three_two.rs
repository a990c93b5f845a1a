//! What OpenAPI 3.2 added, and small mistakes about servers.

use stencil_tests::compile;

/// 3.2 §4.1: `$self` is the document's own URI, and so the base of its references.
#[test]
fn a_document_may_refer_to_itself_by_its_own_uri() {
    let text = "openapi: 3.2.0
$self: https://example.com/api.yaml
info: { title: Own, version: '1' }
paths:
  /things:
    get:
      operationId: getThing
      responses:
        '200':
          description: one
          content:
            application/json: { schema: { $ref: 'https://example.com/api.yaml#/components/schemas/Thing' } }
components:
  schemas:
    Thing: { type: object, properties: { id: { type: string } } }
";
    let generated = compile(text).unwrap_or_else(|report| panic!("{report}"));
    assert!(generated.source().contains("pub struct Thing {"));
    assert!(
        generated.source().contains("type Output = Thing;"),
        "{}",
        generated.source()
    );
    // Another document's URI is none of ours, be it one that starts alike.
    let other = text.replacen("api.yaml#", "api.yaml.old#", 1);
    let report = compile(&other).unwrap_err().to_string();
    assert!(report.contains("openapi.yaml:12:"), "{report}");
}

#[test]
fn a_tag_may_stand_below_another_and_nothing_is_lost() {
    let text = "openapi: 3.2.0
info: { title: Tags, version: '1' }
tags:
  - { name: all, summary: All, kind: nav }
  - { name: things, parent: all }
paths:
  /things:
    query: { operationId: search, tags: [things], responses: { '204': { description: done } } }
    additionalOperations:
      COPY: { operationId: copy, tags: [all], responses: { '204': { description: done } } }
";
    let generated = compile(text).unwrap_or_else(|report| panic!("{report}"));
    assert!(generated.losses.is_empty(), "{:?}", generated.losses);
    for method in ["\"QUERY\"", "\"COPY\""] {
        assert!(
            generated
                .source()
                .contains(&format!("const METHOD: &'static str = {method};")),
            "{}",
            generated.source()
        );
    }
}

#[test]
fn a_port_without_quotes_is_a_text() {
    let text = "openapi: 3.1.0
info: { title: Ports, version: '1' }
servers:
  - url: https://example.com:{port}
    variables:
      port: { default: 8443, enum: [8443, 443] }
paths: {}
";
    let generated = compile(text).unwrap_or_else(|report| panic!("{report}"));
    let told: Vec<String> = generated.losses.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|loss| loss.contains("openapi.yaml:6:7")),
        "{told:?}"
    );
    // As if the quotes stood there.
    let quoted = text.replace("8443, enum: [8443, 443]", "'8443', enum: ['8443', '443']");
    let expected = compile(&quoted).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(generated.source(), expected.source());
}

/// 3.2 §4.12.3: a cookie that nothing is encoded of; `explode` is true unless it is said otherwise.
#[test]
fn a_cookie_may_have_its_own_style() {
    let parameter = |more: &str| {
        compile(&format!(
            "openapi: 3.2.0
info: {{ title: Cookies, version: '1' }}
paths:
  /:
    get:
      operationId: get
      parameters:
        - {{ name: list, in: cookie, style: cookie{more}, schema: {{ type: array, items: {{ type: string }} }} }}
      responses: {{ '204': {{ description: done }} }}
"
        ))
    };
    let source = parameter("").unwrap().source();
    assert!(
        source.contains("cookie_styled(\"list\", rt::Style::Cookie, true, &self.list)"),
        "{source}"
    );
    let source = parameter(", explode: false").unwrap().source();
    assert!(source.contains("rt::Style::Cookie, false,"), "{source}");
    // It is a style of cookies alone.
    let header = "openapi: 3.2.0
info: { title: Cookies, version: '1' }
paths:
  /:
    get:
      parameters: [{ name: a, in: header, style: cookie, schema: { type: string } }]
      responses: { '204': { description: done } }
";
    let report = compile(header).unwrap_err().to_string();
    assert!(report.contains("`style` must be `simple`"), "{report}");
}

/// 3.2 §4.8.9: methods under `query` and `additionalOperations` are operations like any other, with their security.
#[test]
fn other_methods_have_the_security_that_they_name() {
    let text = "openapi: 3.2.0
info: { title: Methods, version: '1' }
security: [{ key: [] }]
paths:
  /a:
    query:
      operationId: searchA
      security: []
      responses: { '204': { description: done } }
    additionalOperations:
      COPY:
        operationId: copyA
        responses: { '204': { description: done } }
      PURGE:
        operationId: purgeA
        security: [{ other: [] }]
        responses: { '204': { description: done } }
components:
  securitySchemes:
    key: { type: http, scheme: bearer }
    other: { type: apiKey, in: header, name: x-other }
";
    let generated = compile(text).unwrap_or_else(|report| panic!("{report}"));
    let security = |operation: &str| {
        let sections = generated.sections();
        let section = sections.iter().find(|one| one.name == operation).unwrap();
        let line = section.text.lines().find(|line| line.contains("SECURITY"));
        line.map_or_else(|| section.text.clone(), str::to_owned)
    };
    assert!(
        security("copy_a").contains("\"key\""),
        "{}",
        security("copy_a")
    );
    assert!(
        security("purge_a").contains("\"other\""),
        "{}",
        security("purge_a")
    );
    let search = security("search_a");
    assert!(search.contains("AUTHENTICATE: bool = false"), "{search}");
}
