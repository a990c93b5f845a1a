//! A crate that generates its client in `build.rs`.

use std::fs;

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

fn outside() -> Outside {
    let outside = Outside::new("build-script");
    let codegen = dependency("stencil-codegen", "codegen");
    let runtime = dependency("stencil-runtime", "runtime");
    outside.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"by-build-script\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{runtime}\n[build-dependencies]\n{codegen}"
        ),
    );
    outside.write(
        "build.rs",
        "fn main() -> std::process::ExitCode {\n    stencil_codegen::build_script::run(stencil_codegen::Config::new(\"openapi.yaml\"))\n}\n",
    );
    outside.write(
        "src/lib.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/client.rs\"));\n",
    );
    outside.write("openapi.yaml", SPEC);
    outside
}

#[test]
fn a_build_follows_the_document() {
    let outside = outside();
    outside.succeed(&["check"]);
    assert_eq!(find(&outside, "client.rs").len(), 1);

    let again = outside.succeed(&["check", "--verbose"]);
    assert!(
        again.contains("Fresh by-build-script"),
        "an unchanged document builds nothing: {again}"
    );

    outside.write("openapi.yaml", &SPEC.replace("paths:", "paths: ]"));
    let broken = outside.cargo(&["check"]);
    let text = said(&broken);
    assert!(!broken.status.success());
    assert!(text.contains("openapi.yaml:3:8"), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    assert_eq!(text.matches("error[").count(), 1, "one message: {text}");
    let left = find(&outside, "client.rs");
    assert!(left.is_empty(), "no stale output: {left:?}");

    // Mended, with another operation: the client has it.
    outside.write("openapi.yaml", &SPEC.replace("listThings", "readThings"));
    outside.write(
        "src/lib.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/client.rs\"));\npub fn f(client: &Client) { drop(client.read_things()); }\n",
    );
    outside.succeed(&["check"]);

    // A lock that comes is met at the next run, and a change of it is one.
    let lock = |name: &str| {
        format!(
            "version: 1\noperations:\n  \"GET /things\": {{ id: \"readThings\", method: \"{name}\", type: \"ReadThings\" }}\n"
        )
    };
    outside.write("openapi.lock", &lock("read_things"));
    outside.write(
        "openapi.yaml",
        &SPEC
            .replace("listThings", "readThings")
            .replace("done", "Done"),
    );
    outside.succeed(&["check"]);
    outside.write("openapi.lock", &lock("get_things"));
    let text = said(&outside.cargo(&["check"]));
    assert!(
        text.contains("read_things"),
        "the lock was not read: {text}"
    );
    outside.write("openapi.lock", &lock("builder"));
    let text = said(&outside.cargo(&["check"]));
    assert!(text.contains("openapi.lock:3:38"), "{text}");
}

/// Files of this name in the folders that the crate's build script writes to.
fn find(outside: &Outside, name: &str) -> Vec<String> {
    let build = outside.path().parent().unwrap().join("target/debug/build");
    let entries = fs::read_dir(build)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let own = entries.filter(|path| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("by-build-script-")
    });
    own.map(|path| path.join("out").join(name))
        .filter(|path| path.exists())
        .map(|path| path.display().to_string())
        .collect()
}
