//! How long connecting may take, which a call can say for itself, and when it is better to wait for a connection that
//! is about to be free.

use std::future::{Future, poll_fn};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::CONNECTION;
use tokio::sync::{Semaphore, SemaphorePermit};
use tower_layer::Layer;
use tower_service::Service;

use crate::{BoxFuture, Error, RawResponse};

tokio::task_local! {
    /// What the call that is being sent says. A connection is begun in the task of the call that wants it.
    static LIMIT: Duration;
}

/// Runs an exchange whose connection, if it needs a new one, must be there within this time.
pub(crate) async fn within<F: Future>(limit: Duration, exchange: F) -> F::Output {
    LIMIT.scope(limit, exchange).await
}

/// Requests that may be on their way at once.
#[derive(Clone)]
pub(crate) struct Places {
    free: Arc<Semaphore>,
    most: usize,
    /// Connections that were begun, less those that are known to be over.
    begun: Arc<AtomicUsize>,
}

impl Places {
    pub(crate) fn new(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self {
            free: Arc::new(Semaphore::new(most)),
            most,
            begun: Arc::default(),
        }
    }

    /// Waits for a place, for so long; it is free again when what is given is dropped.
    pub(crate) async fn take(
        &self,
        limit: impl FnOnce() -> Duration,
    ) -> Option<SemaphorePermit<'_>> {
        // Mostly there is one, and no timer is needed.
        if let Ok(place) = self.free.try_acquire() {
            return Some(place);
        }
        // Boxed, as there would be room for it in each call. It is never closed.
        let place = Box::pin(tokio::time::timeout(limit(), self.free.acquire()));
        place.await.ok()?.ok()
    }

    /// Counts a connection out that this exchange ended.
    pub(crate) fn note(&self, result: &Result<RawResponse, Error>) {
        let is_closed = match result {
            Ok(response) => response
                .headers()
                .get(CONNECTION)
                .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"close")),
            Err(_) => true,
        };
        if is_closed {
            let fewer = |begun: usize| begun.checked_sub(1);
            let _ = self
                .begun
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer);
        }
    }

    /// Counts a connection that begins; whether there may be one for each place by now, so that one is free soon.
    fn are_crowded(&self) -> bool {
        let taken = self.most - self.free.available_permits();
        if taken <= 1 {
            // What others left behind would be in the pool, or is gone.
            self.begun.store(0, Ordering::Relaxed);
        }
        let begun = self.begun.fetch_add(1, Ordering::Relaxed);
        begun >= self.most && taken > self.most / 4
    }
}

/// Ends what takes too long to connect: name lookup, TCP and TLS together.
#[derive(Clone)]
pub(crate) struct ConnectLimit {
    pub(crate) usual: Duration,
    pub(crate) places: Places,
}

/// A connection goes back into the pool a moment after its answer was read. Where there is one for each place it is
/// better to wait for that moment than to open one more. If none comes for so long, some were lost unnoticed.
const MOMENT: Duration = Duration::from_millis(500);

impl<S> Layer<S> for ConnectLimit {
    type Service = Limited<S>;

    fn layer(&self, inner: S) -> Limited<S> {
        Limited {
            inner: Arc::new(inner),
            limit: self.clone(),
        }
    }
}

/// A way to connect that ends in time.
#[derive(Clone)]
pub(crate) struct Limited<S> {
    /// Shared, as the transport clones its connector for each request, and this one is costly to clone.
    inner: Arc<S>,
    limit: ConnectLimit,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, R> Service<R> for Limited<S>
where
    S: Service<R, Error = BoxError> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<Result<S::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // The one that connects is made, and waited for, when it is called.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: R) -> Self::Future {
        let usual = self.limit.usual;
        let limit = LIMIT.try_with(|limit| *limit).unwrap_or(usual);
        let wait = self.limit.places.are_crowded();
        let begun_in = tokio::task::try_id();
        let mut inner = S::clone(&self.inner);
        let connecting = async move {
            if wait {
                tokio::time::sleep(MOMENT).await;
                // Once the call has another connection, this goes on in a task of its own: nobody needs it.
                if tokio::task::try_id() != begun_in {
                    return Err(io::Error::from(io::ErrorKind::Interrupted).into());
                }
            }
            poll_fn(|context| inner.poll_ready(context)).await?;
            inner.call(request).await
        };
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(connected) => connected,
                Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Places;

    #[tokio::test]
    async fn a_connection_is_waited_for_where_there_is_one_for_each_place_and_many_are_taken() {
        let places = Places::new(8);
        let wait = || Duration::from_secs(1);
        // Two of eight are a quarter: whoever is that alone connects at once, however many were begun.
        let two = (places.take(wait).await, places.take(wait).await);
        for _ in 0..20 {
            assert!(!places.are_crowded());
        }
        let third = places.take(wait).await;
        assert!(places.are_crowded());
        drop((two, third));
        // Alone there is nobody to wait for, and what was counted is forgotten.
        let one = places.take(wait).await;
        assert!(!places.are_crowded());
        let more = (places.take(wait).await, places.take(wait).await);
        for begun in 1..8 {
            assert!(!places.are_crowded(), "{begun}");
        }
        assert!(places.are_crowded());
        drop((one, more));
    }
}
