//! A crate that generates its client by the macro.

use crate::outside::{Outside, dependency, said};

const SPEC: &str = "openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      responses:
        '204': { description: done }
";

const LIB: &str = "//! Made by the macro.
stencil_macros::client! {
    spec = \"openapi.yaml\",
}
";

#[test]
fn a_build_follows_the_document() {
    let outside = Outside::new("by-macro");
    let macros = dependency("stencil-macros", "macros");
    let runtime = dependency("stencil-runtime", "runtime");
    outside.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"by-macro\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{runtime}{macros}"
        ),
    );
    outside.write("src/lib.rs", LIB);
    outside.write("openapi.yaml", SPEC);
    outside.succeed(&["check"]);

    // Only the document changes, and the crate is built again: it has no such operation any more.
    outside.write(
        "src/lib.rs",
        &format!("{LIB}pub fn f(c: &Client) {{ drop(c.list_things()); }}\n"),
    );
    outside.succeed(&["check"]);
    outside.write("openapi.yaml", &SPEC.replace("listThings", "readThings"));
    let output = outside.cargo(&["check"]);
    assert!(!output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("list_things"), "{}", said(&output));

    // A bad document is an error at the path, with the place in its text.
    outside.write("openapi.yaml", &SPEC.replace("3.1.0", "2.9.0"));
    let text = said(&outside.cargo(&["check"]));
    assert!(text.contains("src/lib.rs:3:12"), "the literal: {text}");
    assert!(text.contains("openapi.yaml:1:1"), "the document: {text}");

    // A wrong key is an error at the key.
    outside.write("openapi.yaml", SPEC);
    outside.write("src/lib.rs", &LIB.replace("spec =", "spek ="));
    let text = said(&outside.cargo(&["check"]));
    assert!(text.contains("src/lib.rs:3:5"), "the key: {text}");
    assert!(text.contains("`spec`"), "{text}");
}
