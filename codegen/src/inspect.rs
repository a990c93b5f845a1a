//! Prints what any stage gives, for whoever wants to see the compiler think.

use crate::config::Config;
use crate::diagnostic::Report;
use crate::{emit, load, lower, render, resolve, split};

/// A stage of the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Stage {
    /// The tree after overlays, as JSON.
    Load,
    /// The document without its schemas, and the schemas.
    Split,
    /// The document with no reference left.
    Resolve,
    /// What was decided about Rust.
    Lower,
    /// The items, one a line, not formatted.
    Emit,
    /// The client.
    Render,
}

/// Runs the compiler as far as `stage`, and shows what it gave.
///
/// # Errors
///
/// A [`Report`] with every problem found in the stage that failed.
pub fn inspect(config: &Config, stage: Stage) -> Result<String, Report> {
    let document = load::load(config)?;
    if stage == Stage::Load {
        return Ok(format!("{:#}\n", document.tree));
    }
    let (skeleton, schemas, _) = split::split(&document)
        .and_then(split::Apart::read)
        .map_err(|problems| document.report(problems))?;
    if stage == Stage::Split {
        return Ok(format!("{skeleton:#?}\n{schemas:#?}\n"));
    }
    let api = resolve::resolve(&document, skeleton, schemas, None)
        .map_err(|problems| document.report(problems))?;
    if stage == Stage::Resolve {
        return Ok(format!("{api:#?}\n"));
    }
    let api = lower::adapt(api, config).map_err(|problems| document.report(problems))?;
    let module =
        lower::lower(&api, config, &document.lock).map_err(|problems| document.report(problems))?;
    if stage == Stage::Lower {
        return Ok(format!("{module:#?}\n"));
    }
    let sections = emit::emit(&module);
    if stage == Stage::Emit {
        let items = sections.flat_map(|section| section.items);
        let lines: Vec<String> = items.map(|item| item.to_string()).collect();
        return Ok(lines.join("\n") + "\n");
    }
    Ok(render::pieces(&module.header, sections).concat())
}
