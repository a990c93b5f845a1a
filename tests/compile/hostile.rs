//! A client of documents that are hostile in every place: it compiles without a warning, and no text of them is a test.

use std::collections::BTreeSet;

use serde_json::Value;
use stencil_codegen::{Config, Input, generate};
use stencil_tests::{features, payloads, suspect};

use crate::outside::{Outside, dependency, said};

/// Set, each place is tried with this many payloads and not with one.
const ALL: &str = "STENCIL_ALL_PAYLOADS";
const MANY: usize = 24;

fn config(document: &Value) -> Config {
    let mut config = Config::new("").blocking(true);
    config.spec = Input::text("openapi.json", document.to_string());
    config
}

/// The client of a document, and the features of the runtime that it needs.
fn client(document: &Value) -> Option<(String, Vec<&'static str>)> {
    let generated = generate(&config(document)).ok()?;
    Some((generated.source(), generated.runtime_features))
}

fn items(document: &Value) -> usize {
    client(document).map_or(0, |(source, _)| suspect::items(&source).len())
}

#[test]
fn a_hostile_crate_compiles_and_has_no_tests() {
    let turns = if std::env::var_os(ALL).is_some() {
        MANY
    } else {
        1
    };
    let outside = Outside::new("hostile");
    let mut modules = String::new();
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    let mut all = 0;
    for name in ["everything", "unions", "settings", "pagination"] {
        let document: Value = serde_yaml::from_str(&features::document(name).unwrap()).unwrap();
        let least = items(&document);
        for turn in 0..turns {
            // A text that takes a part away is no test of what becomes of that part.
            let (hostile, placed) =
                payloads::everywhere(&document, turn, |changed| items(changed) >= least);
            let (source, features) = client(&hostile).unwrap();
            let wrong = suspect::wrong(&source);
            assert!(wrong.is_empty(), "{name}, {turn}: {}", wrong.join("\n"));
            outside.write(&format!("src/{name}_{turn}.rs"), &source);
            modules += &format!("pub mod {name}_{turn};\n");
            needed.extend(features);
            all += placed;
        }
    }
    assert!(all > 200 * turns, "{all} texts in {turns} turns");
    outside.write("src/lib.rs", &modules);
    outside.write("Cargo.toml", &manifest(&needed));
    outside.succeed(&["check", "--all-features"]);
    let output = outside.cargo(&["test", "--doc", "--all-features"]);
    let ran = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", said(&output));
    assert!(ran.contains("running 0 tests\n"), "{ran}");
    let canary = outside.path().join(payloads::CANARY);
    assert!(!canary.exists(), "a payload ran");
    eprintln!("{all} hostile texts; set {ALL} for {MANY} payloads in each place");
}

fn manifest(features: &BTreeSet<&str>) -> String {
    let features: Vec<&&str> = features.iter().collect();
    let runtime = dependency("stencil-runtime", "runtime").replace(
        "default-features",
        &format!("features = {features:?}, default-features"),
    );
    format!(
        "[package]\nname = \"hostile\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\nblocking = [\"stencil-runtime/blocking\"]\n\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{runtime}"
    )
}
