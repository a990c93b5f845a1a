//! Build script, macro and command share one compiler. The command's own test compares its output with
//! [`stencil_codegen::generate`]'s, and the macro's unit test its tokens; here is the rest.

use stencil_tests::{FROM_BUILD_SCRIPT, config};

/// What the macro gives, compiled where it stands.
#[allow(dead_code, unused_imports)]
mod by_macro {
    stencil_macros::client! {
        spec = "../spec/tsg_user_v3.yaml",
        overlay = "../spec/tsg_user_v3.overlay.yaml",
    }
}

/// The lock beside the document counts in the macro as in the command, which wrote the case's client.
#[allow(dead_code, unused_imports, deprecated)]
mod locked {
    stencil_macros::client! { spec = "cases/lock/openapi.yaml" }

    pub(super) const OLD: fn(&Client) -> Call<ListDogs> = Client::get_dogs;
    pub(super) type OldType = Hound;
}

#[test]
fn a_lock_counts_in_the_macro() {
    let client = locked::Client::builder()
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    assert_eq!(
        format!("{:?}", locked::OLD(&client).operation()),
        format!("{:?}", client.list_dogs().operation())
    );
    assert_eq!(locked::OldType::new("Rex"), locked::Dog::new("Rex"));
}

#[test]
fn the_build_script_writes_what_the_compiler_gives() {
    let generated = stencil_codegen::generate(&config()).unwrap();
    assert_eq!(FROM_BUILD_SCRIPT, generated.source());
}

#[test]
fn tokens_and_text_are_the_same_code() {
    let generated = stencil_codegen::generate(&config()).unwrap();
    // Both through the same printer, as the first one adds commas at line ends.
    let from_text = prettyplease::unparse(&syn::parse_str(&generated.source()).unwrap());
    let from_tokens = prettyplease::unparse(&syn::parse2(generated.tokens()).unwrap());
    assert!(from_text.lines().count() > 1000);
    for (text, tokens) in from_text.lines().zip(from_tokens.lines()) {
        assert_eq!(text, tokens);
    }
    assert_eq!(from_text.len(), from_tokens.len());
}

#[test]
fn the_macro_gives_a_client_that_asks_for_the_same() {
    let key = || stencil_runtime::ApiKey::new("SG.key");
    let ours = sendgrid_user::Client::builder(key()).build().unwrap();
    let by_macro = by_macro::Client::builder(key()).build().unwrap();
    let ours = ours.update_username(sendgrid_user::UpdateUsernameBody::new().username("x"));
    let by_macro = by_macro.update_username(by_macro::UpdateUsernameBody::new().username("x"));
    assert_eq!(
        format!("{:?}", ours.operation()),
        format!("{:?}", by_macro.operation())
    );
}

#[test]
fn generating_twice_gives_the_same() {
    let once = stencil_codegen::generate(&config()).unwrap().source();
    let twice = stencil_codegen::generate(&config()).unwrap().source();
    assert_eq!(once, twice);
}
