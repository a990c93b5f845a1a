//! What generated code may consist of, whatever the document says.

use syn::visit::{self, Visit};

use crate::written::{ATTRIBUTES, MACROS};

/// Panics where the source does not parse or holds an attribute or a macro that the compiler never writes.
///
/// # Panics
///
/// As said: that is a find.
pub fn assert_only_known(source: &str) {
    match syn::parse_file(source) {
        Ok(file) => Known.visit_file(&file),
        Err(error) => panic!("what is generated does not parse: {error}"),
    }
}

struct Known;

impl<'a> Visit<'a> for Known {
    fn visit_attribute(&mut self, attribute: &'a syn::Attribute) {
        let name = attribute.path().segments.first();
        let name = name.map(|segment| segment.ident.to_string());
        assert!(
            name.as_deref().is_some_and(|name| ATTRIBUTES.contains(&name)),
            "an attribute that nobody wrote: {name:?}"
        );
        visit::visit_attribute(self, attribute);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let name = call.path.segments.last().map(|last| last.ident.to_string());
        assert!(
            name.as_deref().is_some_and(|name| MACROS.contains(&name)),
            "a macro that nobody called: {name:?}"
        );
    }

    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        panic!("a module: {}", item.ident);
    }
}
