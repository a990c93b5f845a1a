//! What a call that is awaited waits for.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::asked::Asked;
use super::{Answer, Client};
use crate::transport::Live;
use crate::{BoxFuture, CallOptions, Error, Operation, Response};

/// The body of an operation's response, once it is there. Nothing is sent before it is polled.
///
/// The exchange is the same for all operations; only what is made of its answer is compiled for each. An async function
/// would be a state machine for each, which whoever awaits it compiles.
#[must_use = "a call does nothing until it is awaited"]
pub struct Pending<O> {
    exchange: BoxFuture<Result<Answer, Error>>,
    operation: PhantomData<fn() -> O>,
}

impl Client {
    /// Sends an operation and gives the body of the response.
    pub fn body<O: Operation>(self, operation: &O, options: CallOptions) -> Pending<O> {
        Pending {
            exchange: self.exchange(Asked::of(operation), options, None, Live::Types(O::STREAMS)),
            operation: PhantomData,
        }
    }
}

impl<O: Operation> Future for Pending<O> {
    type Output = Result<O::Output, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (response, ending) = match self.exchange.as_mut().poll(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error.widen())),
            Poll::Ready(Ok(answer)) => answer,
        };
        Poll::Ready(match O::decode(response) {
            Ok(response) => Ok(Response::into_body(response)),
            Err(error) => Err(ending.wrap(error)),
        })
    }
}

impl<O: Operation> fmt::Debug for Pending<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pending({})", O::ID)
    }
}
