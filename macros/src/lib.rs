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
/// | key | value | what it does |
/// | --- | --- | --- |
/// | `spec` | string | the document, YAML or JSON |
/// | `overlay` | string, or list of strings | overlays (OpenAPI Overlay 1.x), applied first, in this order |
/// | `example_path` | string | the path by which examples in the documentation import the client |
/// | `blocking` | bool | gives calls a `send_blocking` method, behind the Cargo feature `blocking` |
/// | `deny_loss` | bool | makes whatever the client cannot carry an error |
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
    let watched = watch(&config, &root);
    let generated = stencil_codegen::generate(&config)
        .map_err(|report| syn::Error::new(settings.spec, format!("\n{report}")))?;
    let client = generated.tokens;
    Ok(quote!(#watched #client))
}

/// Names every file that was read to the compiler, which knows no other way to watch it.
fn watch(config: &stencil_codegen::Config, root: &std::path::Path) -> Tokens {
    let inputs = std::iter::once(&config.spec).chain(&config.overlays);
    let files = inputs.map(|input| root.join(&input.name).display().to_string());
    quote!(#(const _: &[u8] = include_bytes!(#files);)*)
}
