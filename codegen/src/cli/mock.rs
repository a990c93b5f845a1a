//! `stencil mock`.

use std::net::SocketAddr;
use std::time::Duration;

use stencil_codegen::mock;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use super::{Failure, Mock};

pub(super) fn run(arguments: &Mock) -> Result<(), Failure> {
    let api = stencil_codegen::resolved(&arguments.document.config()?)?;
    let title = api.title.clone();
    let mut mock = mock::Mock::new(api);
    if let Some(requests) = arguments.rate_limit {
        mock = mock.rate_limit(requests, Duration::from_secs(60));
    }
    let address = SocketAddr::new(arguments.host, arguments.port);
    let runtime = Builder::new_multi_thread().enable_all().build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let listener = TcpListener::bind(address).await?;
            anstream::eprintln!("{title} on http://{}, until Ctrl-C", listener.local_addr()?);
            mock.serve(listener).await
        })
    });
    served.map_err(|error| format!("cannot serve on {address}: {error}").into())
}
