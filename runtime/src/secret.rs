//! Texts that are never shown.

use std::cell::Cell;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::ConfigError;

/// An API key or another credential. `Debug` hides it, there is no `Display`, and it is wiped from
/// memory when dropped.
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// A key from a text; blanks and line ends around it are dropped, as they come with files and shells.
    pub fn new(key: impl Into<String>) -> Self {
        let key = Zeroizing::new(key.into());
        Self(Zeroizing::new(key.trim().to_owned()))
    }

    /// A key from an environment variable.
    ///
    /// # Errors
    ///
    /// The variable is not set, is empty, or is not Unicode.
    pub fn from_env(variable: &str) -> Result<Self, ConfigError> {
        let problem = match std::env::var(variable) {
            Ok(key) if !key.trim().is_empty() => return Ok(Self::new(key)),
            Ok(_) => "is empty",
            Err(std::env::VarError::NotPresent) => "is not set",
            Err(std::env::VarError::NotUnicode(_)) => "is not Unicode",
        };
        Err(ConfigError::new(format!(
            "the environment variable `{variable}` {problem}"
        )))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ApiKey {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

impl From<String> for ApiKey {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKey([redacted])")
    }
}

/// A text that the document marks as secret (`format: password`). It is sent as it is; `Debug` hides
/// it, and it is wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret from a text, which is kept as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

thread_local! {
    /// Whether a secret was written since [`watched`] began, on this thread.
    static WRITTEN: Cell<bool> = const { Cell::new(false) };
}

/// What a function gives, and whether it wrote a [`Secret`], wherever in a value that stood.
pub(crate) fn watched<T>(write: impl FnOnce() -> T) -> (T, bool) {
    let before = WRITTEN.replace(false);
    let written = write();
    let found = WRITTEN.get();
    WRITTEN.set(before || found);
    (written, found)
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WRITTEN.set(true);
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiKey, Secret, watched};

    #[test]
    fn a_secret_is_noticed_by_all_who_watch() {
        let write = || serde_json::to_string(&Secret::new("x")).unwrap();
        let ((_, within), around) = watched(|| watched(write));
        assert!(within && around);
        let (((), within), around) = watched(|| {
            write();
            watched(|| ())
        });
        assert!(!within && around);
        assert!(!watched(|| ()).1, "what was before is not counted");
    }

    #[test]
    fn a_secret_says_that_it_is_one() {
        assert_eq!(format!("{:?}", Secret::new("x")), "[redacted]");
        assert_eq!(format!("{:?}", ApiKey::new("x")), "ApiKey([redacted])");
    }
}
