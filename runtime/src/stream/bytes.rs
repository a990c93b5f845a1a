//! A body as it comes.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep};

use super::ITEM_LIMIT;
use crate::transport::failure;
use crate::{Error, Parts, Phase};

/// A body as it comes, in pieces of any size.
///
/// Each wait for the next piece may take as long as the whole call was given (60 seconds unless set); there is
/// no limit for all of them together. Dropping it closes the connection.
pub struct ByteStream {
    body: reqwest::Body,
    idle: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    /// The most bytes that are kept at once.
    pub(super) limit: usize,
    is_done: bool,
}

impl ByteStream {
    pub(crate) fn new(response: reqwest::Response, idle: Duration, limit: usize) -> Self {
        Self {
            body: response.into(),
            idle: Some(idle),
            timer: None,
            limit,
            is_done: false,
        }
    }

    /// The next piece; `None` at the end, and after an error.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the connection fails, [`Error::Timeout`] if nothing comes for too long.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next piece, waited for on this thread.
    ///
    /// # Errors
    ///
    /// As for [`ByteStream::next`]; [`Error::Refused`] inside an asynchronous task.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<Bytes, Error>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|refusal| Some(Err(refusal.into())))
    }

    /// All of it, up to the client's limit.
    ///
    /// # Errors
    ///
    /// Those of [`ByteStream::next`], and [`Error::TooLarge`].
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if whole.len() + piece.len() > self.limit {
                return Err(too_large(self.limit));
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Whether nothing came for too long.
    fn is_idle(&mut self, context: &mut Context<'_>) -> bool {
        // Without a runtime there is no clock to wait by, and no connection either.
        let (Some(idle), Ok(_)) = (self.idle, Handle::try_current()) else {
            return false;
        };
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(idle)));
        timer.as_mut().poll(context).is_ready()
    }

    fn restart_timer(&mut self) {
        if let (Some(timer), Some(idle)) = (&mut self.timer, self.idle) {
            timer.as_mut().reset(Instant::now() + idle);
        }
    }
}

impl From<Bytes> for ByteStream {
    /// A body that is there already.
    fn from(body: Bytes) -> Self {
        Self {
            body: body.into(),
            idle: None,
            timer: None,
            limit: ITEM_LIMIT,
            is_done: false,
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while !self.is_done {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.restart_timer();
                    // What is no data are trailers.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    self.is_done = true;
                    return Poll::Ready(Some(Err(failure(error))));
                }
                Poll::Ready(None) => self.is_done = true,
                Poll::Pending if self.is_idle(context) => {
                    self.is_done = true;
                    return Poll::Ready(Some(Err(Error::Timeout(Phase::Operation))));
                }
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(None)
    }
}

pub(super) fn too_large(limit: usize) -> Error {
    let parts = Parts::new(http::StatusCode::OK, http::HeaderMap::new(), Bytes::new());
    Error::TooLarge(Box::new(parts), limit)
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
