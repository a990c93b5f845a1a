//! Crates outside of the workspace, built as users build them, with every warning an error.
//!
//! They share one target folder and the workspace's lock file, so that dependencies are built once and
//! in the versions that are tested.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod build_script;
mod by_macro;
mod dependent;
mod features;
mod generated;
mod hostile;
mod kept;
mod outside;
mod tag_features;
