//! The `stencil` compiler: an OpenAPI document in, a typed Rust client out.
//!
//! [`generate`] is the whole compiler on one screen. Each stage is one module with one type out of
//! it, and data flows one way:
//!
//! ```text
//! text ─load─▶ Document ─split─▶ Skeleton + Schemas ─resolve─▶ Api ─lower─▶ Module ─emit─▶ Sections ─render─▶ source
//! ```
//!
//! - `load` reads the text and its overlays into one JSON tree, and knows where each node stands.
//! - `split` takes every schema out of the tree; what remains is the same in all versions of OpenAPI.
//! - `resolve` follows references until none is left, and lists what the client will not carry.
//! - `lower` decides all that is Rust: names, types, what is optional.
//! - `emit` prints what was decided, and cannot fail.
//! - `render` gives text or tokens.
//!
//! Three shells share it: [`build_script`], the `client!` macro and the `stencil` command. They
//! differ only in where the [`Config`] comes from and where the output goes.

pub mod api;
pub mod build_script;
mod circles;
pub mod config;
pub mod diagnostic;
#[cfg(feature = "diff")]
pub mod diff;
mod emit;
mod inspect;
mod load;
pub mod lock;
mod lower;
#[cfg(feature = "mock")]
pub mod mock;
pub mod output;
mod render;
mod resolve;
mod schema;
mod split;
mod timings;

use std::path::PathBuf;

pub use config::{Config, Input, LockFile, Setters, SettingError};
pub use diagnostic::{Loss, Report};
pub use inspect::{Stage, inspect};
pub use render::SectionText;
pub use timings::Timings;

/// What the compiler made from a document.
///
/// Text and tokens are made when they are asked for, item by item: printing is half of the work.
#[derive(Debug)]
#[non_exhaustive]
pub struct Generated {
    module: lower::Module,
    /// Features of `stencil-runtime` that the client needs: those of the formats that it has.
    pub runtime_features: Vec<&'static str>,
    /// Features of the crate that parts of the client are behind, sorted: see [`Config::tag_features`].
    pub tag_features: Vec<String>,
    /// What the document says and the client does not carry.
    pub losses: Vec<Loss>,
    /// The same as a text with the lines that it is about; empty without losses.
    pub warnings: Report,
    /// Every file that was read, for `rerun-if-changed`.
    pub files: Vec<PathBuf>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Generated {
    /// The client as Rust source, formatted, with a banner above each operation.
    pub fn source(&self) -> String {
        self.pieces().concat()
    }

    /// The same in pieces that follow each other: less memory where it is only written, by [`output::write_pieces`].
    pub fn pieces(&self) -> Vec<Box<str>> {
        render::pieces(&self.module.header, emit::emit(&self.module))
    }

    /// The client as the same sections in a form that a review can be pinned to, one file each.
    pub fn sections(&self) -> Vec<SectionText> {
        render::sections(emit::emit(&self.module))
    }

    /// The client as tokens, for a macro.
    pub fn tokens(&self) -> proc_macro2::TokenStream {
        render::tokens(emit::emit(&self.module))
    }
}

/// A value of the document: an example or a default.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sample {
    /// The JSON pointer of the schema or media type that gives it.
    pub pointer: String,
    /// The Rust type, as it is written in the client's module.
    pub ty: String,
    /// The value.
    pub value: serde_json::Value,
}

/// Compiles the document that `config` names.
///
/// # Errors
///
/// A [`Report`] with every problem found in the stage that failed, each with its place.
pub fn generate(config: &Config) -> Result<Generated, Report> {
    let mut timings = Timings::start();
    let mut document = load::load(config)?;
    timings.note("load");
    // Nobody looks at the tree any more, and what is made of it takes memory, too.
    let apart =
        split::consume(&mut document, None).map_err(|problems| document.report(problems))?;
    let (skeleton, schemas, _) = apart.read().map_err(|problems| document.report(problems))?;
    timings.note("split");
    let api = resolve::resolve(&document, skeleton, schemas, None)
        .map_err(|problems| document.report(problems))?;
    timings.note("resolve");
    let api = lower::adapt(api, config).map_err(|problems| document.report(problems))?;
    timings.note("adapt");
    let module =
        lower::lower(&api, config, &document.lock).map_err(|problems| document.report(problems))?;
    timings.note("lower");
    let lost = api.losses;
    drop((api.operations, api.schemas));
    let warnings = document.losses(lost.iter().chain(&module.losses));
    let losses: Vec<Loss> = warnings.problems().map(Loss::of).collect();
    if config.deny_loss && !losses.is_empty() {
        return Err(document.report(losses.into_iter().map(Loss::into_problem).collect()));
    }
    timings.note("losses");
    let runtime_features = module.runtime_features();
    let tag_features = module.tag_features();
    Ok(Generated {
        module,
        runtime_features,
        tag_features,
        losses,
        warnings,
        files: document.files(),
        timings,
    })
}

/// The document's own examples and defaults, each with the type that should hold it: material for tests.
///
/// # Errors
///
/// As for [`generate`].
pub fn samples(config: &Config) -> Result<Vec<Sample>, Report> {
    let document = load::load(config)?;
    let api = lower::adapt(resolved_from(&document)?, config);
    let api = api.map_err(|problems| document.report(problems))?;
    Ok(emit::samples(&lower::samples(&api, &document.lock)))
}

/// The types that have names, each with the JSON pointer of its schema: material for tests.
///
/// # Errors
///
/// As for [`generate`].
pub fn types(config: &Config) -> Result<Vec<(String, String)>, Report> {
    let document = load::load(config)?;
    let api = lower::adapt(resolved_from(&document)?, config);
    let api = api.map_err(|problems| document.report(problems))?;
    let types = emit::samples(&lower::types(&api, &document.lock))
        .into_iter()
        .map(|sample| (sample.pointer, sample.ty));
    Ok(types.collect())
}

/// The lock of the client's names brought up to date, as `stencil lock` writes it. `keep` has names of the last lock
/// that callers should find still, each alone or as `old=new`; `keep_all` keeps each name that changed.
///
/// # Errors
///
/// As for [`generate`], and for a name that cannot be kept.
pub fn lock(config: &Config, keep: &[String], keep_all: bool) -> Result<lock::Update, Report> {
    lock::refresh(config, keep, keep_all)
}

/// Reads the document that `config` names as far as its resolved form: what a server, a test or a
/// reviewer needs to know of it.
///
/// # Errors
///
/// A [`Report`] with every problem found in the stage that failed, each with its place.
pub fn resolved(config: &Config) -> Result<api::Api, Report> {
    resolved_from(&load::load(config)?)
}

fn resolved_from(document: &load::Document) -> Result<api::Api, Report> {
    let apart = split::split(document).and_then(split::Apart::read);
    let (skeleton, schemas, _) = apart.map_err(|problems| document.report(problems))?;
    resolve::resolve(document, skeleton, schemas, None)
        .map_err(|problems| document.report(problems))
}
