//! What a schema means, whatever it is made of: the schemas that hold at once.
//!
//! A `$ref`, an `allOf`, and a union of one are ways to say the same thing, so that a schema that is moved to a
//! component or wrapped is still the same node.

use indexmap::IndexSet;

use crate::api::{Additional, Schema, SchemaId, Schemas, SimpleType};

/// A node of one document: a set of schemas that hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

/// A node and how it was said.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    pub(crate) node: NodeId,
    /// All schemas on the way, the outermost first: the words of the first one that has some count.
    pub(crate) way: Vec<SchemaId>,
}

/// The nodes of one document.
#[derive(Debug)]
pub(crate) struct Nodes<'a> {
    pub(crate) schemas: &'a Schemas,
    all: IndexSet<Node>,
    /// Nodes of several schemas, beyond which no more are made: see [`Nodes::start`].
    compound: usize,
    most: usize,
}

/// The schemas that hold at once, and whether null is right as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Node {
    pub(crate) core: Vec<SchemaId>,
    pub(crate) or_null: bool,
}

impl<'a> Nodes<'a> {
    pub(crate) fn new(schemas: &'a Schemas) -> Self {
        Self {
            schemas,
            all: IndexSet::new(),
            compound: 0,
            most: schemas.iter().count(),
        }
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.all[id.0 as usize]
    }

    pub(crate) fn get(&self, id: SchemaId) -> &'a Schema {
        self.schemas.get(id)
    }

    /// The node that these schemas are at once.
    ///
    /// A document could be written so that its nodes are as many as the sets of its schemas. No more nodes of
    /// several schemas are told apart than the document has schemas; after that the first one stands for all.
    pub(crate) fn start(&mut self, schemas: &[SchemaId]) -> Start {
        self.start_or_null(schemas, false)
    }

    /// The same, where null is right too.
    pub(crate) fn start_or_null(&mut self, schemas: &[SchemaId], or_null: bool) -> Start {
        let (mut node, way) = gather(self.schemas, schemas);
        node.or_null |= or_null;
        if node.core.len() > 1 && !self.all.contains(&node) {
            if self.compound >= self.most {
                node.core.truncate(1);
            } else {
                self.compound += 1;
            }
        }
        let (index, _) = self.all.insert_full(node);
        let node = NodeId(u32::try_from(index).unwrap_or(u32::MAX));
        Start { node, way }
    }
}

/// Follows what says the same in other words.
fn gather(schemas: &Schemas, start: &[SchemaId]) -> (Node, Vec<SchemaId>) {
    let mut node = Node::default();
    let mut way: Vec<SchemaId> = Vec::new();
    let mut waiting: Vec<SchemaId> = start.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        if way.contains(&id) {
            continue;
        }
        way.push(id);
        let schema = schemas.get(id);
        let mut parts: Vec<SchemaId> = schema.reference.into_iter().collect();
        parts.extend(&schema.all_of);
        for list in [&schema.one_of, &schema.any_of] {
            let (members, or_null) = without_null(schemas, list);
            node.or_null |= or_null;
            if let [only] = members[..] {
                parts.push(only);
            }
        }
        // `nullable` beside a reference or an `allOf` means the whole, as authors use it.
        node.or_null |= schema.nullable && !parts.is_empty();
        if says_something(schemas, schema) {
            node.core.push(id);
        }
        waiting.extend(parts.into_iter().rev());
    }
    if node.core.is_empty() {
        // What is anything is still a place of its own.
        node.core.extend(way.last());
    }
    node.core.sort_unstable();
    (node, way)
}

/// The members of a union without those that are only null, and whether there were some.
pub(crate) fn without_null(schemas: &Schemas, list: &[SchemaId]) -> (Vec<SchemaId>, bool) {
    let is_null = |id: &SchemaId| {
        let schema = schemas.get(schemas.target(*id));
        let only_null = matches!(schema.values.as_deref(), Some([serde_json::Value::Null]));
        only_null
            || (schema.nullable
                && schema.types.is_empty()
                && schema.values.is_none()
                && is_bare(schema))
    };
    let (null, rest): (Vec<SchemaId>, Vec<SchemaId>) = list.iter().partition(|id| is_null(id));
    (rest, !null.is_empty())
}

/// Whether nothing is said of a value but, at most, its types.
pub(crate) fn is_bare(schema: &Schema) -> bool {
    schema.boolean.is_none()
        && schema.reference.is_none()
        && schema.format.is_none()
        && schema.values.is_none()
        && schema.properties.is_none()
        && schema.required.is_empty()
        && schema.additional == Additional::Unsaid
        && schema.prefix.is_empty()
        && schema.items.is_none()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.limits.is_empty()
        && schema.unread.is_empty()
        && schema.patterns.is_empty()
        && schema.content_media_type.is_none()
}

/// Whether a schema asks for something of its own, beside what it refers to.
fn says_something(schemas: &Schemas, schema: &Schema) -> bool {
    let is_union = |list: &[SchemaId]| without_null(schemas, list).0.len() > 1;
    schema.boolean == Some(false)
        || !schema.types.is_empty()
        || (schema.nullable && schema.reference.is_none() && schema.all_of.is_empty())
        || schema.format.is_some()
        || schema.values.is_some()
        || schema.properties.is_some()
        || !schema.required.is_empty()
        || schema.additional != Additional::Unsaid
        || !schema.patterns.is_empty()
        || !schema.prefix.is_empty()
        || schema.items.is_some()
        || schema.discriminator.is_some()
        || !schema.limits.is_empty()
        || !schema.unread.is_empty()
        || schema.content_media_type.is_some()
        || is_union(&schema.one_of)
        || is_union(&schema.any_of)
}

/// Types as a set of bits, null among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Types(pub(crate) u8);

impl Types {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    /// Numbers that are no integers.
    pub(crate) const FRACTION: Self = Self(8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ANY: Self = Self(127);
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn of(simple: SimpleType) -> Self {
        match simple {
            SimpleType::Boolean => Self::BOOLEAN,
            SimpleType::Integer => Self::INTEGER,
            SimpleType::Number => Self::INTEGER.or(Self::FRACTION),
            SimpleType::String => Self::STRING,
            SimpleType::Array => Self::ARRAY,
            SimpleType::Object => Self::OBJECT,
        }
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl std::fmt::Display for Types {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.without(Self::NULL) == Self::ANY.without(Self::NULL) {
            return formatter.write_str("any type");
        }
        let number = if self.has(Self::FRACTION) {
            "number"
        } else {
            "integer"
        };
        let names = [
            (Self::BOOLEAN, "boolean"),
            (Self::INTEGER, number),
            (Self::STRING, "string"),
            (Self::ARRAY, "array"),
            (Self::OBJECT, "object"),
        ];
        let mut names: Vec<&str> = names
            .into_iter()
            .filter_map(|(ty, name)| self.has(ty).then_some(name))
            .collect();
        if self.has(Self::FRACTION) && !self.has(Self::INTEGER) {
            names.push("number");
        }
        if names.is_empty() {
            names.push("null");
        }
        formatter.write_str(&names.join(" or "))
    }
}
