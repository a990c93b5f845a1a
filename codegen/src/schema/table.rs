//! Every schema of a document, by JSON pointer.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use indexmap::set::MutableValues;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::{Additional, Schema};
use crate::circles;
use crate::diagnostic::{Code, Problem, Problems};

/// A schema of the table it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(u32);

impl SchemaId {
    /// Documents are bounded far below what this holds.
    fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A schema, found by its pointer. Boxed, as the table moves what it holds when it grows.
#[derive(Clone, Debug)]
struct ByPointer(Box<Schema>);

impl Borrow<str> for ByPointer {
    fn borrow(&self) -> &str {
        &self.0.pointer
    }
}

// As `Borrow` demands, the same as of the pointer.
impl Hash for ByPointer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (*self.0.pointer).hash(state);
    }
}

impl PartialEq for ByPointer {
    fn eq(&self, other: &Self) -> bool {
        self.0.pointer == other.0.pointer
    }
}

impl Eq for ByPointer {}

/// Every schema of a document, nested ones too, in document order.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    table: IndexSet<ByPointer>,
    /// For each schema those that name it in their `allOf`; made when it is first asked for.
    made_from: OnceLock<BTreeMap<SchemaId, Vec<SchemaId>>>,
}

impl Schemas {
    /// The schema with this id.
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.table[id.index()].0
    }

    /// The schema at this JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<SchemaId> {
        self.table.get_index_of(pointer).map(SchemaId::new)
    }

    /// Leaves strings of these formats without a type of their own; the format stays in the documentation.
    pub(crate) fn make_plain(&mut self, formats: &[String]) {
        for index in 0..self.table.len() {
            let Some(ByPointer(schema)) = self.table.get_index_mut2(index) else {
                continue;
            };
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

    /// The schemas that name this one in their `allOf`, in the order of the document.
    pub(crate) fn made_from(&self, base: SchemaId) -> &[SchemaId] {
        let made_from = self.made_from.get_or_init(|| {
            let mut made_from: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
            for (id, schema) in self
                .iter()
                .filter(|(_, schema)| !schema.is_base_part && !schema.is_merged)
            {
                let bases = schema.all_of.iter();
                let bases: BTreeSet<SchemaId> =
                    bases.filter_map(|part| self.get(*part).reference).collect();
                for base in bases {
                    made_from.entry(base).or_default().push(id);
                }
            }
            made_from
        });
        made_from.get(&base).map_or(&[], Vec::as_slice)
    }

    /// Takes the places that `other` has too from there: most of a document is what it was in its version before.
    #[cfg(feature = "diff")]
    pub(crate) fn share_places(&mut self, other: &Self) {
        for index in 0..self.table.len() {
            if let Some(ByPointer(schema)) = self.table.get_index_mut2(index)
                && let Some(ByPointer(same)) = other.table.get(&*schema.pointer)
            {
                schema.pointer.clone_from(&same.pointer);
            }
        }
    }

    /// All schemas with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.table
            .iter()
            .enumerate()
            .map(|(index, schema)| (SchemaId::new(index), &*schema.0))
    }

    pub(super) fn reserve(&mut self, pointer: &str) -> SchemaId {
        self.made_from.take();
        let schema = Box::new(Schema {
            pointer: pointer.into(),
            ..Schema::default()
        });
        let (index, _) = self.table.insert_full(ByPointer(schema));
        SchemaId::new(index)
    }

    /// What stands at the pointer that was reserved.
    pub(super) fn set(&mut self, id: SchemaId, schema: Schema) {
        self.change(id, |place| *place = schema);
    }

    /// Adds a schema that stands in no document, under the pointer that it has.
    pub(crate) fn add(&mut self, schema: Schema) -> SchemaId {
        let id = self.reserve(&schema.pointer);
        self.set(id, schema);
        id
    }

    /// Changes one schema, but for its pointer.
    pub(crate) fn change(&mut self, id: SchemaId, change: impl FnOnce(&mut Schema)) {
        self.made_from.take();
        if let Some(ByPointer(schema)) = self.table.get_index_mut2(id.index()) {
            let pointer = std::mem::take(&mut schema.pointer);
            change(schema);
            schema.pointer = pointer;
        }
    }

    pub(super) fn connect(&mut self, from: SchemaId, reference: SchemaId) {
        self.change(from, |schema| schema.reference = Some(reference));
    }

    /// A schema that is made of itself means nothing: by references, by `allOf`, or as its own only alternative.
    /// One that holds itself, in a property or an item, is fine.
    pub(super) fn refuse_circles(&self) -> Result<(), Problems> {
        let ids = (0..self.table.len()).map(SchemaId::new);
        let parts: Vec<Vec<usize>> = ids
            .map(|id| self.parts(id).map(SchemaId::index).collect())
            .collect();
        let component = circles::components(&parts);
        let is_circular = circles::in_circles(&parts, &component);
        // The schemas of each circle, in the order of the document.
        let mut found: IndexMap<usize, Vec<SchemaId>> = IndexMap::new();
        for (index, of) in component.into_iter().enumerate() {
            if is_circular[index] {
                found.entry(of).or_default().push(SchemaId::new(index));
            }
        }
        let mut problems = Vec::new();
        for circle in found.into_values() {
            // Being itself, beside something else, asks for no more than that.
            let is_member: BTreeSet<SchemaId> = circle.iter().copied().collect();
            let says_more = |id: &SchemaId| self.says_more(*id, &is_member);
            let (false, Some(first)) = (circle.iter().any(says_more), circle.first()) else {
                continue;
            };
            // It is told once, at the first schema of it.
            let first = self.get(*first);
            let key = if first.reference.is_some() {
                "/$ref"
            } else {
                ""
            };
            let pointer = format!("{}{key}", first.pointer);
            let problem = Problem::at(Code::Reference, pointer, "this schema refers to itself");
            problems.push(problem.help("say what it is: a circle of references says nothing"));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// Whether a schema of a circle asks for something that does not lead back into it.
    fn says_more(&self, id: SchemaId, circle: &BTreeSet<SchemaId>) -> bool {
        let schema = self.get(id);
        schema.properties.is_some()
            || schema.values.is_some()
            || schema.items.is_some()
            || schema.one_of.len() + schema.any_of.len() > 1
            || schema.additional != Additional::Unsaid
            || self.parts(id).any(|part| !circle.contains(&part))
    }

    /// The schemas that apply to the same instance, whatever it is.
    fn parts(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        let schema = self.get(id);
        // A base that lists what is made from it is something by itself.
        let is_base = schema.properties.is_some() || schema.discriminator.is_some();
        let only = |list: &[SchemaId]| match list {
            [only] if !is_base => Some(*only),
            _ => None,
        };
        let alternative = [only(&schema.one_of), only(&schema.any_of)];
        let parts = schema.reference.into_iter().chain(schema.all_of.clone());
        parts.chain(alternative.into_iter().flatten())
    }
}
