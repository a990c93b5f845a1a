//! How long connecting may take, which a call can say for itself.

use std::future::Future;
use std::io;
use std::task::{Context, Poll};
use std::time::Duration;

use tower_layer::Layer;
use tower_service::Service;

use crate::BoxFuture;

tokio::task_local! {
    /// What the call that is being sent says. A connection is begun in the task of the call that wants it.
    static LIMIT: Duration;
}

/// Runs an exchange whose connection, if it needs a new one, must be there within this time.
pub(crate) async fn within<F: Future>(limit: Duration, exchange: F) -> F::Output {
    LIMIT.scope(limit, exchange).await
}

/// Ends what takes too long to connect: name lookup, TCP and TLS together.
#[derive(Clone, Copy)]
pub(crate) struct ConnectLimit(pub(crate) Duration);

impl<S> Layer<S> for ConnectLimit {
    type Service = Limited<S>;

    fn layer(&self, inner: S) -> Limited<S> {
        Limited {
            inner,
            usual: self.0,
        }
    }
}

/// A way to connect that ends in time.
#[derive(Clone)]
pub(crate) struct Limited<S> {
    inner: S,
    usual: Duration,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, R> Service<R> for Limited<S>
where
    S: Service<R, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<Result<S::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let limit = LIMIT.try_with(|limit| *limit).unwrap_or(self.usual);
        let connecting = self.inner.call(request);
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(connected) => connected,
                Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
            }
        })
    }
}
