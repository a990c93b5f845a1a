//! One of the two documents, as the compiler read it.

use serde_json::Value;

use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::Report;
use crate::load::{self, Document};
use crate::lower::{self, Module};

use super::change::Place;
use super::facts::{self, Facts};
use super::incoming::Incoming;

/// A document as the wire sees it: before what is sent and what is received are parted.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) api: Api,
    /// What the document says beside that.
    pub(crate) facts: Facts,
}

impl Wire {
    pub(super) fn new(tree: &Value, api: Api) -> Self {
        let facts = facts::collect(tree, &api);
        Self { api, facts }
    }
}

/// What the compiler made of one document with its overlay and settings.
#[derive(Debug)]
pub struct Side {
    /// The calls that callers make.
    pub(crate) wire: Wire,
    /// The calls that they get.
    pub(crate) incoming: Incoming,
    /// The client.
    pub(crate) module: Module,
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
        let api = crate::resolved_from(&document)?;
        let wire = Wire::new(&document.tree, api);
        let incoming = Incoming::read(&mut document, &wire.api);
        document.tree = Value::Null;
        let adapted = lower::adapt(wire.api.clone(), config);
        let adapted = adapted.map_err(|problems| document.report(problems))?;
        let module = lower::lower(&adapted, config, &document.lock);
        let module = module.map_err(|problems| document.report(problems))?;
        Ok(Self {
            wire,
            incoming,
            module,
            document,
        })
    }

    /// Where the nodes at these JSON pointers stand, in the order of the pointers: one parse for all of them.
    pub(crate) fn places(&self, pointers: &[&str]) -> Vec<Place> {
        let places = self.document.places(pointers);
        let places = places.into_iter().map(|place| Place {
            file: place.file,
            line: place.line,
            column: place.column,
            pointer: place.pointer,
        });
        places.collect()
    }
}
