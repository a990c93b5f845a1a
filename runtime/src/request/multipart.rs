//! Bodies of several parts (RFC 7578).

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::EncodeError;

/// A file, or other bytes, as a part of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    bytes: Bytes,
    file_name: Option<String>,
    media_type: Option<String>,
}

impl Part {
    /// A part with these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            ..Self::default()
        }
    }

    /// What the file is called; servers commonly take a part without a name for a field of a form.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// What the bytes are; what the document says, else `application/octet-stream`, unless set.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl<B: Into<Bytes>> From<B> for Part {
    fn from(bytes: B) -> Self {
        Self::new(bytes)
    }
}

impl Serialize for Part {
    /// The bytes as text, as a schema says of a file in JSON that it is a string.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(&self.bytes))
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// What can stand for the files of a property: one, none, or several.
pub trait Files {
    /// The files.
    fn files(&self) -> impl Iterator<Item = &Part>;
}

impl Files for Part {
    fn files(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(self)
    }
}

impl<F: Files> Files for Option<F> {
    fn files(&self) -> impl Iterator<Item = &Part> {
        self.iter().flat_map(Files::files)
    }
}

impl<F: Files> Files for Vec<F> {
    fn files(&self) -> impl Iterator<Item = &Part> {
        self.iter().flat_map(Files::files)
    }
}

impl<F: Files> Files for crate::Maybe<F> {
    fn files(&self) -> impl Iterator<Item = &Part> {
        self.value().into_iter().flat_map(Files::files)
    }
}

/// A body of several parts that is being written.
#[derive(Default)]
pub struct Multipart {
    parts: Vec<(String, Bytes)>,
}

impl Multipart {
    /// Adds a property: a text as it is, a list item by item, an object as JSON. Null adds nothing.
    ///
    /// # Errors
    ///
    /// The value is not JSON, or a name cannot stand in a header.
    pub fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        media_type: Option<&str>,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = super::to_value(name, value)?;
        self.value(name, media_type, value)
    }

    fn value(&mut self, name: &str, media: Option<&str>, value: Value) -> Result<(), EncodeError> {
        let is_json = media.is_some_and(|media| media.contains("json"));
        match value {
            Value::Null => Ok(()),
            Value::Array(items) if !is_json => items
                .into_iter()
                .try_for_each(|item| self.value(name, media, item)),
            Value::String(text) if !is_json => self.add(name, None, media, text.into()),
            json @ (Value::Object(_) | Value::Array(_) | Value::String(_)) => {
                let media = media.unwrap_or("application/json");
                self.add(name, None, Some(media), json.to_string().into())
            }
            other => self.add(name, None, media, other.to_string().into()),
        }
    }

    /// Adds the files of a property.
    ///
    /// # Errors
    ///
    /// A name or a media type cannot stand in a header.
    pub fn files(
        &mut self,
        name: &str,
        media_type: Option<&str>,
        files: &impl Files,
    ) -> Result<(), EncodeError> {
        for part in files.files() {
            let media = part.media_type.as_deref().or(media_type);
            let media = media.unwrap_or("application/octet-stream");
            self.add(
                name,
                part.file_name.as_deref(),
                Some(media),
                part.bytes.clone(),
            )?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        name: &str,
        file: Option<&str>,
        media: Option<&str>,
        bytes: Bytes,
    ) -> Result<(), EncodeError> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file) = file {
            head += &format!("; filename=\"{}\"", quoted(file));
        }
        if let Some(media) = media {
            if media.bytes().any(|byte| byte.is_ascii_control()) {
                return Err(EncodeError::new(
                    name,
                    "its media type holds a control character",
                ));
            }
            head += &format!("\r\nContent-Type: {media}");
        }
        self.parts.push((head, bytes));
        Ok(())
    }

    /// The media type with the boundary, and the body. The same parts give the same bytes: the boundary is
    /// the first of a series that stands in none of them.
    pub(super) fn finish(self) -> (String, Bytes) {
        let is_free = |boundary: &String| {
            let mark = boundary.as_bytes();
            self.parts
                .iter()
                .all(|(_, bytes)| !bytes.windows(mark.len()).any(|part| part == mark))
        };
        let boundary = (0_u64..=u64::MAX)
            .map(|number| format!("stencil-{number:016x}"))
            .find(is_free);
        let boundary = boundary.unwrap_or_default();
        let mut body = Vec::new();
        for (head, bytes) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (
            format!("multipart/form-data; boundary={boundary}"),
            body.into(),
        )
    }
}

/// As browsers write it (WHATWG HTML, "multipart/form-data encoding algorithm"): no line end, no quote.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
