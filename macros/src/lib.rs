//! [`client!`]: an OpenAPI document compiled to a typed client where the macro stands.

mod settings;

use std::path::PathBuf;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use settings::Settings;

/// Compiles an OpenAPI document into the client for it, at the place of the macro.
///
/// ```ignore
/// pub mod api {
///     stencil_macros::client! {
///         spec = "spec/openapi.yaml",
///         overlay = "spec/openapi.overlay.yaml",
///     }
/// }
/// ```
///
/// Paths start from the folder of the crate. A change of a file that was read builds the crate again.
/// The crate needs `serde` (with `derive`) and `stencil-runtime`.
///
/// The keys are those of [`Config::set`](stencil_codegen::Config::set), which says what each does. A table is
/// written `{ name = "value", "other-name" = "value" }`, a list `["one", "two"]`.
///
/// # Errors
///
/// A wrong key or value is an error at that token. A problem of the document is an error at the path of
/// the document, with `file:line:col` and the line at fault in its text.
#[proc_macro]
pub fn client(input: TokenStream) -> TokenStream {
    expand(input.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

fn expand(input: Tokens) -> syn::Result<Tokens> {
    let settings: Settings = syn::parse2(input)?;
    let root = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    let config = settings.config.root(&root);
    let generated = stencil_codegen::generate(&config)
        .map_err(|report| syn::Error::new(settings.spec, format!("\n{report}")))?;
    let watched = watch(&generated.files);
    let client = generated.tokens();
    Ok(quote!(#watched #client))
}

/// Names every file that was read to the compiler, which knows no other way to watch it.
fn watch(files: &[PathBuf]) -> Tokens {
    let files = files.iter().map(|file| file.display().to_string());
    quote!(#(const _: &[u8] = include_bytes!(#files);)*)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Tokens {
        quote!(
            spec = "../spec/tsg_user_v3.yaml",
            overlay = "../spec/tsg_user_v3.overlay.yaml",
            example_path = "sendgrid_user",
            blocking = true,
        )
    }

    fn refused(input: Tokens) -> String {
        expand(input).map(drop).unwrap_err().to_string()
    }

    #[test]
    fn it_gives_the_compilers_code() {
        let config = stencil_codegen::Config::new("../spec/tsg_user_v3.yaml")
            .overlay("../spec/tsg_user_v3.overlay.yaml")
            .example_path("sendgrid_user")
            .blocking(true)
            .root(env!("CARGO_MANIFEST_DIR"));
        let generated = stencil_codegen::generate(&config).unwrap();
        let expanded = expand(settings()).unwrap().to_string();
        let client = generated.tokens().to_string();
        let watched = expanded.strip_suffix(&client).unwrap_or_default();
        // The document, the overlay and the lock, so that an edit of any builds the crate again.
        assert_eq!(watched.matches("include_bytes").count(), 3, "{watched}");
        assert!(watched.contains("tsg_user_v3.overlay.yaml"));
    }

    #[test]
    fn a_wrong_key_is_an_error_that_knows_the_right_one() {
        let error = refused(quote!(spec = "x", overlays = "y"));
        assert!(
            error.contains("`overlays`") && error.contains("`overlay`"),
            "{error}"
        );
        assert!(refused(quote!(spec = "x", spec = "y")).contains("twice"));
        assert!(refused(quote!(overlay = "y")).contains("spec"));
        assert!(!refused(quote!(spec = 1)).is_empty());
        assert!(!refused(quote!(spec "x")).is_empty());
    }

    #[test]
    fn a_bad_document_is_an_error_with_its_place() {
        let error = refused(quote!(spec = "../spec/README.md"));
        assert!(error.contains("../spec/README.md:3:1"), "{error}");
        assert!(refused(quote!(spec = "nothing.yaml")).contains("nothing.yaml"));
    }
}
