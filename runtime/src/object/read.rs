//! Reading: each property into its slot, and the slots into the struct.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde_json::{Map, Value};

use super::Object;

/// Reads a struct. As a map, for which a decoder needs half the code that it has for structs: that reads lists, too.
///
/// # Errors
///
/// Where it is no object, and those of [`Object::read`].
pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Properties(PhantomData))
}

struct Properties<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Properties<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(formatter, T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, properties: A) -> Result<T, A::Error> {
        T::read(properties)
    }
}

fn expecting(formatter: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    write!(formatter, "struct {name}")
}

/// Where the value of a property is kept until all of them are read.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of a property.
    ///
    /// # Errors
    ///
    /// Where it is of the wrong type.
    fn read(&mut self, properties: &mut A) -> Result<(), A::Error>;
}

/// The slot of a property that must be there.
pub struct Required<T>(pub Option<T>);

/// The slot of a property that may be missing.
pub struct Optional<T>(pub T);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
    fn read(&mut self, properties: &mut A) -> Result<(), A::Error> {
        match properties.next_value() {
            Ok(value) => {
                self.0 = Some(value);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Optional<T> {
    fn read(&mut self, properties: &mut A) -> Result<(), A::Error> {
        match properties.next_value() {
            Ok(value) => {
                self.0 = value;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// The slot of a property that must be there.
pub fn required<T>() -> Required<T> {
    Required(None)
}

/// The slot of a property that may be missing.
pub fn optional<T: Default>() -> Optional<T> {
    Optional(T::default())
}

pub use optional as nullable;

/// Where properties are kept that have no slot.
pub trait Rest<'de, A: MapAccess<'de>> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Where it is of the wrong type.
    fn read(&mut self, name: String, properties: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Rest<'de, A> for BTreeMap<String, T> {
    fn read(&mut self, name: String, properties: &mut A) -> Result<(), A::Error> {
        self.insert(name, properties.next_value()?);
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> Rest<'de, A> for Map<String, Value> {
    fn read(&mut self, name: String, properties: &mut A) -> Result<(), A::Error> {
        self.insert(name, properties.next_value()?);
        Ok(())
    }
}

/// Reads all properties of an object: those with a name into the slot of that place, others into the rest.
///
/// # Errors
///
/// Where a value is of the wrong type, a name is there twice, or one that is required is missing.
pub fn properties<'de, A: MapAccess<'de>>(
    mut properties: A,
    names: &'static [&'static str],
    required: &'static [bool],
    slots: &mut [&mut dyn Slot<'de, A>],
    rest: &mut [&mut dyn Rest<'de, A>],
) -> Result<(), A::Error> {
    let mut expected = 0;
    let mut seen = Seen::default();
    loop {
        let name = Name {
            names,
            expected,
            is_kept: !rest.is_empty(),
        };
        match properties.next_key_seed(name)? {
            None => break,
            Some(Found::Place(place)) => {
                if !seen.insert(place) {
                    return Err(A::Error::duplicate_field(names[place]));
                }
                slots[place].read(&mut properties)?;
                expected = place + 1;
            }
            Some(Found::Other(name)) => match rest {
                [rest, ..] => rest.read(name, &mut properties)?,
                [] => {
                    properties.next_value::<IgnoredAny>()?;
                }
            },
        }
    }
    let mut places = required.iter().enumerate();
    match places.find(|(place, is_required)| **is_required && !seen.contains(*place)) {
        Some((place, _)) => Err(A::Error::missing_field(names[place])),
        None => Ok(()),
    }
}

/// Which properties were there; nearly no object has more of them than fit.
#[derive(Default)]
struct Seen {
    first: u64,
    more: Vec<usize>,
}

impl Seen {
    fn contains(&self, place: usize) -> bool {
        match place {
            0..64 => self.first & (1 << place) != 0,
            _ => self.more.contains(&place),
        }
    }

    /// Whether it was not there before.
    fn insert(&mut self, place: usize) -> bool {
        if self.contains(place) {
            return false;
        }
        match place {
            0..64 => self.first |= 1 << place,
            _ => self.more.push(place),
        }
        true
    }
}

/// Looks for the name of a property.
#[derive(Clone, Copy)]
struct Name {
    names: &'static [&'static str],
    /// Where it will be if the properties are in the order of the fields.
    expected: usize,
    /// Whether a name is needed that is none of these.
    is_kept: bool,
}

/// A name that was looked for.
enum Found {
    Place(usize),
    Other(String),
}

impl Name {
    fn find(self, name: &str) -> Found {
        if self.names.get(self.expected) == Some(&name) {
            return Found::Place(self.expected);
        }
        match self.names.iter().position(|known| *known == name) {
            Some(place) => Found::Place(place),
            None if self.is_kept => Found::Other(name.to_owned()),
            None => Found::Other(String::new()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Found;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<Found, E> {
        Ok(self.find(name))
    }

    /// No name at all, which is how [`fields`](crate::fields()) asks for those that there are.
    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        if self.is_kept {
            Err(E::custom("any name"))
        } else {
            Err(E::unknown_field("", self.names))
        }
    }
}

/// What would be wrong if a property was missing that [`properties`] has seen.
///
/// # Errors
///
/// Always.
pub fn missing<T, E: Error>() -> Result<T, E> {
    Err(E::missing_field(""))
}
