//! `oneOf` and `anyOf`: which alternatives there are, and which old one is which new one.

use std::collections::BTreeSet;

use super::flat::Flat;
use super::node::Nodes;
use super::{Child, Found, Sides};
use crate::api::{Discriminator, Schema, SchemaId};
use crate::diff::http::check::{
    DISCRIMINATOR_ADDED, DISCRIMINATOR_CHANGED, DISCRIMINATOR_REMOVED, MEMBER_ADDED,
    MEMBER_REMOVED, TAG_ADDED, TAG_CHANGED, TAG_REMOVED, UNION_ADDED, UNION_REMOVED,
};
use crate::diff::http::finding::{Both, Finding};

/// What remains to be compared of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    Nothing,
    Rest,
}

pub(super) fn compare<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    found: &mut Found,
) -> Left {
    let Sides { old, new, .. } = sides;
    discriminator(sides, nodes, found);
    match (&old.unions[..], &new.unions[..]) {
        ([], []) => Left::Rest,
        // One thing became one of several, or the other way round. Null is the whole's, not an alternative's.
        ([], [members]) if new.is_union_only() => {
            let lists = Both::new(
                Alternatives::whole(old),
                Alternatives::of(members, new.nullable),
            );
            matched(sides, nodes, &lists, found);
            Left::Nothing
        }
        ([members], []) if old.is_union_only() => {
            let lists = Both::new(
                Alternatives::of(members, old.nullable),
                Alternatives::whole(new),
            );
            matched(sides, nodes, &lists, found);
            Left::Nothing
        }
        (old, new) => {
            for (was, is) in old.iter().zip(new) {
                let lists = Both::new(Alternatives::of(was, false), Alternatives::of(is, false));
                matched(sides, nodes, &lists, found);
            }
            for members in new.iter().skip(old.len()) {
                let finding = sides.finding(&UNION_ADDED, "must be one of several things as well");
                found
                    .findings
                    .push(finding.after(names(&nodes.new, members)));
            }
            for members in old.iter().skip(new.len()) {
                let finding = sides.finding(&UNION_REMOVED, "need not be one of several things");
                found
                    .findings
                    .push(finding.before(names(&nodes.old, members)));
            }
            Left::Rest
        }
    }
}

/// What a value may be: each the schemas that hold at once, and whether null is right too.
struct Alternatives {
    list: Vec<Vec<SchemaId>>,
    or_null: bool,
}

impl Alternatives {
    fn of(members: &[SchemaId], or_null: bool) -> Self {
        Self {
            list: members.iter().map(|id| vec![*id]).collect(),
            or_null,
        }
    }

    fn whole(flat: &Flat<'_>) -> Self {
        Self {
            list: vec![flat.core.clone()],
            or_null: flat.nullable,
        }
    }
}

/// Compares the alternatives that are the same thing, and tells of the others.
fn matched<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    lists: &Both<Alternatives>,
    found: &mut Found,
) {
    let (pairs, left) = matches(sides, nodes, lists);
    for (was, is) in pairs {
        found.children.push(Child {
            old: nodes.old.start_or_null(&was, lists.old.or_null),
            new: nodes.new.start_or_null(&is, lists.new.or_null),
            way: sides.way,
            form: sides.form,
        });
    }
    if !left.new.is_empty() {
        let names = names(&nodes.new, &left.new);
        let finding = sides.finding(&MEMBER_ADDED, format!("may be {names}"));
        found.findings.push(finding.after(names));
    }
    if !left.old.is_empty() {
        let names = names(&nodes.old, &left.old);
        let finding = sides.finding(&MEMBER_REMOVED, format!("may no longer be {names}"));
        found.findings.push(finding.before(names));
    }
}

/// More pairs than this are not looked through for what is alike: their order counts.
const MOST: usize = 4096;

/// An alternative before and after.
type Pair = (Vec<SchemaId>, Vec<SchemaId>);

/// Pairs of the same thing: by name, else by what they are, else by what they have in common. And what is left.
fn matches(
    sides: Sides<'_, '_>,
    nodes: &Both<Nodes<'_>>,
    lists: &Both<Alternatives>,
) -> (Vec<Pair>, Both<Vec<SchemaId>>) {
    let members = |nodes, list: &Alternatives, discriminator| -> Vec<Member> {
        let list = list.list.iter();
        list.map(|ids| Member::of(nodes, ids, discriminator))
            .collect()
    };
    let mut old = members(&nodes.old, &lists.old, sides.old.discriminator);
    let mut new = members(&nodes.new, &lists.new, sides.new.discriminator);
    let mut pairs: Vec<Pair> = Vec::new();
    let same: [fn(&Member, &Member) -> bool; 5] = [
        |one, other| one.tag.is_some() && one.tag == other.tag,
        |one, other| one.name.is_some() && one.name == other.name,
        |one, other| one.shape == other.shape,
        |one, other| one.title.is_some() && one.title == other.title,
        Member::is_like,
    ];
    let is_much = old.len() * new.len() > MOST;
    for same in same.into_iter().take(if is_much { 0 } else { same.len() }) {
        old.retain(|one| {
            let Some(at) = new.iter().position(|other| same(one, other)) else {
                return true;
            };
            pairs.push((one.ids.clone(), new.remove(at).ids));
            false
        });
    }
    if is_much {
        let common = old.len().min(new.len());
        let (old, new) = (old.drain(..common), new.drain(..common));
        pairs.extend(old.zip(new).map(|(old, new)| (old.ids, new.ids)));
    }
    let left = |members: Vec<Member>| {
        members
            .iter()
            .filter_map(|one| one.ids.first().copied())
            .collect()
    };
    (pairs, Both::new(left(old), left(new)))
}

/// What tells one alternative from another.
struct Member {
    ids: Vec<SchemaId>,
    tag: Option<String>,
    name: Option<String>,
    title: Option<String>,
    shape: String,
    types: String,
    properties: BTreeSet<String>,
}

impl Member {
    fn of(nodes: &Nodes<'_>, ids: &[SchemaId], discriminator: Option<&Discriminator>) -> Self {
        let unsaid = Schema::default();
        let schema = ids
            .first()
            .map_or(&unsaid, |id| nodes.get(nodes.schemas.target(*id)));
        let tag = discriminator.and_then(|discriminator| {
            let mut mapping = discriminator.mapping.iter();
            Some(
                mapping
                    .find(|(_, pointer)| *pointer == *schema.pointer)?
                    .0
                    .clone(),
            )
        });
        let properties = schema.each_property();
        let parts: Vec<String> = properties
            .clone()
            .map(|(name, id)| format!("{name}:{}", types(nodes.get(nodes.schemas.target(*id)))))
            .collect();
        let items = schema
            .items
            .map(|id| types(nodes.get(nodes.schemas.target(id))));
        Self {
            ids: ids.to_vec(),
            tag,
            name: component(&schema.pointer),
            title: schema.title.clone(),
            shape: format!(
                "{} {:?} {:?} {:?} {parts:?} {items:?} {:?}",
                types(schema),
                schema.format,
                schema.values,
                schema.required,
                schema.limits
            ),
            types: types(schema),
            properties: properties.map(|(name, _)| name.clone()).collect(),
        }
    }

    /// Whether they have more in common than not.
    fn is_like(&self, other: &Self) -> bool {
        let common = self.properties.intersection(&other.properties).count();
        let all = self.properties.union(&other.properties).count();
        self.types == other.types && (common * 2 > all || all == 0)
    }
}

fn types(schema: &Schema) -> String {
    match (&schema.types[..], &schema.properties) {
        ([], Some(_)) => "[Object]".to_owned(),
        (types, _) => format!("{types:?}"),
    }
}

/// The key of a schema in `components.schemas`.
fn component(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| name.to_owned())
}

/// Alternatives by the names that people know.
fn names(nodes: &Nodes<'_>, members: &[SchemaId]) -> String {
    let name = |id: &SchemaId| {
        let schema = nodes.get(nodes.schemas.target(*id));
        let known = component(&schema.pointer).or_else(|| schema.title.clone());
        known.unwrap_or_else(|| match &schema.types[..] {
            [one] => format!("{one:?}").to_lowercase(),
            _ => "something else".to_owned(),
        })
    };
    let names: Vec<String> = members.iter().map(|id| format!("`{}`", name(id))).collect();
    names.join(", ")
}

fn discriminator<'a>(sides: Sides<'_, 'a>, nodes: &mut Both<Nodes<'a>>, found: &mut Found) {
    let told: Option<Finding> = match (sides.old.discriminator, sides.new.discriminator) {
        (None, None) => None,
        (None, Some(new)) => {
            let message = format!("is told apart by `{}`", new.property);
            Some(sides.finding(&DISCRIMINATOR_ADDED, message))
        }
        (Some(old), None) => {
            let message = format!("is no longer told apart by `{}`", old.property);
            Some(sides.finding(&DISCRIMINATOR_REMOVED, message))
        }
        (Some(old), Some(new)) if old.property != new.property => {
            let finding =
                sides.finding(&DISCRIMINATOR_CHANGED, "is told apart by another property");
            Some(finding.before(&old.property).after(&new.property))
        }
        (Some(old), Some(new)) => {
            tags(sides, nodes, Both::new(old, new), found);
            None
        }
    };
    found.findings.extend(told);
}

/// The values of a discriminator, where the alternative is there before and after: one that comes or goes is told
/// as such.
fn tags<'a>(
    sides: Sides<'_, 'a>,
    nodes: &mut Both<Nodes<'a>>,
    pair: Both<&Discriminator>,
    found: &mut Found,
) {
    let Both { old, new } = pair;
    let target = |of: &Discriminator, tag: &str| {
        let mut mapping = of.mapping.iter();
        mapping
            .find(|(known, _)| known == tag)
            .map(|(_, pointer)| pointer.clone())
    };
    let is_known = |nodes: &Nodes<'a>, flat: &Flat<'_>, pointer: &str| {
        let mut members = flat.unions.iter().flatten();
        let is_it =
            |id: &SchemaId| nodes.get(nodes.schemas.target(*id)).pointer.as_ref() == pointer;
        flat.unions.is_empty() || members.any(is_it)
    };
    for (tag, pointer) in &new.mapping {
        match target(old, tag) {
            None if is_known(&nodes.old, sides.old, pointer) => {
                found.findings.push(
                    sides
                        .finding(&TAG_ADDED, format!("has the tag `{tag}`"))
                        .after(tag),
                );
            }
            Some(before) if before != *pointer => {
                let finding = sides.finding(
                    &TAG_CHANGED,
                    format!("has another schema for the tag `{tag}`"),
                );
                let schemas = (nodes.old.schemas.at(&before), nodes.new.schemas.at(pointer));
                if let (Some(was), Some(is)) = schemas {
                    found.children.push(sides.child(nodes, &[was], &[is]));
                }
                found.findings.push(finding.before(before).after(pointer));
            }
            _ => {}
        }
    }
    for (tag, pointer) in &old.mapping {
        if target(new, tag).is_none() && is_known(&nodes.new, sides.new, pointer) {
            let finding = sides.finding(&TAG_REMOVED, format!("has no tag `{tag}` any more"));
            found.findings.push(finding.before(tag));
        }
    }
}
