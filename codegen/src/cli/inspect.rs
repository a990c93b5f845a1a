//! `stencil inspect`.

use super::{Failure, Inspect, output};

pub(super) fn run(arguments: &Inspect) -> Result<(), Failure> {
    let text = stencil_codegen::inspect(&arguments.document.config()?, arguments.stage)?;
    output::print(&text)
}
