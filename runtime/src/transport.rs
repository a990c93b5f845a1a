//! One exchange: a request out, a response in.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use url::Url;

use crate::base_url::BaseUrl;
use crate::outflow;
use crate::request::Body;
use crate::{ByteStream, Error, Parts, Phase, RawResponse, Refusal, Transport};

/// A request ready to be sent, and to be sent again.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Body>,
}

/// How a response is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// The most bytes of a body.
    pub(crate) limit: usize,
    /// The bodies of successes that are handed on unread.
    pub(crate) live: Live,
    /// The longest wait for more of such a body.
    pub(crate) idle: Duration,
}

/// Which bodies of successes are handed on unread.
#[derive(Clone, Copy)]
pub(crate) enum Live {
    All,
    /// Those of these media types.
    Types(&'static [&'static str]),
}

impl Live {
    fn covers(self, headers: &HeaderMap) -> bool {
        let types = match self {
            Self::All => return true,
            // Of nearly all operations.
            Self::Types([]) => return false,
            Self::Types(types) => types,
        };
        let given = headers
            .get(CONTENT_TYPE)
            .and_then(|given| given.to_str().ok());
        let essence = given.and_then(|given| given.split(';').next());
        types
            .iter()
            .any(|known| essence.is_some_and(|given| given.trim().eq_ignore_ascii_case(known)))
    }
}

/// Sends a request and reads the response.
pub(crate) async fn exchange(
    http: &reqwest::Client,
    outgoing: &Outgoing,
    base: &BaseUrl,
    reading: Reading,
) -> Result<RawResponse, Error> {
    let mut request = reqwest::Request::new(outgoing.method.clone(), outgoing.url.clone());
    *request.headers_mut() = outgoing.headers.clone();
    if let Some(body) = &outgoing.body {
        *request.body_mut() = Some(outflow::of(body, &outgoing.method)?);
    }
    if !base.has_origin_of(request.url()) {
        return Err(Error::Refused(Refusal::Origin));
    }
    let response = http.execute(request).await.map_err(failure)?;
    if !base.has_origin_of(response.url()) {
        return Err(Error::Refused(Refusal::Origin));
    }
    if response.status().is_success() && reading.live.covers(response.headers()) {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = ByteStream::new(response, reading.idle, reading.limit);
        return Ok(RawResponse::live(status, headers, body));
    }
    read(response, reading.limit).await
}

async fn read(mut response: reqwest::Response, limit: usize) -> Result<RawResponse, Error> {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let too_large = |headers, body: &[u8]| {
        let kept = Bytes::copy_from_slice(&body[..body.len().min(1 << 10)]);
        Error::TooLarge(Box::new(Parts::new(status, headers, kept)), limit)
    };
    // Said beforehand, it need not be read at all.
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(too_large(headers, &[]));
    }
    // Most bodies come in one piece, which then need not be copied.
    let mut first = Bytes::new();
    let mut more = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        let body = if more.is_empty() { &first } else { &more[..] };
        if body.len() + chunk.len() > limit {
            return Err(too_large(headers, body));
        }
        if body.is_empty() {
            first = chunk;
            continue;
        }
        if more.is_empty() {
            more.extend_from_slice(&first);
        }
        more.extend_from_slice(&chunk);
    }
    let body = if more.is_empty() {
        first
    } else {
        more.freeze()
    };
    Ok(RawResponse::new(status, headers, body))
}

pub(crate) fn failure(error: reqwest::Error) -> Error {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Error::Timeout(Phase::Connect),
        (true, false) => Error::Connect(Transport::new(error)),
        (false, true) => Error::Timeout(Phase::Attempt),
        (false, false) => Error::Transport(Transport::new(error)),
    }
}
