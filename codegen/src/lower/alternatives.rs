//! Alternatives: what `oneOf` and `anyOf` come to.

use std::borrow::Cow;

use super::flatten::{Flat, flatten};
use super::module::Scalar;
use super::shape::{Alternative, Shape, decisive, is_null, object, open_shape};
use crate::api::{Additional, SchemaId, Schemas, SimpleType};

/// What is one of several things: an enum, or less where the alternatives are all of one kind.
pub(super) fn union<'a>(schemas: &'a Schemas, id: SchemaId, flat: Flat<'a>) -> Shape<'a> {
    let listed = || {
        flat.alternatives
            .iter()
            .copied()
            .filter(|part| !is_null(schemas, *part))
    };
    let parts: Vec<Flat<'_>> = listed()
        .map(|part| flatten(schemas, decisive(schemas, part)))
        .collect();
    let is_object = flat.properties.is_some() || flat.types[..] == [SimpleType::Object];
    let is_beside = !repeats(&flat, &parts) || parts.iter().all(says_nothing);
    if is_object && is_beside {
        return beside_properties(flat, &parts);
    }
    let shapes: Vec<Shape<'_>> = listed()
        .map(|part| shape_without_union(schemas, decisive(schemas, part)))
        .collect();
    if let Some(one) = all_numbers(&shapes).or_else(|| all_text(&shapes)) {
        return one;
    }
    let alternatives: Vec<Alternative> = listed()
        .zip(&parts)
        .filter(|(part, flat)| decisive(schemas, *part) != id && !is_anything(flat))
        .map(|(part, _)| Alternative::Schema(part))
        .collect();
    if alternatives.is_empty() {
        Shape::Any(None)
    } else {
        Shape::Union(alternatives)
    }
}

/// Whether every alternative has all the properties that stand beside the alternatives; the one that names
/// the alternative is written with it.
fn repeats(flat: &Flat<'_>, parts: &[Flat<'_>]) -> bool {
    let tag = flat
        .discriminator
        .as_ref()
        .map(|from| from.property.as_str());
    let mut outer = flat.each_property().map(|(name, _)| name);
    outer.all(|name| {
        let has = |part: &Flat<'_>| {
            part.properties
                .as_ref()
                .is_some_and(|all| all.contains_key(name))
        };
        Some(name.as_str()) == tag || parts.iter().all(has)
    })
}

/// A part that only says which properties are required, or nothing at all.
fn says_nothing(part: &Flat<'_>) -> bool {
    let is_object = part.types.is_empty() || part.types[..] == [SimpleType::Object];
    is_object && part.properties.is_none() && part.values.is_none() && part.alternatives.is_empty()
}

/// Whether any value will do.
fn is_anything(part: &Flat<'_>) -> bool {
    says_nothing(part)
        && part.types.is_empty()
        && part.items.is_none()
        && part.additional == Additional::Unsaid
        && part.required.is_empty()
}

/// Alternatives beside `properties`: one struct that has a place for the properties of all of them.
fn beside_properties<'a>(flat: Flat<'a>, parts: &[Flat<'a>]) -> Shape<'a> {
    let mut whole = Flat {
        alternatives: Vec::new(),
        ..flat
    };
    let outer = whole.properties.clone().unwrap_or_default();
    let mut all = outer.clone().into_owned();
    for part in parts {
        let is_object = part.types.is_empty() || part.types[..] == [SimpleType::Object];
        if !is_object || part.values.is_some() || !part.alternatives.is_empty() {
            return Shape::Any(Some("alternatives beside `properties` that are no objects"));
        }
        for (name, property) in part.each_property() {
            match all.get(name) {
                None => drop(all.insert(name.clone(), *property)),
                Some(known) if known == property || outer.contains_key(name) => {}
                Some(_) => {
                    return Shape::Any(Some(
                        "alternatives beside `properties` that have one property in several forms",
                    ));
                }
            }
        }
    }
    if whole.properties.is_some() || !all.is_empty() {
        whole.properties = Some(Cow::Owned(all));
    }
    object(whole)
}

/// Several numbers are a number, and several of one scalar type that type.
fn all_numbers<'a>(shapes: &[Shape<'a>]) -> Option<Shape<'a>> {
    use Scalar::{Bool, F64, I32, I64, U32, U64};

    let scalars: Vec<Scalar> = shapes
        .iter()
        .map(|shape| match shape {
            Shape::Scalar(scalar) => Some(*scalar),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let all =
        |known: &[Scalar]| !scalars.is_empty() && scalars.iter().all(|one| known.contains(one));
    let first = *scalars.first()?;
    let scalar = if all(&[first]) && first != Scalar::String {
        first
    } else if all(&[I32, U32, I64]) {
        I64
    } else if all(&[U32, U64]) {
        U64
    } else if all(&[I32, U32, I64, U64, F64]) {
        F64
    } else if all(&[Bool]) {
        Bool
    } else {
        return None;
    };
    Some(Shape::Scalar(scalar))
}

/// Several strings, each with or without known values: a string with known values.
fn all_text<'a>(shapes: &[Shape<'a>]) -> Option<Shape<'a>> {
    let mut known: Vec<String> = Vec::new();
    for shape in shapes {
        match shape {
            Shape::StringEnum(values) => {
                let new = values
                    .iter()
                    .filter(|value| !known.contains(value))
                    .cloned()
                    .collect::<Vec<_>>();
                known.extend(new);
            }
            // A text of a form of its own beside other texts is a text.
            Shape::Scalar(
                Scalar::String
                | Scalar::Timestamp
                | Scalar::Date
                | Scalar::Uuid
                | Scalar::Ipv4
                | Scalar::Ipv6,
            ) => {}
            _ => return None,
        }
    }
    Some(if known.is_empty() {
        Shape::Scalar(Scalar::String)
    } else {
        Shape::StringEnum(known)
    })
}

/// Unions within unions are not told apart; this also ends the recursion. Whether a list or a map has an end is not
/// asked: it is no scalar in either case, and the answer may be that it holds this union.
fn shape_without_union(schemas: &Schemas, id: SchemaId) -> Shape<'_> {
    let flat = flatten(schemas, id);
    if flat.alternatives.is_empty() && flat.types.len() < 2 {
        open_shape(schemas, id)
    } else {
        Shape::Any(None)
    }
}
