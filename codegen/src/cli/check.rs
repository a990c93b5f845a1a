//! `stencil check`.

use std::fs;

use stencil_codegen::generate;

use super::{Check, Failure, new_crate, tell_losses};

pub(super) fn run(arguments: &Check) -> Result<(), Failure> {
    let mut config = arguments.style.apply(arguments.document.config()?);
    let mut target = arguments.output.clone();
    if let Some(folder) = &arguments.crate_folder {
        config = new_crate::settings(config, &new_crate::name(None, folder)?);
        target = Some(folder.join(new_crate::CLIENT));
    }
    let generated = generate(&config)?;
    tell_losses(&generated);
    let Some(path) = target else { return Ok(()) };
    let source = generated.source();
    match fs::read_to_string(&path) {
        Ok(text) if text == source => Ok(()),
        Ok(text) => Err(stale(
            arguments,
            &format!(
                "`{}` is stale: {}",
                path.display(),
                first_difference(&text, &source)
            ),
        )),
        Err(error) => Err(stale(
            arguments,
            &format!("cannot read `{}`: {error}", path.display()),
        )),
    }
}

fn first_difference(old: &str, new: &str) -> String {
    let same = old
        .lines()
        .zip(new.lines())
        .take_while(|(old, new)| old == new)
        .count();
    format!("it differs from line {}", same + 1)
}

/// The command that mends it, with the same arguments.
fn stale(arguments: &Check, message: &str) -> Failure {
    let mut command = format!("stencil generate {}", document_of(&arguments.document));
    command.truncate(command.trim_end().len());
    let mut add =
        |flag: &str, value: &dyn std::fmt::Display| command += &format!(" {flag} {value}");
    if let Some(lock) = &arguments.document.lock {
        add("--lock", &lock.display());
    }
    for overlay in &arguments.document.overlay {
        add("--overlay", &overlay.display());
    }
    for name in &arguments.style.only {
        add("--only", &format!("'{name}'"));
    }
    for format in &arguments.style.string_format {
        add("--string-format", format);
    }
    if let Some(setters) = &arguments.style.setters {
        add("--setters", setters);
    }
    if let Some(path) = &arguments.style.example_path {
        add("--example-path", path);
    }
    if let Some(output) = &arguments.output {
        add("--output", &output.display());
    }
    if let Some(folder) = &arguments.crate_folder {
        add("--crate", &folder.display());
    }
    if arguments.document.lenient {
        command.push_str(" --lenient");
    }
    if arguments.document.files {
        command.push_str(" --files");
    }
    if arguments.style.validate {
        command.push_str(" --validate");
    }
    if arguments.style.tag_features {
        command.push_str(" --tag-features");
    }
    if arguments.style.blocking {
        command.push_str(" --blocking");
    }
    Failure::Other(format!("{message}\nmend it with: {command}"))
}

/// How the document was named.
fn document_of(document: &super::Document) -> String {
    match (&document.spec, &document.config) {
        (Some(spec), _) => spec.display().to_string(),
        (None, Some(settings)) => format!("--config {}", settings.display()),
        (None, None) => String::new(),
    }
}
