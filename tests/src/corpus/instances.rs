//! Instances made from schemas: what a server may send beyond the document's own examples.
//!
//! The schemas are read here as they stand in the document, without the compiler, and another program
//! (`jsonschema`) says which instances they allow.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Schemas within schemas.
const DEPTH: usize = 4;
/// Instances of one schema.
const MOST: usize = 12;

/// A document as one schema resource.
pub(super) struct Judge {
    document: Value,
    registry: jsonschema::Registry<'static>,
    /// Schemas that apply themselves to the same instance: what that means is undefined (JSON Schema Core 2020-12
    /// §9.4.1), so that no validator can be asked.
    endless: BTreeSet<String>,
}

/// The name under which schemas refer to the document.
const NAME: &str = "urn:document";

impl Judge {
    /// `None` if `jsonschema` cannot read the document.
    pub(super) fn new(mut document: Value) -> Option<Self> {
        let is_old = document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.0"));
        map_up(&mut document, is_old);
        let resources = jsonschema::Registry::new().add(NAME, document.clone());
        let registry = resources.ok()?.prepare().ok()?;
        let endless = endless(&document);
        Some(Self {
            document,
            registry,
            endless,
        })
    }

    /// Instances that the schema at this pointer allows; `None` if `jsonschema` cannot read the schema.
    pub(super) fn instances(&self, pointer: &str) -> Option<Vec<Value>> {
        if self.is_endless(pointer) {
            return None;
        }
        let validator = self.validator(pointer)?;
        let schema = self.document.pointer(pointer)?;
        let mut made = self.make(schema, DEPTH);
        made.retain(|instance| validator.is_valid(instance));
        Some(made)
    }

    /// Whether a schema leads to one that applies itself to the same instance.
    fn is_endless(&self, pointer: &str) -> bool {
        !self.endless.is_empty()
            && reach(&self.document, pointer, &|at, schema| {
                parts(at, schema, true)
            })
            .iter()
            .any(|at| self.endless.contains(at))
    }

    /// Whether the schema at this pointer allows the value.
    pub(super) fn allows(&self, pointer: &str, value: &Value) -> bool {
        self.validator(pointer)
            .is_some_and(|validator| validator.is_valid(value))
    }

    /// Whether there is a schema at this pointer, and it does not allow the value.
    pub(super) fn refuses(&self, pointer: &str, value: &Value) -> bool {
        self.place(pointer)
            .and_then(|place| self.validator(&place))
            .is_some_and(|validator| !validator.is_valid(value))
    }

    /// The pointer of the same place that leads through no reference.
    fn place(&self, pointer: &str) -> Option<String> {
        let mut place = String::new();
        for step in pointer.split('/').skip(1) {
            // As many references as a document would hardly have one after the other.
            for _ in 0..8 {
                let Some(Value::String(reference)) = self.document.pointer(&place)?.get("$ref")
                else {
                    break;
                };
                reference.strip_prefix('#')?.clone_into(&mut place);
            }
            place.push('/');
            place.push_str(step);
        }
        self.document.pointer(&place).map(|_| place)
    }

    fn validator(&self, pointer: &str) -> Option<jsonschema::Validator> {
        let reference = json!({ "$ref": format!("{NAME}#{}", fragment(pointer)) });
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .build(&reference)
            .ok()
    }

    /// Instances, most of which the schema allows.
    fn make(&self, schema: &Value, depth: usize) -> Vec<Value> {
        let mut made = self.parts(schema, depth);
        made.dedup();
        made.truncate(MOST);
        made
    }

    fn parts(&self, schema: &Value, depth: usize) -> Vec<Value> {
        let Some(entries) = schema.as_object() else {
            return vec![json!("anything")];
        };
        if let Some(only) = entries.get("const") {
            return vec![only.clone()];
        }
        if let Some(Value::Array(values)) = entries.get("enum") {
            return values.iter().take(4).cloned().collect();
        }
        if depth == 0 {
            return scalar(entries);
        }
        let inner = |schema: &Value| self.make(schema, depth - 1);
        if let Some(target) = entries
            .get("$ref")
            .and_then(|reference| self.target(reference))
        {
            return inner(target);
        }
        let alternatives = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|key| entries.get(*key)?.as_array());
        let alternatives: Vec<&Value> = alternatives.flatten().collect();
        let own = self.own(entries, depth);
        if alternatives.is_empty() && !entries.contains_key("allOf") {
            return own;
        }
        let mut bases = own;
        for part in entries
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            bases = merged(&bases, &inner(part));
        }
        if alternatives.is_empty() {
            return bases;
        }
        let chosen = alternatives
            .iter()
            .flat_map(|one| merged(&bases, &inner(one)));
        chosen.collect()
    }

    fn target(&self, reference: &Value) -> Option<&Value> {
        let pointer = reference.as_str()?.strip_prefix('#')?;
        self.document.pointer(pointer)
    }

    /// What the schema's own keywords ask for.
    fn own(&self, entries: &Map<String, Value>, depth: usize) -> Vec<Value> {
        let is_object = [
            "properties",
            "additionalProperties",
            "required",
            "patternProperties",
        ]
        .iter()
        .any(|key| entries.contains_key(*key));
        let is_list = ["items", "prefixItems"]
            .iter()
            .any(|key| entries.contains_key(*key));
        let named: Vec<&str> = match entries.get("type") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(name)) => vec![name],
            _ if is_object => vec!["object"],
            _ if is_list => vec!["array"],
            _ => vec![],
        };
        let made = named.iter().flat_map(|name| match *name {
            "object" => self.objects(entries, depth),
            "array" => self.lists(entries, depth),
            other => scalars(other, entries),
        });
        made.collect()
    }

    /// All properties, those that are required, and one with each other form of each property.
    fn objects(&self, entries: &Map<String, Value>, depth: usize) -> Vec<Value> {
        let none = Map::new();
        let properties = entries
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        // What is only sent is not received, and the other way round.
        let is_one_way = |schema: &Value| {
            let next = |place: &&Value| self.target(place.get("$ref")?);
            // A chain of references that is longer leads nowhere.
            let places = std::iter::successors(Some(schema), next).take(16);
            let mut keys = places.flat_map(|place| [place.get("readOnly"), place.get("writeOnly")]);
            keys.any(|key| key == Some(&Value::Bool(true)))
        };
        let received = properties.iter().filter(|(_, schema)| !is_one_way(schema));
        let forms: Vec<(&String, Vec<Value>)> = received
            .map(|(name, schema)| (name, self.make(schema, depth - 1)))
            .collect();
        let first =
            |(name, forms): &(&String, Vec<Value>)| Some(((*name).clone(), forms.first()?.clone()));
        let mut whole: Map<String, Value> = forms.iter().filter_map(first).collect();
        let extra = entries
            .get("additionalProperties")
            .filter(|extra| extra.is_object());
        if let Some(value) =
            extra.and_then(|schema| self.make(schema, depth - 1).into_iter().next())
        {
            whole.insert("another".to_owned(), value);
        }
        let required = entries.get("required").and_then(Value::as_array);
        let required: Vec<&str> = required
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let least = whole
            .iter()
            .filter(|(name, _)| required.contains(&name.as_str()));
        let least = least
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut made = vec![Value::Object(whole.clone()), Value::Object(least)];
        for (name, forms) in &forms {
            for form in forms.iter().skip(1) {
                let mut other = whole.clone();
                other.insert((*name).clone(), form.clone());
                made.push(Value::Object(other));
            }
        }
        made
    }

    fn lists(&self, entries: &Map<String, Value>, depth: usize) -> Vec<Value> {
        if let Some(Value::Array(places)) = entries.get("prefixItems") {
            let items = places
                .iter()
                .filter_map(|place| self.make(place, depth - 1).into_iter().next());
            return vec![items.collect()];
        }
        let items = entries
            .get("items")
            .map(|items| self.make(items, depth - 1));
        let items = items.unwrap_or_else(|| vec![json!(1)]);
        let all = Value::Array(items.clone());
        let one = Value::Array(items.into_iter().take(1).collect());
        vec![one, all, json!([])]
    }
}

fn endless(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![(String::new(), document)];
    while let Some((at, value)) = waiting.pop() {
        let leads_on = parts(&at, value, false);
        let is_endless = leads_on.iter().any(|part| {
            let reached = reach(document, part, &|at, schema| parts(at, schema, false));
            reached.contains(&at)
        });
        for (name, value) in children(value) {
            waiting.push((format!("{at}/{name}"), value));
        }
        if is_endless {
            found.insert(at);
        }
    }
    found
}

/// The pointers that are reached from one, that one included.
fn reach(
    document: &Value,
    from: &str,
    next: &dyn Fn(&str, &Value) -> Vec<String>,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([from.to_owned()]);
    let mut waiting = vec![from.to_owned()];
    while let Some(at) = waiting.pop() {
        let more = document.pointer(&at).map(|value| next(&at, value));
        for part in more.into_iter().flatten() {
            if seen.insert(part.clone()) {
                waiting.push(part);
            }
        }
    }
    seen
}

/// The schemas that apply to the same instance as this one, and with `is_deep` all that it holds.
fn parts(at: &str, schema: &Value, is_deep: bool) -> Vec<String> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| reference.strip_prefix('#'));
    let mut parts: Vec<String> = target.map(str::to_owned).into_iter().collect();
    if is_deep {
        parts.extend(children(schema).map(|(name, _)| format!("{at}/{name}")));
        return parts;
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        let count = schema
            .get(key)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        parts.extend((0..count).map(|index| format!("{at}/{key}/{index}")));
    }
    parts
}

/// What a value holds, by the tokens of a JSON pointer.
fn children(value: &Value) -> impl Iterator<Item = (String, &Value)> {
    let entries = value.as_object().into_iter().flatten();
    let entries = entries.map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value));
    let items = value.as_array().into_iter().flatten().enumerate();
    entries.chain(items.map(|(index, value)| (index.to_string(), value)))
}

/// A pointer as the fragment of a URI (RFC 6901 §6).
fn fragment(pointer: &str) -> String {
    let mut text = String::new();
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text += &format!("%{byte:02X}");
        }
    }
    text
}

/// Each base with the members of each other one, where both are objects.
fn merged(bases: &[Value], others: &[Value]) -> Vec<Value> {
    if bases.is_empty() {
        return others.to_vec();
    }
    let mut made = Vec::new();
    for other in others {
        for base in bases.iter().take(2) {
            match (base, other) {
                (Value::Object(base), Value::Object(other)) => {
                    let mut both = base.clone();
                    both.extend(other.clone());
                    made.push(Value::Object(both));
                }
                // `properties` without `type` allows what is no object too, and authors do not mean it.
                (Value::Object(base), Value::String(_)) => made.push(Value::Object(base.clone())),
                _ => made.push(other.clone()),
            }
        }
    }
    if others.is_empty() {
        bases.to_vec()
    } else {
        made
    }
}

fn scalar(entries: &Map<String, Value>) -> Vec<Value> {
    match entries.get("type").and_then(Value::as_str) {
        Some("array") => vec![json!([])],
        Some("object") => vec![json!({})],
        Some(name) => scalars(name, entries),
        None => vec![],
    }
}

fn scalars(name: &str, entries: &Map<String, Value>) -> Vec<Value> {
    match name {
        "null" => vec![Value::Null],
        "boolean" => vec![json!(true), json!(false)],
        "integer" | "number" => {
            let limits = ["minimum", "maximum"]
                .iter()
                .filter_map(|key| entries.get(*key).cloned());
            // `jsonschema` knows no widths.
            let is_small = entries
                .get("format")
                .and_then(Value::as_str)
                .is_some_and(|format| format.ends_with("int32"));
            let large = json!(if is_small {
                2_000_000_000_i64
            } else {
                5_000_000_000_i64
            });
            let usual: &[Value] = if name == "integer" {
                &[json!(1), json!(0), json!(-7), large]
            } else {
                &[json!(1.5), json!(0), json!(-2.25)]
            };
            limits.chain(usual.iter().cloned()).collect()
        }
        _ => texts(entries),
    }
}

/// Strings of the format, and of the length that is asked for.
fn texts(entries: &Map<String, Value>) -> Vec<Value> {
    let text = match entries.get("format").and_then(Value::as_str) {
        Some("date-time") => "2026-01-31T12:00:00Z",
        Some("date") => "2026-01-31",
        Some("time") => "12:00:00Z",
        Some("uuid") => "0191e7e6-5c8b-7c3a-9b1e-3f1d2c4b5a69",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("email") => "user@example.com",
        Some("hostname") => "example.com",
        Some("uri" | "uri-reference" | "url") => "https://example.com/a",
        _ => "text",
    };
    let length = entries.get("minLength").and_then(Value::as_u64);
    let long = length
        .and_then(|length| usize::try_from(length).ok())
        .filter(|length| *length < 10_000);
    let long = long.map(|length| json!("x".repeat(length)));
    std::iter::once(json!(text))
        .chain(long)
        .chain([json!("")])
        .collect()
}

/// A document of 3.0 as JSON Schema 2020-12 (3.0 §4.7.24); what no validator reads is left alone.
fn map_up(value: &mut Value, is_old: bool) {
    match value {
        Value::Object(entries) => {
            // A name in the middle of a document would be taken for that of a resource.
            if entries.get("$id").is_some_and(Value::is_string) {
                entries.remove("$id");
            }
            if is_old {
                map_keywords(entries);
            }
            entries.values_mut().for_each(|value| map_up(value, is_old));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| map_up(item, is_old)),
        _ => {}
    }
}

fn map_keywords(entries: &mut Map<String, Value>) {
    if entries.contains_key("$ref") {
        entries.retain(|key, _| key == "$ref");
    }
    for (exclusive, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(Value::Bool(is_exclusive)) = entries.get(exclusive).cloned() {
            entries.remove(exclusive);
            if let Some(bound) = entries.get(limit).cloned().filter(|_| is_exclusive) {
                entries.remove(limit);
                entries.insert(exclusive.to_owned(), bound);
            }
        }
    }
    if entries.get("nullable") == Some(&Value::Bool(true))
        && let Some(Value::String(name)) = entries.get("type").cloned()
    {
        entries.insert("type".to_owned(), json!([name, "null"]));
        if let Some(Value::Array(values)) = entries.get_mut("enum") {
            values.push(Value::Null);
        }
    }
}
