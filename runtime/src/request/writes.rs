//! How a body is written, by its media type.

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::Value;

use super::{Body, EncodeError, FormField, Multipart, Request, style, to_value};

impl Request {
    /// Writes a JSON body. Null sends none.
    ///
    /// # Errors
    ///
    /// The value is not JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), EncodeError> {
        self.json_as("application/json", body)
    }

    /// Writes a JSON body under another media type. Null sends none.
    ///
    /// # Errors
    ///
    /// The value is not JSON.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        media: &str,
        body: &T,
    ) -> Result<(), EncodeError> {
        self.json_by(media, &mut |to| serde_json::to_writer(to, body))
    }

    /// Not generic, as all that a caller's types are part of is compiled for each of them.
    fn json_by(
        &mut self,
        media: &str,
        write: &mut dyn FnMut(&mut Vec<u8>) -> serde_json::Result<()>,
    ) -> Result<(), EncodeError> {
        let mut json = Vec::with_capacity(128);
        self.watch(|| write(&mut json))
            .map_err(|_| EncodeError::new("body", "it cannot be written as JSON"))?;
        if json == b"null" {
            Ok(())
        } else {
            self.set_body(media, json)
        }
    }

    /// Writes a form (`application/x-www-form-urlencoded`). Null sends none.
    ///
    /// # Errors
    ///
    /// The value is no object.
    pub fn form<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), EncodeError> {
        self.form_with(&[], body)
    }

    /// Writes a form some of whose properties have an encoding of their own. Null sends none.
    ///
    /// # Errors
    ///
    /// As for [`Request::form`].
    pub fn form_with<T: Serialize + ?Sized>(
        &mut self,
        fields: &[(&str, FormField)],
        body: &T,
    ) -> Result<(), EncodeError> {
        let value = self.watch(|| to_value("body", body))?;
        let parts = style::form(&value, fields).map_err(|why| EncodeError::new("body", why))?;
        match parts {
            Some(parts) => self.set_body("application/x-www-form-urlencoded", parts.join("&")),
            None => Ok(()),
        }
    }

    /// Writes a text body. Null sends none.
    ///
    /// # Errors
    ///
    /// The value is no text.
    pub fn text<T: Serialize + ?Sized>(
        &mut self,
        media: &str,
        body: &T,
    ) -> Result<(), EncodeError> {
        match self.watch(|| to_value("body", body))? {
            Value::Null => Ok(()),
            Value::String(text) => self.set_body(media, text),
            _ => Err(EncodeError::new("body", "it is no text")),
        }
    }

    /// Writes a body of bytes, or of a stream. `None` sends none.
    ///
    /// # Errors
    ///
    /// The media type is no header value.
    pub fn bytes<'a>(
        &mut self,
        media: &str,
        body: impl Into<BytesBody<'a>>,
    ) -> Result<(), EncodeError> {
        match body.into().0 {
            Some(body) => self.set_body(media, body.clone()),
            None => Ok(()),
        }
    }

    /// Writes a body of several parts.
    ///
    /// # Errors
    ///
    /// Those of `write`.
    pub fn multipart(
        &mut self,
        write: impl FnOnce(&mut Multipart) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let mut parts = Multipart::default();
        self.watch(|| write(&mut parts))?;
        let (media, body) = parts.finish();
        self.set_body(&media, body)
    }

    fn set_body(&mut self, media: &str, body: impl Into<Body>) -> Result<(), EncodeError> {
        let media = HeaderValue::from_str(media)
            .map_err(|_| EncodeError::new("body", "its media type is no header value"))?;
        self.put(CONTENT_TYPE, media);
        self.body = Some(body.into());
        Ok(())
    }
}

/// A body that may be missing.
pub struct BytesBody<'a>(Option<&'a Body>);

impl<'a> From<&'a Body> for BytesBody<'a> {
    fn from(body: &'a Body) -> Self {
        Self(Some(body))
    }
}

impl<'a> From<&'a Option<Body>> for BytesBody<'a> {
    fn from(body: &'a Option<Body>) -> Self {
        Self(body.as_ref())
    }
}
