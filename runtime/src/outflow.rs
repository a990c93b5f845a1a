//! The body of a request while it is sent.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Method;
use http_body::{Frame, SizeHint};

use crate::EncodeError;
use crate::request::{Body, Pieces, Taken};

/// What the transport sends for a body.
///
/// # Errors
///
/// It is a stream that was sent before, or that HTTP/1.1 would leave out.
pub(crate) fn of(body: &Body, method: &Method) -> Result<reqwest::Body, EncodeError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.into());
    }
    let length = body.length();
    // These commonly have no body (RFC 9110 §9.3): without a length the transport sends none.
    if length.is_none() && [Method::GET, Method::HEAD, Method::CONNECT].contains(method) {
        let why = format!("a {method} with a stream must know its length");
        return Err(EncodeError::new("body", why));
    }
    let waiting = body.take()?.into_iter().map(|piece| match piece {
        Taken::Bytes(bytes) => Part::Bytes(bytes),
        Taken::Stream(pieces, length) => Part::Stream(Mutex::new(pieces), length),
    });
    Ok(reqwest::Body::wrap(Outflow {
        waiting: waiting.collect(),
        left: length,
    }))
}

struct Outflow {
    waiting: VecDeque<Part>,
    /// Bytes still to come, if that is known.
    left: Option<u64>,
}

enum Part {
    Bytes(Bytes),
    /// Behind a lock that is never waited for: it makes any stream one that threads can share.
    Stream(Mutex<Pieces>, Option<u64>),
}

impl Outflow {
    fn next(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match self.waiting.front_mut() {
                None => return Poll::Ready(None),
                Some(Part::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.waiting.pop_front();
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Part::Stream(pieces, left)) => {
                    let pieces = pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
                    let next = std::task::ready!(pieces.as_mut().poll_next(context));
                    match (next, left) {
                        (Some(Ok(piece)), Some(left)) => {
                            let Some(rest) = left.checked_sub(piece.len() as u64) else {
                                return Poll::Ready(Some(Err(other_length("longer"))));
                            };
                            *left = rest;
                            return Poll::Ready(Some(Ok(piece)));
                        }
                        (Some(piece), _) => return Poll::Ready(Some(piece)),
                        (None, Some(1..)) => {
                            return Poll::Ready(Some(Err(other_length("shorter"))));
                        }
                        (None, _) => drop(self.waiting.pop_front()),
                    }
                }
            }
        }
    }
}

fn other_length(how: &str) -> io::Error {
    io::Error::other(format!("the stream is {how} than was told"))
}

impl http_body::Body for Outflow {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = std::task::ready!(self.next(context));
        if let (Some(Ok(piece)), Some(left)) = (&next, &mut self.left) {
            *left = left.saturating_sub(piece.len() as u64);
        }
        Poll::Ready(next.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
