//! Where schemas stand, so that one is found again in the next version of the document.

use std::collections::BTreeMap;

use super::plan::given_name;
use super::shape::decisive;
use crate::api::{Api, Operation, SchemaId};
use crate::load::child;
use crate::lock::{self, Lock};

/// Places of schemas: their JSON pointers, but with the name of a parameter where the pointer has its number, which
/// changes with any other one.
pub(super) struct Places<'a> {
    api: &'a Api,
    /// Pointers of parameters, each with its place.
    parameters: BTreeMap<String, String>,
    schemas: BTreeMap<String, SchemaId>,
    operations: BTreeMap<&'a str, &'a Operation>,
    /// Places that a lock knows and that are elsewhere now.
    moved: BTreeMap<String, String>,
}

impl<'a> Places<'a> {
    pub(super) fn new(api: &'a Api, lock: &Lock) -> Self {
        let mut places = Self {
            api,
            parameters: parameters(api),
            schemas: BTreeMap::new(),
            operations: api
                .operations
                .iter()
                .map(|one| (one.pointer.as_str(), one))
                .collect(),
            moved: BTreeMap::new(),
        };
        for (id, _) in api.schemas.iter() {
            let place = places.of(id);
            places.schemas.insert(place, id);
        }
        for operation in &api.operations {
            places.shared_parts(operation);
        }
        for (key, locked) in &lock.operations {
            let is_same = |one: &&Operation| one.id.is_some() && one.id == locked.id;
            let is_gone = !api.operations.iter().any(|one| lock::key(one) == *key);
            if let (true, Some((method, path)), Some(now)) = (
                is_gone,
                key.split_once(' '),
                api.operations.iter().find(is_same),
            ) {
                let old = child(&child("/paths", path), &method.to_lowercase());
                places.moved.insert(old, now.pointer.clone());
            }
        }
        for (place, ty) in &lock.types {
            if let (false, Some(used)) = (places.schemas.contains_key(place), &ty.used) {
                let now = places.today(used);
                places.moved.insert(place.clone(), now);
            }
        }
        places
    }

    /// Parts that the operation shares may have been its own before.
    fn shared_parts(&mut self, operation: &Operation) {
        let own = &operation.pointer;
        let mut parts: Vec<(String, String)> = Vec::new();
        for response in &operation.responses {
            parts.push((
                format!("{own}/responses/{}", response.status),
                response.pointer.to_string(),
            ));
        }
        parts.extend(
            operation
                .body
                .iter()
                .map(|body| (format!("{own}/requestBody"), body.pointer.clone())),
        );
        for one in &operation.parameters {
            let named = format!("{}:{}", one.location.as_str(), one.name);
            let place = self.parameters.get(&one.pointer).unwrap_or(&one.pointer);
            parts.push((child(&format!("{own}/parameters"), &named), place.clone()));
        }
        self.moved
            .extend(parts.into_iter().filter(|(old, new)| old != new));
    }

    /// The place of a schema.
    pub(super) fn of(&self, id: SchemaId) -> String {
        self.of_pointer(&self.api.schemas.get(id).pointer)
    }

    fn of_pointer(&self, pointer: &str) -> String {
        for (start, part) in pointer.match_indices("/parameters/") {
            let from = start + part.len();
            let end = pointer[from..]
                .find('/')
                .map_or(pointer.len(), |length| from + length);
            if let Some(place) = self.parameters.get(&pointer[..end]) {
                return format!("{place}{}", &pointer[end..]);
            }
        }
        pointer.to_owned()
    }

    /// Whether a schema stands at this place.
    pub(super) fn has(&self, place: &str) -> bool {
        self.schemas.contains_key(place)
    }

    /// The schema that decides the type of what stood at a place.
    pub(super) fn follow(&self, place: &str) -> Option<SchemaId> {
        self.schemas.get(&self.today(place)).copied()
    }

    /// Where what stood at a place is now: references of today are followed.
    fn today(&self, place: &str) -> String {
        let mut today = String::with_capacity(place.len());
        let keys = place.split('/').skip(1);
        let mut steps = 0;
        for key in keys {
            today = format!("{today}/{key}");
            // What moved may have moved to what moved; a lock by hand may have a circle.
            while let Some(next) = self.step(&today).filter(|_| steps < 64) {
                today = next;
                steps += 1;
            }
        }
        today
    }

    fn step(&self, place: &str) -> Option<String> {
        let next = match self.schemas.get(place) {
            Some(id) => self.of(decisive(&self.api.schemas, *id)),
            None => self.moved.get(place)?.clone(),
        };
        (next != place).then_some(next)
    }

    /// The operation that a place belongs to.
    pub(super) fn operation(&self, place: &str) -> Option<&'a Operation> {
        let mut around =
            std::iter::successors(Some(place), |place| Some(place.rsplit_once('/')?.0));
        around.find_map(|place| self.operations.get(place).copied())
    }

    /// The word that the document has for a type, or for what it stands in, of its own accord.
    pub(super) fn word(&self, place: &str) -> Option<String> {
        let mut around =
            std::iter::successors(Some(place), |place| Some(place.rsplit_once('/')?.0));
        around.find_map(|place| given_name(self.api.schemas.get(*self.schemas.get(place)?)))
    }

    /// The places that refer to each schema, those in operations first: they last longest.
    pub(super) fn users(&self) -> BTreeMap<SchemaId, Vec<String>> {
        let mut users: BTreeMap<SchemaId, Vec<String>> = BTreeMap::new();
        for (id, schema) in self.api.schemas.iter() {
            let target = decisive(&self.api.schemas, id);
            if schema.reference.is_some() && target != id {
                users.entry(target).or_default().push(self.of(id));
            }
        }
        for places in users.values_mut() {
            places.sort_by(|a, b| {
                (a.starts_with("/components"), a).cmp(&(b.starts_with("/components"), b))
            });
        }
        users
    }
}

/// The place of each parameter that its pointer names by number.
fn parameters(api: &Api) -> BTreeMap<String, String> {
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    let numbered = parameters.filter_map(|one| {
        let (parent, number) = one.pointer.rsplit_once('/')?;
        let is_numbered = parent.ends_with("/parameters") && number.parse::<usize>().is_ok();
        let named = format!("{}:{}", one.location.as_str(), one.name);
        is_numbered.then(|| (one.pointer.clone(), child(parent, &named)))
    });
    numbered.collect()
}
