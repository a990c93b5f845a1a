//! The steps of the workflow that comments on a change of the document, run as a runner runs them, with a `gh` that
//! only notes what it is asked for.

#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Prints what is known, or keeps the body that is sent, and notes its arguments.
const GH: &str = r#"#!/bin/sh
echo "$@" >> gh.txt
case "$*" in
  *--paginate*) cat known.txt ;;
  *body=@*) cp "${*##*body=@}" sent.md ;;
esac
"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The script of the step with this name: what is indented deeper than its `run: |`.
fn script(name: &str) -> String {
    let workflow = fs::read_to_string(root().join(".github/workflows/spec-change.yml")).unwrap();
    let mut lines = workflow
        .lines()
        .skip_while(|line| line.trim() != format!("- name: {name}"));
    let key = lines.find(|line| line.trim() == "run: |").unwrap();
    let depth = key.len() - key.trim_start().len();
    let is_inside =
        |line: &&str| line.trim().is_empty() || line.len() - line.trim_start().len() > depth;
    let script: Vec<&str> = lines.take_while(is_inside).collect();
    assert!(!script.is_empty(), "{name}");
    script.join("\n")
}

struct Repository(tempfile::TempDir);

impl Repository {
    /// The document as it is, and then with one text in place of another.
    fn with(was: &str, is: &str) -> (Self, String) {
        let repository = Self(tempfile::tempdir().unwrap());
        let names = [
            "tsg_user_v3.yaml",
            "tsg_user_v3.overlay.yaml",
            "tsg_user_v3.lock",
        ];
        fs::create_dir_all(repository.at("spec")).unwrap();
        for name in names {
            let from = root().join("spec").join(name);
            if from.exists() {
                fs::copy(from, repository.at(&format!("spec/{name}"))).unwrap();
            }
        }
        fs::create_dir_all(repository.at("client")).unwrap();
        let manifest = "[package]\nname = \"user\"\nversion = \"0.4.2\"\n";
        fs::write(repository.at("client/Cargo.toml"), manifest).unwrap();
        fs::create_dir_all(repository.at("target/debug")).unwrap();
        symlink(
            env!("CARGO_BIN_EXE_stencil"),
            repository.at("target/debug/stencil"),
        )
        .unwrap();
        fs::create_dir_all(repository.at("bin")).unwrap();
        fs::write(repository.at("bin/gh"), GH).unwrap();
        fs::set_permissions(repository.at("bin/gh"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(repository.at("known.txt"), "").unwrap();
        repository.git(&["init", "-q"]);
        repository.commit();
        let base = text(&repository.git(&["rev-parse", "HEAD"]).stdout)
            .trim()
            .to_owned();
        let spec = repository.at("spec/tsg_user_v3.yaml");
        let document = fs::read_to_string(&spec).unwrap();
        assert!(document.contains(was), "{was}");
        fs::write(&spec, document.replacen(was, is, 1)).unwrap();
        repository.commit();
        (repository, base)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let output = self
            .command("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        output
    }

    fn commit(&self) {
        self.git(&["add", "spec", "client"]);
        self.git(&["commit", "-q", "-m", "a change"]);
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.0.path());
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs a step as a runner does where a step names no shell.
    fn step(&self, name: &str, base: &str) -> Output {
        fs::write(self.at("step.sh"), script(name)).unwrap();
        let path = std::env::var("PATH").unwrap();
        self.command("bash")
            .args(["-e", "step.sh"])
            .env("PATH", format!("{}:{path}", self.at("bin").display()))
            .env("BASE", base)
            .env("GITHUB_STEP_SUMMARY", self.at("summary.md"))
            .env("GITHUB_REPOSITORY", "owner/name")
            .env("NUMBER", "12")
            .env("RUN", "https://example.com/run")
            .output()
            .unwrap()
    }
}

#[test]
fn a_change_that_breaks_is_one_comment_and_a_red_step() {
    let (repository, base) = Repository::with("/v3/user/credits:", "/v3/user/credit:");
    let compared = repository.step("Compare", &base);
    assert!(compared.status.success(), "{}", text(&compared.stderr));
    assert!(
        text(&compared.stdout).contains("::error"),
        "{}",
        text(&compared.stdout)
    );
    let comment = repository.read("report/comment.md");
    assert_eq!(repository.read("summary.md"), comment);
    // Who calls it by its name need not change a thing.
    assert!(
        comment.contains("HTTP breaking (1) · Rust patch (0.4.2 → 0.4.3)"),
        "{comment}"
    );
    assert!(repository.read("report/report.html").contains("</html>"));
    let json: serde_json::Value =
        serde_json::from_str(&repository.read("report/report.json")).unwrap();
    assert!(json.is_object());

    let said = repository.step("Comment", &base);
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert!(
        repository
            .read("gh.txt")
            .contains("--method POST repos/owner/name/issues/12/comments")
    );
    let sent = repository.read("sent.md");
    assert!(sent.starts_with(comment.lines().next().unwrap()));
    assert!(sent.ends_with("[The whole report](https://example.com/run)\n"));

    // The next push finds it.
    fs::write(repository.at("known.txt"), "77\n").unwrap();
    assert!(repository.step("Comment", &base).status.success());
    assert!(
        repository
            .read("gh.txt")
            .contains("--method PATCH repos/owner/name/issues/comments/77")
    );

    assert_eq!(repository.step("Verdict", &base).status.code(), Some(1));
}

#[test]
fn a_change_of_words_is_green() {
    let (repository, base) = Repository::with(
        "description: Your account username.",
        "description: The name.",
    );
    assert!(repository.step("Compare", &base).status.success());
    let verdict = repository.step("Verdict", &base);
    assert_eq!(verdict.status.code(), Some(0), "{}", text(&verdict.stdout));
}
