//! What the tests share: the document, variants of it, and where things are.

pub mod features;
pub mod payloads;
pub mod suspect;
pub mod written;

use std::path::{Path, PathBuf};

use stencil_codegen::{Config, Generated, Input, Report};

/// The document, as published.
pub const SPEC: &str = include_str!("../../spec/tsg_user_v3.yaml");
/// The corrections.
pub const OVERLAY: &str = include_str!("../../spec/tsg_user_v3.overlay.yaml");
/// The client as the build script writes it.
pub const FROM_BUILD_SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/client.rs"));

/// The folder of the repository.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// A file or folder beside the repository, with documents that are not part of it. Where it is missing
/// this says on standard error that the test is skipped.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root().parent()?.join("shared").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: there is no {} here", path.display());
    None
}

/// Files below a folder that may be documents, in the order of their paths; the file itself, if it is one.
///
/// # Errors
///
/// A folder cannot be read.
pub fn documents(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            found.extend(documents(&entry?.path())?);
        }
    } else if path
        .extension()
        .is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known))
    {
        found.push(path.to_owned());
    }
    found.sort();
    Ok(found)
}

/// The settings of the client's own build script.
pub fn config() -> Config {
    Config::new("../spec/tsg_user_v3.yaml")
        .overlay("../spec/tsg_user_v3.overlay.yaml")
        .example_path("sendgrid_user")
        .blocking(true)
        .root(root().join("client"))
}

/// Compiles the document with one passage of it replaced, which must stand in it exactly once.
///
/// # Errors
///
/// The compiler's report.
///
/// # Panics
///
/// The passage does not stand in the document exactly once.
pub fn variant(old: &str, new: &str) -> Result<Generated, Report> {
    assert_eq!(
        SPEC.matches(old).count(),
        1,
        "`{old}` must stand in the document once"
    );
    let mut config = config();
    config.spec = Input::text("tsg_user_v3.yaml", SPEC.replacen(old, new, 1));
    stencil_codegen::generate(&config)
}

/// Compiles a document given as text.
///
/// # Errors
///
/// The compiler's report.
pub fn compile(text: &str) -> Result<Generated, Report> {
    let mut config = Config::new("");
    config.spec = Input::text("openapi.yaml", text);
    stencil_codegen::generate(&config)
}

/// The mock server's own form of the document.
///
/// # Errors
///
/// The compiler's report.
pub fn api() -> Result<stencil_codegen::api::Api, Report> {
    stencil_codegen::resolved(&config())
}
