//! What callers can name of a client, read from the code that is printed for it, so that nothing here can
//! differ from what is generated.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// Every public item that was read, by its place.
#[derive(Debug, Default)]
pub(super) struct Surface {
    pub(super) items: BTreeMap<Key, Item>,
}

impl Surface {
    /// Leaves out what both have in the very same form, but for the types themselves: of a large type mostly one part is
    /// another.
    pub(super) fn leave_out_same(&mut self, other: &mut Self) {
        let is_same = |key: &Key, item: &Item| other.items.get(key) == Some(item);
        let gone = self.items.iter();
        let gone = gone.filter(|(key, item)| key.member != Member::Type && is_same(key, item));
        let gone: Vec<Key> = gone.map(|(key, _)| key.clone()).collect();
        for key in gone {
            self.items.remove(&key);
            other.items.remove(&key);
        }
    }
}

/// The place of an item: a type, or something that belongs to one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The type, such as `UserProfile` or `Call<ListAccount>`.
    pub(super) owner: String,
    pub(super) member: Member,
}

/// What belongs to a type, or the type itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    Type,
    Field(String),
    Variant(String),
    Function(String),
    /// A trait that it has, by its last name and arguments: `Clone`, `From<&str>`.
    Trait(String),
    /// A type of a trait that it has.
    Associated(String, String),
}

/// A public item.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) what: What,
    pub(super) is_deprecated: bool,
    /// A sum of its documentation, for comparison within one run.
    pub(super) docs: u64,
    /// What no caller sees: bodies, private fields, names on the wire.
    pub(super) rest: Text,
}

/// Code as text: as tokens it would take ten times the room, and most of it is only compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn of(code: &impl ToTokens) -> Self {
        let mut text = code.to_token_stream().to_string();
        text.shrink_to_fit();
        Self(text)
    }

    /// Adds what follows it.
    pub(super) fn extend(&mut self, tokens: &TokenStream) {
        self.0 = format!("{} {tokens}", self.0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it was made from.
    pub(super) fn tokens(&self) -> TokenStream {
        self.0.parse().unwrap_or_default()
    }
}

/// What callers compile against.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    Type(TypeItem),
    /// The type of a field.
    Field(Text),
    /// What a variant holds, with its parentheses or braces.
    Variant(Text),
    Function(Box<Function>),
    /// Under which conditions it is there.
    Trait(Text),
    Associated(Text),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct TypeItem {
    pub(super) kind: Kind,
    pub(super) generics: Text,
    /// Whether callers have to expect more fields or variants.
    pub(super) is_open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Struct,
    Enum,
    /// Another name for this.
    Alias(String),
    /// An item of the runtime under this path.
    External(String),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    /// `#[cfg(…)]`.
    pub(super) condition: Text,
    /// From `fn` on, without a body.
    pub(super) signature: Text,
}

/// A signature, taken apart.
#[derive(Debug, Default)]
pub(super) struct Signature {
    /// What stands before its arguments, but for its name.
    pub(super) head: TokenStream,
    /// `self`, if it takes that, and how.
    pub(super) receiver: TokenStream,
    pub(super) arguments: Vec<(String, TokenStream)>,
    /// What it gives.
    pub(super) output: TokenStream,
}

impl Key {
    pub(super) fn of(owner: &str, member: Member) -> Self {
        Self {
            owner: owner.to_owned(),
            member,
        }
    }

    pub(super) fn of_type(name: &str) -> Self {
        Self::of(name, Member::Type)
    }

    pub(super) fn field(owner: &str, name: &str) -> Self {
        Self::of(owner, Member::Field(name.to_owned()))
    }

    pub(super) fn variant(owner: &str, name: &str) -> Self {
        Self::of(owner, Member::Variant(name.to_owned()))
    }

    pub(super) fn function(owner: &str, name: &str) -> Self {
        Self::of(owner, Member::Function(name.to_owned()))
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let owner = &self.owner;
        match &self.member {
            Member::Type => formatter.write_str(owner),
            Member::Field(name) => write!(formatter, "{owner}.{name}"),
            Member::Variant(name) | Member::Function(name) => write!(formatter, "{owner}::{name}"),
            Member::Trait(name) => write!(formatter, "impl {name} for {owner}"),
            Member::Associated(of, name) => write!(formatter, "<{owner} as {of}>::{name}"),
        }
    }
}

impl What {
    /// The code in which names of types may stand.
    pub(super) fn code(&self) -> &Text {
        match self {
            Self::Type(of) => &of.generics,
            Self::Field(of) | Self::Variant(of) | Self::Trait(of) | Self::Associated(of) => of,
            Self::Function(of) => &of.signature,
        }
    }
}
