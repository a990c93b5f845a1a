//! What the client looks like in Rust: every name, type and order decided, nothing printed yet.

mod client;
mod operation;
mod response;
mod types;

use std::collections::BTreeSet;

use crate::api::LostNode;

pub(crate) use client::{
    ClientDef, NamedTypeDef, SchemeDef, ServerVariant, ServersDef, VariableDef,
};
pub(crate) use operation::{
    Access, BodyEncoding, BodyEnum, BodyVariant, CheckStep, EncodeStep, Example, ExampleValue,
    FormField, Limit, OperationDef, PagingDef, PagingWay, PartStep,
};
pub(crate) use response::{
    Arm, Framing, HeadersDef, Outcome, OutcomeEnum, OutcomeVariant, OutputDef, Reader, StreamDef,
};
pub(crate) use types::{
    Field, KeptType, Scalar, StructDef, TypeDef, TypeKind, TypeRef, UnionDef, UnionVariant, Variant,
};

/// Markdown that rustdoc reads without a warning, one line after the other.
pub(crate) type Docs = String;

/// A client.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) header: Header,
    pub(crate) client: ClientDef,
    pub(crate) servers: ServersDef,
    pub(crate) named_types: Vec<NamedTypeDef>,
    pub(crate) operations: Vec<OperationDef>,
    pub(crate) types: Vec<TypeDef>,
    /// Old names of types that callers can use still.
    pub(crate) kept_types: Vec<KeptType>,
    /// What could not be carried into Rust, beside what `Api` lists.
    pub(crate) losses: Vec<LostNode>,
}

impl Module {
    /// The Cargo features that parts of it are behind, sorted.
    pub(crate) fn tag_features(&self) -> Vec<String> {
        let features = self
            .operations
            .iter()
            .flat_map(|def| def.features.iter().cloned());
        features.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Whether some operation takes what can be set once for the client, whatever features are on.
    pub(crate) fn always_reads(&self, default: &Field) -> bool {
        let always = self.operations.iter().filter(|def| def.features.is_empty());
        let mut fields = always.flat_map(|def| &def.fields);
        fields.any(|field| field.wire == default.wire && field.ty == default.ty)
    }

    /// Whether there is something to call whatever features are on.
    pub(crate) fn always_calls(&self) -> bool {
        self.operations.iter().any(|def| def.features.is_empty())
    }

    /// Features of the runtime that the types need.
    pub(crate) fn runtime_features(&self) -> Vec<&'static str> {
        let fields = self.types.iter().flat_map(TypeDef::types);
        let calls = self.operations.iter().flat_map(OperationDef::types);
        let scalars: Vec<Scalar> = fields.chain(calls).flat_map(TypeRef::scalars).collect();
        let has = |wanted: &[Scalar]| scalars.iter().any(|scalar| wanted.contains(scalar));
        let mut checks = self.checks().peekable();
        let is_checked = checks.peek().is_some();
        let has_pattern = checks.any(|step| match step {
            CheckStep::Limits { limits, .. } => {
                limits.iter().any(|one| matches!(one, Limit::Pattern(_)))
            }
            CheckStep::Inner { .. } => false,
        });
        let features = [
            has(&[Scalar::Timestamp, Scalar::Date]).then_some("jiff"),
            has(&[Scalar::Uuid]).then_some("uuid"),
            has_pattern.then_some("pattern"),
            (is_checked && !has_pattern).then_some("validate"),
        ];
        features.into_iter().flatten().collect()
    }

    /// All that is checked before something is sent.
    fn checks(&self) -> impl Iterator<Item = &CheckStep> {
        let of_types = self.types.iter().flat_map(|def| &def.checks);
        let forms = self
            .operations
            .iter()
            .flat_map(|operation| &operation.encode);
        let forms = forms.filter_map(|step| match step {
            EncodeStep::Bodies { forms, .. } => Some(&forms.variants),
            _ => None,
        });
        of_types
            .chain(self.operations.iter().flat_map(|one| &one.checks))
            .chain(forms.flatten().flat_map(|variant| &variant.checks))
    }
}

/// A value that the document gives as an example or a default.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) pointer: String,
    pub(crate) ty: TypeRef,
    pub(crate) value: serde_json::Value,
}

/// Where the client came from.
#[derive(Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) document: String,
    /// The path of the runtime.
    pub(crate) runtime: String,
}
