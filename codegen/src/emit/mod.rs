//! The fifth stage prints what was decided, and decides nothing. It cannot fail.

mod call;
mod checks;
mod client;
mod decode;
mod docs;
mod encode;
mod enums;
mod example;
mod features;
mod headers;
mod kept;
mod operation;
mod outcome;
mod pagination;
mod security;
mod stream;
mod structs;
mod union;
mod words;

use std::iter;

use features::behind;
use proc_macro2::TokenStream;

use crate::lower::Module;
#[cfg(feature = "diff")]
use crate::lower::module::ClientDef;
use crate::lower::module::{OperationDef, Sample, TypeDef, TypeKind};

/// A part of the client that a person reads as one.
pub(crate) struct Section<'m> {
    /// What stands above it.
    pub(crate) banner: String,
    /// A name for a file of its own.
    pub(crate) name: &'m str,
    /// Its items, each made when it is asked for: all at once they would take more memory than all stages before.
    pub(crate) items: Items<'m>,
}

type Items<'m> = Box<dyn Iterator<Item = TokenStream> + 'm>;

/// Prints the client, section by section.
pub(crate) fn emit(module: &Module) -> impl Iterator<Item = Section<'_>> {
    let client = Section {
        banner: "Client".to_owned(),
        name: "client",
        items: Box::new(client::items(module).into_iter()),
    };
    let mut own: Vec<Vec<&TypeDef>> = vec![Vec::new(); module.operations.len()];
    for def in &module.types {
        if let Some(own) = def.owner.and_then(|index| own.get_mut(index)) {
            own.push(def);
        }
    }
    let operations = module.operations.iter().zip(own).enumerate();
    let operations =
        operations.map(move |(index, (operation, own))| section(module, index, operation, own));
    let shared = shared_types(module).next().is_some() || kept_types(module, None).next().is_some();
    let shared = shared.then(|| Section {
        banner: "Schemas".to_owned(),
        name: "schemas",
        items: Box::new(
            shared_types(module)
                .flat_map(gated_type_items)
                .chain(kept_types(module, None)),
        ),
    });
    iter::once(client).chain(operations).chain(shared)
}

/// One operation, with the types that only it uses.
fn section<'m>(
    module: &'m Module,
    index: usize,
    operation: &'m OperationDef,
    own: Vec<&'m TypeDef>,
) -> Section<'m> {
    let items = operation::items(operation, &module.client);
    let items = behind(&operation.features, items).into_iter();
    let types = own.into_iter().flat_map(gated_type_items);
    Section {
        banner: format!("{} · {} {}", operation.id, operation.method, operation.path),
        name: &operation.method_name,
        items: Box::new(items.chain(types).chain(kept_types(module, Some(index)))),
    }
}

/// The items of the client itself.
#[cfg(feature = "diff")]
pub(crate) fn client(module: &Module) -> Vec<TokenStream> {
    client::items(module)
}

/// The items of one operation, without the types that only it uses.
#[cfg(feature = "diff")]
pub(crate) fn operation(operation: &OperationDef, client: &ClientDef) -> Vec<TokenStream> {
    operation::items(operation, client)
}

fn kept_types(module: &Module, owner: Option<usize>) -> impl Iterator<Item = TokenStream> {
    let kept = module.kept_types.iter();
    kept.filter(move |kept| kept.owner == owner)
        .flat_map(|kept| behind(&kept.features, [kept::type_item(kept)]))
}

fn shared_types(module: &Module) -> impl Iterator<Item = &TypeDef> {
    module.types.iter().filter(|def| def.owner.is_none())
}

fn gated_type_items(def: &TypeDef) -> Vec<TokenStream> {
    behind(&def.features, type_items(def))
}

/// All old names of types.
#[cfg(feature = "diff")]
pub(crate) fn old_names(module: &Module) -> impl Iterator<Item = TokenStream> {
    module.kept_types.iter().map(kept::type_item)
}

/// The items of one type.
pub(crate) fn type_items(def: &TypeDef) -> Vec<TokenStream> {
    let mut items = match &def.kind {
        TypeKind::Struct(of) => structs::items(def, of),
        TypeKind::StringEnum(variants) => enums::string_enum(def, variants),
        TypeKind::Union(of) => union::items(def, of),
    };
    items.extend(checks::of_type(def));
    items
}

/// The document's own values with their types as they are written.
pub(crate) fn samples(samples: &[Sample]) -> Vec<crate::Sample> {
    let samples = samples.iter().map(|sample| crate::Sample {
        pointer: sample.pointer.clone(),
        ty: words::ty(&sample.ty).to_string(),
        value: sample.value.clone(),
    });
    samples.collect()
}
