//! The document itself.

use sha2::{Digest, Sha256};
use stencil_tests::{SPEC, config, root, shared};

/// As published: see `spec/README.md`.
const SHA256: &str = "82a6c70532c1e8ca6537ff4786272b61ab78a53e88f6c67a6360952930807617";

#[test]
fn the_document_is_as_published() {
    let sum: Vec<String> = Sha256::digest(SPEC)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(sum.concat(), SHA256, "corrections belong in the overlay");
    let readme = std::fs::read_to_string(root().join("spec/README.md")).unwrap();
    assert!(readme.contains(SHA256));
}

#[test]
fn nothing_of_the_document_is_lost() {
    let generated = stencil_codegen::generate(&config().deny_loss(true)).unwrap();
    assert!(generated.losses.is_empty(), "{:?}", generated.losses);
}

#[test]
fn each_published_state_of_the_document_compiles() {
    let Some(folder) = shared("history/tsg_user_v3") else {
        return;
    };
    let mut states: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    states.sort();
    assert_eq!(states.len(), 6);
    for state in &states {
        let config = stencil_codegen::Config::new(state.as_path());
        let generated = stencil_codegen::generate(&config).unwrap();
        let calls = generated.source().matches("impl rt::Operation for").count();
        assert_eq!(calls, 9, "{}", state.display());
    }
    assert_eq!(
        std::fs::read_to_string(&states[5]).unwrap(),
        SPEC,
        "the last one is ours"
    );
}
