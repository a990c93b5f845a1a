//! Calls for the documentation, with the values of the document's examples.

use serde_json::Value;

use super::module::Scalar;
use super::module::{Example, ExampleValue, Field, StructDef, TypeDef, TypeKind, TypeRef};
use super::responses::body_of;
use crate::api::Operation;

/// Setters in an example: enough to show how, few enough to read.
const SETTERS: usize = 2;
/// Structs within structs in an example.
const DEPTH: usize = 4;

/// A call of the operation with all that it requires.
pub(super) fn of_operation(
    operation: &Operation,
    fields: &[Field],
    types: &[TypeDef],
) -> Option<Example> {
    let body = operation
        .body
        .as_ref()
        .and_then(|body| body_of(&body.content));
    let body_example =
        body.and_then(|media| media.examples.first().map(|(_, value)| value.clone()));
    let mut imports = Vec::new();
    let arguments: Vec<ExampleValue> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| {
            let example = if field.name == "body" {
                body_example.as_ref()
            } else {
                None
            };
            value_of(&field.ty, example, types, &mut imports, DEPTH)
        })
        .collect();
    imports.sort();
    imports.dedup();
    arguments
        .iter()
        .all(is_complete)
        .then_some(Example { imports, arguments })
}

/// A scalar that is read from a text.
fn parsed(scalar: Scalar, example: Option<&Value>) -> ExampleValue {
    let usual = match scalar {
        Scalar::Timestamp => "2030-01-31T12:00:00Z",
        Scalar::Date => "2030-01-31",
        Scalar::Uuid => "0191e7e6-5c8b-7c3a-9b1e-3f1d2c4b5a69",
        Scalar::Ipv4 => "192.0.2.1",
        _ => "2001:db8::1",
    };
    ExampleValue::Parsed(example.and_then(Value::as_str).unwrap_or(usual).to_owned())
}

/// Whether nothing in it is unknown.
fn is_complete(value: &ExampleValue) -> bool {
    match value {
        ExampleValue::Unknown => false,
        ExampleValue::List(items) => items.iter().all(is_complete),
        ExampleValue::Wrapped { value, .. } => is_complete(value),
        ExampleValue::Struct {
            arguments, setters, ..
        } => {
            arguments.iter().all(is_complete) && setters.iter().all(|(_, value)| is_complete(value))
        }
        _ => true,
    }
}

fn value_of(
    ty: &TypeRef,
    example: Option<&Value>,
    types: &[TypeDef],
    imports: &mut Vec<String>,
    depth: usize,
) -> ExampleValue {
    if depth == 0 {
        return match ty {
            TypeRef::Named(_) | TypeRef::Boxed(_) => ExampleValue::Unknown,
            _ => ExampleValue::Default,
        };
    }
    match ty {
        TypeRef::Scalar(Scalar::Bool) => {
            ExampleValue::Bool(example.and_then(Value::as_bool).unwrap_or(true))
        }
        TypeRef::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64) => {
            ExampleValue::Integer(example.and_then(Value::as_i64).unwrap_or(1))
        }
        TypeRef::Scalar(Scalar::F64) => {
            ExampleValue::Float(example.and_then(Value::as_f64).unwrap_or(1.0))
        }
        TypeRef::Scalar(Scalar::String | Scalar::Secret) => {
            ExampleValue::Text(example.and_then(Value::as_str).unwrap_or("…").to_owned())
        }
        TypeRef::List(item) => {
            let first = example.and_then(|list| list.get(0));
            ExampleValue::List(vec![value_of(item, first, types, imports, depth - 1)])
        }
        TypeRef::Boxed(inner) => value_of(inner, example, types, imports, depth),
        TypeRef::Named(name) => match type_of(types, name) {
            Some(def) => named(def, example, types, imports, depth),
            None => ExampleValue::Unknown,
        },
        TypeRef::Scalar(scalar) => parsed(*scalar, example),
        TypeRef::Part | TypeRef::Body => ExampleValue::Text("…".to_owned()),
        _ => ExampleValue::Default,
    }
}

/// The types stand in the order of their names.
fn type_of<'a>(types: &'a [TypeDef], name: &str) -> Option<&'a TypeDef> {
    let index = types.binary_search_by(|def| def.name.as_str().cmp(name));
    types.get(index.ok()?)
}

fn named(
    def: &TypeDef,
    example: Option<&Value>,
    types: &[TypeDef],
    imports: &mut Vec<String>,
    depth: usize,
) -> ExampleValue {
    match &def.kind {
        TypeKind::Struct(of) => {
            imports.push(def.name.clone());
            of_struct(
                &def.name,
                of,
                example.or(def.example.as_deref()),
                types,
                imports,
                depth,
            )
        }
        TypeKind::StringEnum(variants) => {
            imports.push(def.name.clone());
            let known = example
                .and_then(Value::as_str)
                .and_then(|value| variants.iter().find(|one| one.value == value));
            match known.or(variants.first()) {
                Some(variant) => ExampleValue::Variant {
                    ty: def.name.clone(),
                    variant: variant.name.clone(),
                },
                None => ExampleValue::Text("…".to_owned()),
            }
        }
        TypeKind::Union(of) => match of.variants.first() {
            Some(variant) => ExampleValue::Wrapped {
                ty: {
                    imports.push(def.name.clone());
                    def.name.clone()
                },
                variant: variant.name.clone(),
                value: Box::new(value_of(&variant.ty, example, types, imports, depth - 1)),
            },
            None => ExampleValue::Default,
        },
    }
}

fn of_struct(
    name: &str,
    of: &StructDef,
    example: Option<&Value>,
    types: &[TypeDef],
    imports: &mut Vec<String>,
    depth: usize,
) -> ExampleValue {
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    let given = |field: &Field| example.and_then(|example| example.get(&field.wire));
    let mut required: Vec<&Field> = of
        .fields
        .iter()
        .filter(|field| field.required && !field.flatten)
        .collect();
    required.sort_by(|one, other| one.name.cmp(&other.name));
    for field in required {
        arguments.push(value_of(&field.ty, given(field), types, imports, depth - 1));
    }
    let optional = of
        .fields
        .iter()
        .filter(|field| !field.required && !field.flatten);
    let shown = |field: &&Field| {
        given(field).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
    };
    for field in optional.filter(shown).take(SETTERS) {
        let value = value_of(field.ty.inner(), given(field), types, imports, depth - 1);
        setters.push((field.setter.clone(), value));
    }
    ExampleValue::Struct {
        ty: name.to_owned(),
        arguments,
        setters,
    }
}
