//! Settings by key: what the macro and `stencil.toml` write.

use serde_json::Value;

use super::{Config, Input, LockFile, Setters};
use crate::diagnostic::nearest;

/// The keys, in the order in which they are told.
pub const KEYS: [&str; 20] = [
    "spec",
    "overlay",
    "lock",
    "files",
    "lenient",
    "only",
    "rename",
    "types",
    "derives",
    "secrets",
    "client_parameters",
    "pagination",
    "string_formats",
    "runtime",
    "example_path",
    "blocking",
    "setters",
    "validate",
    "tag_features",
    "deny_loss",
];

/// A key that there is not, or a value that a key does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingError {
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

impl std::fmt::Display for SettingError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.message, self.help)
    }
}

impl std::error::Error for SettingError {}

impl Config {
    /// Sets what `key` names, in place of what it was.
    ///
    /// | key | value | what it does |
    /// | --- | --- | --- |
    /// | `spec` | string | the document, YAML or JSON |
    /// | `overlay` | string, or list of strings | overlays (OpenAPI Overlay 1.x), applied first, in this order |
    /// | `lock` | string, or bool | the names that the client had before; `false` for none, beside the document unless set |
    /// | `files` | bool | lets `$ref` name other files below the document's folder |
    /// | `lenient` | bool | reads a reference to a missing schema as any value, with a loss |
    /// | `only` | string, or list of strings | operation ids, paths, starts of paths before `*`, or tags to make code for |
    /// | `rename` | table of strings | other names for operations (by id) and schemas (by key) |
    /// | `types` | table of strings | Rust paths for formats of strings and for schemas (by key) |
    /// | `derives` | list of strings, or table of such lists | traits to derive: on all types, or by type; with one that is not of `std` a struct derives those of `serde`, too, whose attributes it may read |
    /// | `secrets` | string, or list of strings | string properties and parameters that are secrets |
    /// | `client_parameters` | string, or list of strings | parameters that can be set once for the client |
    /// | `pagination` | table of tables | how lists come page by page, by operation id: `items` (a JSON pointer into the response), and one of `cursor = { parameter, from }`, `page = { parameter, start }`, `offset = { parameter }`, `link = "next"`, `url` (a JSON pointer); `more` (a JSON pointer to a boolean) |
    /// | `string_formats` | string, or list of strings | formats, such as `date-time`, that stay plain strings |
    /// | `runtime` | string | the path of the runtime, `::stencil_runtime` unless set |
    /// | `example_path` | string | the path by which examples in the documentation import the client |
    /// | `blocking` | bool | gives calls a `send_blocking` method, behind the Cargo feature `blocking` |
    /// | `setters` | string | how setters of types and calls are called: `plain` as what they set, `with` after `with_` |
    /// | `validate` | bool | checks what is sent against the limits of its schemas, before it is sent |
    /// | `tag_features` | bool | puts operations behind Cargo features of the crate by tag, and types behind those that need them |
    /// | `deny_loss` | bool | makes whatever the client cannot carry an error |
    ///
    /// # Errors
    ///
    /// There is no such key (with the nearest one that there is), or it takes another kind of value.
    pub fn set(&mut self, key: &str, value: &Value) -> Result<(), SettingError> {
        match key {
            "spec" => self.spec = text(key, value)?.into(),
            "overlay" => self.overlays = texts(key, value)?.into_iter().map(Input::from).collect(),
            "lock" => self.lock = lock(key, value)?,
            "files" => self.files = boolean(key, value)?,
            "lenient" => self.lenient = boolean(key, value)?,
            "only" => self.only = texts(key, value)?,
            "rename" => self.rename = table(key, value)?,
            "types" => self.types = table(key, value)?,
            "derives" => self.derives = derives(key, value)?,
            "secrets" => self.secrets = texts(key, value)?,
            "client_parameters" => self.client_parameters = texts(key, value)?,
            "pagination" => self.pagination = tables(key, value)?,
            "string_formats" => self.string_formats = texts(key, value)?,
            "runtime" => self.runtime = text(key, value)?,
            "example_path" => self.example_path = Some(text(key, value)?),
            "blocking" => self.blocking = boolean(key, value)?,
            "setters" => self.setters = setters(key, value)?,
            "validate" => self.validate = boolean(key, value)?,
            "tag_features" => self.tag_features = boolean(key, value)?,
            "deny_loss" => self.deny_loss = boolean(key, value)?,
            _ => return Err(unknown(key)),
        }
        Ok(())
    }
}

fn unknown(key: &str) -> SettingError {
    SettingError {
        message: format!("there is no setting `{key}`"),
        help: match nearest(key, KEYS) {
            Some(nearest) => format!("there is `{nearest}`"),
            None => format!("there are {}", KEYS.join(", ")),
        },
    }
}

fn wrong(key: &str, expected: &str) -> SettingError {
    SettingError {
        message: format!("`{key}` has another kind of value"),
        help: format!("it takes {expected}"),
    }
}

fn boolean(key: &str, value: &Value) -> Result<bool, SettingError> {
    value
        .as_bool()
        .ok_or_else(|| wrong(key, "`true` or `false`"))
}

fn lock(key: &str, value: &Value) -> Result<LockFile, SettingError> {
    match value {
        Value::String(path) => Ok(LockFile::At(path.clone().into())),
        Value::Bool(true) => Ok(LockFile::Beside),
        Value::Bool(false) => Ok(LockFile::None),
        _ => Err(wrong(key, "a path, or `false` for none")),
    }
}

fn setters(key: &str, value: &Value) -> Result<Setters, SettingError> {
    match value.as_str() {
        Some("plain") => Ok(Setters::Plain),
        Some("with") => Ok(Setters::With),
        _ => Err(wrong(key, "`plain` or `with`")),
    }
}

fn text(key: &str, value: &Value) -> Result<String, SettingError> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| wrong(key, "a string"))
}

/// One string, or a list of them.
fn texts(key: &str, value: &Value) -> Result<Vec<String>, SettingError> {
    let wrong = || wrong(key, "a string or a list of strings");
    match value {
        Value::String(one) => Ok(vec![one.clone()]),
        Value::Array(items) => {
            let items = items.iter().map(|item| item.as_str().map(str::to_owned));
            items.collect::<Option<_>>().ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn table(key: &str, value: &Value) -> Result<Vec<(String, String)>, SettingError> {
    let entries = value.as_object().into_iter().flatten();
    let pairs = entries.map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    let pairs = pairs.collect::<Option<_>>().filter(|_| value.is_object());
    pairs.ok_or_else(|| wrong(key, "a table of strings"))
}

fn tables(key: &str, value: &Value) -> Result<Vec<(String, Value)>, SettingError> {
    let entries = value.as_object().into_iter().flatten();
    let pairs: Vec<(String, Value)> = entries
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let is_tables = value.is_object() && pairs.iter().all(|(_, value)| value.is_object());
    is_tables
        .then_some(pairs)
        .ok_or_else(|| wrong(key, "a table of tables"))
}

fn derives(key: &str, value: &Value) -> Result<Vec<(String, String)>, SettingError> {
    let Value::Object(by_type) = value else {
        let all = texts(key, value)
            .map_err(|_| wrong(key, "a list of strings, or a table of such lists"))?;
        return Ok(all.into_iter().map(|path| ("*".to_owned(), path)).collect());
    };
    let mut pairs = Vec::new();
    for (ty, paths) in by_type {
        let paths = texts(key, paths)
            .map_err(|_| wrong(key, "a list of strings, or a table of such lists"))?;
        pairs.extend(paths.into_iter().map(|path| (ty.clone(), path)));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_key_is_known_and_nothing_else_is() {
        for key in KEYS {
            // None takes a number: an error about the value shows that the key itself is known.
            let error = Config::default().set(key, &json!(1)).unwrap_err();
            assert_eq!(error.message, format!("`{key}` has another kind of value"));
        }
        let error = Config::default().set("overlays", &json!("x")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no setting `overlays`: there is `overlay`"
        );
        let error = Config::default().set("zzz", &json!("x")).unwrap_err();
        assert!(error.help.starts_with("there are spec, overlay"));
    }

    #[test]
    fn one_string_stands_for_a_list_of_one() {
        let mut config = Config::default();
        config.set("only", &json!("a")).unwrap();
        config.set("secrets", &json!(["b", "c"])).unwrap();
        config.set("rename", &json!({ "d": "e" })).unwrap();
        config
            .set("derives", &json!({ "F": ["Hash", "Eq"] }))
            .unwrap();
        assert_eq!(config.only, ["a"]);
        assert_eq!(config.secrets, ["b", "c"]);
        assert_eq!(config.rename, [("d".to_owned(), "e".to_owned())]);
        assert_eq!(config.derives.len(), 2);
        assert!(config.set("secrets", &json!([1])).is_err());
        assert!(config.set("rename", &json!({ "d": 1 })).is_err());
    }
}
