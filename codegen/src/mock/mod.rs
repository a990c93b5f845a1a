//! A server that answers as the document says: its examples, checked requests, updates that the next
//! read shows. It needs no account and no network, so that a client can be tried and tested.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use stencil_codegen::{Config, mock::Mock};
//!
//! let api = stencil_codegen::resolved(&Config::new("openapi.yaml"))?;
//! let server = Mock::new(api).start(([127, 0, 0, 1], 0).into()).await?;
//! println!("listening on {}", server.url());
//! # Ok(())
//! # }
//! ```

mod answer;
mod check;
mod incoming;
mod rate;
mod refusal;
mod route;
mod state;
mod synthesize;
mod validate;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api::Api;
use incoming::Incoming;
use rate::RateLimit;
use refusal::Refusal;
use state::Store;

/// Bytes of a request body that are read.
const MAX_BODY: usize = 1 << 20;

/// A server made from a document.
#[derive(Debug)]
pub struct Mock {
    api: Api,
    rate: Option<RateLimit>,
}

/// What all requests share.
struct Shared {
    api: Api,
    store: Store,
    rate: Option<RateLimit>,
}

impl Mock {
    /// A server for the document, with nothing remembered yet.
    pub fn new(api: Api) -> Self {
        Self { api, rate: None }
    }

    /// Answers 429 after `requests` within `period`, and sends `X-RateLimit-*` with every answer.
    pub fn rate_limit(mut self, requests: u32, period: Duration) -> Self {
        self.rate = Some(RateLimit::new(requests, period));
        self
    }

    /// The server as a service, to be mounted or called without a socket.
    pub fn router(self) -> Router {
        let shared = Shared {
            api: self.api,
            store: Store::default(),
            rate: self.rate,
        };
        Router::new().fallback(handle).with_state(Arc::new(shared))
    }

    /// Listens on `address` (port 0 takes a free one) until the result is dropped.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on.
    pub async fn start(self, address: SocketAddr) -> io::Result<Running> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let router = self.router();
        let task = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Running { address, task })
    }

    /// Serves on `listener` until Ctrl-C.
    ///
    /// # Errors
    ///
    /// The listener fails.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let stop = async { drop(tokio::signal::ctrl_c().await) };
        axum::serve(listener, self.router())
            .with_graceful_shutdown(stop)
            .await
    }
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (reply, operation) = match to_bytes(body, MAX_BODY).await {
        Ok(body) => answer::answer(&shared, &Incoming::new(&parts, &body)),
        Err(_) => (
            Err(Refusal::new(
                413,
                format!("a body may have {MAX_BODY} bytes"),
            )),
            None,
        ),
    };
    let reply = reply.unwrap_or_else(|refusal| refusal.into_reply(&shared.api, operation));
    let rate = shared
        .rate
        .as_ref()
        .map(RateLimit::headers)
        .unwrap_or_default();
    reply.into_response(rate)
}
