//! Any text, as YAML and as JSON: a tree or a report, and the report can be shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use stencil_codegen::{Config, Input, Stage, inspect};

fuzz_target!(|text: &str| {
    for name in ["openapi.yaml", "openapi.json"] {
        let mut config = Config::new("");
        config.spec = Input::text(name, text);
        if let Err(report) = inspect(&config, Stage::Load) {
            assert!(!report.to_string().is_empty());
        }
    }
});
