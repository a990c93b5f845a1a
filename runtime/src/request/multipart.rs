//! Bodies of several parts (RFC 7578).

use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::style;
use super::{Body, EncodeError};

/// A file, or other bytes, as a part of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    body: Body,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl Part {
    /// A part with these bytes, or with a stream: see [`Body`].
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
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

    /// Adds a header to the part; a name or a value that cannot stand there is an error once the call is sent.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What it holds.
    pub fn body(&self) -> &Body {
        &self.body
    }
}

impl<B: Into<Body>> From<B> for Part {
    fn from(body: B) -> Self {
        Self::new(body)
    }
}

impl Serialize for Part {
    /// The bytes as text, as a schema says of a file in JSON that it is a string.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.body.as_bytes() {
            Some(bytes) => serializer.serialize_str(&String::from_utf8_lossy(&bytes)),
            None => Err(serde::ser::Error::custom("a stream is no JSON")),
        }
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
    parts: Vec<(String, Body)>,
    /// Headers of parts still to come: the part, then name and value.
    headers: Vec<(String, String, String)>,
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
            Value::String(text) if !is_json => self.add(name, media, text.into()),
            json @ (Value::Object(_) | Value::Array(_) | Value::String(_)) => {
                let media = media.unwrap_or("application/json");
                self.add(name, Some(media), json.to_string().into())
            }
            other => self.add(name, media, other.to_string().into()),
        }
    }

    /// Sets a header (style `simple`) of the parts of this name that are added after it. Null sets nothing.
    ///
    /// # Errors
    ///
    /// The value cannot stand in a header.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        part: &str,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = super::to_value(name, value)?;
        let text = style::header(false, &value).map_err(|why| EncodeError::new(name, why))?;
        if let Some(text) = text {
            self.headers.push((part.to_owned(), name.to_owned(), text));
        }
        Ok(())
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
            let mut head = head(name, part.file_name.as_deref(), Some(media))?;
            head += &self.headers_of(name, &part.headers)?;
            self.parts.push((head, part.body.clone()));
        }
        Ok(())
    }

    /// The lines of a part's own headers, and of those that were set for it by name.
    fn headers_of(&self, part: &str, own: &[(String, String)]) -> Result<String, EncodeError> {
        let own = own.iter().map(|(name, value)| (name, value));
        let named = self.headers.iter().filter(|(of, ..)| of == part);
        let mut lines = String::new();
        for (name, value) in own.chain(named.map(|(_, name, value)| (name, value))) {
            super::header(name, value)?;
            lines += &format!("\r\n{name}: {value}");
        }
        Ok(lines)
    }

    fn add(&mut self, name: &str, media: Option<&str>, bytes: Bytes) -> Result<(), EncodeError> {
        let head = head(name, None, media)? + &self.headers_of(name, &[])?;
        self.parts.push((head, bytes.into()));
        Ok(())
    }

    /// The media type with the boundary, and the body. The same parts give the same bytes: the boundary is
    /// the first of a series that stands in none of them. What a stream will give nobody knows, so that beside one
    /// the boundary cannot be guessed.
    pub(super) fn finish(self) -> (String, Body) {
        let known: Vec<Option<Bytes>> =
            self.parts.iter().map(|(_, body)| body.as_bytes()).collect();
        let is_free = |boundary: &String| {
            let mark = boundary.as_bytes();
            known
                .iter()
                .flatten()
                .all(|bytes| !bytes.windows(mark.len()).any(|part| part == mark))
        };
        let boundary = if known.iter().all(Option::is_some) {
            let series = (0_u64..=u64::MAX).map(|number| format!("stencil-{number:016x}"));
            {
                let mut series = series;
                series.find(is_free)
            }
            .unwrap_or_default()
        } else {
            format!("stencil-{:016x}{:016x}", random(), random())
        };
        let last = Body::from(format!("--{boundary}--\r\n"));
        let parts = self.parts.into_iter().flat_map(|(head, body)| {
            let head = format!("--{boundary}\r\n{head}\r\n\r\n");
            [head.into(), body, Body::from("\r\n")]
        });
        let body = Body::joined(parts.chain([last]));
        (format!("multipart/form-data; boundary={boundary}"), body)
    }
}

/// A number that nobody can foresee: the keys of a hasher are random.
fn random() -> u64 {
    RandomState::new().hash_one(0)
}

/// The first lines of a part.
fn head(name: &str, file: Option<&str>, media: Option<&str>) -> Result<String, EncodeError> {
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
    Ok(head)
}

/// As browsers write it (WHATWG HTML, "multipart/form-data encoding algorithm"): no line end, no quote.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
