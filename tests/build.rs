//! Compiles the document as the client's own build script does, so that a test can compare.

use std::process::ExitCode;

use stencil_codegen::{Config, build_script};

fn main() -> ExitCode {
    build_script::run(
        Config::new("../spec/tsg_user_v3.yaml")
            .overlay("../spec/tsg_user_v3.overlay.yaml")
            .example_path("sendgrid_user")
            .blocking(true),
    )
}
