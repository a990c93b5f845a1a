//! `stencil generate`.

use stencil_codegen::generate;

use super::{Failure, Generate, new_crate, output, tell_losses};

pub(super) fn run(arguments: &Generate) -> Result<(), Failure> {
    let mut config = arguments.style.apply(arguments.document.config()?);
    if let Some(folder) = &arguments.crate_folder {
        let name = new_crate::name(arguments.name.as_deref(), folder)?;
        config = new_crate::settings(config, &name);
        let generated = generate(&config)?;
        tell_losses(&generated);
        new_crate::write(folder, &name, arguments.runtime_path.as_deref(), &generated)?;
        anstream::eprintln!("wrote the crate `{name}` to {}", folder.display());
        return Ok(());
    }
    let generated = generate(&config)?;
    tell_losses(&generated);
    match &arguments.output {
        Some(path) => output::write(path, &generated.source),
        None => output::print(&generated.source),
    }
}
