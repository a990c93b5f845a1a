//! One exchange: a request out, a response in.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use url::Url;

use crate::base_url::BaseUrl;
use crate::outflow;
use crate::{ByteStream, Error, Parts, Phase, RawResponse, Refusal, Request, Transport};

/// Where a request goes, and with what.
pub(crate) struct Outgoing {
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
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

/// Sends a request and reads the response. The request is handed over at once: in the future it would be room for one
/// more copy.
pub(crate) fn exchange<'a>(
    http: &reqwest::Client,
    request: &Request,
    outgoing: Outgoing,
    base: &'a BaseUrl,
    reading: Reading,
) -> impl Future<Output = Result<RawResponse, Error>> + Send + use<'a> {
    let sent = prepared(request, outgoing, base).map(|request| http.execute(request));
    async move {
        let mut response = sent?.await.map_err(failure)?;
        if !base.has_origin_of(response.url()) {
            return Err(Error::Refused(Refusal::Origin));
        }
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        if status.is_success() && reading.live.covers(&headers) {
            let body = ByteStream::new(response, reading.idle, reading.limit);
            return Ok(RawResponse::live(status, headers, body));
        }
        match whole(&mut response, reading.limit).await? {
            Ok(body) => Ok(RawResponse::new(status, headers, body)),
            Err(start) => {
                let parts = Box::new(Parts::new(status, headers, start));
                Err(Error::TooLarge(parts, reading.limit))
            }
        }
    }
}

/// The request as the transport takes it.
fn prepared(
    request: &Request,
    outgoing: Outgoing,
    base: &BaseUrl,
) -> Result<reqwest::Request, Error> {
    let method = request.method();
    let mut prepared = reqwest::Request::new(method.clone(), outgoing.url);
    *prepared.headers_mut() = outgoing.headers;
    if let Some(body) = request.body() {
        *prepared.body_mut() = Some(outflow::of(body, method)?);
    }
    if !base.has_origin_of(prepared.url()) {
        return Err(Error::Refused(Refusal::Origin));
    }
    Ok(prepared)
}

/// The bytes of a body; its first ones if there are more than `limit`.
async fn whole(
    response: &mut reqwest::Response,
    limit: usize,
) -> Result<Result<Bytes, Bytes>, Error> {
    // Said beforehand, it need not be read at all.
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Ok(Err(Bytes::new()));
    }
    // Most bodies come in one piece, which then need not be copied.
    let mut first = Bytes::new();
    let mut more = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        let body = if more.is_empty() { &first } else { &more[..] };
        if body.len() + chunk.len() > limit {
            let start = &body[..body.len().min(1 << 10)];
            return Ok(Err(Bytes::copy_from_slice(start)));
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
    Ok(Ok(if more.is_empty() {
        first
    } else {
        more.freeze()
    }))
}

pub(crate) fn failure(error: reqwest::Error) -> Error {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Error::Timeout(Phase::Connect),
        (true, false) => Error::Connect(Transport::new(error)),
        (false, true) => Error::Timeout(Phase::Attempt),
        (false, false) => Error::Transport(Transport::new(error)),
    }
}
