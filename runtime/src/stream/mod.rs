//! Bodies that are read while they come: bytes, lines, events.

mod bytes;
mod event;
mod frames;
mod items;

pub use bytes::ByteStream;
pub use event::Event;
pub use items::Items;

/// The most bytes that one item of a stream may have, unless the client was built with another limit.
const ITEM_LIMIT: usize = 16 << 20;
