//! What the runtime promises, seen from outside.

#[cfg(feature = "blocking")]
mod blocking;
mod secrets;
mod style;
mod support;
mod values;
mod wire;
