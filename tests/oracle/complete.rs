//! The caller uses everything: whatever public item is taken out of a client, the line that uses it does not compile.

use std::collections::BTreeSet;

use stencil_codegen::generate;

use crate::base;
use crate::caller;
use crate::hide::{Hidden, hide};
use crate::rustc::Modules;

const KINDS: [Hidden; 14] = [
    Hidden::Types,
    Hidden::Exports,
    Hidden::Fields,
    Hidden::Variants,
    Hidden::Functions,
    Hidden::Derive("Clone"),
    Hidden::Derive("Debug"),
    Hidden::Derive("Default"),
    Hidden::Derive("Eq"),
    Hidden::Derive("Hash"),
    Hidden::Derive("PartialEq"),
    Hidden::Derive("Serialize"),
    Hidden::Implementations,
    Hidden::Macros,
];

#[test]
fn no_public_item_can_go_unnoticed() {
    let source = generate(&base::config(&base::wide())).unwrap().source();
    let uses = caller::uses(&source);
    let mut count = 0;
    for kind in KINDS {
        let (hidden, items) = hide(&source, kind);
        assert!(!items.is_empty(), "{kind:?}");
        // Traits cannot be hidden from callers alone: the client does not compile then either, and both are one
        // crate, so that rustc looks at both.
        let mut modules = Modules::new("complete", "complete");
        modules.add("client".to_owned(), hidden);
        modules.add("caller".to_owned(), caller::text(&uses, "crate::client"));
        let failures = modules.check(&[]);
        let met: BTreeSet<&str> = failures
            .iter()
            .filter(|failure| failure.module == "caller")
            .filter_map(|failure| caller::item(&uses, failure.line))
            .collect();
        let unmet: Vec<&String> = items
            .iter()
            .filter(|item| !met.contains(item.as_str()))
            .collect();
        assert!(
            unmet.is_empty(),
            "{kind:?}: {unmet:#?} of {}",
            failures
                .iter()
                .map(|one| one.text.as_str())
                .collect::<String>()
        );
        count += items.len();
    }
    // The other way round: what has a line is an item that can be hidden.
    let lines: BTreeSet<&str> = uses.iter().map(|one| one.item.as_str()).collect();
    assert_eq!(count, lines.len(), "{} lines", uses.len());
}
