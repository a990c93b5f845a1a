//! Programs around the tests: `cargo run -p stencil-tests -- --help`.

mod corpus;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Programs around the tests of stencil.
#[derive(Parser)]
#[command(name = "stencil-tests")]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Compile every document below a folder, and write a table of what came of each.
    ///
    /// Goes on after a failure and ends with totals. Exits with 1 if an operation was dropped, if generated
    /// code does not compile, or if the compiler panicked; a document that it refuses is no failure of this.
    Corpus(Corpus),
}

#[derive(clap::Args)]
struct Corpus {
    /// The folder, or a single document
    folder: PathBuf,
    /// Compile what was generated too; a warning counts as an error
    #[arg(long)]
    check: bool,
    /// With clippy's default lints instead of rustc's alone
    #[arg(long, requires = "check")]
    clippy: bool,
    /// Run the documents' own examples and defaults through the types, and tell which do not come back
    #[arg(long, requires = "check")]
    samples: bool,
    /// Make instances from every schema, and run those that `jsonschema` allows through the types
    #[arg(long, requires = "check")]
    instances: bool,
    /// Of one document no more instances than this: first one of every type, then a second, and so on
    #[arg(long, value_name = "COUNT", requires = "instances", default_value_t = usize::MAX, hide_default_value = true)]
    max_instances: usize,
    /// Let references to missing schemas pass as any value
    #[arg(long)]
    lenient: bool,
    /// Write the table to this file, as CSV
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Leave out documents larger than this, in kilobytes
    #[arg(long, value_name = "KB")]
    max_size: Option<u64>,
}

/// `jsonschema` goes down into schemas that refer to each other by recursion, further than a usual stack reaches.
const STACK: usize = 2 << 30;

fn with_stack<T: Send + 'static>(
    run: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> std::io::Result<T> {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run)?;
    let panicked = |_| std::io::Error::other("it panicked");
    thread.join().map_err(panicked).and_then(|result| result)
}

fn main() -> ExitCode {
    match Command::parse().action {
        Action::Corpus(arguments) => match with_stack(move || corpus::run(&arguments)) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        },
    }
}
