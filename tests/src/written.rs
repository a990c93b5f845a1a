//! What the compiler writes of itself, for whoever looks at generated code without trust in the document. The fuzz
//! targets, which stand apart from the workspace, read this file too.

/// Attributes that the compiler writes.
pub const ATTRIBUTES: [&str; 9] = [
    "allow",
    "cfg",
    "default",
    "deprecated",
    "derive",
    "doc",
    "must_use",
    "non_exhaustive",
    "serde",
];
/// Macros that the compiler calls.
pub const MACROS: [&str; 7] = [
    "concat",
    "env",
    "format",
    "matches",
    "object",
    "string_enum",
    "union",
];
