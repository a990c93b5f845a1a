//! The small documents below `cases`, each about one thing, with the client that they should give.

use std::path::PathBuf;

use stencil_codegen::{Config, Generated, Input, Report};

/// The folder of a case.
pub fn folder(name: &str) -> PathBuf {
    crate::root().join("tests/cases").join(name)
}

/// The names of all cases.
///
/// # Errors
///
/// The folder cannot be read.
pub fn names() -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder(""))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}

/// The document of a case.
///
/// # Errors
///
/// There is no such case.
pub fn document(name: &str) -> std::io::Result<String> {
    std::fs::read_to_string(folder(name).join("openapi.yaml"))
}

/// How a case is compiled, with the settings in its `stencil.toml` where it has one.
///
/// # Errors
///
/// The compiler's report.
pub fn config(name: &str) -> Result<Config, Report> {
    let settings = folder(name).join("stencil.toml");
    let mut config = if settings.exists() {
        Config::from_file(&settings)?
    } else {
        Config::new("openapi.yaml").root(folder(name))
    };
    // The name in messages, whatever the folder is called here.
    if let Ok(text) = document(name) {
        config.spec = Input::text("openapi.yaml", text);
    }
    Ok(config)
}

/// Compiles a case.
///
/// # Errors
///
/// The compiler's report.
pub fn generate(name: &str) -> Result<Generated, Report> {
    stencil_codegen::generate(&config(name)?)
}
