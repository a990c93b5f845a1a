//! `stencil generate`.

use stencil_codegen::{Generated, generate};

use super::{Failure, Generate, new_crate, output, tell_losses};

pub(super) fn run(arguments: &Generate) -> Result<(), Failure> {
    let mut config = arguments.style.apply(arguments.document.config()?);
    let mut name = None;
    if let Some(folder) = &arguments.crate_folder {
        let of_crate = new_crate::name(arguments.name.as_deref(), folder)?;
        config = new_crate::settings(config, &of_crate);
        name = Some(of_crate);
    }
    let mut generated = generate(&config)?;
    tell_losses(&generated);
    generated.timings.note("tell");
    let source = generated.pieces();
    generated.timings.note("render");
    write(arguments, name.as_deref(), &generated, &source)?;
    generated.timings.note("write");
    if arguments.timings {
        anstream::eprint!("{}", generated.timings);
    }
    Ok(())
}

fn write(
    arguments: &Generate,
    name: Option<&str>,
    generated: &Generated,
    source: &[Box<str>],
) -> Result<(), Failure> {
    match (&arguments.crate_folder, name, &arguments.output) {
        (Some(folder), Some(name), _) => {
            let runtime = arguments.runtime_path.as_deref();
            new_crate::write(folder, name, runtime, generated, source)?;
            anstream::eprintln!("wrote the crate `{name}` to {}", folder.display());
            Ok(())
        }
        (_, _, Some(path)) => output::write_pieces(path, source),
        _ => output::print_pieces(source),
    }
}
