//! `stencil diff`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use stencil_codegen::Config;
use stencil_codegen::diff::{self, Format, Report, Side};

pub(super) const HELP: &str = "Examples:";

#[derive(Args)]
pub(super) struct Diff {
    /// The document before
    old: PathBuf,
    /// The document now
    new: PathBuf,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Diff) -> ExitCode {
    let read = |path: &PathBuf| Side::read(&Config::new(path.as_path()).lenient(true));
    match (read(&arguments.old), read(&arguments.new)) {
        (Ok(old), Ok(new)) => {
            let diff = diff::compare(&old, &new);
            anstream::print!("{}", Report::new(&diff).render(arguments.format));
            ExitCode::SUCCESS
        }
        (Err(report), _) | (_, Err(report)) => {
            anstream::eprintln!("{}", report.render(true));
            ExitCode::from(2)
        }
    }
}
