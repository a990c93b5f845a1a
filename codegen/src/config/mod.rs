//! What a run of the compiler is told.

#[cfg(feature = "toml")]
mod file;
mod setting;

use std::path::{Path, PathBuf};

pub use setting::{KEYS, SettingError};

/// Everything that the compiler is told, whichever shell asks.
///
/// The build script writes it in Rust, the macro and `stencil.toml` by key (see [`Config::set`]), the command as
/// flags too.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Config {
    /// The OpenAPI document, YAML or JSON.
    pub spec: Input,
    /// Overlays (OpenAPI Overlay 1.x), applied in this order before anything else.
    pub overlays: Vec<Input>,
    /// The names that the client had before: see [`LockFile`].
    pub lock: LockFile,
    /// The folder that relative paths start from; the current one when empty.
    pub root: PathBuf,
    /// The path by which examples in the documentation import the client, such as `sendgrid_user`.
    /// Without it no examples are written.
    pub example_path: Option<String>,
    /// Whether calls get a `send_blocking` method, behind the Cargo feature `blocking` of the crate
    /// that holds the client.
    pub blocking: bool,
    /// Whether `$ref` may name other files below the document's folder. Never a URL.
    pub files: bool,
    /// The operations to make code for, each named by its `operationId`, its path, a start of its path that
    /// ends in `*`, or one of its tags; all when empty.
    pub only: Vec<String>,
    /// Whether a reference to a schema that the document does not have is a loss, and not an error.
    pub lenient: bool,
    /// New names: each for an `operationId`, or for a schema in `components.schemas`.
    pub rename: Vec<(String, String)>,
    /// Rust types of your own: each for a `format`, or for a schema in `components.schemas`, by its path. They
    /// must be `Clone`, `Debug`, `PartialEq`, and (de)serialize as the document says.
    pub types: Vec<(String, String)>,
    /// Traits to derive on generated types, beside those that they have: each for the type of this name, or
    /// for all of them where that is `*`.
    pub derives: Vec<(String, String)>,
    /// Names of string properties and parameters that are secrets, whatever their `format`.
    pub secrets: Vec<String>,
    /// Names of parameters that can be set once for the client.
    pub client_parameters: Vec<String>,
    /// How lists come page by page: each for an `operationId`, as `x-stencil-pagination` says it in a document.
    pub pagination: Vec<(String, serde_json::Value)>,
    /// The path of the runtime, `::stencil_runtime` when empty: for crates that call it otherwise or export it.
    pub runtime: String,
    /// Formats of strings, such as `date-time`, that stay `String` rather than become a type of their own.
    pub string_formats: Vec<String>,
    /// How setters are called.
    pub setters: Setters,
    /// Whether what is sent is checked against the limits of its schemas before it is sent. Needs the feature
    /// `validate` of this crate, and of `stencil-runtime` what [`Generated::runtime_features`] names.
    ///
    /// [`Generated::runtime_features`]: crate::Generated::runtime_features
    pub validate: bool,
    /// Whether operations are behind Cargo features of the crate, one for each of their tags, and types behind those of
    /// the operations that need them.
    pub tag_features: bool,
    /// Whether anything that the client cannot carry is an error.
    pub deny_loss: bool,
}

impl Config {
    /// A configuration for the document at `spec`, with nothing else set.
    pub fn new(spec: impl Into<Input>) -> Self {
        Self {
            spec: spec.into(),
            ..Self::default()
        }
    }

    /// Adds an overlay.
    pub fn overlay(mut self, overlay: impl Into<Input>) -> Self {
        self.overlays.push(overlay.into());
        self
    }

    /// Takes the names that the client had before from this file, which `stencil lock` writes.
    pub fn lock(mut self, lock: impl Into<Input>) -> Self {
        self.lock = LockFile::At(lock.into());
        self
    }

    /// Sets the folder that relative paths start from.
    pub fn root(mut self, root: impl Into<PathBuf>) -> Self {
        self.root = root.into();
        self
    }

    /// Sets the path by which examples in the documentation import the client.
    pub fn example_path(mut self, path: impl Into<String>) -> Self {
        self.example_path = Some(path.into());
        self
    }

    /// Sets whether calls get a `send_blocking` method.
    pub fn blocking(mut self, blocking: bool) -> Self {
        self.blocking = blocking;
        self
    }

    /// Sets whether `$ref` may name other files below the document's folder.
    pub fn files(mut self, files: bool) -> Self {
        self.files = files;
        self
    }

    /// Makes code only for the operations that this names: an `operationId`, a path, the start of a path
    /// before `*`, or a tag. May be called several times. Schemas that are not needed then are left out.
    pub fn only(mut self, name: impl Into<String>) -> Self {
        self.only.push(name.into());
        self
    }

    /// Makes strings with this `format` plain ones: for servers that do not keep to the format.
    pub fn string_format(mut self, format: impl Into<String>) -> Self {
        self.string_formats.push(format.into());
        self
    }

    /// Reads what a reference to a missing schema stands for as any value, with a loss, rather than failing.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }

    /// Gives an operation, by its `operationId`, or a schema, by its key in `components.schemas`, another name.
    pub fn rename(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.rename.push((old.into(), new.into()));
        self
    }

    /// Uses the Rust type at `path`, such as `rust_decimal::Decimal`, for strings of a format, or for a schema
    /// of `components.schemas`.
    pub fn replace_type(mut self, name: impl Into<String>, path: impl Into<String>) -> Self {
        self.types.push((name.into(), path.into()));
        self
    }

    /// Derives a trait, such as `Hash` or `schemars::JsonSchema`, on the type of this name, or on all for `*`.
    pub fn derive(mut self, ty: impl Into<String>, path: impl Into<String>) -> Self {
        self.derives.push((ty.into(), path.into()));
        self
    }

    /// Makes the string properties and parameters of this name secrets.
    pub fn secret(mut self, name: impl Into<String>) -> Self {
        self.secrets.push(name.into());
        self
    }

    /// Makes the parameters of this name settable once for the client.
    pub fn client_parameter(mut self, name: impl Into<String>) -> Self {
        self.client_parameters.push(name.into());
        self
    }

    /// Says how the list of an operation comes page by page: `items` is a JSON pointer into the response, and one
    /// of `cursor`, `page`, `offset`, `link` and `url` says how the next page is had.
    pub fn paginate(mut self, operation: impl Into<String>, how: serde_json::Value) -> Self {
        self.pagination.push((operation.into(), how));
        self
    }

    /// Sets the path of the runtime.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// Sets how the setters of types and calls are called.
    pub fn setters(mut self, setters: Setters) -> Self {
        self.setters = setters;
        self
    }

    /// Sets whether what is sent is checked against the limits of its schemas (`minLength`, `maximum`, `pattern`
    /// and so on) before it is sent.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Sets whether operations are behind Cargo features by tag. The crate must have them:
    /// [`Generated::tag_features`](crate::Generated::tag_features) says which.
    pub fn tag_features(mut self, tag_features: bool) -> Self {
        self.tag_features = tag_features;
        self
    }

    /// Sets whether anything that the client cannot carry is an error.
    pub fn deny_loss(mut self, deny: bool) -> Self {
        self.deny_loss = deny;
        self
    }
}

/// Where the names are that the client had before.
#[derive(Clone, Debug, Default)]
pub enum LockFile {
    /// In the file beside the document that has its name and ends in `.lock`, if there is one.
    #[default]
    Beside,
    /// Here, where they must be.
    At(Input),
    /// Nowhere, whatever stands beside the document.
    None,
}

impl Config {
    /// The file beside the document; none for a text that is at hand.
    pub(crate) fn lock_beside(&self) -> Option<Input> {
        let is_file = self.spec.text.is_none() && !self.spec.name.is_empty();
        is_file.then(|| Path::new(&self.spec.name).with_extension("lock").into())
    }

    /// The lock to read.
    pub(crate) fn lock_input(&self) -> Option<Input> {
        match &self.lock {
            LockFile::At(input) => Some(input.clone()),
            LockFile::Beside => self
                .lock_beside()
                .filter(|lock| lock.path(&self.root).is_file()),
            LockFile::None => None,
        }
    }
}

/// How setters are called, in types and in calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setters {
    /// As what they set: `Profile::new().city("Denver")`.
    #[default]
    Plain,
    /// After `with_`: `Profile::new().with_city("Denver")`.
    With,
}

/// A text to read: a file, or a text that is already at hand.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// How messages call it: the path as it was given.
    pub name: String,
    /// The text, when it does not come from a file.
    pub text: Option<String>,
}

impl Input {
    /// A text that is at hand; `name` stands for it in messages.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: Some(text.into()),
        }
    }

    pub(crate) fn path(&self, root: &Path) -> PathBuf {
        root.join(&self.name)
    }
}

impl From<&str> for Input {
    fn from(path: &str) -> Self {
        Self {
            name: path.to_owned(),
            text: None,
        }
    }
}

impl From<String> for Input {
    fn from(path: String) -> Self {
        Self {
            name: path,
            text: None,
        }
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self {
            name: path.display().to_string(),
            text: None,
        }
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        path.as_path().into()
    }
}
