//! rustc on many modules at once, since starting it costs more than a small client does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

use crate::outside::{Outside, dependency};

/// What generated clients stand on, built once.
struct Built {
    /// `name=path` of the crates that clients name.
    externs: Vec<String>,
    folder: PathBuf,
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let outside = Outside::new("oracle");
        let runtime = dependency("stencil-runtime", "runtime").replace(
            "default-features",
            "features = [\"blocking\", \"jiff\", \"uuid\"], default-features",
        );
        let manifest = "[package]\nname = \"oracle\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
        outside.write("Cargo.toml", &format!("{manifest}{runtime}"));
        outside.write("src/lib.rs", "");
        let output = outside.cargo(&["check", "--message-format", "json"]);
        let artifacts = messages(&output.stdout).filter(|one| one["reason"] == "compiler-artifact");
        let mut externs = Vec::new();
        let mut folder = PathBuf::new();
        for artifact in artifacts {
            let name = artifact["target"]["name"].as_str().unwrap().to_owned();
            if ["serde", "stencil_runtime"].contains(&name.as_str()) {
                let file = artifact["filenames"][0].as_str().unwrap();
                folder = PathBuf::from(Path::new(file).parent().unwrap());
                externs.push(format!("{name}={file}"));
            }
        }
        assert_eq!(externs.len(), 2, "{}", crate::outside::said(&output));
        Built { externs, folder }
    })
}

/// A crate of modules.
pub(crate) struct Modules {
    name: &'static str,
    folder: PathBuf,
    /// By name.
    texts: BTreeMap<String, String>,
}

/// An error of rustc: the module and line where it is, and what it says.
pub(crate) struct Failure {
    pub(crate) module: String,
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl Modules {
    /// None so far, in a folder of this name.
    pub(crate) fn new(name: &'static str, folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("oracle")
            .join(folder);
        drop(fs::remove_dir_all(folder.join(name)));
        fs::create_dir_all(folder.join(name)).unwrap();
        Self {
            name,
            folder,
            texts: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, name: String, text: String) {
        self.texts.insert(name, text);
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.texts.remove(name);
    }

    /// Checks the crate, which may name `others` of the same folder; gives what is wrong.
    pub(crate) fn check(&self, others: &[&str]) -> Vec<Failure> {
        let source = self.folder.join(self.name);
        let mut root = "#![allow(warnings)]\n".to_owned();
        for (name, text) in &self.texts {
            root += &format!("pub mod {name};\n");
            fs::write(source.join(format!("{name}.rs")), text).unwrap();
        }
        fs::write(source.join("lib.rs"), root).unwrap();
        let output = self.run(&source, others);
        let failures: Vec<Failure> = messages(&output.stderr)
            .filter(|message| message["level"] == "error")
            .flat_map(|message| failures(&message))
            .collect();
        let is_told = output.status.success() || !failures.is_empty();
        assert!(is_told, "{}", crate::outside::said(&output));
        failures
    }

    fn run(&self, source: &Path, others: &[&str]) -> Output {
        let built = built();
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(rustc);
        command
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
            ])
            .args(["--error-format", "json", "--cfg", "feature=\"blocking\""])
            .args(["--crate-name", self.name, "--out-dir"])
            .arg(&self.folder)
            .arg("-L")
            .arg(format!("dependency={}", built.folder.display()))
            .env("CARGO_PKG_NAME", "client")
            .env("CARGO_PKG_VERSION", "0.0.0")
            .arg(source.join("lib.rs"));
        for known in &built.externs {
            command.args(["--extern", known]);
        }
        for other in others {
            let file = self.folder.join(format!("lib{other}.rmeta"));
            command
                .arg("--extern")
                .arg(format!("{other}={}", file.display()));
        }
        command.output().unwrap()
    }
}

/// An error at each of its places in modules; macros are seen through.
fn failures(message: &Value) -> Vec<Failure> {
    let text = message["rendered"].as_str().unwrap_or_default();
    let spans = message["spans"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let primary = spans.iter().filter(|span| span["is_primary"] == true);
    let places = primary.filter_map(place);
    let failures = places.map(|(module, line)| Failure {
        module,
        line,
        text: text.to_owned(),
    });
    failures.collect()
}

fn place(span: &Value) -> Option<(String, usize)> {
    let expansion = &span["expansion"]["span"];
    if !expansion.is_null()
        && let Some(place) = place(expansion)
    {
        return Some(place);
    }
    let file = PathBuf::from(span["file_name"].as_str()?);
    let module = file.file_stem()?.to_str()?.to_owned();
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    (module != "lib").then_some((module, line))
}

fn messages(text: &[u8]) -> impl Iterator<Item = Value> {
    let lines: Vec<Value> = String::from_utf8_lossy(text)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    lines.into_iter()
}
