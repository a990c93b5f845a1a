//! What asks for which version, by the chapter of the Cargo Book on compatibility; its rules are named beside the cases.
//! Generated code has not all of these, so that no document shows them.

use super::RustLevel::{self, Major, Minor, None as Nothing, Patch};
use super::differences::differences;
use super::names::Names;
use super::read::read;

/// The rule, the level, and code before and after.
const CASES: &[(&str, RustLevel, &str, &str)] = &[
    (
        "the same",
        Nothing,
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8 }",
    ),
    ("item-remove", Major, "pub struct A;", ""),
    ("item-new", Minor, "", "pub struct A;"),
    ("item-rename", Major, "pub struct A;", "pub struct B;"),
    (
        "struct-add-public-field-when-no-private",
        Major,
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
    ),
    (
        "struct-private-fields-with-private",
        Minor,
        "pub struct A { pub a: u8, x: u8 }",
        "pub struct A { pub a: u8, x: u8, pub b: u8 }",
    ),
    (
        "attr-adding-non-exhaustive",
        Major,
        "pub struct A { pub a: u8 }",
        "#[non_exhaustive] pub struct A { pub a: u8 }",
    ),
    (
        "attr-adding-non-exhaustive, undone",
        Minor,
        "#[non_exhaustive] pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8 }",
    ),
    (
        "a field of an open struct",
        Minor,
        "#[non_exhaustive] pub struct A {}",
        "#[non_exhaustive] pub struct A { pub a: u8 }",
    ),
    (
        "a field that is gone",
        Major,
        "#[non_exhaustive] pub struct A { pub a: u8 }",
        "#[non_exhaustive] pub struct A {}",
    ),
    (
        "a field of another type",
        Major,
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u16 }",
    ),
    (
        "enum-variant-new",
        Major,
        "pub enum A { X }",
        "pub enum A { X, Y }",
    ),
    (
        "a variant of an open enum",
        Minor,
        "#[non_exhaustive] pub enum A { X }",
        "#[non_exhaustive] pub enum A { X, Y }",
    ),
    (
        "a variant that is gone",
        Major,
        "#[non_exhaustive] pub enum A { X, Y }",
        "#[non_exhaustive] pub enum A { X }",
    ),
    (
        "enum-fields-new",
        Major,
        "pub enum A { X(u8) }",
        "pub enum A { X(u8, u8) }",
    ),
    (
        "a struct is an enum",
        Major,
        "pub struct A;",
        "pub enum A {}",
    ),
    (
        "a derive that is gone",
        Major,
        "#[derive(Clone, Debug)] pub struct A;",
        "#[derive(Debug)] pub struct A;",
    ),
    (
        "impl-item-new",
        Minor,
        "#[derive(Debug)] pub struct A;",
        "#[derive(Clone, Debug)] pub struct A;",
    ),
    (
        "fn-change-arity",
        Major,
        "pub struct A; impl A { pub fn f(&self) {} }",
        "pub struct A; impl A { pub fn f(&self, a: u8) {} }",
    ),
    (
        "fn-generalize-compatible",
        Minor,
        "pub struct A; impl A { pub fn f(&self, a: u8) {} }",
        "pub struct A; impl A { pub fn f(&self, a: impl Into<u8>) {} }",
    ),
    (
        "fn-generalize-compatible, undone",
        Major,
        "pub struct A; impl A { pub fn f(&self, a: impl Into<u8>) {} }",
        "pub struct A; impl A { pub fn f(&self, a: u8) {} }",
    ),
    (
        "another result",
        Major,
        "pub struct A; impl A { pub fn f(&self) -> u8 { 1 } }",
        "pub struct A; impl A { pub fn f(&self) -> u16 { 1 } }",
    ),
    (
        "another receiver",
        Major,
        "pub struct A; impl A { pub fn f(&self) {} }",
        "pub struct A; impl A { pub fn f(self) {} }",
    ),
    (
        "cargo-feature-remove",
        Major,
        "pub struct A; impl A { pub fn f(&self) {} }",
        "pub struct A; impl A { #[cfg(feature = \"a\")] pub fn f(&self) {} }",
    ),
    (
        "a feature that is no longer asked for",
        Minor,
        "pub struct A; impl A { #[cfg(feature = \"a\")] pub fn f(&self) {} }",
        "pub struct A; impl A { pub fn f(&self) {} }",
    ),
    (
        "deprecated",
        Minor,
        "pub struct A; impl A { pub fn f(&self) {} }",
        "pub struct A; impl A { #[deprecated] pub fn f(&self) {} }",
    ),
    (
        "no longer deprecated",
        Patch,
        "#[deprecated] pub struct A;",
        "pub struct A;",
    ),
    (
        "words",
        Patch,
        "/// a\npub struct A;",
        "/// b\npub struct A;",
    ),
    (
        "what is inside",
        Patch,
        "pub struct A; impl A { pub fn f(&self) { g() } }",
        "pub struct A; impl A { pub fn f(&self) { h() } }",
    ),
    (
        "a private item",
        Nothing,
        "pub struct A; struct B;",
        "pub struct A; struct C;",
    ),
];

#[test]
fn levels_are_those_of_the_cargo_book() {
    let mut wrong = Vec::new();
    for (rule, level, old, new) in CASES {
        let surface = |code: &str| read([code.parse().unwrap()]);
        let found = differences(&surface(old), &surface(new), &Names::default());
        let most = found.iter().map(|one| one.level).max().unwrap_or_default();
        if most != *level {
            wrong.push(format!("{rule}: {level:?} expected, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
