//! A request as it came, taken apart.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use percent_encoding::percent_decode_str;

/// A request as it came.
pub(super) struct Incoming<'a> {
    pub(super) method: &'a str,
    /// The path as sent, still percent-encoded.
    pub(super) path: &'a str,
    /// Names and values, decoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

impl<'a> Incoming<'a> {
    pub(super) fn new(parts: &'a Parts, body: &'a [u8]) -> Self {
        Self {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: pairs(parts.uri.query().unwrap_or_default()),
            headers: &parts.headers,
            body,
        }
    }

    /// The value of a header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.header(header::COOKIE.as_str())?;
        let mut pairs = cookies
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    }

    /// The media type of the body, without parameters.
    pub(super) fn media_type(&self) -> Option<String> {
        let value = self.header(header::CONTENT_TYPE.as_str())?;
        Some(
            value
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase(),
        )
    }

    /// A preference (RFC 7240), such as `code` of `Prefer: code=404, example=empty`.
    pub(super) fn preference(&self, name: &str) -> Option<&str> {
        let values = self.header("prefer")?.split([',', ';']);
        let mut pairs = values.filter_map(|pair| pair.trim().split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim_matches('"'))
    }
}

/// The pairs of a query or a form (WHATWG URL §5.1).
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
