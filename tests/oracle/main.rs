//! The verdict on callers that compile against a client is right if rustc agrees with it: a caller that uses all of the
//! old client is compiled against the new one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod base;
mod caller;
mod complete;
mod hide;
mod kept;
mod mutated;
mod mutations;
#[path = "../compile/outside.rs"]
#[expect(dead_code, reason = "the tests that build crates use more of it")]
mod outside;
mod published;
mod rustc;
mod verdict;

/// Whether everything is asked: `STENCIL_ORACLE=all`. What is asked otherwise takes two minutes at most.
fn is_whole() -> bool {
    std::env::var("STENCIL_ORACLE").is_ok_and(|asked| asked == "all")
}
