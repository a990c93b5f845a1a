//! What is compiled without the feature `generate` is what the document says.

#![cfg(feature = "generate")]

#[test]
fn the_checked_in_code_is_that_of_the_document() {
    let made = include_str!(concat!(env!("OUT_DIR"), "/client.rs"));
    let checked_in = include_str!("../src/generated.rs");
    assert!(
        made == checked_in,
        "src/generated.rs is stale; in the folder of the repository: cargo stencil generate spec/tsg_user_v3.yaml \
         --overlay spec/tsg_user_v3.overlay.yaml --example-path sendgrid_user --blocking --output client/src/generated.rs"
    );
}
