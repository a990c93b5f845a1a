//! A folder outside of the workspace, and cargo in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use stencil_tests::root;

/// A folder with crates.
pub(crate) struct Outside(PathBuf);

impl Outside {
    /// An empty folder with the workspace's lock file.
    pub(crate) fn new(name: &str) -> Self {
        let folder = target().join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and the folders that it needs.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs cargo here, with the target folder that all of these share.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Output {
        cargo(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target().join("target"))
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .unwrap()
    }

    /// Runs cargo here, which must succeed; gives what it said.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }
}

/// What a program wrote to standard error.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Cargo, without what the cargo around the tests has set.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .env_remove("RUSTFLAGS")
        .env_remove("RUST_BACKTRACE");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG_")) {
        command.env_remove(name);
    }
    command
}

/// Where these crates are: beside the workspace's own output, and out of its way.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside")
}

/// A path as a string of TOML or Rust.
pub(crate) fn quoted(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}

/// The dependency line of a crate of the workspace, less TLS, which takes long to build.
pub(crate) fn dependency(package: &str, folder: &str) -> String {
    let path = quoted(&root().join(folder));
    format!("{package} = {{ path = {path}, default-features = false }}\n")
}
