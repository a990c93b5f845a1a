//! Operations: what is given to them, checked and written.

use super::{Arm, Docs, Field, HeadersDef, OutcomeEnum, OutputDef, StreamDef, TypeRef};
use crate::api::{Location, Style};

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
    pub(crate) stream: Option<Box<StreamDef>>,
    /// How its list comes page by page.
    pub(crate) paging: Option<Box<PagingDef>>,
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
        let stream = match self.stream.as_deref() {
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
    pub(in crate::lower) fn types(&self) -> Vec<&TypeRef> {
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
