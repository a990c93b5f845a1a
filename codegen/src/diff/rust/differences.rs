//! The differences between two surfaces, one by one, and how much each asks of callers.

use std::collections::BTreeSet;

use super::RustLevel;
use super::compare;
use super::names::Names;
use super::surface::{Item, Key, Kind, Member, Surface, TypeItem, What};

/// One difference of one item.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) level: RustLevel,
    pub(super) kind: DifferenceKind,
    pub(super) place: Place,
}

/// Where something was and is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Old(Key),
    New(Key),
    Both(Key, Key),
}

impl Place {
    pub(super) fn before(&self) -> Option<&Key> {
        match self {
            Self::Old(key) | Self::Both(key, _) => Some(key),
            Self::New(_) => None,
        }
    }

    pub(super) fn now(&self) -> Option<&Key> {
        match self {
            Self::New(key) | Self::Both(_, key) => Some(key),
            Self::Old(_) => None,
        }
    }

    /// Where it is, or was if it is gone.
    pub(super) fn last(&self) -> &Key {
        match self {
            Self::Old(key) | Self::New(key) | Self::Both(_, key) => key,
        }
    }
}

/// The order is that of importance among what belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DifferenceKind {
    Renamed,
    /// It has another name, and is known by its old one too.
    RenamedWithAlias,
    Removed,
    /// A struct is an enum, or the like.
    OtherKind,
    Changed,
    /// More is taken, and what was taken still is.
    Widened,
    /// Callers have to expect more fields or variants.
    Opened,
    /// They no longer have to.
    Closed,
    Added,
    Deprecated,
    Undeprecated,
    /// What it does, which no caller sees.
    Inside,
    Documented,
}

impl DifferenceKind {
    /// Whether the declaration itself is another.
    pub(super) fn is_declared(self) -> bool {
        self <= Self::Undeprecated
    }
}

/// All that is different.
pub(super) fn differences(old: &Surface, new: &Surface, names: &Names) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut met = BTreeSet::new();
    let whole = whole(old, new, names);
    for (key, item) in &old.items {
        let is = names.key(key);
        // Of what is gone as a whole, or is something else, no part is told.
        if key.member == Member::Type || !whole.contains(inner(&key.owner)) {
            found.extend(of_old(key, item, &is, new, names));
        }
        met.insert(is);
    }
    for (key, item) in new.items.iter().filter(|(key, _)| !met.contains(*key)) {
        found.extend(of_new(key, item, old, names, &whole));
    }
    found
}

/// The old types that are gone, or are not of the kind that they were.
fn whole<'a>(old: &'a Surface, new: &Surface, names: &Names) -> BTreeSet<&'a str> {
    let types = old.items.iter().filter_map(|(key, item)| match &item.what {
        What::Type(of) => Some((key, of)),
        _ => None,
    });
    let whole = types.filter(|(key, of)| match new.items.get(&names.key(key)) {
        Some(Item {
            what: What::Type(now),
            ..
        }) => !compare::are_alike(&of.kind, &now.kind, names),
        _ => true,
    });
    whole.map(|(key, _)| key.owner.as_str()).collect()
}

/// The type that `Call<ListAccount>` belongs to.
pub(super) fn inner(owner: &str) -> &str {
    match owner
        .strip_suffix('>')
        .and_then(|text| text.split_once('<'))
    {
        Some((_, "O")) | None => owner,
        Some((_, inner)) => inner,
    }
}

fn of_old(key: &Key, item: &Item, is: &Key, new: &Surface, names: &Names) -> Vec<Difference> {
    let Some(other) = new.items.get(is) else {
        return vec![Difference {
            level: RustLevel::Major,
            kind: DifferenceKind::Removed,
            place: Place::Old(key.clone()),
        }];
    };
    let mut kinds = Vec::new();
    // That its owner has another name is told there.
    let is_renamed = key.member != is.member || (key != is && key.member == Member::Type);
    if is_renamed && new.items.contains_key(key) {
        kinds.push((RustLevel::Minor, DifferenceKind::RenamedWithAlias));
    } else if is_renamed {
        kinds.push((RustLevel::Major, DifferenceKind::Renamed));
    }
    kinds.extend(compare::compare(&item.what, &other.what, names));
    match (item.is_deprecated, other.is_deprecated) {
        (false, true) => kinds.push((RustLevel::Minor, DifferenceKind::Deprecated)),
        (true, false) => kinds.push((RustLevel::Patch, DifferenceKind::Undeprecated)),
        _ => {}
    }
    if !names.are_same_text(&item.rest, &other.rest) {
        kinds.push((RustLevel::Patch, DifferenceKind::Inside));
    }
    if item.docs != other.docs {
        kinds.push((RustLevel::Patch, DifferenceKind::Documented));
    }
    let differences = kinds.into_iter().map(|(level, kind)| Difference {
        level,
        kind,
        place: Place::Both(key.clone(), is.clone()),
    });
    differences.collect()
}

fn of_new(
    key: &Key,
    item: &Item,
    old: &Surface,
    names: &Names,
    whole: &BTreeSet<&str>,
) -> Option<Difference> {
    let owner = names.old_type(inner(&key.owner));
    let was = old.items.get(&Key::of_type(owner));
    let level = match (&key.member, was.map(|was| &was.what)) {
        (Member::Type, _) if is_alias(item) && names.is_renamed(&key.owner) => return None,
        (Member::Type, _) => RustLevel::Minor,
        (_, None) => return None,
        _ if whole.contains(owner) => return None,
        (
            Member::Field(_) | Member::Variant(_),
            Some(What::Type(TypeItem { is_open: false, .. })),
        ) => RustLevel::Major,
        _ => RustLevel::Minor,
    };
    Some(Difference {
        level,
        kind: DifferenceKind::Added,
        place: Place::New(key.clone()),
    })
}

fn is_alias(item: &Item) -> bool {
    matches!(
        &item.what,
        What::Type(TypeItem {
            kind: Kind::Alias(_),
            ..
        })
    )
}
