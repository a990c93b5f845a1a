//! A request as data: no I/O, so that it can be looked at, signed, sent by any transport, and sent again.

mod body;
mod encode_error;
mod multipart;
mod style;
mod writes;

use std::borrow::Cow;

use http::header::{ACCEPT, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;
use serde_json::Value;

use crate::secret::watched;

pub use body::Body;
pub(crate) use body::{Pieces, Taken};
pub use encode_error::EncodeError;
pub use multipart::{Files, Multipart, Part};
pub use style::{FormField, Style};

/// A request that operations write their arguments into.
#[derive(Clone)]
pub struct Request {
    method: Method,
    path: Cow<'static, str>,
    query: Vec<String>,
    accept: &'static str,
    /// Beside that; few, so that a list is less work than a map.
    headers: Vec<(HeaderName, HeaderValue)>,
    cookies: Vec<String>,
    body: Option<Body>,
    /// Whether a secret stands in the body.
    has_secret: bool,
}

impl Request {
    /// A request for a path with `{parameters}`.
    pub fn new(method: Method, path: &'static str, accept: &'static str) -> Self {
        Self {
            method,
            // Some documents tell operations apart by a fragment; it is not sent (RFC 3986 §3.5).
            path: Cow::Borrowed(path.split('#').next().unwrap_or_default()),
            query: Vec::new(),
            accept,
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
            has_secret: false,
        }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, percent-encoded.
    pub fn path_text(&self) -> &str {
        &self.path
    }

    /// The query, percent-encoded, without its question mark; empty for none.
    pub fn query_text(&self) -> String {
        self.query.join("&")
    }

    /// The headers.
    pub fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(self.accept));
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        headers
    }

    fn put(&mut self, name: HeaderName, value: HeaderValue) {
        match self.headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.headers.push((name, value)),
        }
    }

    /// The body.
    pub fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// Whether it can be sent again: its body, if it has one, is no stream.
    pub fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_repeatable)
    }

    /// Whether a [`Secret`](crate::Secret) stands in the body, which then is not sent again once the server may have
    /// read it.
    pub fn has_secret_body(&self) -> bool {
        self.has_secret
    }

    /// Writes a body, and notes whether a secret went into it.
    fn watch<T>(&mut self, write: impl FnOnce() -> T) -> T {
        let (written, is_secret) = watched(write);
        self.has_secret |= is_secret;
        written
    }

    /// Writes a path parameter (style `simple`).
    ///
    /// # Errors
    ///
    /// The value is missing, is empty, or would change the path (`.`, `..`).
    pub fn path<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.path_styled(name, Style::Simple, false, value)
    }

    /// Writes a path parameter.
    ///
    /// # Errors
    ///
    /// As for [`Request::path`].
    pub fn path_styled<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = to_value(name, value)?;
        self.path_value(name, style, explode, &value)
    }

    fn path_value(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &Value,
    ) -> Result<(), EncodeError> {
        let text = style::segment(name, style, explode, value)
            .map_err(|why| EncodeError::new(name, why))?;
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Err(EncodeError::new(name, "a path parameter cannot be empty"));
        };
        self.path = Cow::Owned(self.path.replace(&format!("{{{name}}}"), &text));
        Ok(())
    }

    /// Writes a query parameter (style `form`, exploded). Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value has no form in a query.
    pub fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.query_styled(name, Style::Form, true, value)
    }

    /// Writes a query parameter. Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value has no form in this style.
    pub fn query_styled<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = to_value(name, value)?;
        self.query_value(name, style, explode, false, &value)
    }

    /// Writes a query parameter whose reserved characters stay as they are (`allowReserved`).
    ///
    /// # Errors
    ///
    /// The value has no form in this style.
    pub fn query_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = to_value(name, value)?;
        self.query_value(name, style, explode, true, &value)
    }

    fn query_value(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        reserved: bool,
        value: &Value,
    ) -> Result<(), EncodeError> {
        let parts = style::pairs(name, style, explode, reserved, value);
        self.query
            .extend(parts.map_err(|why| EncodeError::new(name, why))?);
        Ok(())
    }

    /// Writes an object as the whole query, as a form writes it (3.2 §4.12.1, `querystring`). Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value is no object of plain values.
    pub fn whole_query<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let value = to_value("query", value)?;
        let parts = style::form(&value, &[]).map_err(|why| EncodeError::new("query", why))?;
        self.query.extend(parts.unwrap_or_default());
        Ok(())
    }

    /// Writes JSON as the whole query (3.2 §4.12.1, `querystring`). Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value is not JSON.
    pub fn whole_query_json<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), EncodeError> {
        if let Some(text) = json_text("query", value)? {
            self.query.push(style::encoded(&text));
        }
        Ok(())
    }

    /// Writes a header parameter (style `simple`). Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value holds a line end or another character that a header cannot hold.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.header_styled(name, Style::Simple, false, value)
    }

    /// Writes a header parameter. Null sends nothing.
    ///
    /// # Errors
    ///
    /// As for [`Request::header`].
    pub fn header_styled<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        _: Style,
        explode: bool,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = to_value(name, value)?;
        match style::header(explode, &value).map_err(|why| EncodeError::new(name, why))? {
            Some(text) => self.set_header(name, &text),
            None => Ok(()),
        }
    }

    /// Sets a header to a text.
    pub(crate) fn set_header(&mut self, name: &str, text: &str) -> Result<(), EncodeError> {
        let (header, value) = header(name, text)?;
        self.put(header, value);
        Ok(())
    }

    /// Writes a cookie parameter (style `form`). Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value has no form in a cookie.
    pub fn cookie<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.cookie_styled(name, Style::Form, true, value)
    }

    /// Writes a cookie parameter. Null sends nothing.
    ///
    /// # Errors
    ///
    /// The value has no form in this style.
    pub fn cookie_styled<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = to_value(name, value)?;
        let parts = style::pairs(name, style, explode, false, &value);
        self.cookies
            .extend(parts.map_err(|why| EncodeError::new(name, why))?);
        let all = self.cookies.join("; ");
        if all.is_empty() {
            Ok(())
        } else {
            self.set_header(COOKIE.as_str(), &all)
        }
    }

    /// Refuses a path that still holds a parameter, or that another one would be made of.
    pub(crate) fn check_path(&self) -> Result<(), EncodeError> {
        if let Some((_, rest)) = self.path.split_once('{') {
            let name = rest.split('}').next().unwrap_or_default();
            return Err(EncodeError::new(
                name,
                "the path needs it, and nothing was given",
            ));
        }
        // RFC 3986 §5.2.4: such segments would be taken out, and another operation would be called.
        let mut segments = self.path.as_bytes().split(|byte| *byte == b'/');
        if segments.any(|segment| matches!(segment, b"." | b"..")) {
            return Err(EncodeError::new(
                "path",
                "a path parameter cannot be `.` or `..`",
            ));
        }
        Ok(())
    }
}

/// A value as JSON in a text, for parameters that are sent so (`content`, 3.1 §4.8.12.3); `None` for null.
///
/// # Errors
///
/// The value is not JSON.
pub fn json_text<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<Option<String>, EncodeError> {
    match to_value(name, value)? {
        Value::Null => Ok(None),
        value => Ok(Some(value.to_string())),
    }
}

/// A header from texts; its value is never part of the error.
pub(crate) fn header(name: &str, text: &str) -> Result<(HeaderName, HeaderValue), EncodeError> {
    let header = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| EncodeError::new(name, "this is no name for a header"))?;
    let is_visible = text
        .bytes()
        .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
    let value = HeaderValue::from_str(text).ok().filter(|_| is_visible);
    let why =
        "a header value can hold only visible ASCII characters, blanks and tabs: no line ends";
    Ok((header, value.ok_or_else(|| EncodeError::new(name, why))?))
}

/// One form for all that follows, so that it is compiled once and not for each type.
fn to_value<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Value, EncodeError> {
    // The message of a type that refuses its own value holds no value: see `FormattedString`.
    serde_json::to_value(value).map_err(|error| EncodeError::new(name, error.to_string()))
}

impl std::fmt::Debug for Request {
    /// Values are left out: they may hold what must not be logged.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let headers = self.headers();
        let names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("headers", &names)
            .field("body_bytes", &self.body.as_ref().and_then(Body::length))
            .finish_non_exhaustive()
    }
}
