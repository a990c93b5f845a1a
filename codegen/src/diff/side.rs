//! One of the two documents, as the compiler read it.

use crate::api::Api;
use crate::config::{Config, Input, LockFile};
use crate::diagnostic::{Problems, Report};
use crate::load::{self, Document};
use crate::lower::{self, Module};
use crate::resolve::{self, StandIn};
use crate::split;

use super::facts::{self, Facts};
use super::incoming::Incoming;
use super::subject::Subjects;

/// A document as the wire sees it: before what is sent and what is received are parted.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) api: Api,
    /// What the document says beside that.
    pub(crate) facts: Facts,
}

impl Wire {
    /// Reads it from the document's tree, which is gone then. What references repeat in it was looked at.
    pub(super) fn read(document: &mut Document) -> Result<Self, Problems> {
        let mut facts = facts::collect(&document.tree);
        let apart = split::consume(document, Some(facts::unmodelled))?;
        let (skeleton, schemas, keywords) = apart.read()?;
        facts.keywords = keywords;
        let sum: StandIn = |example| facts::sum(example).into();
        let api = resolve::resolve(document, skeleton, schemas, Some(sum))?;
        Ok(Self { api, facts })
    }
}

/// One document with its overlay and settings, read as far as the compiler knows nothing of Rust.
#[derive(Debug)]
pub struct Side {
    /// The calls that callers make.
    pub(crate) wire: Wire,
    /// The calls that they get.
    pub(crate) incoming: Incoming,
    /// Without texts.
    config: Config,
    /// For places: its tree is gone.
    document: Document,
}

impl Side {
    /// Reads the document that `config` names, as [`crate::generate`] does.
    ///
    /// # Errors
    ///
    /// A [`Report`] with every problem found in the stage that failed, each with its place.
    pub fn read(config: &Config) -> Result<Self, Report> {
        let mut document = load::load(config)?;
        document.pack();
        let incoming = facts::refuse_repeats(&document.tree)
            .and_then(|()| Incoming::read(&mut document))
            .map_err(|problems| document.report(problems))?;
        let wire = Wire::read(&mut document).map_err(|problems| document.report(problems))?;
        Ok(Self {
            wire,
            incoming,
            config: Config {
                spec: Input::default(),
                overlays: Vec::new(),
                lock: LockFile::None,
                ..config.clone()
            },
            document,
        })
    }

    /// What the compiler makes of it. What it is made from is large and goes with this.
    pub(super) fn lower(self) -> Result<Lowered, Report> {
        let subjects = Subjects::new(&self);
        let Self {
            wire,
            incoming,
            config,
            document,
        } = self;
        drop((incoming, wire.facts));
        let module = lower::adapt(wire.api, &config)
            .and_then(|api| lower::lower(&api, &config, &document.lock))
            .map_err(|problems| document.report(problems))?;
        Ok(Lowered {
            module,
            subjects,
            document,
        })
    }
}

/// The client that one document becomes.
pub(super) struct Lowered {
    pub(super) module: Module,
    /// What its nodes are called.
    pub(super) subjects: Subjects,
    /// For their places.
    pub(super) document: Document,
}
