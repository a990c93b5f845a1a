//! Lists that come page by page.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ApiError, BoxFuture, CallOptions, Client, Error, Operation, Response};

/// An operation that gives a list page by page.
pub trait Paged: Operation + Clone + PartialEq + 'static {
    /// What the list holds.
    type Item: Send;

    /// How to get what follows a page that had this many items; `None` after the last one.
    fn next(&self, page: &Response<Self::Output>, received: usize) -> Option<Next<Self>>;

    /// How many items a page has.
    fn count(page: &Self::Output) -> usize;

    /// The items of a page; `None` where the page has no list.
    fn items(page: Self::Output) -> Option<Vec<Self::Item>>;
}

/// How to get the next page.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Next<O> {
    /// By this operation.
    Operation(O),
    /// At this URL, which must have the origin of the client's server.
    Url(String),
}

type Answer<O> = Result<Response<<O as Operation>::Output>, Error<<O as Operation>::Error>>;

/// The items of a list, page after page: each is asked for when the one before it was taken.
///
/// An error ends it. It ends too where a page has no items, or leads to itself.
pub struct Pages<O: Paged> {
    client: Client,
    options: CallOptions,
    operation: O,
    url: Option<String>,
    items: VecDeque<O::Item>,
    answer: Option<BoxFuture<Answer<O>>>,
    is_done: bool,
}

impl<O: Paged> Pages<O> {
    /// The items of the list that starts with this operation.
    pub fn new(client: Client, operation: O, options: CallOptions) -> Self {
        Self {
            client,
            options,
            operation,
            url: None,
            items: VecDeque::new(),
            answer: None,
            is_done: false,
        }
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Those of the operation.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error<O::Error>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item, waited for on this thread.
    ///
    /// # Errors
    ///
    /// Those of the operation; [`Error::Refused`] inside an asynchronous task.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<O::Item, Error<O::Error>>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|refusal| Some(Err(refusal.into())))
    }

    /// All items that are left, at most this many.
    ///
    /// # Errors
    ///
    /// Those of the operation.
    pub async fn collect(mut self, most: usize) -> Result<Vec<O::Item>, Error<O::Error>> {
        let mut items = Vec::new();
        while items.len() < most
            && let Some(item) = self.next().await
        {
            items.push(item?);
        }
        Ok(items)
    }

    fn ask(&self) -> BoxFuture<Answer<O>> {
        let client = self.client.clone();
        let operation = self.operation.clone();
        let mut options = self.options.clone();
        options.url.clone_from(&self.url);
        Box::pin(async move { client.send(&operation, options).await })
    }

    /// Takes the items of a page, and sees what follows it.
    fn turn(&mut self, page: Response<O::Output>) {
        let received = O::count(page.body());
        let next = self.operation.next(&page, received);
        let items = O::items(page.into_body()).unwrap_or_default();
        self.is_done = items.is_empty() || !self.follow(next);
        self.items = items.into();
    }

    fn follow(&mut self, next: Option<Next<O>>) -> bool {
        match next {
            Some(Next::Operation(next)) if next != self.operation => {
                self.operation = next;
                true
            }
            Some(Next::Url(url)) if self.url.as_ref() != Some(&url) => {
                self.url = Some(url);
                true
            }
            _ => false,
        }
    }
}

impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.is_done {
                return Poll::Ready(None);
            }
            let mut answer = match self.answer.take() {
                Some(answer) => answer,
                None => self.ask(),
            };
            match answer.as_mut().poll(context) {
                Poll::Ready(Ok(page)) => self.turn(page),
                Poll::Ready(Err(error)) => {
                    self.is_done = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Pending => {
                    self.answer = Some(answer);
                    return Poll::Pending;
                }
            }
        }
    }
}

impl<O: Paged> fmt::Debug for Pages<O>
where
    O::Error: ApiError,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// A value of a response as a parameter: as it is, or as the number that its text is.
pub fn parameter<A: Serialize + ?Sized, B: DeserializeOwned>(value: &A) -> Option<B> {
    let value = serde_json::to_value(value)
        .ok()
        .filter(|value| !value.is_null())?;
    if let Ok(same) = serde_json::from_value(value.clone()) {
        return Some(same);
    }
    match value {
        Value::String(text) => serde_json::from_str(&text).ok(),
        other => serde_json::from_value(Value::from(other.to_string())).ok(),
    }
}

/// The number that follows a parameter's, which is `start` where it is not set.
pub fn advance<A: Serialize + ?Sized, B: DeserializeOwned>(
    value: &A,
    start: u64,
    step: usize,
) -> Option<B> {
    let value: u64 = parameter(value).unwrap_or(start);
    parameter(&value.checked_add(u64::try_from(step).ok()?)?)
}
