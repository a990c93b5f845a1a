//! `stencil lock`.

use stencil_codegen::diff::{self, Origin, OriginError, Reading, Side};
use stencil_codegen::{Config, lock};

use super::{Failure, Lock, output};

pub(super) fn run(arguments: &Lock) -> Result<(), Failure> {
    let config = arguments.document.config()?;
    let keep = match &arguments.since {
        Some(since) => by_fingerprint(arguments, since, &config)?,
        None => arguments.keep.clone(),
    };
    let update = lock(&config, &keep, arguments.keep_all)?;
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

/// What is to be kept, with the names that changed in place of the fingerprints of changes.
fn by_fingerprint(arguments: &Lock, since: &str, config: &Config) -> Result<Vec<String>, Failure> {
    let mut how = Reading::default();
    how.overlays.clone_from(&arguments.document.overlay);
    how.files = arguments.document.files;
    how.lenient = arguments.document.lenient;
    let old = Origin::parse(since).config(&how);
    let old = old.map_err(|error| match error {
        OriginError::Document(report) => Failure::Document(report),
        OriginError::Other(message) => Failure::Other(message),
    })?;
    let before = Side::read(&old)?;
    let diff = diff::compare(before, Side::read(config)?)?;
    let mut keep = Vec::new();
    for name in &arguments.keep {
        let change = diff.changes.iter().find(|one| one.fingerprint == *name);
        let Some(change) = change else {
            keep.push(name.clone());
            continue;
        };
        let renamed = change.items.iter().flat_map(|item| &item.renamed);
        let known = keep.len();
        keep.extend(renamed.map(|(was, is)| format!("{was}={is}")));
        if keep.len() == known {
            let message = format!("no name is another one by the change `{name}`");
            return Err(Failure::Other(message));
        }
    }
    Ok(keep)
}
