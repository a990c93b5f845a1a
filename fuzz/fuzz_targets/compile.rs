//! The whole compiler: a document gives a report, or a client that parses and holds nothing that nobody wrote.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use stencil_codegen::{Config, Input, generate};
use stencil_fuzz::{assert_only_known, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed)
});

fuzz_target!(|text: &str| {
    let mut config = Config::new("")
        .blocking(true)
        .example_path("fuzz")
        .lenient(text.len() % 2 == 0);
    config.spec = Input::text("openapi.json", text);
    match generate(&config) {
        Ok(generated) => {
            assert_only_known(&generated.source());
            let _ = generated.warnings.to_string();
        }
        Err(report) => assert!(!report.to_string().is_empty()),
    }
});
