//! Limits of what is sent, checked before it is (JSON Schema Validation 2020-12 §6).

mod limit;
#[cfg(feature = "pattern")]
mod pattern;
mod unique;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub use limit::Limit;

use crate::{EncodeError, Maybe};

/// A type that knows the limits of its fields.
pub trait Checked {
    /// Notes the first of them that is not kept.
    fn check(&self, check: &mut Check);
}

/// Looks for what does not keep to its limits, and remembers where it is.
#[derive(Debug, Default)]
pub struct Check {
    /// The way to the value that is looked at.
    path: Vec<String>,
    found: Option<EncodeError>,
}

impl Check {
    /// Runs checks.
    ///
    /// # Errors
    ///
    /// The first value that does not keep to a limit: its JSON pointer, and the limit. The value itself is no
    /// part of it.
    pub fn run(check: impl FnOnce(&mut Self)) -> Result<(), EncodeError> {
        let mut own = Self::default();
        check(&mut own);
        own.found.map_or(Ok(()), Err)
    }

    /// Checks the limits of a field, or of the value that is looked at where it has no name.
    pub fn limits<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, limits: &[Limit]) {
        self.each(name, "", value, limits);
    }

    /// Checks the limits of what a field holds: of all items or members for `*`, of one item for its index, and so
    /// on after a slash.
    pub fn each<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        way: &str,
        value: &T,
        limits: &[Limit],
    ) {
        if self.found.is_some() {
            return;
        }
        // What is no JSON is told where it is written.
        let Ok(value) = serde_json::to_value(value) else {
            return;
        };
        let steps: Vec<&str> = way.split('/').filter(|step| !step.is_empty()).collect();
        self.within(name, |check| check.follow(&value, &steps, limits));
    }

    fn follow(&mut self, value: &Value, steps: &[&str], limits: &[Limit]) {
        let Some((step, rest)) = steps.split_first() else {
            let broken = limits.iter().find_map(|limit| limit.broken(value));
            if let (Some(why), None) = (broken, &self.found) {
                self.found = Some(self.error(&why));
            }
            return;
        };
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let key = index.to_string();
                    if *step == "*" || *step == key {
                        self.within(&key, |check| check.follow(item, rest, limits));
                    }
                }
            }
            Value::Object(members) if *step == "*" => {
                for (key, member) in members {
                    self.within(key, |check| check.follow(member, rest, limits));
                }
            }
            _ => {}
        }
    }

    /// Checks what a field holds, or the value itself where it has no name.
    pub fn inner<T: Checked + ?Sized>(&mut self, name: &str, value: &T) {
        if self.found.is_none() {
            self.within(name, |check| value.check(check));
        }
    }

    fn within(&mut self, key: &str, check: impl FnOnce(&mut Self)) {
        if key.is_empty() {
            check(self);
        } else {
            self.path.push(key.to_owned());
            check(self);
            self.path.pop();
        }
    }

    /// The first key names the parameter or the body; the rest is a JSON pointer into it (RFC 6901).
    fn error(&self, why: &str) -> EncodeError {
        let Some((name, rest)) = self.path.split_first() else {
            return EncodeError::new("body", why.to_owned());
        };
        let mut pointer = String::new();
        for key in rest {
            pointer += &format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        }
        if pointer.is_empty() {
            EncodeError::new(name, why.to_owned())
        } else {
            EncodeError::new(name, format!("`{pointer}` {why}"))
        }
    }
}

impl<T: Checked> Checked for Option<T> {
    fn check(&self, check: &mut Check) {
        if let Some(value) = self {
            value.check(check);
        }
    }
}

impl<T: Checked> Checked for Maybe<T> {
    fn check(&self, check: &mut Check) {
        if let Some(value) = self.value() {
            value.check(check);
        }
    }
}

impl<T: Checked> Checked for Box<T> {
    fn check(&self, check: &mut Check) {
        (**self).check(check);
    }
}

impl<T: Checked> Checked for Vec<T> {
    fn check(&self, check: &mut Check) {
        for (index, item) in self.iter().enumerate() {
            check.inner(&index.to_string(), item);
        }
    }
}

impl<T: Checked> Checked for BTreeMap<String, T> {
    fn check(&self, check: &mut Check) {
        for (key, value) in self {
            check.inner(key, value);
        }
    }
}
