//! What a node asks of a value: what its schemas ask, laid together.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::node::{NodeId, Nodes, Types, is_bare, without_null};
use crate::api::{Additional, Discriminator, Schema, SchemaId, Schemas};

/// All that a node asks.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    /// Where the first of its schemas stands.
    pub(super) pointer: &'a str,
    /// The schemas that hold at once.
    pub(super) core: Vec<SchemaId>,
    /// Without null.
    pub(super) types: Types,
    /// Whether the types were said, or follow from what was.
    pub(super) is_typed: bool,
    pub(super) nullable: bool,
    /// No value is right.
    pub(super) is_nothing: bool,
    pub(super) format: Option<&'a str>,
    pub(super) media_type: Option<&'a str>,
    /// `enum`, without null.
    pub(super) values: Option<Vec<&'a Value>>,
    pub(super) properties: IndexMap<&'a str, Vec<SchemaId>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Rest,
    pub(super) prefix: Vec<Vec<SchemaId>>,
    pub(super) items: Vec<SchemaId>,
    pub(super) limits: Vec<(&'a str, &'a Value)>,
    pub(super) unions: Vec<Vec<SchemaId>>,
    pub(super) discriminator: Option<&'a Discriminator>,
    /// Keywords that the model does not hold, and whose they are.
    pub(super) keywords: Vec<(&'a str, &'a Value, SchemaId)>,
}

/// What properties may be that are not listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Rest {
    #[default]
    Anything,
    Nothing,
    Of(Vec<SchemaId>),
}

impl<'a> Flat<'a> {
    pub(super) fn of(
        nodes: &Nodes<'a>,
        id: NodeId,
        keywords: &'a HashMap<SchemaId, Map<String, Value>>,
    ) -> Self {
        let node = nodes.node(id);
        let schemas = nodes.schemas;
        let mut flat = Self::empty();
        flat.core.clone_from(&node.core);
        let mut nullable = None;
        for id in &node.core {
            let schema = schemas.get(*id);
            if flat.pointer.is_empty() {
                flat.pointer = &schema.pointer;
            }
            flat.add(schemas, schema);
            if let Some(is) = allows_null(schema) {
                nullable = Some(nullable.unwrap_or(true) && is);
            }
            for (key, value) in keywords.get(id).into_iter().flatten() {
                flat.keywords.push((key, value, *id));
            }
        }
        flat.fold_bare_unions(schemas);
        flat.infer_types();
        flat.nullable =
            node.or_null || nullable.unwrap_or(!flat.is_typed && flat.unions.is_empty());
        flat
    }

    fn empty() -> Self {
        Self {
            pointer: "",
            core: Vec::new(),
            types: Types::ANY.without(Types::NULL),
            is_typed: false,
            nullable: false,
            is_nothing: false,
            format: None,
            media_type: None,
            values: None,
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: Rest::Anything,
            prefix: Vec::new(),
            items: Vec::new(),
            limits: Vec::new(),
            unions: Vec::new(),
            discriminator: None,
            keywords: Vec::new(),
        }
    }

    fn add(&mut self, schemas: &Schemas, schema: &'a Schema) {
        self.is_nothing |= schema.boolean == Some(false);
        if !schema.types.is_empty() {
            let types = schema.types.iter().copied().map(Types::of);
            self.limit_types(types.fold(Types::NONE, Types::or));
        } else if schema.nullable && is_bare(schema) {
            self.limit_types(Types::NONE);
        }
        self.format = self.format.or(schema.format.as_deref());
        self.media_type = self.media_type.or(schema.content_media_type.as_deref());
        if let Some(values) = &schema.values {
            let known = self.values.take();
            let both = values.iter().filter(|value| {
                !value.is_null() && known.as_ref().is_none_or(|known| known.contains(value))
            });
            self.values = Some(both.collect());
        }
        for (name, id) in schema.each_property() {
            let ids = self.properties.entry(name).or_default();
            if !ids.contains(id) {
                ids.push(*id);
            }
        }
        self.required
            .extend(schema.required.iter().map(String::as_str));
        self.add_rest(schema);
        for (index, id) in schema.prefix.iter().enumerate() {
            if self.prefix.len() <= index {
                self.prefix.push(Vec::new());
            }
            self.prefix[index].push(*id);
        }
        self.items.extend(schema.items);
        let limits = schema.limits.iter();
        self.limits
            .extend(limits.map(|(key, value)| (key.as_str(), value)));
        for list in [&schema.one_of, &schema.any_of] {
            let (members, _) = without_null(schemas, list);
            if members.len() > 1 {
                self.unions.push(members);
            }
        }
        self.discriminator = self.discriminator.or(schema.discriminator.as_deref());
    }

    /// `additionalProperties` beside `patternProperties` is told by what was read of the former alone.
    fn add_rest(&mut self, schema: &Schema) {
        match (&schema.additional, &mut self.additional) {
            (Additional::Forbidden, rest) => *rest = Rest::Nothing,
            (Additional::Schema(id), _) if schema.patterns.contains(id) => {}
            (Additional::Schema(id), rest @ Rest::Anything) => *rest = Rest::Of(vec![*id]),
            (Additional::Schema(id), Rest::Of(ids)) => ids.push(*id),
            _ => {}
        }
    }

    fn limit_types(&mut self, types: Types) {
        self.types = self.types.and(types);
        self.is_typed = true;
    }

    /// A union of nothing but types is a list of types.
    fn fold_bare_unions(&mut self, schemas: &Schemas) {
        let mut kept = Vec::new();
        for members in std::mem::take(&mut self.unions) {
            let targets: Vec<&Schema> = members
                .iter()
                .map(|id| schemas.get(schemas.target(*id)))
                .collect();
            let is_typed = |schema: &&Schema| is_bare(schema) && !schema.types.is_empty();
            if targets.iter().all(is_typed) {
                let types = targets.iter().flat_map(|schema| &schema.types);
                let types = types.copied().map(Types::of).fold(Types::NONE, Types::or);
                self.limit_types(types);
            } else {
                kept.push(members);
            }
        }
        self.unions = kept;
    }

    /// What has properties is an object, though many authors leave that unsaid.
    fn infer_types(&mut self) {
        if self.is_typed || !self.unions.is_empty() {
            return;
        }
        let is_object = !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional != Rest::Anything;
        let is_array = !self.items.is_empty() || !self.prefix.is_empty();
        let inferred = match (&self.values, is_object, is_array) {
            (Some(values), ..) => values
                .iter()
                .map(|value| type_of(value))
                .fold(Types::NONE, Types::or),
            (None, true, false) => Types::OBJECT,
            (None, false, true) => Types::ARRAY,
            _ => return,
        };
        self.limit_types(inferred);
    }

    /// Whether it asks for nothing beside its unions.
    pub(super) fn is_union_only(&self) -> bool {
        !self.unions.is_empty()
            && (!self.is_typed || self.types == Types::OBJECT)
            && self.values.is_none()
            && self.properties.is_empty()
            && self.items.is_empty()
            && self.prefix.is_empty()
            && self.limits.is_empty()
    }

    /// Whether a list of one item is right.
    pub(super) fn takes_one_item(&self) -> bool {
        let asks_for_more = |(key, value): &(&str, &Value)| {
            *key == "minItems" && value.as_u64().is_some_and(|count| count > 1)
        };
        !self.items.is_empty()
            && self.types.has(Types::ARRAY)
            && !self.limits.iter().any(asks_for_more)
    }

    /// Whether every value is right.
    pub(super) fn is_anything(&self) -> bool {
        !self.is_typed
            && !self.is_nothing
            && self.values.is_none()
            && self.unions.is_empty()
            && self.limits.is_empty()
            && self.keywords.is_empty()
            && self.format.is_none()
    }
}

/// Whether null is right to this schema; none if it does not say.
fn allows_null(schema: &Schema) -> Option<bool> {
    if schema.nullable {
        return Some(true);
    }
    if let Some(values) = &schema.values {
        return Some(values.iter().any(Value::is_null));
    }
    (!schema.types.is_empty()).then_some(false)
}

/// The type of a value.
fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if number.is_f64() => Types::FRACTION,
        Value::Number(_) => Types::INTEGER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}
