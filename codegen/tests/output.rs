//! What is written, where, and when: as a whole or not at all, the same bytes always, nothing read or opened that
//! the document has no right to.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SMALL: &str = "openapi: 3.1.0\ninfo: {title: é, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: x\n      description: |\n        One.\n\n        Two.\n      responses: {'200': {description: d}}\n";

fn stencil(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stencil"));
    command
        .current_dir(folder)
        .args(["generate", "openapi.yaml"]);
    command
}

fn client(folder: &Path, text: &str, locale: &str) -> String {
    fs::write(folder.join("openapi.yaml"), text).unwrap();
    let mut command = stencil(folder);
    let output = command
        .env("LC_ALL", locale)
        .env("LANG", locale)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let [here, there] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let first = client(here.path(), SMALL, "C");
    for _ in 0..20 {
        assert!(client(here.path(), SMALL, "C") == first);
    }
    assert!(client(there.path(), SMALL, "C") == first);
    for locale in ["C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "POSIX"] {
        assert!(client(here.path(), SMALL, locale) == first, "{locale}");
    }
    assert!(
        client(here.path(), &SMALL.replace('\n', "\r\n"), "C") == first,
        "CRLF"
    );
    assert!(
        client(here.path(), &format!("\u{feff}{SMALL}"), "C") == first,
        "a byte order mark"
    );
}

#[test]
fn a_report_of_a_document_with_a_mark_names_the_same_place() {
    let folder = tempfile::tempdir().unwrap();
    let broken = "openapi: 4.0.0\ninfo: {title: é, version: '1'}\npaths: {}\n";
    for text in [broken.to_owned(), format!("\u{feff}{broken}")] {
        fs::write(folder.path().join("openapi.yaml"), text).unwrap();
        let output = stencil(folder.path()).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("openapi.yaml:1:1\n"), "{error}");
    }
}

#[test]
fn a_failure_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.rs");
    fs::write(&path, "old").unwrap();
    fs::write(
        folder.path().join("openapi.yaml"),
        SMALL.replace("3.1.0", "9"),
    )
    .unwrap();
    let status = stencil(folder.path())
        .args(["--output", "client.rs"])
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

/// A process that is killed anywhere leaves the one or the other, for a file as for a crate.
#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let new = client(folder.path(), SMALL, "C");
    let file = folder.path().join("client.rs");
    let in_crate = folder.path().join("made/src/client.rs");
    fs::create_dir_all(in_crate.parent().unwrap()).unwrap();
    for (arguments, path) in [
        (["--output", "client.rs"], file),
        (["--crate", "made"], in_crate),
    ] {
        for milliseconds in 0..30 {
            let old = "x".repeat(1 << 16);
            fs::write(&path, &old).unwrap();
            let mut child = stencil(folder.path())
                .args(arguments)
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(milliseconds));
            drop(child.kill());
            child.wait().unwrap();
            let found = fs::read_to_string(&path).unwrap();
            let is_new =
                found.lines().next() == new.lines().next() && found.trim_end().ends_with('}');
            assert!(
                found == old || is_new,
                "after {milliseconds} ms: {} bytes",
                found.len()
            );
        }
    }
}

/// The names of the files that a process opened, and whether it made a socket, as `strace` tells.
fn traced(folder: &Path, arguments: &[&str]) -> Option<String> {
    let log = folder.join("strace.log");
    let status = Command::new("strace")
        .args([
            "-f",
            "-e",
            "trace=network,open,openat,openat2,rename,renameat2,creat",
            "-o",
        ])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_stencil"))
        .args(arguments)
        .current_dir(folder)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.code().is_some_and(|code| code < 2)) {
        eprintln!("skipped: strace does not run here");
        return None;
    }
    let log = fs::read_to_string(log).unwrap();
    log.contains("openapi.yaml").then_some(log)
}

fn hostile(folder: &Path) {
    let inside = folder.join("inside");
    fs::create_dir_all(&inside).unwrap();
    fs::write(folder.join("secret.yaml"), "type: string\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.yaml"), inside.join("link.yaml")).unwrap();
    let references = [
        "../secret.yaml",
        "link.yaml",
        "..%2Fsecret.yaml",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.yaml",
        "https://example.com/x.yaml",
    ];
    let mut text = String::from(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n",
    );
    for (index, reference) in references.iter().enumerate() {
        text += &format!("    S{index}: {{ $ref: '{reference}' }}\n");
    }
    fs::write(inside.join("openapi.yaml"), text).unwrap();
}

#[test]
fn no_socket_and_no_file_outside_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    hostile(folder.path());
    let inside = folder.path().join("inside");
    for arguments in [
        vec!["generate", "openapi.yaml", "--output", "client.rs"],
        vec![
            "generate",
            "openapi.yaml",
            "--files",
            "--output",
            "client.rs",
        ],
    ] {
        let Some(log) = traced(&inside, &arguments) else {
            return;
        };
        for call in ["socket(", "connect(", "sendto("] {
            assert!(!log.contains(call), "{call}:\n{log}");
        }
        for file in ["secret.yaml", "passwd"] {
            let opened = log
                .lines()
                .find(|line| line.contains("open") && line.contains(file));
            assert_eq!(opened, None);
        }
    }
}

#[test]
fn without_a_network_all_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let expected = client(folder.path(), SMALL, "C");
    let output = Command::new("unshare")
        .args([
            "--map-root-user",
            "--net",
            env!("CARGO_BIN_EXE_stencil"),
            "generate",
            "openapi.yaml",
        ])
        .current_dir(folder.path())
        .output();
    match output {
        Ok(output) if output.status.success() => assert!(output.stdout == expected.as_bytes()),
        Ok(output) if String::from_utf8_lossy(&output.stderr).contains("unshare") => {
            eprintln!("skipped: unshare has no right to here");
        }
        Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => eprintln!("skipped: there is no unshare here"),
    }
}
