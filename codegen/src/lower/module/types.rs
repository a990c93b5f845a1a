//! Types made from schemas.

use std::sync::Arc;

use super::{CheckStep, Docs};

/// A type of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    String,
    Secret,
    /// A point in time (RFC 3339, `date-time`).
    Timestamp,
    /// A day (RFC 3339, `full-date`).
    Date,
    /// RFC 9562.
    Uuid,
    Ipv4,
    Ipv6,
}

/// A Rust type, as it stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeRef {
    Scalar(Scalar),
    Bytes,
    /// Bytes to send, or a stream of them.
    Body,
    /// A part of a multipart body.
    Part,
    /// A body that comes item by item.
    Items(Box<TypeRef>),
    /// A server-sent event with this data.
    Event(Box<TypeRef>),
    Value,
    Named(String),
    List(Box<TypeRef>),
    /// A list with a type for each place.
    Tuple(Vec<TypeRef>),
    /// A type of another crate, by its path.
    External(String),
    Map(Box<TypeRef>),
    Boxed(Box<TypeRef>),
    Option(Box<TypeRef>),
    Maybe(Box<TypeRef>),
    Unit,
}

impl TypeRef {
    /// The types that it holds.
    fn parts(&self) -> &[Self] {
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Boxed(inner)
            | Self::Items(inner)
            | Self::Event(inner)
            | Self::Option(inner)
            | Self::Maybe(inner) => std::slice::from_ref(inner),
            Self::Tuple(items) => items,
            _ => &[],
        }
    }

    /// The scalars that it is or holds.
    pub(in crate::lower) fn scalars(&self) -> Vec<Scalar> {
        match self {
            Self::Scalar(scalar) => vec![*scalar],
            other => other.parts().iter().flat_map(Self::scalars).collect(),
        }
    }

    /// The types with names that it is or holds.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(name) => vec![name],
            other => other.parts().iter().flat_map(Self::names).collect(),
        }
    }

    /// The type without `Option`, `Maybe` and `Box`.
    pub(crate) fn inner(&self) -> &Self {
        match self {
            Self::Option(inner) | Self::Maybe(inner) | Self::Boxed(inner) => inner.inner(),
            other => other,
        }
    }
}

/// A field of a struct, or a parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// Where the document says it.
    pub(crate) pointer: Arc<str>,
    /// The Rust name.
    pub(crate) name: String,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) ty: TypeRef,
    /// One paragraph, for where it is data.
    pub(crate) summary: Docs,
    pub(crate) docs: Docs,
    /// Whether it is an argument of the constructor.
    pub(crate) required: bool,
    /// The setter, where it may not have the name of the field.
    pub(crate) setter: String,
    pub(crate) deprecated: bool,
    /// Whether it holds the properties that have no field.
    pub(crate) flatten: bool,
}

/// A type made from a schema.
#[derive(Debug, PartialEq)]
pub(crate) struct TypeDef {
    /// The schema in the document.
    pub(crate) pointer: Arc<str>,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The operation that it belongs to; none for what is shared.
    pub(crate) owner: Option<usize>,
    /// The Cargo features of which one must be on; none if it is always there.
    pub(crate) features: Vec<String>,
    /// Traits to derive beside those that it has, by their paths.
    pub(crate) derives: Vec<String>,
    /// An example of the document, for calls in the documentation.
    pub(crate) example: Option<Box<serde_json::Value>>,
    pub(crate) kind: TypeKind,
    /// What is checked before it is sent.
    pub(crate) checks: Vec<CheckStep>,
}

impl TypeDef {
    /// The types of its parts.
    pub(crate) fn types(&self) -> Vec<&TypeRef> {
        match &self.kind {
            TypeKind::Struct(of) => of.fields.iter().map(|field| &field.ty).collect(),
            TypeKind::Union(of) => {
                let variants = of.variants.iter().map(|variant| &variant.ty);
                variants.chain(&of.base).collect()
            }
            TypeKind::StringEnum(_) => Vec::new(),
        }
    }
}

#[derive(Debug, PartialEq)]
pub(crate) enum TypeKind {
    Struct(StructDef),
    /// A string with known values; others are kept.
    StringEnum(Vec<Variant>),
    /// One of several types.
    Union(UnionDef),
}

#[derive(Debug, PartialEq)]
pub(crate) struct StructDef {
    pub(crate) fields: Vec<Field>,
    /// Whether callers make values of it, and so whether it has `new` and setters.
    pub(crate) constructor: bool,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) value: String,
}

#[derive(Debug, PartialEq)]
pub(crate) struct UnionDef {
    /// The property that names the alternative.
    pub(crate) tag: Option<String>,
    /// The type of what all alternatives have, if there is one.
    pub(crate) base: Option<TypeRef>,
    pub(crate) variants: Vec<UnionVariant>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) ty: TypeRef,
    /// Whether the type is a union itself.
    pub(crate) is_union: bool,
    /// The values of the tag that name it.
    pub(crate) tags: Vec<String>,
    /// Whether it is meant where the tag is missing or names no other.
    pub(crate) is_fallback: bool,
    /// Whether its type has the tag as a property; written beside it otherwise.
    pub(crate) has_tag: bool,
    /// Properties that have one value in it.
    pub(crate) fixed: Vec<(String, String)>,
}

/// An old name of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptType {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) is_enum: bool,
    /// The operation that the type belongs to; none for what is shared.
    pub(crate) owner: Option<usize>,
    /// Those of the type.
    pub(crate) features: Vec<String>,
}
