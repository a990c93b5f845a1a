//! What the runtime promises, seen from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod multipart;
mod secrets;
mod stream;
mod style;
mod support;
#[cfg(feature = "tracing")]
mod trace;
mod union;
mod values;
mod wire;
