//! What crosses crates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calls;
mod catalogue;
mod changes;
mod diff;
mod document;
mod examples;
mod features;
mod golden;
mod inputs;
mod invalid;
mod lock;
mod losses;
mod mock;
mod nine;
mod prism;
mod random;
mod shells;
mod snapshots;
mod wire;
