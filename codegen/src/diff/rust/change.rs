//! One thing that is different for those who compile against the client.

use serde::Serialize;

/// What a change asks of the next version of the client (Semantic Versioning 2.0.0 §6 to §8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RustLevel {
    /// The generated code is the same.
    #[default]
    None,
    /// Callers compile as before, and see nothing new: documentation, what is sent.
    Patch,
    /// Callers compile as before, and there is something that they may use.
    Minor,
    /// Some callers no longer compile.
    Major,
}

/// A public item of the client that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustChange {
    /// What it asks of the next version.
    pub level: RustLevel,
    /// The path of the item, such as `UserProfile.city` or `Client::list_account`.
    pub item: String,
    /// Its signature before; none if it is new.
    pub before: Option<String>,
    /// Its signature now; none if it is gone.
    pub after: Option<String>,
    /// What is different, in one line.
    pub message: String,
    /// Methods of the client and types that have another name: before, and now. A lock can keep the old ones.
    pub renamed: Vec<(String, String)>,
    /// The JSON pointer of what it was made from.
    pub old_pointer: Option<String>,
    /// The JSON pointer of what it is made from.
    pub new_pointer: Option<String>,
}
