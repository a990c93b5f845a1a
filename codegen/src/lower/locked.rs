//! Which names of a lock hold for this document, and which old ones lead to what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{EncodeStep, KeptType, Module, OperationDef, OutputDef, TypeKind};
use super::places::Places;
use super::plan::{Plan, component_type};
use crate::api::{Api, Operation, SchemaId};
use crate::lock::{Current, Lock, LockedOperation, LockedType, key};

/// Names of schemas that the lock has: a schema at the same place keeps its name, and one that moved takes it along
/// where it had no word of its own, or has none any more.
pub(super) fn types(
    lock: &Lock,
    places: &Places<'_>,
    reached: &BTreeSet<SchemaId>,
) -> BTreeMap<SchemaId, String> {
    let mut names = BTreeMap::new();
    let mut moved = Vec::new();
    let is_same_word = |place: &str, ty: &LockedType| places.word(place) == ty.word;
    for (place, ty) in lock
        .types
        .iter()
        .filter(|(place, _)| is_followed(lock, places, place))
    {
        let Some(id) = places.follow(place).filter(|id| reached.contains(id)) else {
            continue;
        };
        let today = places.of(id);
        if today == *place && is_same_word(place, ty) {
            names.insert(id, ty.name.clone());
        } else if today != *place && is_same_word(&today, ty) && !lock.types.contains_key(&today) {
            moved.push((place, id, today, ty));
        }
    }
    for (place, id, today, ty) in moved {
        // Another key is another word: the type follows it.
        let has_other_key = component(&today).is_some()
            && component(place).is_some_and(|component| !places.has(component));
        if !has_other_key {
            names.entry(id).or_insert_with(|| ty.name.clone());
        }
    }
    names
}

/// Whether the operation around a place has the word that it had.
fn is_followed(lock: &Lock, places: &Places<'_>, place: &str) -> bool {
    places.operation(place).is_none_or(|operation| {
        let locked = lock.operations.get(&key(operation));
        locked.is_none_or(|locked| locked.id == operation.id)
    })
}

/// The pointer of the component that a place is in.
fn component(place: &str) -> Option<&str> {
    let ends = place
        .match_indices('/')
        .map(|(at, _)| at)
        .skip(1)
        .chain([place.len()]);
    let mut starts = ends.map(|end| &place[..end]);
    starts.find(|start| component_type(start).is_some())
}

/// Names that nothing new may take: those that hold, and old ones that lead to them.
pub(super) struct Taken {
    pub(super) methods: BTreeSet<String>,
    pub(super) types: BTreeSet<String>,
}

pub(super) fn taken(lock: &Lock, api: &Api) -> Taken {
    let locked: Vec<&LockedOperation> = api
        .operations
        .iter()
        .filter_map(|one| lock.of(one))
        .collect();
    let mut methods: BTreeSet<String> = locked.iter().map(|one| one.method.clone()).collect();
    let mut types: BTreeSet<String> = locked
        .iter()
        .flat_map(|one| one.types.values().cloned())
        .collect();
    methods.extend(leading_to(&lock.kept_methods, &methods));
    types.extend(leading_to(&lock.kept_types, &types));
    Taken { methods, types }
}

/// The old names of these.
pub(super) fn leading_to(kept: &BTreeMap<String, String>, names: &BTreeSet<String>) -> Vec<String> {
    let leading = kept.iter().filter(|(_, new)| names.contains(*new));
    leading.map(|(old, _)| old.clone()).collect()
}

/// The names of today as a lock has them, and where the old names lead.
pub(super) fn current(
    lock: &Lock,
    places: &Places<'_>,
    api: &Api,
    plan: &Plan,
    module: &Module,
) -> Current {
    let mut now = Lock::default();
    for (operation, def) in api.operations.iter().zip(&module.operations) {
        let names = LockedOperation {
            id: operation.id.clone(),
            method: def.method_name.clone(),
            types: operation_types(def)
                .map(|(kind, name, _)| (kind, name.to_owned()))
                .collect(),
        };
        now.operations.insert(key(operation), names);
    }
    let users = places.users();
    for (id, name) in &plan.types {
        let place = places.of(*id);
        let users = users.get(id).map(Vec::as_slice).unwrap_or_default();
        let known = lock.types.get(&place).and_then(|ty| ty.used.as_ref());
        // The one that is known stays while it can, so that the file changes little.
        let used = known
            .filter(|known| users.contains(known))
            .or(users.first());
        let ty = LockedType {
            name: name.clone(),
            word: places.word(&place),
            used: used.cloned(),
        };
        now.types.insert(place, ty);
    }
    let (methods, types) = successors(lock, places, api, plan, &now);
    Current {
        lock: now,
        methods,
        types,
    }
}

type Successors = BTreeMap<String, String>;

/// What is called today what the lock calls by an old name: methods, and types.
fn successors(
    lock: &Lock,
    places: &Places<'_>,
    api: &Api,
    plan: &Plan,
    now: &Lock,
) -> (Successors, Successors) {
    let (mut methods, mut types) = (Successors::new(), Successors::new());
    for (old, locked) in &lock.operations {
        let is_same = |one: &&Operation| one.id.is_some() && one.id == locked.id;
        let elsewhere = || Some(key(api.operations.iter().find(is_same)?));
        let here = now.operations.contains_key(old).then(|| old.clone());
        let Some(names) = here
            .or_else(elsewhere)
            .and_then(|key| now.operations.get(&key))
        else {
            continue;
        };
        methods.insert(locked.method.clone(), names.method.clone());
        for (kind, name) in &locked.types {
            types.extend(names.types.get(kind).map(|now| (name.clone(), now.clone())));
        }
    }
    for (place, ty) in &lock.types {
        let name = places.follow(place).and_then(|id| plan.types.get(&id));
        types.extend(name.map(|name| (ty.name.clone(), name.clone())));
    }
    (methods, types)
}

/// The types that are made for an operation: the key in a lock, the name, and whether it is an enum.
fn operation_types(def: &OperationDef) -> impl Iterator<Item = (&'static str, &str, bool)> {
    let output = match &def.output {
        OutputDef::Several(of) => Some(("output", of.name.as_str(), true)),
        OutputDef::One(_) => None,
    };
    let error = def
        .error
        .as_ref()
        .map(|of| ("error", of.name.as_str(), true));
    let headers = def
        .headers
        .as_ref()
        .map(|of| ("headers", of.name.as_str(), false));
    let content = def.encode.iter().find_map(|step| match step {
        EncodeStep::Bodies { forms, .. } => Some(("content", forms.name.as_str(), true)),
        _ => None,
    });
    let own = [
        Some(("type", def.name.as_str(), false)),
        error,
        output,
        headers,
        content,
    ];
    own.into_iter().flatten()
}

/// Gives what has an old name that is kept, that name too. An old name that leads nowhere is left out, and so is one
/// that something has today: `stencil lock --check` tells of both.
pub(super) fn keep(lock: &Lock, current: &Current, module: &mut Module) {
    let taken: BTreeSet<String> = module
        .operations
        .iter()
        .map(|def| def.method_name.clone())
        .collect();
    let fields: BTreeSet<&String> = module
        .client
        .defaults
        .iter()
        .map(|field| &field.name)
        .collect();
    for (old, new) in &lock.kept_methods {
        let is_free = !taken.contains(old) && !fields.contains(old);
        let new = current.methods.get(new).filter(|_| is_free);
        let mut defs = module.operations.iter_mut();
        if let Some(def) = new.and_then(|new| defs.find(|def| def.method_name == *new)) {
            def.kept.push(old.clone());
        }
    }
    let mut all: BTreeMap<&str, (Option<usize>, bool)> = BTreeMap::new();
    for (index, def) in module.operations.iter().enumerate() {
        all.extend(operation_types(def).map(|(_, name, is_enum)| (name, (Some(index), is_enum))));
    }
    for def in &module.types {
        let is_enum = !matches!(def.kind, TypeKind::Struct(_));
        all.insert(&def.name, (def.owner, is_enum));
    }
    let named: BTreeSet<&str> = module
        .named_types
        .iter()
        .map(|def| def.name.as_str())
        .collect();
    let kept = lock.kept_types.iter().filter_map(|(old, new)| {
        let new = current.types.get(new)?;
        let is_free = !all.contains_key(old.as_str()) && !named.contains(old.as_str());
        let (owner, is_enum) = *all.get(new.as_str()).filter(|_| is_free)?;
        Some(KeptType {
            old: old.clone(),
            new: new.clone(),
            is_enum,
            owner,
            features: Vec::new(),
        })
    });
    module.kept_types = kept.collect();
}
