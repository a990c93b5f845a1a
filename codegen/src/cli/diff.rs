//! `stencil diff`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use stencil_codegen::diff::{
    self, Accepted, ClientCrate, Format, HttpLevel, Origin, OriginError, Reading, RustLevel, Side,
    Step, Version,
};

use super::{Failure, output};

pub(super) const HELP: &str = "Examples:
  stencil diff old.yaml new.yaml                      two files
  stencil diff origin/main:spec/api.yaml              a revision, and the same file as it is here
  stencil diff v1.2:stencil.toml HEAD:stencil.toml    with the settings and overlays of each revision
  stencil diff main:spec/api.yaml --crate client --bump
                                                      sets the client's next version, and writes its changelog

Exit codes:
  0  nothing breaks, or what does was accepted
  1  something breaks what `--fail-on` names
  2  could not compare";

#[derive(Args)]
pub(super) struct Diff {
    /// The document before: a file, or REV:PATH of a git repository; settings (*.toml) stand for the document that
    /// they name
    old: String,
    /// The document now; where left out, the same path in the working tree
    new: Option<String>,
    /// An overlay for both, each from where its document comes from; may be given several times
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Follow `$ref`s to other files below the document's folder
    #[arg(long)]
    files: bool,
    /// Read a reference to a schema that is missing as any value, rather than failing
    #[arg(long)]
    lenient: bool,
    /// The form of the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The file to write the report to; printed if left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which verdict fails: of callers that are deployed, of those who compile, either, or none
    #[arg(long, value_enum, default_value = "any")]
    fail_on: FailOn,
    /// The committed list of changes that were accepted; it need not exist
    #[arg(long, value_name = "FILE", default_value = "stencil.accept")]
    accept_file: PathBuf,
    /// Accept a change by its fingerprint, or `all` that break: adds lines to the accept file
    #[arg(long, value_name = "FINGERPRINT", value_delimiter = ',')]
    accept: Vec<String>,
    /// The version that callers of the client have, for the step to the next one
    #[arg(long, value_name = "VERSION")]
    version: Option<Version>,
    /// The folder of the client's crate, whose version it is
    #[arg(long = "crate", value_name = "DIR", conflicts_with = "version")]
    crate_folder: Option<PathBuf>,
    /// Set the crate's version, and write the entry in its CHANGELOG.md
    #[arg(long, requires = "crate_folder")]
    bump: bool,
}

/// What makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Http,
    Rust,
    Any,
    None,
}

pub(super) fn run(arguments: &Diff) -> ExitCode {
    match compare(arguments) {
        Ok(true) => ExitCode::from(1),
        Ok(false) => ExitCode::SUCCESS,
        Err(OriginError::Document(report)) => {
            anstream::eprintln!("{}", report.render(true));
            ExitCode::from(2)
        }
        Err(OriginError::Other(message)) => {
            anstream::eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Whether something breaks.
fn compare(arguments: &Diff) -> Result<bool, OriginError> {
    let old = Origin::parse(&arguments.old);
    let new = arguments
        .new
        .as_deref()
        .map_or_else(|| old.in_working_tree(), Origin::parse);
    let mut how = Reading::default();
    how.overlays.clone_from(&arguments.overlay);
    how.files = arguments.files;
    how.lenient = arguments.lenient;
    let before = Side::read(&old.config(&how)?)?;
    let after = Side::read(&new.config(&how)?)?;
    let mut diff = diff::compare(before, after)?;
    let expired = accept(arguments, &mut diff).map_err(OriginError::Other)?;
    let client = arguments
        .crate_folder
        .as_deref()
        .map(ClientCrate::new)
        .transpose();
    let client = client.map_err(OriginError::Other)?;
    let version = match &client {
        Some(client) => Some(client.version_at(&old)?),
        None => arguments.version.clone(),
    };
    let step = version.map(|version| Step::new(&version, diff.rust()));
    let report = diff::Report::new(&diff)
        .step(step.as_ref())
        .expired(&expired);
    write(arguments, &report.render(arguments.format))?;
    if let (true, Some(client), Some(step)) = (arguments.bump, &client, &step) {
        bump(client, &diff, step).map_err(OriginError::Other)?;
    }
    Ok(diff.changes.iter().any(|change| {
        let (http, rust) = (
            change.http == HttpLevel::Breaking,
            change.rust == RustLevel::Major,
        );
        let fails = match arguments.fail_on {
            FailOn::Http => http,
            FailOn::Rust => rust,
            FailOn::Any => http || rust,
            FailOn::None => false,
        };
        fails && !change.accepted
    }))
}

/// Marks what was accepted, adds to it what is to be, and gives what there is no more.
fn accept(arguments: &Diff, diff: &mut diff::Diff) -> Result<Vec<String>, String> {
    let path = &arguments.accept_file;
    let shown = path.display();
    let mut text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("cannot read `{shown}`: {error}")),
    };
    let read = |text: &str| Accepted::parse(text).map_err(|error| format!("`{shown}`, {error}"));
    let mut expired = read(&text)?.apply(diff);
    if !arguments.accept.is_empty() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text += &diff::accept_lines(diff, &arguments.accept)?;
        expired = read(&text)?.apply(diff);
        let written = stencil_codegen::output::write(path, &text);
        written.map_err(|error| format!("cannot write `{shown}`: {error}"))?;
    }
    Ok(expired)
}

fn write(arguments: &Diff, text: &str) -> Result<(), Failure> {
    match &arguments.output {
        Some(path) => output::write(path, &anstream::adapter::strip_str(text).to_string()),
        // Colours are dropped where the output is no terminal.
        None if arguments.format == Format::Text => {
            anstream::print!("{text}");
            Ok(())
        }
        None => output::print(text),
    }
}

impl From<Failure> for OriginError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Document(report) => Self::Document(report),
            Failure::Other(message) => Self::Other(message),
        }
    }
}

fn bump(client: &ClientCrate, diff: &diff::Diff, step: &Step) -> Result<(), String> {
    if step.from == step.to {
        anstream::eprintln!("nothing to release: {step}");
        return Ok(());
    }
    for path in client.release(diff, step)? {
        anstream::eprintln!("wrote {}", path.display());
    }
    Ok(())
}
