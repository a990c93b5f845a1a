//! Every schema of a document, by JSON pointer.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Dialect, Schema, read};
use crate::diagnostic::{Code, Problem, Problems};

/// A schema of the table it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(usize);

/// Every schema of a document, nested ones too, in document order.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    table: IndexMap<String, Schema>,
}

impl Schemas {
    /// Reads each schema of `roots` and all that are nested in them, then connects references.
    pub(crate) fn read(
        roots: &IndexMap<String, Value>,
        dialect: Dialect,
        tree: &Value,
        lenient: bool,
    ) -> Result<Self, Problems> {
        let mut reader = read::Reader::new(dialect, tree, lenient);
        for (pointer, value) in roots {
            reader.schema(pointer, value);
        }
        reader.finish()
    }

    /// The schema with this id.
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.table[id.0]
    }

    /// The schema at this JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<SchemaId> {
        self.table.get_index_of(pointer).map(SchemaId)
    }

    /// Leaves strings of these formats without a type of their own; the format stays in the documentation.
    pub(crate) fn make_plain(&mut self, formats: &[String]) {
        for schema in self.table.values_mut() {
            if let Some(format) = schema.format.take_if(|format| formats.contains(format)) {
                schema
                    .limits
                    .push(("format".to_owned(), Value::from(format)));
            }
        }
    }

    /// The schema that a chain of plain references ends at.
    pub fn target(&self, id: SchemaId) -> SchemaId {
        let mut target = id;
        // Circles of plain references were refused when the table was read.
        while let Schema {
            reference: Some(next),
            ..
        } = self.get(target)
        {
            if !self.get(target).is_plain_reference() {
                break;
            }
            target = *next;
        }
        target
    }

    /// All schemas with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.table
            .values()
            .enumerate()
            .map(|(index, schema)| (SchemaId(index), schema))
    }

    pub(super) fn reserve(&mut self, pointer: &str) -> SchemaId {
        let (index, _) = self
            .table
            .insert_full(pointer.to_owned(), Schema::default());
        SchemaId(index)
    }

    pub(super) fn set(&mut self, id: SchemaId, schema: Schema) {
        if let Some((_, place)) = self.table.get_index_mut(id.0) {
            *place = schema;
        }
    }

    /// Adds a schema that stands in no document, under the pointer that it has.
    pub(crate) fn add(&mut self, schema: Schema) -> SchemaId {
        let id = self.reserve(&schema.pointer);
        self.set(id, schema);
        id
    }

    /// Changes one schema.
    pub(crate) fn change(&mut self, id: SchemaId, change: impl FnOnce(&mut Schema)) {
        if let Some((_, schema)) = self.table.get_index_mut(id.0) {
            change(schema);
        }
    }

    pub(super) fn connect(&mut self, from: SchemaId, reference: SchemaId) {
        if let Some((_, schema)) = self.table.get_index_mut(from.0) {
            schema.reference = Some(reference);
        }
    }

    /// A chain of references that never reaches a schema means nothing.
    pub(super) fn refuse_circles(&self) -> Result<(), Problems> {
        let mut problems = Vec::new();
        for (id, schema) in self.iter() {
            let mut next = Some(id);
            for _ in 0..=self.table.len() {
                next = next.and_then(|next| self.get(next).reference);
                if next.is_none() || next == Some(id) {
                    break;
                }
            }
            if next == Some(id) {
                let pointer = format!("{}/$ref", schema.pointer);
                problems.push(Problem::at(
                    Code::Reference,
                    pointer,
                    "this schema refers to itself",
                ));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }
}
