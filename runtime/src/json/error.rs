//! What was expected of a body.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

/// What was expected, without what was found instead. In a box, as it is a part of each result.
#[derive(Debug)]
pub(crate) struct Error(Box<Cow<'static, str>>);

impl Error {
    pub(super) fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(what.into()))
    }

    /// Another value was expected.
    pub(super) fn expected(value: &dyn Expected) -> Self {
        Self::new(format!("expected {value}"))
    }

    fn expected_one_of(names: &[&str]) -> Self {
        Self::new(format!("expected one of `{}`", names.join("`, `")))
    }

    /// Of a value that is read by `serde_json`, whose message may quote it: what it expected stands last, if it says
    /// so.
    pub(super) fn foreign(error: &serde_json::Error) -> Self {
        if !error.is_data() {
            return Self::new("not JSON");
        }
        let message = error.to_string();
        let Some(start) = message.rfind(", expected ") else {
            return Self::new("a value of another type");
        };
        let what = message[start + 2..].split(" at line").next();
        Self::new(what.unwrap_or_default().to_owned())
    }
}

impl Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    /// The message of a type of the caller's own may quote the value.
    fn custom<T: Display>(_: T) -> Self {
        Self::new("a value of another type")
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::expected_one_of(expected)
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::expected_one_of(expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing field `{field}`"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("field `{field}` is there twice"))
    }
}
