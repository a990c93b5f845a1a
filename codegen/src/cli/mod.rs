//! The command's arguments, and what each of its subcommands does with them.

mod check;
mod diff;
mod generate;
mod inspect;
mod lock;
mod mock;
mod new_crate;
mod output;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use stencil_codegen::{Config, Generated, Report, Stage};

/// Turns an OpenAPI document into a typed Rust client.
#[derive(Parser)]
#[command(name = "stencil", version, after_help = EXIT_CODES, propagate_version = true)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  the document has a problem, or what `check` looked at is stale; nothing was written
  2  the command line is wrong

Start with:
  stencil generate openapi.yaml --output src/client.rs
  stencil generate --config stencil.toml --crate petstore
  stencil mock openapi.yaml --port 8080";

#[derive(Subcommand)]
enum Action {
    /// Write the client: one file, or a whole crate.
    #[command(after_help = "Examples:
  stencil generate openapi.yaml                       prints the client
  stencil generate openapi.yaml -o src/client.rs      writes one file; put it behind
                                                      `#[rustfmt::skip] mod client;`
  stencil generate openapi.yaml --crate petstore      writes a crate that builds

The file needs the crates `serde` (with `derive`) and `stencil-runtime`.")]
    Generate(Generate),
    /// Look whether a document compiles, and whether what was generated from it is up to date.
    #[command(after_help = "Examples:
  stencil check openapi.yaml                          only the document
  stencil check openapi.yaml -o src/client.rs         the document and the file made from it
  stencil check openapi.yaml --deny-loss              nothing in it may be left out of the client

Exits with 1 and prints the command that mends it when the file is stale.")]
    Check(Check),
    /// Tell what a change of the document does, to HTTP and to Rust.
    #[command(disable_version_flag = true, after_help = diff::HELP)]
    Diff(diff::Diff),
    /// Write down the client's names beside the document, so that they last; keep old ones as deprecated.
    #[command(after_help = "Examples:
  stencil lock openapi.yaml                           writes openapi.lock, which goes into the repository
  stencil lock openapi.yaml --check                   1 if it is stale, and what is different
  stencil lock openapi.yaml --keep get_account        `get_account` has another name now: callers find it still,
                                                      as deprecated, with all types of the operation
  stencil lock openapi.yaml --keep d1cc91bd --since main:openapi.yaml
                                                      the names of a change that `stencil diff` reports
  stencil lock openapi.yaml --keep get_account=account    the same where the lock has the new name already")]
    Lock(Lock),
    /// Print what a stage of the compiler gives.
    Inspect(Inspect),
    /// Serve the document: its examples, checked requests, updates that the next read shows.
    #[command(after_help = "Example:
  stencil mock openapi.yaml --port 8080
  curl -H 'authorization: Bearer any' http://127.0.0.1:8080/…

Any credentials are accepted, none are refused with 401 where the document asks for some.
The header `Prefer: code=404` asks for the answer with that status.")]
    Mock(Mock),
}

/// The document, and how to read it.
#[derive(Args)]
struct Document {
    /// The OpenAPI document, YAML or JSON (3.0, 3.1 or 3.2); what `stencil.toml` in this folder names if left out
    #[arg(conflicts_with = "config")]
    spec: Option<PathBuf>,
    /// Settings in TOML, the document's path among them
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The lock of the client's names; the document's name with `.lock`, where there is such a file, if left out
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// An overlay (OpenAPI Overlay 1.x) to apply first; may be given several times
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Follow `$ref`s to other files below the document's folder (URLs are never read)
    #[arg(long)]
    files: bool,
    /// Read a reference to a schema that is missing as any value, rather than failing
    #[arg(long)]
    lenient: bool,
}

/// How the client is made.
#[derive(Args)]
struct Style {
    /// The path by which examples in the documentation import the client, such as `my_api`
    #[arg(long, value_name = "PATH")]
    example_path: Option<String>,
    /// Give calls a `send_blocking` method, behind the Cargo feature `blocking` of your crate
    #[arg(long)]
    blocking: bool,
    /// Call the setters of types and calls as what they set (`plain`), or after `with_` (`with`)
    #[arg(long, value_name = "STYLE", value_parser = ["plain", "with"])]
    setters: Option<String>,
    /// Put operations behind Cargo features of your crate, one for each tag
    #[arg(long)]
    tag_features: bool,
    /// Make code only for this operation id, path, start of a path before `*`, or tag; may be given several
    /// times
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Keep strings of this format, such as `date-time`, plain strings; may be given several times
    #[arg(long, value_name = "FORMAT")]
    string_format: Vec<String>,
    /// Check what is sent against the limits of its schemas (`minLength`, `maximum`, `pattern` and so on) first
    #[arg(long)]
    validate: bool,
    /// Fail if the client cannot carry all that the document says
    #[arg(long)]
    deny_loss: bool,
}

#[derive(Args)]
struct Generate {
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    style: Style,
    /// The file to write; printed if left out
    #[arg(long, short, value_name = "FILE", conflicts_with = "crate_folder")]
    output: Option<PathBuf>,
    /// The folder of a crate to write; files of yours in it are kept
    #[arg(long = "crate", value_name = "DIR")]
    crate_folder: Option<PathBuf>,
    /// The name of the crate; that of its folder if left out
    #[arg(long, requires = "crate_folder")]
    name: Option<String>,
    /// Take `stencil-runtime` from this folder instead of the registry
    #[arg(long, value_name = "DIR", requires = "crate_folder")]
    runtime_path: Option<PathBuf>,
    /// Tell on standard error how long each stage took
    #[arg(long)]
    timings: bool,
}

#[derive(Args)]
struct Check {
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    style: Style,
    /// The generated file to compare with
    #[arg(long, short, value_name = "FILE", conflicts_with = "crate_folder")]
    output: Option<PathBuf>,
    /// The folder of the generated crate to compare with
    #[arg(long = "crate", value_name = "DIR")]
    crate_folder: Option<PathBuf>,
}

#[derive(Args)]
struct Lock {
    #[command(flatten)]
    document: Document,
    /// Keep a method or type of the lock under its old name too, or all names of a change by its fingerprint in the
    /// report of `stencil diff` (with `--since`); may be given several times
    #[arg(long, value_name = "OLD[=NEW]|FINGERPRINT", num_args = 1..)]
    keep: Vec<String>,
    /// The document that the report compared with: a file, or REV:PATH of a git repository
    #[arg(long, value_name = "OLD", requires = "keep")]
    since: Option<String>,
    /// Keep every name that changed
    #[arg(long)]
    keep_all: bool,
    /// Write nothing; fail if the lock is not what would be written
    #[arg(long, conflicts_with_all = ["keep", "keep_all"])]
    check: bool,
}

#[derive(Args)]
struct Inspect {
    #[command(flatten)]
    document: Document,
    /// The stage
    #[arg(long, value_enum)]
    stage: Stage,
}

#[derive(Args)]
struct Mock {
    #[command(flatten)]
    document: Document,
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: std::net::IpAddr,
    /// Answer 429 after this many requests a minute
    #[arg(long, value_name = "REQUESTS")]
    rate_limit: Option<u32>,
}

/// Why a subcommand failed.
enum Failure {
    /// The document has problems.
    Document(Box<Report>),
    /// Anything else, in one sentence.
    Other(String),
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Document(Box::new(report))
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

pub(crate) fn run() -> ExitCode {
    let result = match Command::parse().action {
        Action::Generate(arguments) => generate::run(&arguments),
        Action::Check(arguments) => check::run(&arguments),
        Action::Diff(arguments) => return diff::run(&arguments),
        Action::Lock(arguments) => lock::run(&arguments),
        Action::Inspect(arguments) => inspect::run(&arguments),
        Action::Mock(arguments) => mock::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Colours are dropped where the output is no terminal, or where `NO_COLOR` asks for that.
        Err(Failure::Document(report)) => {
            anstream::eprintln!("{}", report.render(true));
            ExitCode::from(1)
        }
        Err(Failure::Other(message)) => {
            anstream::eprintln!("error: {message}");
            ExitCode::from(1)
        }
    }
}

/// The settings that are read where no document is named.
const SETTINGS: &str = "stencil.toml";

impl Document {
    fn config(&self) -> Result<Config, Report> {
        let mut config = match (&self.spec, &self.config) {
            (Some(spec), _) => Config::new(spec.as_path()),
            (None, Some(settings)) => Config::from_file(settings)?,
            (None, None) => Config::from_file(SETTINGS.as_ref())?,
        };
        if let Some(lock) = &self.lock {
            config = config.lock(lock.as_path());
        }
        config.files |= self.files;
        config.lenient |= self.lenient;
        let overlays = self.overlay.iter();
        Ok(overlays.fold(config, |config, overlay| config.overlay(overlay.as_path())))
    }
}

impl Style {
    /// What the flags say, added to what the settings say.
    fn apply(&self, mut config: Config) -> Config {
        config.blocking |= self.blocking;
        config.tag_features |= self.tag_features;
        config.deny_loss |= self.deny_loss;
        config.validate |= self.validate;
        config.only.extend(self.only.iter().cloned());
        config
            .string_formats
            .extend(self.string_format.iter().cloned());
        match self.setters.as_deref() {
            Some("with") => config.setters = stencil_codegen::Setters::With,
            Some(_) => config.setters = stencil_codegen::Setters::Plain,
            None => {}
        }
        if let Some(path) = &self.example_path {
            config.example_path = Some(path.clone());
        }
        config
    }
}

/// What the client does not carry, told and not held against it.
fn tell_losses(generated: &Generated) {
    if !generated.losses.is_empty() {
        anstream::eprintln!("{}\n", generated.warnings.render(true));
    }
}
