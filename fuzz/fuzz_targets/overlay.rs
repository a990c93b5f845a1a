//! Any overlay, over a small document.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use stencil_codegen::{Config, Input, generate};
use stencil_fuzz::{assert_only_known, mutate};

const DOCUMENT: &str = include_str!("../../spec/tsg_user_v3.yaml");

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed)
});

fuzz_target!(|text: &str| {
    let mut config = Config::new("");
    config.spec = Input::text("openapi.yaml", DOCUMENT);
    config.overlays.push(Input::text("overlay.yaml", text));
    match generate(&config) {
        Ok(generated) => assert_only_known(&generated.source()),
        Err(report) => assert!(!report.to_string().is_empty()),
    }
});
