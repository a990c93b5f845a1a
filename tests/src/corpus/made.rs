//! The instances of one document, and what became of them.

use std::collections::BTreeMap;

use serde_json::Value;
use stencil_codegen::Config;

use super::instances::Judge;
use super::tree;

/// Instances of every named type.
#[derive(Default)]
pub(super) struct Made {
    judge: Option<Judge>,
    /// The pointer of the schema, the Rust type, and the instance.
    pub(super) rows: Vec<(String, String, Value)>,
    /// Types whose schema `jsonschema` cannot read, or allows no instance that was made.
    pub(super) unjudged: usize,
    pub(super) types: usize,
    /// Those that came back and still are what the schema allows.
    pub(super) valid: usize,
    /// Where and why not.
    pub(super) failed: Vec<String>,
}

impl Made {
    /// At most `most` instances, spread evenly over the types.
    pub(super) fn new(config: &Config, text: &str, most: usize) -> Self {
        let mut made = Self::default();
        let (Some(document), Ok(types)) = (tree::read(text), stencil_codegen::types(config)) else {
            return made;
        };
        made.judge = Judge::new(document);
        // What is only sent has another form than what the schema says of both ways.
        let types: BTreeMap<String, String> = types
            .into_iter()
            .filter(|(pointer, _)| !pointer.contains('@'))
            .collect();
        made.types = types.len();
        let mut rows = Vec::new();
        for (pointer, ty) in types {
            let instances = made
                .judge
                .as_ref()
                .and_then(|judge| judge.instances(&pointer))
                .unwrap_or_default();
            made.unjudged += usize::from(instances.is_empty());
            let numbered = instances.into_iter().enumerate();
            rows.extend(
                numbered.map(|(turn, instance)| (turn, (pointer.clone(), ty.clone(), instance))),
            );
        }
        if rows.len() > most {
            rows.sort_by_key(|(turn, _)| *turn);
            rows.truncate(most);
        }
        made.rows = rows.into_iter().map(|(_, row)| row).collect();
        made
    }

    /// Whether `jsonschema` says that a value of the document is none that its schema allows.
    pub(super) fn refuses(&self, pointer: &str, value: &Value) -> bool {
        let Some(judge) = &self.judge else {
            return false;
        };
        let of_media = format!("{pointer}/schema");
        [pointer, of_media.as_str()]
            .iter()
            .any(|pointer| judge.refuses(pointer, value))
    }

    /// Takes in what the type made of one instance: what it wrote, or why it did not read it.
    pub(super) fn tell(&mut self, row: usize, outcome: Result<Value, String>) {
        let Some((pointer, _, instance)) = self.rows.get(row) else {
            return;
        };
        match outcome {
            Ok(written)
                if self
                    .judge
                    .as_ref()
                    .is_some_and(|judge| judge.allows(pointer, &written)) =>
            {
                self.valid += 1;
            }
            Ok(written) => self
                .failed
                .push(format!("{pointer}: {instance} comes back as {written}")),
            Err(error) => self.failed.push(format!("{pointer}: {instance}: {error}")),
        }
    }
}
