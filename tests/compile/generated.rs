//! `stencil generate --crate` writes crates that build: for our document and each of its published
//! states.

use stencil_tests::{root, shared};

use crate::outside::{Outside, cargo, said};

#[test]
fn crates_made_by_the_command_build_without_a_warning() {
    let outside = Outside::new("generated");
    let spec = root().join("spec");
    let overlay = spec.join("tsg_user_v3.overlay.yaml");
    generate(
        &outside,
        "current",
        &[
            &spec.join("tsg_user_v3.yaml").display(),
            &"--overlay",
            &overlay.display(),
        ],
    );
    let mut members = vec!["current".to_owned()];
    let states = shared("history/tsg_user_v3").map(|folder| std::fs::read_dir(folder).unwrap());
    for state in states.into_iter().flatten() {
        let state = state.unwrap().path();
        let name = format!(
            "state-{}",
            &state.file_name().unwrap().to_str().unwrap()[..2]
        );
        generate(&outside, &name, &[&state.display()]);
        members.push(name);
    }
    outside.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
    );
    outside.succeed(&["check", "--workspace", "--no-default-features"]);
    outside.succeed(&[
        "check",
        "-p",
        "current",
        "--no-default-features",
        "--features",
        "blocking",
    ]);
}

fn generate(outside: &Outside, name: &str, document: &[&dyn std::fmt::Display]) {
    let mut command = cargo(&[
        "run",
        "--quiet",
        "-p",
        "stencil-codegen",
        "--features",
        "cli",
        "--",
    ]);
    command.current_dir(root()).arg("generate");
    command.args(document.iter().map(ToString::to_string));
    command.arg("--crate").arg(outside.path().join(name));
    command.arg("--runtime-path").arg(root().join("runtime"));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{name}: {}", said(&output));
}
