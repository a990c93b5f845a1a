//! What a call that is awaited waits for.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::asked::Asked;
use super::{Answer, Client};
use crate::transport::Live;
use crate::{BoxFuture, CallOptions, Error, NoError, Operation, RawResponse, Response};

/// The body of an operation's response, once it is there. Nothing is sent before it is polled.
///
/// The exchange is the same for all operations; only what is made of its answer is compiled for each type. An async
/// function would be a state machine for each operation, which whoever awaits it compiles.
#[must_use = "a call does nothing until it is awaited"]
pub struct Pending<T, E = NoError> {
    exchange: BoxFuture<Result<Answer, Error>>,
    decode: Decode<T, E>,
    id: &'static str,
}

/// How an operation reads a response.
type Decode<T, E> = fn(RawResponse) -> Result<Response<T>, Error<E>>;

impl Client {
    /// Sends an operation and gives the body of the response.
    pub fn body<O: Operation>(
        self,
        operation: &O,
        options: CallOptions,
    ) -> Pending<O::Output, O::Error> {
        Pending {
            exchange: self.exchange(Asked::of(operation), options, None, Live::Types(O::STREAMS)),
            decode: O::decode,
            id: O::ID,
        }
    }
}

impl<T, E> Future for Pending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (response, ending) = match self.exchange.as_mut().poll(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error.widen())),
            Poll::Ready(Ok(answer)) => answer,
        };
        Poll::Ready(match (self.decode)(response) {
            Ok(response) => Ok(Response::into_body(response)),
            Err(error) => Err(ending.wrap(error)),
        })
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pending({})", self.id)
    }
}
