//! Reads one schema object, keyword by keyword.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};
use thin_vec::{ThinVec, thin_vec};

use super::identify::{self, target_pointer};
use super::keywords;
use super::{Additional, Dialect, Discriminator, Schema, SchemaId, Schemas, SimpleType};
use crate::diagnostic::{Code, Problem, Problems, nearest};
use crate::load::child;

/// What is read beside a `$ref` of 3.0.
const KEPT_BESIDE: [&str; 4] = ["$ref", "description", "nullable", "deprecated"];

/// Keywords of a schema that are kept as they stand, chosen from all that it has.
pub(crate) type Keep = fn(&Map<String, Value>) -> Map<String, Value>;
/// What was kept of each schema that has some.
pub(crate) type Kept = HashMap<SchemaId, Map<String, Value>>;

/// Reads schemas one by one, and those that are nested in them.
pub(crate) struct Reader<'a> {
    dialect: Dialect,
    /// The whole document, for schemas that stand where only a reference says that they are some.
    tree: &'a Value,
    schemas: Schemas,
    references: Vec<(SchemaId, String)>,
    problems: Problems,
    /// Whether a reference to nothing is let pass.
    lenient: bool,
    keep: Option<Keep>,
    kept: Kept,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        dialect: Dialect,
        tree: &'a Value,
        lenient: bool,
        keep: Option<Keep>,
    ) -> Self {
        Self {
            dialect,
            tree,
            schemas: Schemas::default(),
            references: Vec::new(),
            problems: Vec::new(),
            lenient,
            keep,
            kept: Kept::new(),
        }
    }

    /// Connects references, now that every schema has an id.
    pub(crate) fn finish(mut self) -> Result<(Schemas, Kept), Problems> {
        let mut done = 0;
        while done < self.references.len() {
            let (from, reference) = self.references[done].clone();
            done += 1;
            self.read_displaced(&reference);
            let pointer = child(&self.schemas.get(from).pointer, "$ref");
            match identify::target(&self.schemas, from, &reference) {
                Some(target) => self.schemas.connect(from, target),
                // The schema says no more than that then: any value.
                None if self.lenient => self.schemas.change(from, |schema| {
                    schema.unread.push("$ref".to_owned());
                }),
                None if reference.starts_with('#') => {
                    self.problems.push(self.unknown(pointer, &reference));
                }
                None => self.problems.push(
                    Problem::at(
                        Code::Reference,
                        pointer,
                        format!("`{reference}` leads out of this document"),
                    )
                    .help("allow other files (`--files`), or bundle the document into one file first; URLs are never read"),
                ),
            }
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        self.schemas.refuse_circles()?;
        Ok((self.schemas, self.kept))
    }

    /// Reads the schema that a reference leads to, if it stands where the document has no schemas of its own:
    /// in another file, or below a key that OpenAPI does not know.
    fn read_displaced(&mut self, reference: &str) {
        let Some(pointer) = target_pointer(reference) else {
            return;
        };
        if self.schemas.at(&pointer).is_none()
            && let Some(value @ (Value::Object(_) | Value::Bool(_))) = self.tree.pointer(&pointer)
        {
            self.schema(&pointer, value);
        }
    }

    fn unknown(&self, pointer: String, reference: &str) -> Problem {
        let problem = Problem::at(
            Code::Reference,
            pointer,
            format!("`{reference}` is no schema of this document"),
        );
        let (folder, wanted) = reference.rsplit_once('/').unwrap_or(("#", reference));
        let names = self.schemas.iter().filter_map(|(_, schema)| {
            let beside = schema.pointer.strip_prefix(folder.get(1..)?)?;
            beside.strip_prefix('/')
        });
        match nearest(wanted, names.filter(|name| !name.contains('/'))) {
            Some(name) => problem.help(format!("there is `{folder}/{name}`")),
            None => problem.help("define it, or let it pass as any value (`--lenient`)"),
        }
    }

    pub(crate) fn schema(&mut self, pointer: &str, value: &Value) -> SchemaId {
        // A reference may have led here before what is around it was read.
        if let Some(known) = self.schemas.at(pointer) {
            return known;
        }
        let id = self.schemas.reserve(pointer);
        let schema = match value {
            Value::Object(entries) => self.keywords(id, pointer, entries),
            Value::Bool(boolean) => Schema {
                boolean: Some(*boolean),
                ..Schema::default()
            },
            other => {
                let message = format!("a schema must be a mapping, found {other}");
                self.problems
                    .push(Problem::at(Code::Structure, pointer, message));
                Schema::default()
            }
        };
        self.schemas.set(id, schema);
        id
    }

    fn keywords(&mut self, id: SchemaId, pointer: &str, entries: &Map<String, Value>) -> Schema {
        let mut schema = Schema::default();
        let is_lone = self.dialect == Dialect::OpenApi30 && entries.contains_key("$ref");
        for (key, value) in entries {
            let at = child(pointer, key);
            // 3.0 §4.7.23: what stands beside a `$ref` is to be ignored. These do no harm, and authors mean them.
            let is_beside = is_lone && !KEPT_BESIDE.contains(&key.as_str());
            if is_beside && !key.starts_with("x-") {
                schema.unread.push(key.clone());
                continue;
            }
            if key == "$ref" {
                match value.as_str() {
                    Some(reference) => self.references.push((id, reference.to_owned())),
                    None => self.wrong(at, key, "a string"),
                }
                continue;
            }
            if !self.applicator(&mut schema, key, &at, value) {
                self.keyword(&mut schema, key, &at, value);
            }
        }
        // Lists that grow keep room for several more.
        schema.limits.shrink_to_fit();
        schema.required.shrink_to_fit();
        if let Some(uncommon) = schema.uncommon.get_mut() {
            uncommon.examples.shrink_to_fit();
        }
        // What stands beside a `$ref` of 3.0 says nothing.
        if let Some(kept) = self.keep.filter(|_| !is_lone).map(|keep| keep(entries))
            && !kept.is_empty()
        {
            self.kept.insert(id, kept);
        }
        // Names that follow a pattern have no fields: they are what is left, with the type of all of them.
        schema.additional = match (&schema.additional, &schema.patterns[..]) {
            (said, []) => said.clone(),
            (Additional::Unsaid | Additional::Forbidden, [only]) => Additional::Schema(*only),
            _ => Additional::Any,
        };
        schema
    }

    /// Keywords that hold schemas (JSON Schema Core 2020-12 §10).
    fn applicator(&mut self, schema: &mut Schema, key: &str, at: &str, value: &Value) -> bool {
        match key {
            "properties" => schema.properties = Some(Box::new(self.map(at, key, value))),
            "patternProperties" => {
                schema.patterns = self.map(at, key, value).into_values().collect();
            }
            "$defs" | "definitions" | "dependentSchemas" => {
                self.map(at, key, value);
                if !matches!(key, "$defs" | "definitions") {
                    schema.unread.push(key.to_owned());
                }
            }
            "allOf" => schema.all_of = self.list(at, key, value),
            "anyOf" => schema.any_of = self.list(at, key, value),
            "oneOf" => schema.one_of = self.list(at, key, value),
            "prefixItems" => schema.prefix = self.list(at, key, value),
            "items" => schema.items = Some(self.schema(at, value)),
            "additionalProperties" => {
                schema.additional = match value {
                    Value::Bool(false) => Additional::Forbidden,
                    Value::Bool(true) => Additional::Any,
                    Value::Object(entries) if entries.is_empty() => Additional::Any,
                    _ => Additional::Schema(self.schema(at, value)),
                }
            }
            "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "contentSchema" => {
                self.schema(at, value);
                schema.unread.push(key.to_owned());
            }
            _ => return false,
        }
        true
    }

    fn keyword(&mut self, schema: &mut Schema, key: &str, at: &str, value: &Value) {
        if !keywords::fits(key, value) {
            schema.unread.push(key.to_owned());
            return;
        }
        let unknown = keywords::unknown_below(key, value);
        if !unknown.is_empty() {
            schema.unread.extend(unknown);
        }
        match key {
            "type" => self.types(schema, at, value),
            "nullable" => schema.nullable |= value == &Value::Bool(true),
            "title" => schema.title = text(value),
            "description" => schema.description = text(value),
            "format" => schema.format = text(value),
            "contentMediaType" => schema.content_media_type = text(value),
            "deprecated" => schema.deprecated = value == &Value::Bool(true),
            "readOnly" => schema.read_only = value == &Value::Bool(true),
            "writeOnly" => schema.write_only = value == &Value::Bool(true),
            "default" => schema.default = Some(Box::new(value.clone())),
            "example" => schema.examples.push(value.clone()),
            "examples" => schema
                .examples
                .extend(value.as_array().cloned().unwrap_or_default()),
            "const" => schema.values = Some(thin_vec![value.clone()]),
            "enum" => match value {
                Value::Array(values) => schema.values = Some(values.iter().cloned().collect()),
                _ => self.wrong(at.to_owned(), key, "a list"),
            },
            "required" => match value {
                Value::Array(names) => schema.required = names.iter().filter_map(text).collect(),
                // Draft 3 wrote `required: true` in the property itself; it means nothing since.
                _ => schema.unread.push(key.to_owned()),
            },
            "discriminator" => schema.discriminator = discriminator(value).map(Box::new),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
            | "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems" | "uniqueItems"
            | "minProperties" | "maxProperties" => {
                schema.limits.push((key.to_owned(), value.clone()));
            }
            // Words for people or for other tools.
            "externalDocs" | "$comment" | "xml" | "$schema" => {}
            "$id" => schema.id = text(value),
            "$anchor" | "$dynamicAnchor" => schema.anchor = text(value),
            _ if key.starts_with("x-stencil-") => {
                schema.extensions.push((key.to_owned(), value.clone()));
            }
            _ if key.starts_with("x-") => {}
            _ => schema.unread.push(key.to_owned()),
        }
    }

    fn types(&mut self, schema: &mut Schema, at: &str, value: &Value) {
        let names: Vec<&Value> = match value {
            Value::Array(names) => names.iter().collect(),
            name => vec![name],
        };
        for name in names {
            let simple = match name.as_str() {
                // Without quotes it is null itself in YAML.
                _ if name.is_null() => {
                    schema.nullable = true;
                    continue;
                }
                Some("null") => {
                    schema.nullable = true;
                    continue;
                }
                Some("boolean") => SimpleType::Boolean,
                Some("integer") => SimpleType::Integer,
                Some("number") => SimpleType::Number,
                Some("string") => SimpleType::String,
                Some("array") => SimpleType::Array,
                Some("object") => SimpleType::Object,
                _ => {
                    let message = format!(
                        "{name} is not a type; JSON Schema has null, boolean, integer, number, string, array and object"
                    );
                    self.problems
                        .push(Problem::at(Code::Structure, at, message));
                    continue;
                }
            };
            if !schema.types.contains(&simple) {
                schema.types.push(simple);
            }
        }
    }

    fn map(&mut self, at: &str, key: &str, value: &Value) -> IndexMap<String, SchemaId> {
        let Value::Object(entries) = value else {
            self.wrong(at.to_owned(), key, "a mapping");
            return IndexMap::new();
        };
        entries
            .iter()
            .map(|(name, value)| (name.clone(), self.schema(&child(at, name), value)))
            .collect()
    }

    fn list(&mut self, at: &str, key: &str, value: &Value) -> ThinVec<SchemaId> {
        let Value::Array(items) = value else {
            self.wrong(at.to_owned(), key, "a list");
            return ThinVec::new();
        };
        let items = items.iter().enumerate();
        items
            .map(|(index, value)| self.schema(&child(at, &index.to_string()), value))
            .collect()
    }

    fn wrong(&mut self, at: String, key: &str, expected: &str) {
        self.problems.push(Problem::at(
            Code::Structure,
            at,
            format!("`{key}` must be {expected}"),
        ));
    }
}

/// A mapping names a schema by reference or by its key in `components.schemas` (3.1 §4.8.25.2).
fn discriminator(value: &Value) -> Option<Discriminator> {
    let mapping = value.get("mapping").and_then(Value::as_object);
    let mapping = mapping
        .into_iter()
        .flatten()
        .filter_map(|(tag, target)| Some((tag.clone(), named_schema(target.as_str()?))));
    let default = value.get("defaultMapping").and_then(Value::as_str);
    Some(Discriminator {
        property: value.get("propertyName").and_then(text)?,
        mapping: mapping.collect(),
        default: default.map(named_schema),
    })
}

/// The pointer of a schema that is named by reference or by its key.
fn named_schema(target: &str) -> String {
    target_pointer(target).unwrap_or_else(|| child("/components/schemas", target))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
