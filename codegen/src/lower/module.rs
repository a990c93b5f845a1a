//! What the client looks like in Rust: every name, type and order decided, nothing printed yet.

use std::collections::BTreeSet;

use crate::api::{Location, LostNode, SecurityScheme, StatusPattern, Style};

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

/// A value that the document gives as an example or a default.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) pointer: String,
    pub(crate) ty: TypeRef,
    pub(crate) value: serde_json::Value,
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
}

impl Module {
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

/// Where the client came from.
#[derive(Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) document: String,
    /// The path of the runtime.
    pub(crate) runtime: String,
}

/// The type `Client`.
#[derive(Debug, PartialEq)]
pub(crate) struct ClientDef {
    pub(crate) docs: Docs,
    /// The ways to show who asks.
    pub(crate) security: Vec<SchemeDef>,
    /// Parameters that can be set once for the client.
    pub(crate) defaults: Vec<Field>,
    pub(crate) blocking: bool,
    /// The path of the crate in examples; none are written without it.
    pub(crate) example_path: Option<String>,
}

/// A way to show who asks.
#[derive(Debug, PartialEq)]
pub(crate) struct SchemeDef {
    /// Its name in the document, which operations use.
    pub(crate) wire: String,
    /// The method that sets its credentials, where there are several schemes.
    pub(crate) name: String,
    pub(crate) scheme: SecurityScheme,
}

/// The type `Server`.
#[derive(Debug, PartialEq)]
pub(crate) struct ServersDef {
    pub(crate) variants: Vec<ServerVariant>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct ServerVariant {
    /// Where the document says it.
    pub(crate) pointer: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The URL with `{field}` for each variable.
    pub(crate) url: String,
    /// Variables of the URL.
    pub(crate) variables: Vec<VariableDef>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct VariableDef {
    pub(crate) field: String,
    pub(crate) default: String,
    pub(crate) docs: Docs,
}

/// A string type with forms, from `x-stencil-type`.
#[derive(Debug, PartialEq)]
pub(crate) struct NamedTypeDef {
    /// The parameter in the document that first names it.
    pub(crate) pointer: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// Constructor and template of each form.
    pub(crate) forms: Vec<(String, String)>,
}

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

impl OperationDef {
    /// The types of what it sends and gives.
    pub(crate) fn types(&self) -> Vec<&TypeRef> {
        let fields = self.fields.iter().map(|field| &field.ty);
        let output = match &self.output {
            OutputDef::One(ty) => vec![ty],
            OutputDef::Several(of) => of.variants.iter().map(|variant| &variant.ty).collect(),
        };
        let bodies = self.encode.iter().flat_map(EncodeStep::types);
        let errors = self.error.iter().flat_map(|error| &error.variants);
        let headers = self.headers.iter().flat_map(|headers| &headers.fields);
        let stream = match &self.stream {
            Some(StreamDef::Items { ty, .. }) => Some(ty),
            _ => None,
        };
        fields
            .chain(output)
            .chain(bodies)
            .chain(headers.map(|header| &header.ty))
            .chain(stream)
            .chain(errors.map(|variant| &variant.ty))
            .collect()
    }
}

impl TypeRef {
    /// The scalars that it is or holds.
    pub(super) fn scalars(&self) -> Vec<Scalar> {
        match self {
            Self::Scalar(scalar) => vec![*scalar],
            Self::List(inner)
            | Self::Map(inner)
            | Self::Boxed(inner)
            | Self::Items(inner)
            | Self::Event(inner)
            | Self::Option(inner)
            | Self::Maybe(inner) => inner.scalars(),
            Self::Tuple(items) => items.iter().flat_map(Self::scalars).collect(),
            _ => Vec::new(),
        }
    }

    /// The types with names that it is or holds.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(name) => vec![name],
            Self::List(inner)
            | Self::Map(inner)
            | Self::Boxed(inner)
            | Self::Items(inner)
            | Self::Event(inner)
            | Self::Option(inner)
            | Self::Maybe(inner) => inner.names(),
            Self::Tuple(items) => items.iter().flat_map(Self::names).collect(),
            _ => Vec::new(),
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
    pub(crate) pointer: String,
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
    pub(crate) pointer: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The operation that it belongs to; none for what is shared.
    pub(crate) owner: Option<usize>,
    /// The Cargo features of which one must be on; none if it is always there.
    pub(crate) features: Vec<String>,
    /// Traits to derive beside those that it has, by their paths.
    pub(crate) derives: Vec<String>,
    /// An example of the document, for calls in the documentation.
    pub(crate) example: Option<serde_json::Value>,
    pub(crate) kind: TypeKind,
    /// What is checked before it is sent.
    pub(crate) checks: Vec<CheckStep>,
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

/// One operation.
#[derive(Debug, PartialEq)]
pub(crate) struct OperationDef {
    /// Where the document says it.
    pub(crate) pointer: String,
    /// The id in banners, errors and traces.
    pub(crate) id: String,
    /// The type.
    pub(crate) name: String,
    /// The method of `Client`.
    pub(crate) method_name: String,
    /// Old names of it that callers can use still.
    pub(crate) kept: Vec<String>,
    /// The Cargo features of which one must be on; none if it is always there.
    pub(crate) features: Vec<String>,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// The method in upper case.
    pub(crate) method: String,
    pub(crate) path: String,
    /// The URL of a server of its own.
    pub(crate) server: Option<String>,
    pub(crate) authenticated: bool,
    /// Whether a caller may let it be sent again though the server may have done it.
    pub(crate) repeatable: bool,
    /// The alternatives of which one is sent, where there are several schemes.
    pub(crate) security: Vec<Vec<String>>,
    /// The media types that are asked for, if not JSON alone.
    pub(crate) accept: Option<String>,
    /// Media types of successes that are read while they come.
    pub(crate) streams: Vec<String>,
    /// Another way to read a success: while it comes.
    pub(crate) stream: Option<StreamDef>,
    /// How its list comes page by page.
    pub(crate) paging: Option<PagingDef>,
    /// What the headers of responses are.
    pub(crate) headers: Option<HeadersDef>,
    /// Required ones first, both parts in canonical order.
    pub(crate) fields: Vec<Field>,
    pub(crate) encode: Vec<EncodeStep>,
    /// What is checked before that.
    pub(crate) checks: Vec<CheckStep>,
    pub(crate) output: OutputDef,
    pub(crate) error: Option<OutcomeEnum>,
    pub(crate) arms: Vec<Arm>,
    pub(crate) example: Option<Example>,
}

/// One line of a check.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CheckStep {
    /// Limits of what a field holds: itself, or what the way from there leads to.
    Limits {
        /// The field or the variant; none for the value itself.
        field: String,
        /// Its name in JSON.
        name: String,
        way: String,
        limits: Vec<Limit>,
    },
    /// What the type of a field checks.
    Inner { field: String, name: String },
}

impl CheckStep {
    pub(crate) fn limits(field: &str, name: &str, way: &str, limits: Vec<Limit>) -> Self {
        Self::Limits {
            field: field.to_owned(),
            name: name.to_owned(),
            way: way.to_owned(),
            limits,
        }
    }

    pub(crate) fn field(&self) -> &str {
        match self {
            Self::Limits { field, .. } | Self::Inner { field, .. } => field,
        }
    }
}

/// A limit, by the name that the runtime has for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Limit {
    Number(&'static str, f64),
    Count(&'static str, u64),
    Unique,
    Pattern(String),
}

impl Limit {
    /// Whether it is about the members of an object.
    pub(crate) fn is_of_object(&self) -> bool {
        matches!(self, Self::Count("MinProperties" | "MaxProperties", _))
    }
}

/// One line of `encode`.
#[derive(Debug, PartialEq)]
pub(crate) enum EncodeStep {
    Parameter {
        location: Location,
        wire: String,
        field: String,
        style: Option<(Style, bool)>,
        reserved: bool,
        is_json: bool,
    },
    /// A parameter that is the whole query.
    Query { field: String, is_json: bool },
    Body {
        field: String,
        encoding: BodyEncoding,
        is_required: bool,
    },
    /// A body that has one of several forms.
    Bodies {
        field: String,
        is_required: bool,
        forms: BodyEnum,
    },
}

impl EncodeStep {
    /// The types of the forms of a body, which no field has.
    pub(super) fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Bodies { forms, .. } => {
                forms.variants.iter().map(|variant| &variant.ty).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// An enum with a variant for each form that a body may have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BodyEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<BodyVariant>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BodyVariant {
    pub(crate) name: String,
    /// The media type.
    pub(crate) media: String,
    pub(crate) ty: TypeRef,
    pub(crate) encoding: BodyEncoding,
    /// What is checked before it is sent.
    pub(crate) checks: Vec<CheckStep>,
}

/// How one property becomes one or several parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartStep {
    pub(crate) wire: String,
    pub(crate) field: String,
    pub(crate) is_file: bool,
    pub(crate) media: Option<String>,
    /// Its headers, each with the field that holds it.
    pub(crate) headers: Vec<(String, String)>,
}

/// How one property of a form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FormField {
    Json,
    Styled(Style, bool),
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyEncoding {
    Json,
    /// JSON under another name.
    JsonAs(String),
    /// With an encoding of its own for some properties.
    Form(Vec<(String, FormField)>),
    Multipart(Vec<PartStep>),
    Text(String),
    Bytes(String),
}

/// What a success gives.
#[derive(Debug, PartialEq)]
pub(crate) enum OutputDef {
    One(TypeRef),
    /// Several statuses with bodies of their own.
    Several(OutcomeEnum),
}

/// An enum with a variant for each status.
#[derive(Debug, PartialEq)]
pub(crate) struct OutcomeEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<OutcomeVariant>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct OutcomeVariant {
    /// The response in the document.
    pub(crate) pointer: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) ty: TypeRef,
}

/// One arm of `decode`.
#[derive(Debug, PartialEq)]
pub(crate) struct Arm {
    /// The schema of the body in the document, or the response if it has none.
    pub(crate) pointer: String,
    pub(crate) status: StatusPattern,
    pub(crate) reader: Reader,
    pub(crate) outcome: Outcome,
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Json,
    /// JSON where an empty body stands for an empty object.
    JsonOrEmpty,
    Text,
    Bytes,
    Empty,
    /// Item by item.
    Items(Framing),
}

/// How a body that comes item by item is parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// JSON Lines, NDJSON.
    Lines,
    /// RFC 7464.
    Sequence,
    /// Server-sent events with JSON data.
    Events,
    /// Server-sent events with text.
    EventTexts,
    /// Server-sent events, each described as an object.
    WholeEvents,
}

/// How a success is read while it comes, where another way is the usual one.
#[derive(Debug, PartialEq)]
pub(crate) enum StreamDef {
    /// As bytes.
    Bytes,
    /// Item by item, if this media type is asked for.
    Items {
        media: String,
        ty: TypeRef,
        framing: Framing,
    },
}

/// A list that comes page by page.
#[derive(Debug, PartialEq)]
pub(crate) struct PagingDef {
    pub(crate) item: TypeRef,
    /// The way from the body to the list.
    pub(crate) items: Vec<Access>,
    /// The way from the body to what tells whether there is more.
    pub(crate) more: Option<Vec<Access>>,
    pub(crate) way: PagingWay,
    /// Whether the operation has one field only.
    pub(crate) is_only_field: bool,
}

/// How the next page is had.
#[derive(Debug, PartialEq)]
pub(crate) enum PagingWay {
    Cursor(Field, Vec<Access>),
    Page(Field, u64),
    Offset(Field),
    Link(String),
    Url(Vec<Access>),
}

/// A step into a value.
#[derive(Debug, PartialEq)]
pub(crate) enum Access {
    Field(String),
    Option,
    Maybe,
    /// The last item of a list.
    Last,
}

/// The headers that the responses of an operation have.
#[derive(Debug, PartialEq)]
pub(crate) struct HeadersDef {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
}

/// What a status means.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Success,
    /// A success with a variant of its own.
    SuccessVariant(String),
    ErrorVariant(String),
}

/// A call with values of the document's examples.
#[derive(Debug, PartialEq)]
pub(crate) struct Example {
    /// Types to import.
    pub(crate) imports: Vec<String>,
    pub(crate) arguments: Vec<ExampleValue>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum ExampleValue {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    /// A text that a type is read from.
    Parsed(String),
    List(Vec<ExampleValue>),
    /// A variant of an enum.
    Variant {
        ty: String,
        variant: String,
    },
    /// `Type::new(arguments).setter(value)`.
    Struct {
        ty: String,
        arguments: Vec<ExampleValue>,
        setters: Vec<(String, ExampleValue)>,
    },
    /// A variant that holds a value.
    Wrapped {
        ty: String,
        variant: String,
        value: Box<ExampleValue>,
    },
    /// `Default::default()`, for what has no example.
    Default,
    /// Nothing that would compile.
    Unknown,
}
