//! Compiles the document and its corrections into the client, if the feature `generate` asks for that.

use std::process::ExitCode;

#[cfg(not(feature = "generate"))]
fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    ExitCode::SUCCESS
}

#[cfg(feature = "generate")]
fn main() -> ExitCode {
    use std::path::Path;
    use stencil_codegen::{Config, build_script};

    // A published crate has the code and not the document.
    let document = "../spec/tsg_user_v3.yaml";
    if !Path::new(document).exists() {
        return take("src/generated.rs");
    }
    build_script::run(
        Config::new(document)
            .overlay("../spec/tsg_user_v3.overlay.yaml")
            .example_path("sendgrid_user")
            .blocking(true),
    )
}

#[cfg(feature = "generate")]
fn take(source: &str) -> ExitCode {
    println!("cargo::rerun-if-changed={source}");
    let output = std::env::var_os("OUT_DIR").map(std::path::PathBuf::from);
    let output = output.unwrap_or_default().join("client.rs");
    match std::fs::copy(source, &output) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot copy `{source}` to `{}`: {error}", output.display());
            ExitCode::FAILURE
        }
    }
}
