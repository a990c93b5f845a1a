//! What the fuzz targets share.

mod mutate;
mod source;

pub use mutate::mutate;
pub use source::assert_only_known;
