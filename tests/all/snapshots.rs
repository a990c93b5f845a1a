//! The generated client, for review: `cargo insta review` shows what a change does to it.
//!
//! One file for each operation, one for the schemas, one for what all operations share.

use stencil_tests::config;

#[test]
fn the_client_is_as_reviewed() {
    let generated = stencil_codegen::generate(&config()).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots");
    settings.set_omit_expression(true);
    settings.bind(|| {
        for section in &generated.sections() {
            let text = format!("{}\n\n{}", section.banner, section.text);
            insta::assert_snapshot!(section.name.clone(), text);
        }
    });
    assert_eq!(
        generated.sections().len(),
        11,
        "nine operations, the client, the schemas"
    );
}

#[test]
fn no_snapshot_is_left_of_what_is_gone() {
    let generated = stencil_codegen::generate(&config()).unwrap();
    let folder = stencil_tests::root().join("tests/snapshots");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(section) = name.strip_suffix(".snap") else {
            continue;
        };
        assert!(
            generated.sections().iter().any(|one| one.name == section),
            "{name}"
        );
    }
}
