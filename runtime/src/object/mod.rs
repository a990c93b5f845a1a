//! Structs as JSON objects.
//!
//! What `serde` derives for a struct is code for each of its fields in each type, compiled again with every decoder and
//! encoder. Here a struct only says which property each of its fields is; reading and writing go over that list, and
//! are compiled once for the types of values that there are.

pub mod read;
pub mod write;

use serde::de::MapAccess;

/// A struct that [`object!`](crate::object!) has described.
pub trait Object: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;
    /// The properties that have a field, in the order of the fields.
    const PROPERTIES: &'static [&'static str];
    /// Which of them must be there.
    const REQUIRED: &'static [bool];

    /// Reads the properties of an object.
    ///
    /// # Errors
    ///
    /// Where a property is of the wrong type, is there twice, or is required and missing.
    fn read<'de, A: MapAccess<'de>>(properties: A) -> Result<Self, A::Error>;
}

/// Lets a struct be read from a JSON object and written as one, through `serde`:
///
/// ```
/// struct Pet {
///     id: i64,
///     kind: Option<String>,
///     owner: Option<i64>,
///     others: std::collections::BTreeMap<String, bool>,
/// }
///
/// stencil_runtime::object!(Pet {
///     required id = "id",
///     optional kind = "type",
///     nullable owner = "owner",
///     ..others,
/// });
///
/// let pet: Pet = serde_json::from_str(r#"{ "id": 1, "owner": null, "good": true }"#)?;
/// assert_eq!(pet.others["good"], true);
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"id":1,"owner":null,"good":true}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// - `required` must be there when it is read, and is written always.
/// - `optional` is an `Option` or a [`Maybe`](crate::Maybe), and is not written where it is absent.
/// - `nullable` is an `Option` that is written as null; it may be missing where it is read.
/// - `..` is a map of the properties that have no field; without it they are passed over.
///
/// It is for formats that name their properties, as JSON does.
#[macro_export]
macro_rules! object {
    ($name:ident { $($kind:ident $field:ident = $property:literal,)* $(..$rest:ident,)? }) => {
        #[automatically_derived]
        // The document names the fields, and so the variables.
        #[allow(
            deprecated, irrefutable_let_patterns, clippy::disallowed_names, clippy::many_single_char_names,
            clippy::similar_names
        )]
        impl $crate::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const PROPERTIES: &'static [&'static str] = &[$($property),*];
            const REQUIRED: &'static [bool] = &[$($crate::object!(@is_required $kind)),*];

            fn read<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                properties: A,
            ) -> ::core::result::Result<Self, A::Error> {
                let mut slots = ($($crate::object::read::$kind(),)*);
                $(let mut $rest = ::core::default::Default::default();)?
                let ($($field,)*) = &mut slots;
                if let ::core::result::Result::Err(error) = $crate::object::read::properties(
                    properties,
                    Self::PROPERTIES,
                    Self::REQUIRED,
                    &mut [$($field),*],
                    &mut [$(&mut $rest)?],
                ) {
                    return ::core::result::Result::Err(error);
                }
                let ($($crate::object!(@$kind $field),)*) = slots else {
                    return $crate::object::read::missing();
                };
                ::core::result::Result::Ok(Self { $($field,)* $($rest,)? })
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::object::read::object(deserializer)
            }
        }

        #[automatically_derived]
        #[allow(deprecated)]
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::object!(
                    @write serializer $name
                    [$(($property, $crate::object::write::$kind(&self.$field)),)*]
                    $(&self.$rest)?
                )
            }
        }
    };
    (@required $field:ident) => {
        $crate::object::read::Required(::core::option::Option::Some($field))
    };
    (@optional $field:ident) => { $crate::object::read::Optional($field) };
    (@nullable $field:ident) => { $crate::object::read::Optional($field) };
    (@is_required required) => { true };
    (@is_required $kind:ident) => { false };
    (@write $serializer:ident $name:ident $members:tt) => {
        $crate::object::write::closed($serializer, stringify!($name), &$members)
    };
    (@write $serializer:ident $name:ident $members:tt $rest:expr) => {
        $crate::object::write::open($serializer, &$members, $rest)
    };
}
