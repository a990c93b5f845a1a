//! The client of each small document compiles, together in one crate, and clippy has nothing to say.

use stencil_tests::features;

use crate::outside::{Outside, dependency};

#[test]
fn every_small_document_compiles_without_a_warning() {
    let outside = Outside::new("features");
    let runtime = dependency("stencil-runtime", "runtime");
    let runtime = runtime.replace(
        "default-features",
        "features = [\"jiff\", \"pattern\", \"uuid\"], default-features",
    );
    outside.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"features\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{runtime}"
        ),
    );
    let mut modules = String::new();
    for name in features::names().unwrap() {
        // What stands beside the document, which `all/features.rs` holds the compiler to.
        let client = std::fs::read_to_string(features::folder(&name).join("client.rs")).unwrap();
        outside.write(&format!("src/{name}.rs"), &client);
        modules += &format!("pub mod {name};\n");
    }
    outside.write("src/lib.rs", &modules);
    let has_clippy = outside.cargo(&["clippy", "--version"]).status.success();
    if !has_clippy {
        println!("skipped: there is no clippy here, so the compiler alone looks at them");
    }
    outside.succeed(&[if has_clippy { "clippy" } else { "check" }]);
}
