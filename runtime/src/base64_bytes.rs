//! Bytes in JSON.

use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes that are base64 in JSON (RFC 4648 §4): strings of `format: byte`, or with `contentEncoding: base64`, for
/// clients whose settings say so.
///
/// Padding is written, and may be missing in what is read; line breaks are passed over, as in MIME.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Bytes);

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl<B: Into<Bytes>> From<B> for Base64 {
    fn from(bytes: B) -> Self {
        Self(bytes.into())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&ENGINE.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = String::deserialize(deserializer)?;
        text.retain(|c| !matches!(c, '\r' | '\n'));
        // The decoder's own message would quote a byte of what may be secret.
        let bytes = ENGINE
            .decode(text)
            .map_err(|_| D::Error::custom("no base64"))?;
        Ok(Self(bytes.into()))
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Base64({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 4648 §10.
    #[test]
    fn bytes_are_base64_in_json() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            let value = Base64::from(bytes);
            assert_eq!(serde_json::to_value(&value).unwrap(), text);
            for read in [
                text.to_owned(),
                text.replace('=', ""),
                format!("{text}\r\n"),
            ] {
                let read: Base64 = serde_json::from_value(read.into()).unwrap();
                assert_eq!(read, value);
            }
        }
        assert!(serde_json::from_value::<Base64>("*".into()).is_err());
    }
}
