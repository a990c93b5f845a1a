//! One schema.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use arrayvec::ArrayVec;
use indexmap::IndexMap;
use serde_json::Value;
use thin_vec::ThinVec;

use super::SchemaId;

/// A type that an instance may have (JSON Schema Validation 2020-12 §6.1.1); null is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum SimpleType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// What an object may hold beside its properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// Nothing was said: anything is allowed, nothing is expected.
    #[default]
    Unsaid,
    /// Nothing is allowed.
    Forbidden,
    /// Anything is expected.
    Any,
    /// Values of this schema are expected.
    Schema(SchemaId),
}

/// `discriminator` (3.1 §4.8.25): the property that names the alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: values of the property, each with the JSON pointer of its schema.
    pub mapping: Vec<(String, String)>,
    /// `defaultMapping` (3.2 §4.25): the JSON pointer of the schema of what has no tag, or one that is not mapped.
    pub default: Option<String>,
}

/// A schema object, with the meaning of JSON Schema 2020-12 whatever the version of the document.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Schema {
    /// Where the document says it. What is made from it says so too, without a copy.
    pub pointer: Arc<str>,
    /// The boolean schemas `true` and `false`.
    pub boolean: Option<bool>,
    /// The schema that `$ref` names; what stands beside it is kept in the other fields.
    pub reference: Option<SchemaId>,
    /// The types, each once; empty if none was named.
    pub types: ArrayVec<SimpleType, 6>,
    /// Whether null is allowed by `type` or `nullable`.
    pub nullable: bool,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `format`.
    pub format: Option<String>,
    /// `enum`, or `const` as a list of one.
    pub values: Option<ThinVec<Value>>,
    /// `properties`, in document order; `None` if the keyword is absent.
    pub properties: Option<Box<IndexMap<String, SchemaId>>>,
    /// `required`.
    pub required: ThinVec<String>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `items`.
    pub items: Option<SchemaId>,
    /// Whether it is the copy of another one that is no choice: see [`UncommonKeywords::base`].
    pub is_base_part: bool,
    /// Whether it is all that several parts of another schema say of one of its properties.
    pub is_merged: bool,
    /// Limits that are told in the documentation and left to the server: keyword and value.
    pub limits: ThinVec<(String, Value)>,
    /// What few schemas say, read as if it stood here.
    pub uncommon: Rare<UncommonKeywords>,
}

/// What few schemas have, in a place of its own: a large document has tens of thousands of schemas, and none of them
/// should take the room of all that one can say.
#[derive(Clone, Debug, Default)]
pub struct Rare<T>(Option<Box<T>>);

impl<T> Rare<T> {
    /// Nothing.
    const NONE: Self = Self(None);

    /// To be changed, if there is anything.
    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

/// Keywords that most schemas do not have.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct UncommonKeywords {
    /// `title`.
    pub title: Option<String>,
    /// `allOf`.
    pub all_of: ThinVec<SchemaId>,
    /// `anyOf`.
    pub any_of: ThinVec<SchemaId>,
    /// `oneOf`.
    pub one_of: ThinVec<SchemaId>,
    /// `default`.
    pub default: Option<Box<Value>>,
    /// `examples` and `example`.
    pub examples: ThinVec<Value>,
    /// Of a base that others are made from by `allOf`: a copy that is no choice between those.
    pub base: Option<SchemaId>,
    /// What even fewer have.
    pub rare: Rare<RareKeywords>,
}

/// Keywords that hardly any schema has.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct RareKeywords {
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// Properties that a view of it does not have, so that nothing can require them.
    pub left_out: ThinVec<String>,
    /// The schemas of `patternProperties`; in `additional` too, where that says nothing else.
    pub patterns: ThinVec<SchemaId>,
    /// `prefixItems`: the schemas of the first items, in their order.
    pub prefix: ThinVec<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// `$id`, as written.
    pub id: Option<String>,
    /// `$anchor` and `$dynamicAnchor`.
    pub anchor: Option<String>,
    /// Extensions addressed to this compiler: `x-stencil-…`.
    pub extensions: ThinVec<(String, Value)>,
    /// The path of the Rust type that the settings give it.
    pub rust_type: Option<String>,
    /// Keywords that no code comes from.
    pub unread: ThinVec<String>,
}

/// What a schema without any of them says.
static NOTHING: UncommonKeywords = UncommonKeywords {
    title: None,
    all_of: ThinVec::new(),
    any_of: ThinVec::new(),
    one_of: ThinVec::new(),
    default: None,
    examples: ThinVec::new(),
    base: None,
    rare: Rare::NONE,
};

static NOTHING_RARE: RareKeywords = RareKeywords {
    content_media_type: None,
    left_out: ThinVec::new(),
    patterns: ThinVec::new(),
    prefix: ThinVec::new(),
    discriminator: None,
    id: None,
    anchor: None,
    extensions: ThinVec::new(),
    rust_type: None,
    unread: ThinVec::new(),
};

impl Deref for Schema {
    type Target = UncommonKeywords;

    fn deref(&self) -> &UncommonKeywords {
        self.uncommon.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Schema {
    fn deref_mut(&mut self) -> &mut UncommonKeywords {
        self.uncommon.0.get_or_insert_default()
    }
}

impl Deref for UncommonKeywords {
    type Target = RareKeywords;

    fn deref(&self) -> &RareKeywords {
        self.rare.0.as_deref().unwrap_or(&NOTHING_RARE)
    }
}

impl DerefMut for UncommonKeywords {
    fn deref_mut(&mut self) -> &mut RareKeywords {
        self.rare.0.get_or_insert_default()
    }
}

impl Schema {
    /// `minimum`, or `exclusiveMinimum` where that is a number.
    pub fn minimum(&self) -> Option<f64> {
        self.bound("minimum")
            .or_else(|| self.bound("exclusiveMinimum"))
    }

    /// `maximum`, or `exclusiveMaximum` where that is a number.
    pub fn maximum(&self) -> Option<f64> {
        self.bound("maximum")
            .or_else(|| self.bound("exclusiveMaximum"))
    }

    /// `properties`, in the order of the document.
    pub fn each_property(&self) -> impl Iterator<Item = (&String, &SchemaId)> + Clone {
        self.properties
            .iter()
            .flat_map(|properties| properties.iter())
    }

    /// Whether it has nothing but words for people, so that any value fits it.
    pub(crate) fn is_words(&self) -> bool {
        let has_type = self.boolean.is_some()
            || self.reference.is_some()
            || !self.types.is_empty()
            || self.format.is_some()
            || self.values.is_some()
            || self.rust_type.is_some();
        let has_parts = self.properties.is_some()
            || !self.required.is_empty()
            || self.additional != Additional::Unsaid
            || self.items.is_some()
            || !self.patterns.is_empty()
            || !self.prefix.is_empty()
            || [&self.all_of, &self.any_of, &self.one_of]
                .iter()
                .any(|parts| !parts.is_empty());
        let has_meaning = self.nullable
            || self.read_only
            || self.write_only
            || self.deprecated
            || !self.limits.is_empty()
            || self.discriminator.is_some()
            || self.content_media_type.is_some()
            || !self.extensions.is_empty();
        !has_type && !has_parts && !has_meaning
    }

    /// An extension addressed to this compiler.
    pub(crate) fn extension(&self, name: &str) -> Option<&Value> {
        let mut all = self.extensions.iter();
        all.find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The name that `x-stencil-name` gives it.
    pub(crate) fn name_mut(&mut self) -> Option<&mut Value> {
        let mut all = self
            .uncommon
            .get_mut()?
            .rare
            .get_mut()?
            .extensions
            .iter_mut();
        all.find_map(|(key, value)| (key == "x-stencil-name").then_some(value))
    }

    fn bound(&self, name: &str) -> Option<f64> {
        let (_, value) = self.limits.iter().find(|(keyword, _)| keyword == name)?;
        value.as_f64()
    }

    /// Whether it says nothing of a value's type.
    pub(crate) fn is_anything(&self) -> bool {
        self.reference.is_none()
            && self.boolean.is_none()
            && self.rust_type.is_none()
            && self.types.is_empty()
            && self.values.is_none()
            && self.properties.is_none()
            && self.items.is_none()
            && self.prefix.is_empty()
            && self.additional == Additional::Unsaid
            && [&self.all_of, &self.any_of, &self.one_of]
                .iter()
                .all(|list| list.is_empty())
    }

    /// A limit that is a count, such as `maxItems`.
    pub fn count(&self, keyword: &str) -> Option<u64> {
        let (_, value) = self.limits.iter().find(|(known, _)| known == keyword)?;
        value.as_u64()
    }

    /// Whether `$ref` stands alone, but for words that only people read.
    pub fn is_plain_reference(&self) -> bool {
        self.reference.is_some()
            && self.rust_type.is_none()
            && self.properties.is_none()
            && self.values.is_none()
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && self.one_of.is_empty()
            && self.required.is_empty()
    }
}
