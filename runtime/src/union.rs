//! Values that are one of several types.

mod fields;
mod unlisted;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

pub use fields::fields;
pub use unlisted::Unlisted;

/// An enum with a variant for each alternative of `oneOf` or `anyOf`, and one for what is none of them.
pub trait Union: Sized + 'static {
    /// The property that names the alternative (OpenAPI 3.1 §4.8.25, "Discriminator Object").
    const TAG: Option<&'static str> = None;
    /// The alternatives, the first ones first.
    const CASES: &'static [Case<Self>];
    /// A value that is none of them.
    fn other(value: Value) -> Self;
}

/// One alternative.
pub struct Case<T: 'static> {
    read: fn(&Value) -> Option<T>,
    fields: fn() -> Option<&'static [&'static str]>,
    tags: &'static [&'static str],
    fixed: &'static [(&'static str, &'static str)],
    is_fallback: bool,
}

impl<T> Case<T> {
    /// An alternative that `read` reads and that has these `fields`, if it is a struct.
    pub const fn new(
        read: fn(&Value) -> Option<T>,
        fields: fn() -> Option<&'static [&'static str]>,
    ) -> Self {
        Self {
            read,
            fields,
            tags: &[],
            fixed: &[],
            is_fallback: false,
        }
    }

    /// The values of [`Union::TAG`] that name it.
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Properties that have one value in it, and another in other alternatives.
    pub const fn fixed(mut self, fixed: &'static [(&'static str, &'static str)]) -> Self {
        self.fixed = fixed;
        self
    }

    /// What a value without the tag is, or with one that names no other (OpenAPI 3.2 §4.25, `defaultMapping`).
    pub const fn fallback(mut self) -> Self {
        self.is_fallback = true;
        self
    }

    /// How many properties of the value it has no field for; `None` if it cannot be this alternative.
    fn unknown(&self, value: &Value) -> Option<usize> {
        let Value::Object(entries) = value else {
            return Some(0);
        };
        let differs =
            |(name, fixed): &(&str, &str)| entries.get(*name).is_some_and(|value| value != *fixed);
        if self.fixed.iter().any(differs) {
            return None;
        }
        // What is no struct, a map perhaps, has a place for every property, but comes after a struct that has.
        Some((self.fields)().map_or(1, |fields| {
            let unknown = entries
                .keys()
                .filter(|name| !fields.contains(&name.as_str()));
            unknown.count() * 2
        }))
    }
}

/// Reads a value as one of the alternatives of a union: the one that its tag names, else the one that is meant
/// then; without either the first one that it can be read as, those first that lose the fewest properties.
pub fn select<T: Union>(value: &Value) -> Option<T> {
    let fallback = T::CASES.iter().find(|case| case.is_fallback);
    if let Some(tag) = T::TAG.and_then(|name| tag(value.get(name)?)) {
        let named = T::CASES.iter().find(|case| case.tags.contains(&&*tag));
        // An alternative that is not known yet must not be taken for one that is.
        return named.or(fallback).and_then(|case| (case.read)(value));
    }
    if let Some(read) = fallback.and_then(|case| (case.read)(value)) {
        return Some(read);
    }
    let mut cases: Vec<(usize, &Case<T>)> = T::CASES
        .iter()
        .filter_map(|case| Some((case.unknown(value)?, case)))
        .collect();
    cases.sort_by_key(|(unknown, _)| *unknown);
    cases.into_iter().find_map(|(_, case)| (case.read)(value))
}

/// The text that names an alternative; a number or a boolean as JSON has it.
fn tag(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(_) | Value::Bool(_) => Some(Cow::Owned(value.to_string())),
        _ => None,
    }
}

/// Reads a value as the type of one alternative.
pub fn read<B: DeserializeOwned, T>(value: &Value, wrap: fn(B) -> T) -> Option<T> {
    B::deserialize(value).ok().map(wrap)
}

/// Reads a value as an alternative that is a union itself: its own variant for other values does not count.
pub fn read_union<B: Union, T>(value: &Value, wrap: fn(B) -> T) -> Option<T> {
    select(value).map(wrap)
}

/// The same for an alternative in a box.
pub fn read_boxed_union<B: Union, T>(value: &Value, wrap: fn(Box<B>) -> T) -> Option<T> {
    select(value).map(|inner| wrap(Box::new(inner)))
}

/// Writes a value with the property that names its alternative.
///
/// # Errors
///
/// The value is not JSON.
pub fn with_tag<T: Serialize, S: Serializer>(
    tag: &'static str,
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let Value::Object(entries) = &mut value {
        entries.entry(tag).or_insert_with(|| Value::from(name));
    }
    value.serialize(serializer)
}

/// Gives an enum that is a [`Union`] its JSON form.
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value: $crate::Value =
                    $crate::__private::serde::Deserialize::deserialize(deserializer)?;
                Ok($crate::select(&value).unwrap_or_else(|| $crate::Union::other(value)))
            }
        }
    };
}
