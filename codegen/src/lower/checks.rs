//! The limits that are checked before something is sent: the setting `validate`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::bodies;
use super::fields::type_of;
use super::module::{
    BodyEnum, CheckStep, EncodeStep, Field, Limit, OperationDef, TypeDef, TypeKind, TypeRef,
};
use super::operations::parameter_names;
use super::plan::Plan;
use super::shape::{Shape, decisive, shape};
use crate::api::{Additional, Api, LostNode, Operation, SchemaId};
use crate::load::child;

/// The limits of a document, as far as requests have to keep to them.
pub(super) struct Checks<'a> {
    api: &'a Api,
    plan: &'a Plan,
    /// The types that have limits, themselves or in what they hold.
    checked: BTreeSet<String>,
}

/// Lists within lists: deeper ones have no type either.
const DEPTH: usize = 8;
/// Whole numbers up to here are exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'a> Checks<'a> {
    /// Gives every type that a request can hold the checks of its fields.
    pub(super) fn of_types(api: &'a Api, plan: &'a Plan, types: &mut [TypeDef]) -> Self {
        let mut checks = Self {
            api,
            plan,
            checked: BTreeSet::new(),
        };
        let ids: BTreeMap<&str, SchemaId> = plan
            .types
            .iter()
            .filter(|(id, _)| plan.requests.contains(id))
            .map(|(id, name)| (name.as_str(), *id))
            .collect();
        for def in types.iter_mut() {
            if let Some(id) = ids.get(def.name.as_str()) {
                def.checks = checks.own(def, *id);
            }
        }
        // A type that holds one that is checked is checked, and so on.
        loop {
            let before = checks.checked.len();
            for def in types
                .iter()
                .filter(|def| ids.contains_key(def.name.as_str()))
            {
                if !def.checks.is_empty() || held(&def.kind).any(|ty| checks.holds_checked(ty)) {
                    checks.checked.insert(def.name.clone());
                }
            }
            if checks.checked.len() == before {
                break;
            }
        }
        for def in types
            .iter_mut()
            .filter(|def| ids.contains_key(def.name.as_str()))
        {
            let inner: Vec<CheckStep> = match &def.kind {
                TypeKind::Struct(of) => of
                    .fields
                    .iter()
                    .filter_map(|field| checks.inner(field))
                    .collect(),
                TypeKind::Union(of) => {
                    let variants = of.variants.iter();
                    let variants = variants.filter(|variant| checks.holds_checked(&variant.ty));
                    let steps = variants.map(|variant| CheckStep::Inner {
                        field: variant.name.clone(),
                        name: String::new(),
                    });
                    steps.collect()
                }
                TypeKind::StringEnum(_) => Vec::new(),
            };
            def.checks.extend(inner);
        }
        checks
    }

    /// Gives every operation the checks of its arguments.
    pub(super) fn of_operations(&self, operations: &mut [OperationDef]) {
        for (def, operation) in operations.iter_mut().zip(&self.api.operations) {
            for field in &def.fields {
                def.checks.extend(self.of_argument(operation, field));
            }
            for step in &mut def.encode {
                if let EncodeStep::Bodies { forms, .. } = step {
                    self.of_forms(operation, forms);
                    if forms
                        .variants
                        .iter()
                        .any(|variant| !variant.checks.is_empty())
                    {
                        def.checks.push(CheckStep::Inner {
                            field: "body".to_owned(),
                            name: "body".to_owned(),
                        });
                    }
                }
            }
        }
    }

    /// The checks of a parameter, or of a body that has one form.
    fn of_argument(&self, operation: &Operation, field: &Field) -> Vec<CheckStep> {
        let schema = if field.name == "body" {
            match bodies::forms(self.api, operation)[..] {
                [only] => only.schema,
                _ => None,
            }
        } else {
            let names = parameter_names(&operation.parameters);
            let mut parameters = operation.parameters.iter().zip(names);
            parameters
                .find(|(_, name)| *name == field.name)
                .filter(|(one, _)| one.named_type.is_none())
                .and_then(|(one, _)| one.schema)
        };
        let mut steps = schema.map_or_else(Vec::new, |schema| {
            self.limits(schema, &field.wire, &field.name)
        });
        steps.extend(self.inner(field));
        steps
    }

    fn of_forms(&self, operation: &Operation, forms: &mut BodyEnum) {
        let media = bodies::forms(self.api, operation);
        for (variant, media) in forms.variants.iter_mut().zip(media) {
            let Some(schema) = media.schema else { continue };
            variant.checks = self.limits(schema, "", &variant.name);
            if self.holds_checked(&variant.ty) {
                variant.checks.push(CheckStep::Inner {
                    field: variant.name.clone(),
                    name: String::new(),
                });
            }
        }
    }

    fn inner(&self, field: &Field) -> Option<CheckStep> {
        self.holds_checked(&field.ty).then(|| CheckStep::Inner {
            field: field.name.clone(),
            name: field.wire.clone(),
        })
    }

    fn holds_checked(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(name) => self.checked.contains(name),
            TypeRef::List(inner)
            | TypeRef::Boxed(inner)
            | TypeRef::Option(inner)
            | TypeRef::Maybe(inner) => self.holds_checked(inner),
            // A map of any JSON is one of another kind.
            TypeRef::Map(inner) => **inner != TypeRef::Value && self.holds_checked(inner),
            _ => false,
        }
    }

    /// The limits of a type's own fields.
    fn own(&self, def: &TypeDef, id: SchemaId) -> Vec<CheckStep> {
        match (&def.kind, shape(&self.api.schemas, id)) {
            (TypeKind::Struct(of), Shape::Struct(flat)) => {
                let whole = self.limits_of(id).into_iter();
                let whole: Vec<Limit> = whole.filter(Limit::is_of_object).collect();
                let mut steps = Vec::new();
                if !whole.is_empty() {
                    steps.push(CheckStep::limits("", "", "", whole));
                }
                let properties = flat.properties.unwrap_or_default();
                for field in &of.fields {
                    if let Some(id) = properties.get(&field.wire).filter(|_| !field.flatten) {
                        steps.extend(self.limits(*id, &field.wire, &field.name));
                    } else if let Additional::Schema(values) = flat.additional {
                        self.walk(values, "", "*", &field.name, 0, &mut steps);
                    }
                }
                steps
            }
            _ => Vec::new(),
        }
    }

    fn limits(&self, id: SchemaId, name: &str, field: &str) -> Vec<CheckStep> {
        let mut steps = Vec::new();
        self.walk(id, name, "", field, 0, &mut steps);
        steps
    }

    /// The limits of a value and of what it holds without a name of its own.
    fn walk(
        &self,
        id: SchemaId,
        name: &str,
        way: &str,
        field: &str,
        depth: usize,
        steps: &mut Vec<CheckStep>,
    ) {
        let schemas = &self.api.schemas;
        let decided = decisive(schemas, id);
        let ty = type_of(self.api, self.plan, id);
        if depth > DEPTH || matches!(ty.inner(), TypeRef::Part | TypeRef::Body | TypeRef::Bytes) {
            return;
        }
        let mut limits = self.limits_of(id);
        if matches!(ty, TypeRef::Named(_)) {
            // A struct checks its own; of the others nothing is left to limit.
            limits.clear();
        }
        if !limits.is_empty() {
            steps.push(CheckStep::limits(field, name, way, limits));
        }
        if matches!(ty, TypeRef::Named(_)) {
            return;
        }
        let longer = |step: &str| format!("{way}/{step}").trim_start_matches('/').to_owned();
        match shape(schemas, decided) {
            Shape::List(Some(inner)) | Shape::Map(Some(inner)) => {
                self.walk(inner, name, &longer("*"), field, depth + 1, steps);
            }
            Shape::Tuple(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    let way = longer(&index.to_string());
                    self.walk(item, name, &way, field, depth + 1, steps);
                }
            }
            _ => {}
        }
    }

    /// All limits that apply to the same value, wherever they are said.
    fn limits_of(&self, id: SchemaId) -> Vec<Limit> {
        let mut limits: Vec<Limit> = Vec::new();
        for (_, limit) in said(self.api, id) {
            if let Ok(Some(limit)) = limit
                && !limits.contains(&limit)
            {
                limits.push(limit);
            }
        }
        limits
    }
}

/// The types that a type holds.
fn held(kind: &TypeKind) -> Box<dyn Iterator<Item = &TypeRef> + '_> {
    match kind {
        TypeKind::Struct(of) => Box::new(of.fields.iter().map(|field| &field.ty)),
        TypeKind::Union(of) => Box::new(of.variants.iter().map(|variant| &variant.ty)),
        TypeKind::StringEnum(_) => Box::new(std::iter::empty()),
    }
}

/// What cannot be checked, and why.
pub(super) fn losses(api: &Api, plan: &Plan) -> Vec<LostNode> {
    let mut losses: Vec<LostNode> = Vec::new();
    for id in &plan.sent {
        for (at, limit) in of_one(api, *id) {
            if let Err(why) = limit {
                losses.push(LostNode::new(at, format!("{why}: it is not checked")));
            }
        }
    }
    losses
}

type Read = Result<Option<Limit>, String>;

/// The limits of a schema, of what it refers to, and of the parts of its `allOf`, each with its place.
fn said(api: &Api, id: SchemaId) -> Vec<(String, Read)> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![id];
    let mut limits = Vec::new();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            limits.extend(of_one(api, id));
            let schema = api.schemas.get(id);
            waiting.extend(schema.reference.iter().chain(&schema.all_of));
            // One alternative beside null is the value itself.
            let decided = decisive(&api.schemas, id);
            waiting.push(decided);
        }
    }
    limits
}

fn of_one(api: &Api, id: SchemaId) -> Vec<(String, Read)> {
    let schema = api.schemas.get(id);
    // 3.0 §4.7.24: whether the other bound is one of those that are allowed.
    let is_exclusive = |keyword: &str| {
        let name = if keyword == "minimum" {
            "exclusiveMinimum"
        } else {
            "exclusiveMaximum"
        };
        let mut limits = schema.limits.iter();
        limits.any(|(known, value)| known == name && value == &Value::Bool(true))
    };
    let limits = schema.limits.iter().map(|(keyword, value)| {
        let keyword = match keyword.as_str() {
            "minimum" if is_exclusive("minimum") => "exclusiveMinimum",
            "maximum" if is_exclusive("maximum") => "exclusiveMaximum",
            other => other,
        };
        (child(&schema.pointer, keyword), limit(keyword, value))
    });
    limits.collect()
}

fn limit(keyword: &str, value: &Value) -> Read {
    let variant = match keyword {
        "minimum" => "Minimum",
        "maximum" => "Maximum",
        "exclusiveMinimum" | "exclusiveMaximum" if value.is_boolean() => return Ok(None),
        "exclusiveMinimum" => "ExclusiveMinimum",
        "exclusiveMaximum" => "ExclusiveMaximum",
        "multipleOf" => "MultipleOf",
        "minLength" => "MinLength",
        "maxLength" => "MaxLength",
        "minItems" => "MinItems",
        "maxItems" => "MaxItems",
        "minProperties" => "MinProperties",
        "maxProperties" => "MaxProperties",
        "uniqueItems" => return Ok((value == &Value::Bool(true)).then_some(Limit::Unique)),
        "pattern" => return pattern(value),
        _ => return Ok(None),
    };
    let number = value.as_f64().ok_or("this limit is no number")?;
    if keyword.contains("Length") || keyword.contains("Items") || keyword.contains("Properties") {
        // 2020-12 allows `1.0` for a count.
        let is_count = number >= 0.0 && number.fract() == 0.0 && number <= EXACT;
        let count = format!("{number:.0}").parse().ok().filter(|_| is_count);
        return count
            .map(|count| Some(Limit::Count(variant, count)))
            .ok_or_else(|| "this limit is no count".to_owned());
    }
    if number.fract() == 0.0 && number.abs() > EXACT {
        return Err("this limit is beyond what is counted exactly".to_owned());
    }
    Ok(Some(Limit::Number(variant, number)))
}

fn pattern(value: &Value) -> Read {
    let text = value.as_str().ok_or("this pattern is no text")?;
    readable(text)?;
    Ok(Some(Limit::Pattern(text.to_owned())))
}

/// As the runtime will read it.
#[cfg(feature = "validate")]
fn readable(pattern: &str) -> Result<(), String> {
    let read = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    read.map(drop)
        .map_err(|error| format!("this is no regular expression of ECMA-262 ({error})"))
}

/// The setting is refused without the feature.
#[cfg(not(feature = "validate"))]
fn readable(_: &str) -> Result<(), String> {
    Err("patterns are not read".to_owned())
}
