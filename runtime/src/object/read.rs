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
        write!(formatter, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, properties: A) -> Result<T, A::Error> {
        T::read(properties)
    }
}

/// Where the value of a property is kept until all of them are read.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the property of this name.
    ///
    /// # Errors
    ///
    /// Where it is of the wrong type, or there was one before.
    fn read(&mut self, name: &'static str, properties: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Option<T> {
    fn read(&mut self, name: &'static str, properties: &mut A) -> Result<(), A::Error> {
        if self.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        *self = Some(properties.next_value()?);
        Ok(())
    }
}

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
/// Where a value is of the wrong type, or a name is there twice.
pub fn properties<'de, A: MapAccess<'de>>(
    mut properties: A,
    names: &'static [&'static str],
    slots: &mut [&mut dyn Slot<'de, A>],
    rest: &mut [&mut dyn Rest<'de, A>],
) -> Result<(), A::Error> {
    let mut expected = 0;
    loop {
        let name = Name {
            names,
            expected,
            is_kept: !rest.is_empty(),
        };
        match properties.next_key_seed(name)? {
            None => return Ok(()),
            Some(Found::Place(place)) => {
                slots[place].read(names[place], &mut properties)?;
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

/// The value of a property that must be there; none where it is missing.
pub fn required<T>(slot: Option<T>) -> Option<T> {
    slot
}

/// The value of a property that may be missing.
pub fn optional<T: Default>(slot: Option<T>) -> Option<T> {
    Some(slot.unwrap_or_default())
}

pub use optional as nullable;

/// What is wrong where a property is not there.
///
/// # Errors
///
/// Always.
pub fn missing<T, E: Error>(name: &'static str) -> Result<T, E> {
    Err(E::missing_field(name))
}
