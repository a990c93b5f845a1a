//! `stencil lock`.

use stencil_codegen::lock;

use super::{Failure, Lock, output};

pub(super) fn run(arguments: &Lock) -> Result<(), Failure> {
    let config = arguments.document.config()?;
    let update = lock(&config, &arguments.keep, arguments.keep_all)?;
    let path = update.path.display();
    let notes = update.notes.iter().map(|note| format!("\n  {note}"));
    let notes = notes.collect::<Vec<_>>().concat();
    if update.is_current() {
        return Ok(());
    }
    if arguments.check {
        let state = if update.old.is_some() {
            "is stale"
        } else {
            "is not there"
        };
        let message = format!("`{path}` {state}: run `stencil lock`{notes}");
        return Err(Failure::Other(message));
    }
    output::write(&update.path, &update.text)?;
    anstream::eprintln!("wrote {path}{notes}");
    Ok(())
}
