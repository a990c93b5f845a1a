//! What the fuzz targets share.

mod mutate;
mod source;
#[path = "../../tests/src/written.rs"]
mod written;

pub use mutate::mutate;
pub use source::assert_only_known;
