//! Writing: the members of an object, those that are absent left out.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::Maybe;

/// A property with its value; none where it is absent.
pub type Member<'a, O> = (&'static str, Option<&'a dyn Write<O>>);

/// What takes the members of an object.
pub trait Out {
    /// What may go wrong.
    type Error;

    /// Takes one member.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn member<T: Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error>;
}

/// An object as a struct, whose properties are known.
pub struct Struct<O>(O);

impl<O: SerializeStruct> Out for Struct<O> {
    type Error = O::Error;

    fn member<T: Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), O::Error> {
        self.0.serialize_field(name, value)
    }
}

/// An object as a map, which has others.
pub struct Entries<O>(O);

impl<O: SerializeMap> Out for Entries<O> {
    type Error = O::Error;

    fn member<T: Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), O::Error> {
        self.0.serialize_entry(name, value)
    }
}

/// A value of any type that can be written.
pub trait Write<O: Out> {
    /// Writes it as a member.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn write(&self, name: &'static str, to: &mut O) -> Result<(), O::Error>;
}

impl<O: Out, T: Serialize> Write<O> for T {
    fn write(&self, name: &'static str, to: &mut O) -> Result<(), O::Error> {
        to.member(name, self)
    }
}

/// Writes a struct.
///
/// # Errors
///
/// Those of the serializer.
pub fn closed<S: Serializer>(
    serializer: S,
    name: &'static str,
    members: &[Member<'_, Struct<S::SerializeStruct>>],
) -> Result<S::Ok, S::Error> {
    let mut to = Struct(serializer.serialize_struct(name, present(members))?);
    for (name, value) in members {
        match value {
            Some(value) => value.write(name, &mut to)?,
            None => to.0.skip_field(name)?,
        }
    }
    to.0.end()
}

/// Writes a struct with properties that have no field.
///
/// # Errors
///
/// Those of the serializer.
pub fn open<'r, S: Serializer, T: Serialize + 'r>(
    serializer: S,
    members: &[Member<'_, Entries<S::SerializeMap>>],
    rest: impl IntoIterator<Item = (&'r String, &'r T), IntoIter: ExactSizeIterator>,
) -> Result<S::Ok, S::Error> {
    let rest = rest.into_iter();
    let length = present(members) + rest.len();
    let mut to = Entries(serializer.serialize_map(Some(length))?);
    for (name, value) in members {
        if let Some(value) = value {
            value.write(name, &mut to)?;
        }
    }
    for (name, value) in rest {
        to.0.serialize_entry(name, value)?;
    }
    to.0.end()
}

fn present<O: Out>(members: &[Member<'_, O>]) -> usize {
    members.iter().filter(|member| member.1.is_some()).count()
}

/// A value that is always written.
pub fn required<T: Serialize, O: Out>(value: &T) -> Option<&dyn Write<O>> {
    Some(value)
}

pub use required as nullable;

/// A value that is written unless it is absent.
pub fn optional<T: Optional, O: Out>(value: &T) -> Option<&dyn Write<O>> {
    (!value.is_left_out()).then_some(value)
}

/// A value that may be absent.
pub trait Optional: Serialize {
    /// Whether it is.
    fn is_left_out(&self) -> bool;
}

impl<T: Serialize> Optional for Option<T> {
    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Serialize> Optional for Maybe<T> {
    fn is_left_out(&self) -> bool {
        self.is_absent()
    }
}
