//! The `stencil` command: what it prints, what it writes, how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use stencil_codegen::Config;

const SPEC: &str = "../spec/tsg_user_v3.yaml";
const OVERLAY: &str = "../spec/tsg_user_v3.overlay.yaml";

fn stencil(arguments: &[&str]) -> Output {
    stencil_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn stencil_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stencil"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of its own with a document in it.
fn folder_with(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("openapi.yaml"), text).unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

const SMALL: &str = "openapi: 3.1.0
info: { title: Small, version: '1' }
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '204': { description: done }
";

#[test]
fn generate_prints_what_the_compiler_gives() {
    let output = stencil(&[
        "generate",
        SPEC,
        "--overlay",
        OVERLAY,
        "--example-path",
        "sendgrid_user",
        "--blocking",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let config = Config::new(SPEC)
        .overlay(OVERLAY)
        .example_path("sendgrid_user")
        .blocking(true)
        .root(env!("CARGO_MANIFEST_DIR"));
    let generated = stencil_codegen::generate(&config).unwrap();
    assert!(stdout(&output) == generated.source(), "another text");
    assert_eq!(
        stderr(&output),
        "",
        "nothing is lost, and nothing else is said"
    );
}

#[test]
fn generate_writes_a_file_and_check_holds_it() {
    let (_keep, folder) = folder_with(SMALL);
    let run = |arguments: &[&str]| stencil_in(&folder, arguments);
    let check = ["check", "openapi.yaml", "-o", "src/client.rs"];

    let missing = run(&check);
    assert_eq!(missing.status.code(), Some(1));

    let mend = |output: &Output| {
        let text = stderr(output);
        let command = text
            .lines()
            .find_map(|line| line.strip_prefix("mend it with: stencil "));
        let words: Vec<String> = command
            .unwrap_or_else(|| panic!("{text}"))
            .split(' ')
            .map(str::to_owned)
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert!(run(&words).status.success());
    };
    mend(&missing);
    assert!(
        run(&check).status.success(),
        "the command that it printed mends it"
    );

    std::fs::write(
        folder.join("openapi.yaml"),
        SMALL.replace("getThing", "readThing"),
    )
    .unwrap();
    let stale = run(&check);
    assert_eq!(stale.status.code(), Some(1));
    assert!(stderr(&stale).contains("stale"), "{}", stderr(&stale));
    mend(&stale);
    assert!(run(&check).status.success());
    let text = std::fs::read_to_string(folder.join("src/client.rs")).unwrap();
    assert!(text.contains("read_thing") && !text.contains("get_thing"));
}

#[test]
fn a_file_that_stays_the_same_keeps_its_time() {
    let (_keep, folder) = folder_with(SMALL);
    let time = || {
        assert!(
            stencil_in(&folder, &["generate", "openapi.yaml", "-o", "c.rs"])
                .status
                .success()
        );
        std::fs::metadata(folder.join("c.rs"))
            .unwrap()
            .modified()
            .unwrap()
    };
    assert_eq!(time(), time());
}

#[test]
fn generate_writes_a_crate_and_keeps_what_is_there() {
    let (_keep, folder) = folder_with(SMALL);
    let output = stencil_in(
        &folder,
        &["generate", "openapi.yaml", "--crate", "small-client"],
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let manifest = folder.join("small-client/Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    assert!(text.contains("name = \"small-client\""), "{text}");
    std::fs::write(&manifest, "# mine").unwrap();
    assert!(
        stencil_in(
            &folder,
            &["generate", "openapi.yaml", "--crate", "small-client"]
        )
        .status
        .success()
    );
    assert_eq!(std::fs::read_to_string(&manifest).unwrap(), "# mine");
    assert!(
        stencil_in(
            &folder,
            &["check", "openapi.yaml", "--crate", "small-client"]
        )
        .status
        .success()
    );
}

/// Each bad input: what is wrong, how the document reads, and where it is wrong.
#[test]
fn a_crate_has_a_version_whatever_the_documents_is() {
    let text = "openapi: 3.1.0\ninfo: { title: Small, version: 2024-01-31 (final) }\npaths: {}\n";
    let (_keep, folder) = folder_with(text);
    let output = stencil_in(&folder, &["generate", "openapi.yaml", "--crate", "small"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let manifest = std::fs::read_to_string(folder.join("small/Cargo.toml")).unwrap();
    // Semantic Versioning 2.0.0 §2: three numbers.
    assert!(manifest.contains("\nversion = \"0.1.0\"\n"), "{manifest}");
}

#[test]
fn setters_are_called_as_asked_and_check_says_so_too() {
    let optional = SMALL.replace(
        "      responses:",
        "        - { name: size, in: query, schema: { type: integer } }\n      responses:",
    );
    let (_keep, folder) = folder_with(&optional);
    let plain = stdout(&stencil_in(&folder, &["generate", "openapi.yaml"]));
    assert!(plain.contains("pub fn size("), "{plain}");
    let with = |action| {
        let rest = ["openapi.yaml", "--setters", "with", "--output", "client.rs"];
        stencil_in(&folder, &[&[action], &rest[..]].concat())
    };
    let output = with("generate");
    assert!(output.status.success(), "{}", stderr(&output));
    let source = std::fs::read_to_string(folder.join("client.rs")).unwrap();
    assert!(source.contains("pub fn with_size("), "{source}");
    assert!(with("check").status.success());
    std::fs::write(folder.join("client.rs"), "").unwrap();
    let told = stderr(&with("check"));
    assert!(told.contains("--setters with"), "{told}");
}

#[test]
fn bad_input_ends_with_1_and_writes_nothing() {
    let twice = SMALL.replace(
        "      operationId: getThing\n",
        "      operationId: getThing\n      operationId: x\n",
    );
    let reference = SMALL.replace(
        "schema: { type: string }",
        "schema: { $ref: '#/components/schemas/Id' }",
    );
    let cases = [
        (
            "broken YAML",
            SMALL.replace("paths:", "paths: ]"),
            "openapi.yaml:3:8",
        ),
        ("a duplicate key", twice, "openapi.yaml:7:7"),
        ("an unknown reference", reference, "openapi.yaml:8:59"),
        (
            "an unsupported version",
            SMALL.replace("3.1.0", "2.9.0"),
            "openapi.yaml:1:1",
        ),
    ];
    for (what, text, place) in cases {
        let (_keep, folder) = folder_with(&text);
        let output = stencil_in(&folder, &["generate", "openapi.yaml", "-o", "client.rs"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
        assert!(
            said.contains(&format!("{place}\n")),
            "{what} at {place}:\n{said}"
        );
        assert_eq!(
            said.matches("error").count(),
            1,
            "{what}: one message:\n{said}"
        );
        assert!(!folder.join("client.rs").exists(), "{what}");
        assert!(
            !said.contains('\u{1b}'),
            "no colours where there is no terminal"
        );
    }
    let (_keep, folder) = folder_with(SMALL);
    let output = stencil_in(&folder, &["generate", "nothing.yaml", "-o", "client.rs"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("nothing.yaml:1:1"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.join("client.rs").exists());
}

#[test]
fn what_was_there_stays_when_the_document_is_bad() {
    let (_keep, folder) = folder_with("openapi: nonsense");
    std::fs::write(folder.join("client.rs"), "old").unwrap();
    let output = stencil_in(&folder, &["generate", "openapi.yaml", "-o", "client.rs"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        std::fs::read_to_string(folder.join("client.rs")).unwrap(),
        "old"
    );
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for arguments in [
        &["nothing"][..],
        &["generate", SPEC, "--config", "stencil.toml"],
        &["inspect", SPEC],
        &["generate", SPEC, "--typo"],
    ] {
        let output = stencil(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn inspect_prints_each_stage() {
    // Something that only this stage has.
    let stages = [
        ("load", "\"operationId\": \"ListAccount\""),
        ("split", "/components/schemas/ErrorResponse"),
        ("resolve", "client_wide: true"),
        ("lower", "list_account"),
        ("emit", "pub fn list_account"),
        ("render", "// ─── ListAccount · GET /v3/user/account"),
    ];
    for (stage, expected) in stages {
        let output = stencil(&["inspect", SPEC, "--overlay", OVERLAY, "--stage", stage]);
        assert!(output.status.success(), "{stage}: {}", stderr(&output));
        let text = stdout(&output).replace("pub fn list_account (", "pub fn list_account(");
        assert!(text.contains(expected), "{stage}");
    }
}

#[test]
fn help_teaches() {
    let help = stdout(&stencil(&["--help"]));
    for word in ["generate", "check", "inspect", "mock", "Exit codes"] {
        assert!(help.contains(word), "{help}");
    }
    let generate = stdout(&stencil(&["generate", "--help"]));
    assert!(generate.contains("Examples:"), "{generate}");
}

#[test]
fn losses_are_told_and_can_be_refused() {
    let text = SMALL.to_owned() + "webhooks:\n  thing:\n    post:\n      responses: {}\n";
    let (_keep, folder) = folder_with(&text);
    let output = stencil_in(&folder, &["generate", "openapi.yaml", "-o", "client.rs"]);
    assert!(output.status.success());
    let said = stderr(&output);
    for part in [
        "warning[loss]",
        "openapi.yaml:11:1",
        "11 | webhooks:",
        "^^^^^^^^",
    ] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    let output = stencil_in(&folder, &["check", "openapi.yaml", "--deny-loss"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn mock_serves_the_document() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_stencil"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["mock", SPEC, "--overlay", OVERLAY, "--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split(',').next());
    let mut stream = TcpStream::connect(address.unwrap_or_else(|| panic!("{line}"))).unwrap();
    let request = "GET /v3/user/email HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(
        answer.ends_with(r#"{"email":"test@example.com"}"#),
        "{answer}"
    );
}

#[test]
fn generate_makes_only_what_is_asked_for() {
    let output = stencil(&[
        "generate",
        SPEC,
        "--overlay",
        OVERLAY,
        "--only",
        "ListEmail",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&output).matches("impl rt::Operation").count(), 1);
    let output = stencil(&["generate", SPEC, "--only", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("tsg_user_v3.yaml:32:1"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn lock_writes_names_that_last_and_keeps_old_ones() {
    let (_folder, path) = folder_with(SMALL);
    let lock = path.join("openapi.lock");
    let run =
        |arguments: &[&str]| stencil_in(&path, &[&["lock", "openapi.yaml"], arguments].concat());
    let missing = run(&["--check"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        stderr(&missing).contains("`openapi.lock` is not there"),
        "{}",
        stderr(&missing)
    );
    assert!(!lock.exists());

    assert!(run(&[]).status.success());
    assert!(run(&["--check"]).status.success());
    let without = stencil_in(&path, &["generate", "openapi.yaml"]);
    let written = std::fs::read_to_string(&lock).unwrap();
    assert!(
        written.contains(
            r#""GET /things/{id}": { id: "getThing", method: "get_thing", type: "GetThing" }"#
        ),
        "{written}"
    );

    std::fs::write(
        path.join("openapi.yaml"),
        SMALL.replace("getThing", "readThing"),
    )
    .unwrap();
    let stale = run(&["--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert!(
        stderr(&stale).contains("`get_thing` is `read_thing` now: `--keep get_thing`"),
        "{}",
        stderr(&stale)
    );
    assert_eq!(
        std::fs::read_to_string(&lock).unwrap(),
        written,
        "a check writes nothing"
    );
    let refused = run(&["--keep", "nothing"]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        std::fs::read_to_string(&lock).unwrap(),
        written,
        "a failure writes nothing"
    );

    assert!(run(&["--keep", "get_thing"]).status.success());
    let generated = stdout(&stencil_in(&path, &["generate", "openapi.yaml"]));
    assert!(generated.contains("pub fn get_thing(") && generated.contains("pub fn read_thing("));
    assert!(!stdout(&without).contains("read_thing"));
    // What is there beside the document is the lock and nothing else.
    let files = std::fs::read_dir(&path).unwrap().count();
    assert_eq!(files, 2);
}

/// What the folder of relative paths is helps nobody here.
#[test]
fn a_file_that_is_not_utf_8_is_told_how_to_be_saved() {
    let (_folder, path) = folder_with(SMALL);
    // UTF-16 with its mark, as some editors save.
    std::fs::write(path.join("openapi.yaml"), b"\xff\xfeo\0p\0").unwrap();
    let output = stencil_in(&path, &["check", "openapi.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("save it as UTF-8"), "{said}");
    assert!(!said.contains("relative paths"), "{said}");
}
