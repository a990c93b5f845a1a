//! Calls from threads without an async runtime.

use std::future::Future;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::Refusal;

/// Waits for a future on this thread. The runtime is one for the whole process, started on first use,
/// so that connections are kept between calls.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output, Refusal> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return Err(Refusal::Blocking);
    }
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("stencil-blocking")
            .enable_all()
            .build()
            .ok()
    });
    match runtime {
        Some(runtime) => Ok(runtime.block_on(future)),
        None => Err(Refusal::Runtime),
    }
}
