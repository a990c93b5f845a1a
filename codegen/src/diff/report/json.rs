//! Later.

use super::Report;

pub(super) fn render(_report: &Report<'_>) -> String {
    String::new()
}
/// The version.
pub const SCHEMA_VERSION: u32 = 1;
