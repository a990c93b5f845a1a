//! One limit, and whether a value keeps to it.

use std::fmt;

use serde_json::{Number, Value};

use super::unique;

/// A keyword of JSON Schema that limits values of one type; those of other types keep to it (Validation 2020-12
/// §6).
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum Limit {
    Minimum(f64),
    Maximum(f64),
    ExclusiveMinimum(f64),
    ExclusiveMaximum(f64),
    MultipleOf(f64),
    /// In characters, as JSON counts them (RFC 8259 §7): Unicode code points.
    MinLength(u64),
    MaxLength(u64),
    /// A regular expression of ECMA-262 that is found somewhere in the text.
    #[cfg(feature = "pattern")]
    Pattern(&'static str),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
}

impl Limit {
    /// What the value would have to be, if it does not keep to the limit.
    pub(super) fn broken(self, value: &Value) -> Option<String> {
        let is_kept = match value {
            Value::Number(number) => self.allows_number(number),
            Value::String(text) => self.allows_text(text),
            Value::Array(items) => match self {
                Self::MinItems(least) => items.len() as u64 >= least,
                Self::MaxItems(most) => items.len() as u64 <= most,
                Self::UniqueItems => unique::all(items),
                _ => true,
            },
            Value::Object(members) => match self {
                Self::MinProperties(least) => members.len() as u64 >= least,
                Self::MaxProperties(most) => members.len() as u64 <= most,
                _ => true,
            },
            Value::Null | Value::Bool(_) => true,
        };
        (!is_kept).then(|| self.to_string())
    }

    fn allows_number(self, number: &Number) -> bool {
        let Some(value) = number.as_f64() else {
            return true;
        };
        match self {
            Self::Minimum(least) => value >= least,
            Self::Maximum(most) => value <= most,
            Self::ExclusiveMinimum(below) => value > below,
            Self::ExclusiveMaximum(above) => value < above,
            Self::MultipleOf(of) => is_multiple(number, value, of),
            _ => true,
        }
    }

    fn allows_text(self, text: &str) -> bool {
        let length = || text.chars().count() as u64;
        match self {
            Self::MinLength(least) => length() >= least,
            Self::MaxLength(most) => length() <= most,
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => super::pattern::is_found(pattern, text),
            _ => true,
        }
    }
}

/// Whole numbers exactly; others as near as binary numbers come to decimal ones.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what has no fraction and is small enough"
)]
fn is_multiple(number: &Number, value: f64, of: f64) -> bool {
    if let (Some(whole), true) = (number.as_i128(), of.fract() == 0.0 && of.abs() < 1e15) {
        return of == 0.0 || whole % (of as i128) == 0;
    }
    let times = value / of;
    (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimum(least) => write!(formatter, "must be {least} at least (`minimum`)"),
            Self::Maximum(most) => write!(formatter, "must be {most} at most (`maximum`)"),
            Self::ExclusiveMinimum(below) => {
                write!(formatter, "must be more than {below} (`exclusiveMinimum`)")
            }
            Self::ExclusiveMaximum(above) => {
                write!(formatter, "must be less than {above} (`exclusiveMaximum`)")
            }
            Self::MultipleOf(of) => write!(formatter, "must be a multiple of {of} (`multipleOf`)"),
            Self::MinLength(least) => {
                write!(
                    formatter,
                    "must have {least} characters at least (`minLength`)"
                )
            }
            Self::MaxLength(most) => {
                write!(
                    formatter,
                    "must have {most} characters at most (`maxLength`)"
                )
            }
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => write!(formatter, "must match `{pattern}` (`pattern`)"),
            Self::MinItems(least) => {
                write!(formatter, "must have {least} items at least (`minItems`)")
            }
            Self::MaxItems(most) => {
                write!(formatter, "must have {most} items at most (`maxItems`)")
            }
            Self::UniqueItems => write!(formatter, "must not have an item twice (`uniqueItems`)"),
            Self::MinProperties(least) => {
                write!(
                    formatter,
                    "must have {least} members at least (`minProperties`)"
                )
            }
            Self::MaxProperties(most) => {
                write!(
                    formatter,
                    "must have {most} members at most (`maxProperties`)"
                )
            }
        }
    }
}
