//! What the runtime promises, seen from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod broken;
mod canary;
mod errors;
mod fault;
mod load;
mod multipart;
mod object;
mod origin;
mod retry;
mod secrets;
mod stream;
mod style;
mod support;
mod time;
#[cfg(feature = "rustls")]
mod tls;
mod union;
mod values;
mod wire;
