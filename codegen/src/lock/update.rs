//! The file brought up to date: the names of today, and the old ones that a reviewer keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{Lock, LockedOperation};
use crate::diagnostic::nearest;
use crate::load::child;

/// A lock brought up to date.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Update {
    /// The file.
    pub path: PathBuf,
    /// What it says; none if there is no such file.
    pub old: Option<String>,
    /// What it should say.
    pub text: String,
    /// What is different, each in one line: names that changed, came and went.
    pub notes: Vec<String>,
}

impl Update {
    /// Whether the file says what it should.
    pub fn is_current(&self) -> bool {
        self.old.as_ref() == Some(&self.text)
    }
}

/// The names of today.
#[derive(Clone, Debug, Default)]
pub(crate) struct Current {
    /// As a lock has them, without old ones.
    pub(crate) lock: Lock,
    /// For each method of the last lock that leads somewhere, the name that it has now.
    pub(crate) methods: BTreeMap<String, String>,
    /// The same for types.
    pub(crate) types: BTreeMap<String, String>,
}

/// The lock of today, and what is different. `keep` names old methods and types, each alone or as `old=new`.
///
/// Fails with a sentence about a name that cannot be kept.
pub(crate) fn update(
    old: &Lock,
    current: &Current,
    keep: &[String],
) -> Result<(Lock, Vec<String>), String> {
    let mut lock = current.lock.clone();
    let mut notes = Vec::new();
    carry(
        &old.kept_methods,
        &current.methods,
        &mut lock.kept_methods,
        &mut notes,
    );
    carry(
        &old.kept_types,
        &current.types,
        &mut lock.kept_types,
        &mut notes,
    );
    // An old name that something has again is no old name.
    let (methods, types) = names(&current.lock);
    lock.kept_methods
        .retain(|name, _| !methods.contains(name.as_str()));
    lock.kept_types
        .retain(|name, _| !types.contains(name.as_str()));
    for name in keep {
        let kept = match name.split_once('=') {
            Some((name, new)) => named(current, name, new)?,
            None => found(old, current, name)?,
        };
        lock.kept_methods.extend(kept.methods);
        lock.kept_types.extend(kept.types);
    }
    notes.extend(differences(old, current, &lock));
    Ok((lock, notes))
}

/// All methods, and all types.
fn names(lock: &Lock) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let operations = || lock.operations.values();
    let of_operations = operations().flat_map(|one| one.types.values());
    let types = lock.types.values().map(|ty| &ty.name).chain(of_operations);
    let methods = operations().map(|one| one.method.as_str());
    (methods.collect(), types.map(String::as_str).collect())
}

/// Old names stay, and lead to what the thing is called now.
fn carry(
    old: &BTreeMap<String, String>,
    today: &BTreeMap<String, String>,
    kept: &mut BTreeMap<String, String>,
    notes: &mut Vec<String>,
) {
    for (name, new) in old {
        match today.get(new) {
            Some(now) => drop(kept.insert(name.clone(), now.clone())),
            None => notes.push(format!(
                "`{name}`, an old name of `{new}`, is dropped: that is gone"
            )),
        }
    }
}

#[derive(Default)]
struct Kept {
    methods: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
}

/// An old name whose new one is given.
fn named(current: &Current, old: &str, new: &str) -> Result<Kept, String> {
    let (methods, types) = names(&current.lock);
    let pair = BTreeMap::from([(old.to_owned(), new.to_owned())]);
    if methods.contains(new) {
        Ok(Kept {
            methods: pair,
            ..Kept::default()
        })
    } else if types.contains(new) {
        Ok(Kept {
            types: pair,
            ..Kept::default()
        })
    } else {
        Err(unknown(new, methods.into_iter().chain(types)))
    }
}

/// An old name of the last lock: with an operation all its types are kept, with a type those inside of it.
fn found(old: &Lock, current: &Current, name: &str) -> Result<Kept, String> {
    let is_meant = |one: &LockedOperation| {
        one.method == name || one.types.get("type").is_some_and(|ty| ty == name)
    };
    let mut types: Vec<&String> = Vec::new();
    let mut methods: Vec<&String> = Vec::new();
    let mut around = None;
    if let Some((key, operation)) = old.operations.iter().find(|(_, one)| is_meant(one)) {
        methods.push(&operation.method);
        types.extend(operation.types.values());
        around = pointer(key);
    } else if let Some((place, _)) = old.types.iter().find(|(_, ty)| ty.name == name) {
        around = Some(place.clone());
    } else if let Some(ty) = old
        .operations
        .values()
        .flat_map(|one| one.types.values())
        .find(|ty| *ty == name)
    {
        types.push(ty);
    } else if old.kept_methods.contains_key(name) || old.kept_types.contains_key(name) {
        return Ok(Kept::default());
    } else {
        let (methods, types) = names(old);
        return Err(unknown(name, methods.into_iter().chain(types)));
    }
    let is_inside = |place: &str| {
        let rest = around
            .as_ref()
            .and_then(|around| place.strip_prefix(around.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    types.extend(
        old.types
            .iter()
            .filter(|(place, _)| is_inside(place))
            .map(|(_, ty)| &ty.name),
    );
    let kept = Kept {
        methods: renamed(methods, &current.methods),
        types: renamed(types, &current.types),
    };
    if kept.methods.is_empty() && kept.types.is_empty() {
        let is_there = current.methods.contains_key(name) || current.types.contains_key(name);
        let why = if is_there {
            "has that name still"
        } else {
            "is gone: nothing has its place"
        };
        return Err(format!("`{name}` {why}"));
    }
    Ok(kept)
}

fn renamed(old: Vec<&String>, today: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let pairs = old
        .into_iter()
        .filter_map(|old| Some((old, today.get(old)?)));
    let renamed = pairs.filter(|(old, new)| old != new);
    renamed
        .map(|(old, new)| (old.clone(), new.clone()))
        .collect()
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("there is no `{name}` in the lock: there is `{near}`"),
        None => format!("there is no `{name}` in the lock"),
    }
}

/// The pointer that an operation has in most documents.
fn pointer(key: &str) -> Option<String> {
    let (method, path) = key.split_once(' ')?;
    Some(child(&child("/paths", path), &method.to_lowercase()))
}

/// What changed, came and went, in one line each. The types of an operation are told with it.
fn differences(old: &Lock, current: &Current, lock: &Lock) -> Vec<String> {
    let mut notes = Vec::new();
    if old.is_empty() {
        return notes;
    }
    let mut told = BTreeSet::new();
    let mut tell = |name: &str, now: Option<&String>, is_kept: bool| match now {
        Some(now) if now == name => {}
        Some(now) if is_kept => notes.push(format!("`{name}` is `{now}` now, and kept")),
        Some(now) => notes.push(format!(
            "`{name}` is `{now}` now: `--keep {name}` keeps the old name"
        )),
        None => notes.push(format!("`{name}` is gone")),
    };
    for (key, operation) in &old.operations {
        let now = current.methods.get(&operation.method);
        tell(
            &operation.method,
            now,
            lock.kept_methods.contains_key(&operation.method),
        );
        if now != Some(&operation.method) {
            told.extend(pointer(key));
        }
    }
    for (place, ty) in &old.types {
        let is_told = told
            .iter()
            .any(|around| place.starts_with(&format!("{around}/")));
        if !is_told {
            tell(
                &ty.name,
                current.types.get(&ty.name),
                lock.kept_types.contains_key(&ty.name),
            );
        }
    }
    let of_old = |name: &String| old.types.iter().find(|(_, ty)| ty.name == *name);
    for (place, ty) in &current.lock.types {
        if of_old(&ty.name).is_some_and(|(was, _)| was != place) {
            notes.push(format!(
                "`{}` keeps its name, and stands at `{place}` now",
                ty.name
            ));
        }
    }
    let known: BTreeSet<&String> = current
        .methods
        .values()
        .chain(current.types.values())
        .collect();
    let (methods, _) = names(&current.lock);
    let types = current.lock.types.values().map(|ty| ty.name.as_str());
    let new = methods
        .into_iter()
        .chain(types)
        .filter(|name| !known.contains(&(*name).to_owned()));
    notes.extend(new.map(|name| format!("`{name}` is new")));
    notes
}

/// Every name of the last lock that is another one now, and that nothing else has.
pub(crate) fn all_renamed(current: &Current) -> Vec<String> {
    let (methods, types) = names(&current.lock);
    let pairs = current.methods.iter().chain(&current.types);
    let renamed =
        pairs.filter(|(old, _)| !methods.contains(old.as_str()) && !types.contains(old.as_str()));
    renamed.map(|(old, new)| format!("{old}={new}")).collect()
}
