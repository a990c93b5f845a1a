//! Strings with known values.

/// A value that the client does not know. It is opaque: in a later version of the client the same text
/// may be a variant of its own, so code compares [`UnknownValue::as_str`] or the whole enum's `as_str`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An enum over strings that keeps those it does not know.
pub trait StringEnum: Sized {
    /// The text of a value.
    fn as_str(&self) -> &str;
    /// The value of a text.
    fn from_str(value: &str) -> Self;
}

/// Gives an enum that is a [`StringEnum`] what all of them have: `as_str`, `Display`, conversions from
/// text, and JSON.
#[macro_export]
macro_rules! string_enum {
    ($name:ident) => {
        impl $name {
            /// The text as it is sent.
            pub fn as_str(&self) -> &str {
                $crate::StringEnum::as_str(self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                $crate::StringEnum::from_str(value)
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                $crate::StringEnum::from_str(&value)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = <::std::borrow::Cow<'_, str> as $crate::__private::serde::Deserialize>::deserialize(
                    deserializer,
                )?;
                Ok($crate::StringEnum::from_str(&value))
            }
        }
    };
}
