//! What crosses crates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod apart;
mod calls;
mod catalogue;
mod changes;
mod diff;
mod discriminators;
mod document;
mod examples;
mod features;
mod golden;
mod inputs;
mod invalid;
mod limits;
mod lock;
mod losses;
mod merged;
mod mock;
mod nine;
mod payloads;
mod prism;
mod random;
mod shells;
mod snapshots;
mod texts;
mod three_two;
mod traps;
mod uploads;
mod wire;
