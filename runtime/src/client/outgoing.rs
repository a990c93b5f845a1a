//! What is sent of a request: with the client's headers and credentials, to the client's server.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, COOKIE, HOST, TRANSFER_ENCODING};
use url::Url;

use super::Client;
use crate::auth::Ready;
use crate::base_url::BaseUrl;
use crate::request::header;
use crate::transport::Outgoing;
use crate::{CallOptions, EncodeError, Request};

/// What each attempt of a call is made from.
pub(super) struct Source<'a> {
    pub(super) request: &'a Request,
    pub(super) options: &'a CallOptions,
    pub(super) base: &'a BaseUrl,
    pub(super) credentials: &'a [Cow<'a, Ready>],
}

impl Client {
    /// Made anew for each attempt, as the transport takes it: a second one is rare, and a copy that is kept for it is not.
    pub(super) fn outgoing(&self, source: &Source<'_>) -> Result<Outgoing, EncodeError> {
        let Source {
            request,
            options,
            base,
            credentials,
        } = *source;
        request.check_path()?;
        // A URL that the server gave has its own.
        let mut query = match &options.url {
            Some(_) => String::new(),
            None => request.query_text(),
        };
        let mut headers = request.headers();
        for (name, value) in &self.0.headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        self.add_own_headers(&mut headers, options)?;
        for credentials in credentials {
            match &**credentials {
                Ready::Header(name, value) if *name == COOKIE => {
                    append_cookie(&mut headers, value);
                }
                Ready::Header(name, value) => {
                    headers.insert(name.clone(), value.clone());
                }
                Ready::Query(name, key) => {
                    let mut with_key = Request::new(request.method().clone(), "", "");
                    with_key.query(name, key.expose())?;
                    if !query.is_empty() {
                        query.push('&');
                    }
                    query.push_str(&with_key.query_text());
                }
                // Asked before, where that can be waited for.
                Ready::Source(_) => {}
            }
        }
        let url: Url = match &options.url {
            Some(next) => base.follow(next, &query).ok_or_else(|| {
                EncodeError::new("page", "the URL of the next page cannot be read")
            })?,
            None => base.join(request.path_text(), &query),
        };
        if !base.has_origin_of(&url) {
            return Err(EncodeError::new(
                "path",
                "it would leave the configured server",
            ));
        }
        Ok(Outgoing { url, headers })
    }

    /// Headers of the call's own win over those of the operation, but not over what says who asks and
    /// how the message is framed.
    fn add_own_headers(
        &self,
        headers: &mut HeaderMap,
        options: &CallOptions,
    ) -> Result<(), EncodeError> {
        for (name, value) in &options.headers {
            let (header_name, value) = header(name, value)?;
            let mut credentials = self.0.credentials.iter();
            let is_credential = credentials.any(|one| one.is_in(&header_name))
                || header_name == http::header::AUTHORIZATION;
            if is_credential || [HOST, CONTENT_LENGTH, TRANSFER_ENCODING].contains(&header_name) {
                return Err(EncodeError::new(name, "this header is the client's own"));
            }
            headers.insert(header_name, value);
        }
        Ok(())
    }
}

fn append_cookie(headers: &mut HeaderMap, credentials: &http::HeaderValue) {
    let joined = headers
        .get(COOKIE)
        .map(|cookies| [cookies.as_bytes(), b"; ", credentials.as_bytes()].concat());
    let value = joined.and_then(|joined| http::HeaderValue::from_bytes(&joined).ok());
    let mut value = value.unwrap_or_else(|| credentials.clone());
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
}

impl Outgoing {
    pub(super) fn into_http(self, request: &Request) -> Result<http::Request<Bytes>, EncodeError> {
        let body = request.body().cloned().unwrap_or_default();
        let body = body.as_bytes().ok_or_else(|| {
            EncodeError::new("body", "a stream cannot be looked at before it is sent")
        })?;
        let mut http = http::Request::builder()
            .method(request.method())
            .uri(self.url.as_str());
        if let Some(headers) = http.headers_mut() {
            *headers = self.headers;
        }
        http.body(body)
            .map_err(|_| EncodeError::new("path", "it is no URI"))
    }
}
