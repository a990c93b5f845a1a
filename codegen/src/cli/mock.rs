//! `stencil mock`.

use super::{Failure, Mock};

pub(super) fn run(arguments: &Mock) -> Result<(), Failure> {
    let api = stencil_codegen::resolved(&arguments.document.config())?;
    drop((api, arguments.port, arguments.host, arguments.rate_limit));
    Err("not yet".to_owned().into())
}
