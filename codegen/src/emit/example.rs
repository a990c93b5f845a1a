//! Examples in the documentation: compiled, never run.

use proc_macro2::TokenStream;
use quote::quote;

use super::words::ident;
use crate::lower::module::{ClientDef, Example, ExampleValue, OperationDef};
use crate::render;

/// A call of the operation as a documentation test, or nothing where examples have no path.
pub(super) fn of_call(operation: &OperationDef, client: &ClientDef) -> String {
    let (Some(example), Some(path)) = (&operation.example, &client.example_path) else {
        return String::new();
    };
    let imports = match &example.imports[..] {
        [] => String::new(),
        [only] => format!("use {path}::{only};\n\n"),
        several => format!("use {path}::{{{}}};\n\n", several.join(", ")),
    };
    let call = call(operation, example);
    format!(
        "\n# Example\n\n```no_run\n# async fn example(client: {path}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{imports}{call}\n# Ok(())\n# }}\n```"
    )
}

fn call(operation: &OperationDef, example: &Example) -> String {
    let method = ident(&operation.method_name);
    let arguments = example.arguments.iter().map(value);
    render::statement(&quote!(let response = client.#method(#(#arguments),*).await?;))
}

fn value(example: &ExampleValue) -> TokenStream {
    match example {
        ExampleValue::Bool(value) => quote!(#value),
        ExampleValue::Integer(value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        ExampleValue::Float(value) if value.is_finite() => {
            let value = proc_macro2::Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        ExampleValue::Float(_) => quote!(1.0),
        ExampleValue::Text(value) => quote!(#value),
        ExampleValue::List(items) => {
            let items = items.iter().map(self::value);
            quote!(vec![#(#items.into()),*])
        }
        ExampleValue::Variant { ty, variant } => {
            let (ty, variant) = (ident(ty), ident(variant));
            quote!(#ty::#variant)
        }
        ExampleValue::Wrapped { ty, variant, value } => {
            let (ty, variant, value) = (ident(ty), ident(variant), self::value(value));
            quote!(#ty::#variant(#value.into()))
        }
        ExampleValue::Struct {
            ty,
            arguments,
            setters,
        } => {
            let ty = ident(ty);
            let arguments = arguments.iter().map(self::value);
            let names = setters.iter().map(|(name, _)| ident(name));
            let values = setters.iter().map(|(_, value)| self::value(value));
            quote!(#ty::new(#(#arguments),*) #(.#names(#values))*)
        }
        ExampleValue::Parsed(text) => quote!(#text.parse()?),
        ExampleValue::Default | ExampleValue::Unknown => quote!(Default::default()),
    }
}
