//! Settings from a file.

use std::fs;
use std::path::Path;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::diagnostic::{Code, Problem, Report, Source, Spot};
use crate::load;

impl Config {
    /// Reads the settings in a TOML file, `stencil.toml` by custom: the keys of [`Config::set`]. Relative paths
    /// start from the folder of the file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is not TOML, or has a key or a value that is no setting; each with its place.
    pub fn from_file(path: &Path) -> Result<Self, Report> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            let message = format!("cannot read the settings `{name}`: {error}");
            let problem = Problem::new(Code::File, Spot::File(0), message)
                .help("name a document, or write the settings: they are read where none is named");
            report(&name, String::new(), vec![problem])
        })?;
        Self::from_toml(&name, text, path.parent().unwrap_or(Path::new("")))
    }

    /// Reads settings that are at hand: `name` stands for them in messages, and relative paths start from `root`.
    ///
    /// # Errors
    ///
    /// As for [`Config::from_file`].
    pub fn from_toml(name: &str, text: String, root: &Path) -> Result<Self, Report> {
        let mut config = Self::default().root(root);
        let problems = config.read(&text);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(report(name, text, problems))
        }
    }

    /// Takes in all that it can, and gives a problem for each of the rest.
    fn read(&mut self, text: &str) -> Vec<Problem> {
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let message = format!("the settings are not TOML: {}", error.message());
                return vec![Problem::new(Code::Syntax, Spot::Offset(0, start), message)];
            }
        };
        let mut problems = Vec::new();
        let mut entries: Vec<_> = table.get_ref().iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            if let Err(error) = self.set(key.get_ref(), &plain(value)) {
                let spot = Spot::Offset(0, key.span().start);
                problems.push(Problem::new(Code::Setting, spot, error.message).help(error.help));
            }
        }
        if problems.is_empty() && self.spec.name.is_empty() {
            let message = "`spec`, the path of the document, is not set";
            problems.push(Problem::new(Code::Setting, Spot::File(0), message));
        }
        problems
    }
}

/// The value without its place; what JSON does not have is null, which no setting takes.
fn plain(value: &Spanned<DeValue<'_>>) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(boolean) => Value::from(*boolean),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Array(items) => items.iter().map(plain).collect(),
        DeValue::Table(entries) => entries
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), plain(value)))
            .collect(),
        _ => Value::Null,
    }
}

fn report(name: &str, text: String, problems: Vec<Problem>) -> Report {
    let source = Source {
        name: name.to_owned(),
        text,
    };
    Report::new(vec![source.into()], problems, load::LOCATE)
}
