//! The `stencil` command.

mod cli;

use std::process::ExitCode;

/// Small allocations are much of the work: see `benches/README.md` for what this one gains.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
