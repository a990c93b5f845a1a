//! `stencil diff`: revisions of git, what fails, what was accepted, and the release of the client.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stencil"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let output = Command::new("git")
        .current_dir(folder)
        .args(identity)
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

const SPEC: &str = "openapi: 3.1.0\ninfo: {title: Things, version: '1'}\npaths:\n  /things:\n    get:\n      operationId: listThings\n      parameters:\n        - {name: page, in: query, schema: {type: integer}}\n      responses: {'200': {description: x}}\n";

/// A repository with a document, an overlay, settings and a crate.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("spec")).unwrap();
    fs::create_dir_all(at("client")).unwrap();
    fs::write(at("spec/api.yaml"), SPEC).unwrap();
    fs::write(
        at("spec/overlay.yaml"),
        "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n  - target: $.paths['/things'].get\n    update: {summary: Things}\n",
    )
    .unwrap();
    fs::write(
        at("stencil.toml"),
        "spec = \"spec/api.yaml\"\noverlay = \"spec/overlay.yaml\"\n",
    )
    .unwrap();
    fs::write(
        at("client/Cargo.toml"),
        "[package]\nname = \"things\" # ours\nversion = \"0.4.2\"\n",
    )
    .unwrap();
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "first"]);
    folder
}

/// The query parameter becomes required: that breaks HTTP and Rust.
fn change(folder: &Path) {
    let changed = SPEC.replace("in: query,", "in: query, required: true,");
    fs::write(folder.join("spec/api.yaml"), changed).unwrap();
}

#[test]
fn a_revision_is_compared_with_what_is_here() {
    let repository = repository();
    let folder = repository.path();
    let same = run(folder, &["diff", "main:spec/api.yaml"]);
    assert_eq!(same.status.code(), Some(0));
    assert_eq!(
        text(&same.stdout),
        "Things: HTTP unchanged · Rust unchanged\n"
    );
    change(folder);
    for arguments in [
        &[
            "diff",
            "main:spec/api.yaml",
            "--overlay",
            "spec/overlay.yaml",
        ][..],
        &["diff", "main:stencil.toml"],
        &["diff", "main:stencil.toml", "stencil.toml"],
        &["diff", "HEAD:spec/api.yaml", "spec/api.yaml"],
    ] {
        let output = run(folder, arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?} {}",
            text(&output.stderr)
        );
        let report = text(&output.stdout);
        assert!(
            report.contains("GET /things query parameter page became required"),
            "{report}"
        );
        assert!(report.contains("spec/api.yaml:8"), "{report}");
    }
    git(folder, &["commit", "-qam", "second"]);
    let output = run(
        folder,
        &["diff", "main~1:stencil.toml", "main:stencil.toml"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let repository = repository();
    let cases = [
        (&["diff", "nowhere:spec/api.yaml"][..], "no revision"),
        (&["diff", "main:spec/nothing.yaml"], "has no file"),
        (
            &["diff", "spec/nothing.yaml", "spec/api.yaml"],
            "cannot read",
        ),
        (&["diff", "--", "--output=x:spec/api.yaml"], "no revision"),
        (
            &["diff", "main:spec/api.yaml", "--crate", "nothing"],
            "cannot read",
        ),
        (&["diff", "main:spec/api.yaml", "--files"], "git worktree"),
    ];
    for (arguments, message) in cases {
        let output = run(repository.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&output.stderr).contains(message),
            "{}",
            text(&output.stderr)
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn only_what_was_asked_for_fails() {
    let repository = repository();
    change(repository.path());
    for (what, code) in [("any", 1), ("http", 1), ("rust", 1), ("none", 0)] {
        let output = run(
            repository.path(),
            &["diff", "main:spec/api.yaml", "--fail-on", what],
        );
        assert_eq!(output.status.code(), Some(code), "{what}");
    }
    // An operation that has another id breaks those who compile alone.
    fs::write(
        repository.path().join("spec/api.yaml"),
        SPEC.replace("listThings", "getThings"),
    )
    .unwrap();
    for (what, code) in [("any", 1), ("http", 0), ("rust", 1)] {
        let output = run(
            repository.path(),
            &["diff", "main:spec/api.yaml", "--fail-on", what],
        );
        assert_eq!(
            output.status.code(),
            Some(code),
            "{what} {}",
            text(&output.stdout)
        );
    }
}

#[test]
fn what_was_accepted_passes_until_it_is_another_change() {
    let repository = repository();
    let folder = repository.path();
    change(folder);
    let output = run(folder, &["diff", "main:spec/api.yaml", "--accept", "all"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let accepted = fs::read_to_string(folder.join("stencil.accept")).unwrap();
    assert!(
        accepted.contains("GET /things query parameter page became required"),
        "{accepted}"
    );
    // Lines above it move it, and it is still the same change.
    let moved = fs::read_to_string(folder.join("spec/api.yaml")).unwrap();
    let moved = moved.replace(
        "paths:\n",
        "tags: [{name: x}]\nservers:\n  - url: /\npaths:\n",
    );
    fs::write(folder.join("spec/api.yaml"), &moved).unwrap();
    let output = run(folder, &["diff", "main:spec/api.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("(accepted)"));
    // Another change at the same place is another one, and the line is of no use any more.
    fs::write(
        folder.join("spec/api.yaml"),
        moved.replace("name: page", "name: side"),
    )
    .unwrap();
    let output = run(folder, &["diff", "main:spec/api.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("there no more"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn the_release_is_that_of_the_verdict_and_made_once() {
    let repository = repository();
    let folder = repository.path();
    change(folder);
    for _ in 0..2 {
        let output = run(
            folder,
            &[
                "diff",
                "main:spec/api.yaml",
                "--crate",
                "client",
                "--bump",
                "--fail-on",
                "none",
            ],
        );
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(
            text(&output.stdout).contains("(0.4.2 → 0.5.0)"),
            "{}",
            text(&output.stdout)
        );
    }
    let manifest = fs::read_to_string(folder.join("client/Cargo.toml")).unwrap();
    assert_eq!(
        manifest,
        "[package]\nname = \"things\" # ours\nversion = \"0.5.0\"\n"
    );
    let changelog = fs::read_to_string(folder.join("client/CHANGELOG.md")).unwrap();
    assert!(
        changelog.starts_with("# Changelog\n\n## 0.5.0\n\n### Changed, and breaks callers\n\n- "),
        "{changelog}"
    );
    assert_eq!(changelog.matches("## 0.5.0").count(), 1, "{changelog}");
}

#[test]
fn all_forms_are_written_to_files() {
    let repository = repository();
    let folder = repository.path();
    change(folder);
    for (format, start) in [
        ("text", "Things: HTTP breaking"),
        ("markdown", "<!-- stencil-diff api.yaml -->"),
        ("json", "{"),
        ("github", "::notice"),
        ("html", "<!doctype html>"),
    ] {
        let output = run(
            folder,
            &[
                "diff",
                "main:spec/api.yaml",
                "--format",
                format,
                "--output",
                "out/report",
            ],
        );
        assert_eq!(output.status.code(), Some(1));
        let report = fs::read_to_string(folder.join("out/report")).unwrap();
        assert!(report.starts_with(start), "{report}");
    }
}

/// The lock of a revision holds there, and that of the working tree here: a name that was kept is known on the side
/// that keeps it alone.
#[test]
fn each_side_has_the_lock_of_its_own_revision() {
    let repository = repository();
    let folder = repository.path();
    let lock = |arguments: &[&str]| {
        let output = run(folder, &[&["lock", "spec/api.yaml"], arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    lock(&[]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-qm", "a lock"]);
    // The id is another one, and the lock keeps the old name: nothing breaks.
    let renamed = SPEC.replace("listThings", "getThings");
    fs::write(folder.join("spec/api.yaml"), &renamed).unwrap();
    lock(&["--keep", "list_things"]);
    let verdict = |folder: &Path, arguments: &[&str]| {
        let output = run(folder, &[&["diff"], arguments].concat());
        let report = text(&output.stdout);
        let first = report.lines().next().unwrap_or_default().to_owned();
        (output.status.code(), first)
    };
    let minor = (Some(0), "Things: HTTP unchanged · Rust minor".to_owned());
    let major = (Some(1), "Things: HTTP unchanged · Rust major".to_owned());
    assert_eq!(verdict(folder, &["main:spec/api.yaml"]), minor);
    assert_eq!(verdict(folder, &["main:stencil.toml"]), minor);
    // From within a folder, as git writes it.
    let inside = folder.join("spec");
    assert_eq!(verdict(&inside, &["main:./api.yaml"]), minor);
    assert_eq!(
        verdict(&inside, &["main:./../stencil.toml", "../stencil.toml"]),
        minor
    );
    git(folder, &["commit", "-qam", "kept"]);
    let revisions = ["main~1:spec/api.yaml", "main:spec/api.yaml"];
    assert_eq!(verdict(folder, &revisions), minor);
    assert_eq!(
        verdict(&inside, &["main~1:./api.yaml", "main:./api.yaml"]),
        minor
    );
    // Back again: the kept name is the name, and the name of today is gone.
    let revisions = ["main:spec/api.yaml", "main~1:spec/api.yaml"];
    assert_eq!(verdict(folder, &revisions), major);
    // Without the lock of the new side the old name is gone; without that of the old one nothing else changes.
    git(folder, &["rm", "-q", "spec/api.lock"]);
    git(folder, &["commit", "-qam", "no lock"]);
    assert_eq!(
        verdict(folder, &["main~2:spec/api.yaml", "main:spec/api.yaml"]),
        major
    );
    assert_eq!(
        verdict(folder, &["main~3:spec/api.yaml", "main~1:spec/api.yaml"]),
        minor
    );
}

#[test]
fn names_are_kept_by_the_fingerprint_of_their_change() {
    let repository = repository();
    let folder = repository.path();
    assert!(run(folder, &["lock", "spec/api.yaml"]).status.success());
    git(folder, &["add", "."]);
    git(folder, &["commit", "-qm", "a lock"]);
    let renamed = SPEC.replace("listThings", "getThings");
    fs::write(folder.join("spec/api.yaml"), &renamed).unwrap();
    // As a push leaves it: the lock has the new name, and the old one is nowhere in it.
    assert!(run(folder, &["lock", "spec/api.yaml"]).status.success());
    let json = run(folder, &["diff", "main:spec/api.yaml", "--format", "json"]);
    let json = text(&json.stdout);
    let at = json.find("\"fingerprint\": \"").unwrap() + 16;
    let fingerprint = &json[at..at + 8];
    let report = text(&run(folder, &["diff", "main:spec/api.yaml"]).stdout);
    assert!(
        report.contains("`stencil lock spec/api.yaml --keep list_things` leaves callers"),
        "{report}"
    );
    let since = ["--since", "main:spec/api.yaml"];
    let keep = |name: &str| {
        run(
            folder,
            &[&["lock", "spec/api.yaml", "--keep", name][..], &since].concat(),
        )
    };
    let output = keep(fingerprint);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let lock = fs::read_to_string(folder.join("spec/api.lock")).unwrap();
    let kept = lock.split("kept:\n").nth(1).unwrap();
    assert_eq!(
        kept,
        "  methods:\n    \"list_things\": \"get_things\"\n  types:\n    \"ListThings\": \"GetThings\"\n"
    );
    let output = run(folder, &["diff", "main:spec/api.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    // A change that is there and renames nothing, and one that is not there.
    let changed = renamed.replace("in: query,", "in: query, required: true,");
    fs::write(folder.join("spec/api.yaml"), &changed).unwrap();
    let json = text(&run(folder, &["diff", "main:spec/api.yaml", "--format", "json"]).stdout);
    let at = json.find("\"fingerprint\": \"").unwrap() + 16;
    let output = keep(&json[at..at + 8]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("no name is another one"),
        "{}",
        text(&output.stderr)
    );
    let output = keep("0a1b2c3d");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("there is no `0a1b2c3d`"),
        "{}",
        text(&output.stderr)
    );
}

/// The disk is full: no file may grow. What was there before is whole, and nothing is left beside it.
#[cfg(unix)]
#[test]
fn a_failure_leaves_the_old_files_whole() {
    let repository = repository();
    let folder = repository.path();
    let made = run(folder, &["lock", "spec/api.yaml"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let old = [
        ("stencil.accept", "0a1b2c3d  of another time\n".to_owned()),
        (
            "client/CHANGELOG.md",
            "# Changelog\n\n## 0.4.2\n\n- x\n".to_owned(),
        ),
    ];
    for (name, text) in &old {
        fs::write(folder.join(name), text).unwrap();
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let old = old
        .into_iter()
        .chain(["client/Cargo.toml", "spec/api.lock"].map(|name| (name, read(name))));
    let renamed = SPEC.replace("listThings", "getThings");
    fs::write(folder.join("spec/api.yaml"), renamed).unwrap();
    let commands = [
        ("diff main:spec/api.yaml --accept all", 2),
        ("diff main:spec/api.yaml --crate client --bump", 2),
        ("lock spec/api.yaml", 1),
    ];
    for (arguments, code) in commands {
        let full = format!("trap '' XFSZ; ulimit -f 0; exec \"$0\" {arguments}");
        let output = Command::new("sh")
            .current_dir(folder)
            .args(["-c", &full, env!("CARGO_BIN_EXE_stencil")])
            .output()
            .unwrap();
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments}: {error}");
        assert!(error.contains("cannot write"), "{arguments}: {error}");
    }
    for (name, text) in old {
        assert_eq!(read(name), text, "{name}");
    }
    for (folder, files) in [("client", 2), ("spec", 3), (".", 5)] {
        let found = fs::read_dir(repository.path().join(folder))
            .unwrap()
            .count();
        assert_eq!(found, files, "{folder}");
    }
}
