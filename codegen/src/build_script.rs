//! The compiler in a `build.rs`.
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     stencil_codegen::build_script::run(
//!         stencil_codegen::Config::new("../spec/api.yaml").overlay("../spec/api.overlay.yaml"),
//!     )
//! }
//! ```
//!
//! and in `lib.rs`:
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/client.rs"));
//! ```

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use crate::{generate, output};

/// The file in `OUT_DIR` that holds the client.
pub const FILE: &str = "client.rs";

/// Compiles the document into `client.rs` in `OUT_DIR`.
///
/// Relative paths start from the folder of the crate. Cargo runs the script again when a file that
/// was read changes, and not otherwise. When the document has a problem it is printed, the client of an
/// earlier run is removed, and the build fails.
pub fn run(config: Config) -> ExitCode {
    match try_run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn try_run(mut config: Config) -> Result<(), String> {
    if config.root.as_os_str().is_empty() {
        config.root = folder("CARGO_MANIFEST_DIR")?;
    }
    let file = folder("OUT_DIR")?.join(FILE);
    // Before anything can fail: a mended file must run the script again.
    let lock = config.lock_input();
    for input in std::iter::once(&config.spec)
        .chain(&config.overlays)
        .chain(&lock)
    {
        if input.text.is_none() {
            tell(
                "rerun-if-changed",
                &input.path(&config.root).display().to_string(),
            );
        }
    }
    let generated = generate(&config).map_err(|report| {
        // An output that no longer fits the document must not stay in use.
        let removed = fs::remove_file(&file);
        drop(removed);
        report.to_string()
    })?;
    for file in &generated.files {
        tell("rerun-if-changed", &file.display().to_string());
    }
    for loss in &generated.losses {
        tell("warning", &loss.to_string());
    }
    match output::write_pieces(&file, &generated.pieces()) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("cannot write `{}`: {error}", file.display())),
    }
}

/// Tells cargo, on one line whatever the document holds: the next line could tell it something else.
fn tell(directive: &str, text: &str) {
    println!("{}", line(directive, text));
}

fn line(directive: &str, text: &str) -> String {
    format!("cargo::{directive}={}", text.replace(char::is_control, " "))
}

fn folder(variable: &str) -> Result<PathBuf, String> {
    let message =
        || format!("{variable} is not set: `build_script::run` belongs into a `build.rs`");
    env::var_os(variable).map(PathBuf::from).ok_or_else(message)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn what_cargo_is_told_is_one_line() {
        for text in [
            "a\ncargo::rustc-env=A=b",
            "a\r\ncargo:rustc-link-arg=x\n",
            "\n\n",
            "a\u{85}b\0",
        ] {
            let line = line("warning", text);
            assert_eq!(line.lines().count(), 1, "{line:?}");
            assert!(line.starts_with("cargo::warning="), "{line:?}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}
