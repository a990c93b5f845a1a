//! Whether a value is what a schema asks for (JSON Schema Validation 2020-12, as far as [`Schema`]
//! carries it).

use serde_json::Value;

use crate::api::{Additional, Schema, SchemaId, Schemas, SimpleType};

/// Schemas within schemas that are followed.
const DEPTH: usize = 64;

/// What is wrong, and with which member.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The way to the member: names and indices, parted by dots.
    pub(super) field: String,
    pub(super) message: String,
}

/// Checks a value; the first thing that is wrong is told.
pub(super) fn validate(schemas: &Schemas, id: SchemaId, value: &Value) -> Result<(), Wrong> {
    check(schemas, id, value, "", DEPTH)
}

fn check(
    schemas: &Schemas,
    id: SchemaId,
    value: &Value,
    at: &str,
    depth: usize,
) -> Result<(), Wrong> {
    let schema = schemas.get(id);
    if depth == 0 || schema.boolean == Some(true) {
        return Ok(());
    }
    if schema.boolean == Some(false) {
        return wrong(at, "is not allowed");
    }
    let inner = |id: SchemaId, value: &Value, at: &str| check(schemas, id, value, at, depth - 1);
    if value.is_null() && schema.nullable {
        return Ok(());
    }
    for part in schema.reference.iter().chain(&schema.all_of) {
        inner(*part, value, at)?;
    }
    alternatives(schema, &|id| inner(id, value, at).is_ok(), at)?;
    kind(schema, value, at)?;
    limits(schema, value, at)?;
    match value {
        Value::Object(members) => {
            for name in &schema.required {
                if !members.contains_key(name) {
                    return wrong(&below(at, name), "is required");
                }
            }
            for (name, member) in members {
                let property = schema
                    .properties
                    .as_ref()
                    .and_then(|properties| properties.get(name));
                let at = below(at, name);
                match (property, &schema.additional) {
                    (Some(property), _) => inner(*property, member, &at)?,
                    (None, Additional::Forbidden) => return wrong(&at, "is not known"),
                    (None, Additional::Schema(id)) => inner(*id, member, &at)?,
                    (None, Additional::Any | Additional::Unsaid) => {}
                }
            }
            Ok(())
        }
        Value::Array(items) => {
            let each = schema
                .items
                .into_iter()
                .flat_map(|id| items.iter().enumerate().map(move |item| (id, item)));
            each.into_iter()
                .try_for_each(|(id, (index, item))| inner(id, item, &below(at, &index.to_string())))
        }
        _ => Ok(()),
    }
}

fn wrong(at: &str, message: &str) -> Result<(), Wrong> {
    let name = if at.is_empty() { "the body" } else { at };
    Err(Wrong {
        field: at.to_owned(),
        message: format!("{name} {message}"),
    })
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}

fn alternatives(schema: &Schema, fits: &impl Fn(SchemaId) -> bool, at: &str) -> Result<(), Wrong> {
    if !schema.any_of.is_empty() && !schema.any_of.iter().any(|id| fits(*id)) {
        return wrong(at, "is none of the alternatives");
    }
    match schema.one_of.iter().filter(|id| fits(**id)).count() {
        0 if !schema.one_of.is_empty() => wrong(at, "is none of the alternatives"),
        0 | 1 => Ok(()),
        _ => wrong(at, "is more than one of the alternatives"),
    }
}

fn kind(schema: &Schema, value: &Value, at: &str) -> Result<(), Wrong> {
    if let Some(values) = &schema.values
        && !values.contains(value)
    {
        let allowed: Vec<String> = values.iter().map(ToString::to_string).collect();
        return wrong(at, &format!("must be one of {}", allowed.join(", ")));
    }
    if schema.types.is_empty() || schema.types.iter().any(|simple| has_type(*simple, value)) {
        return Ok(());
    }
    let names: Vec<&str> = schema.types.iter().map(|simple| name_of(*simple)).collect();
    wrong(at, &format!("must be of type {}", names.join(" or ")))
}

fn has_type(simple: SimpleType, value: &Value) -> bool {
    match simple {
        SimpleType::Boolean => value.is_boolean(),
        // 1.0 is an integer too (JSON Schema Core 2020-12 §4.2.3).
        SimpleType::Integer => {
            value.is_i64()
                || value.is_u64()
                || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        SimpleType::Number => value.is_number(),
        SimpleType::String => value.is_string(),
        SimpleType::Array => value.is_array(),
        SimpleType::Object => value.is_object(),
    }
}

pub(super) fn name_of(simple: SimpleType) -> &'static str {
    match simple {
        SimpleType::Boolean => "boolean",
        SimpleType::Integer => "integer",
        SimpleType::Number => "number",
        SimpleType::String => "string",
        SimpleType::Array => "array",
        SimpleType::Object => "object",
    }
}

fn limits(schema: &Schema, value: &Value, at: &str) -> Result<(), Wrong> {
    for (keyword, limit) in &schema.limits {
        let Some(limit) = limit.as_f64() else {
            continue;
        };
        let (measure, what) = match keyword.as_str() {
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                (value.as_f64(), "value")
            }
            "minLength" | "maxLength" => (
                value.as_str().map(|text| count(text.chars().count())),
                "length",
            ),
            "minItems" | "maxItems" => (
                value.as_array().map(|items| count(items.len())),
                "number of items",
            ),
            _ => continue,
        };
        let Some(measure) = measure else { continue };
        let fits = match keyword.as_str() {
            "exclusiveMinimum" => measure > limit,
            "exclusiveMaximum" => measure < limit,
            keyword if keyword.starts_with("min") => measure >= limit,
            _ => measure <= limit,
        };
        if !fits {
            return wrong(at, &format!("has a {what} beyond `{keyword}`: {limit}"));
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52")]
fn count(length: usize) -> f64 {
    length as f64
}
