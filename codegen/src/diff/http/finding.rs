//! One difference in HTTP, before its place is looked up.

use super::check::Check;
use crate::diff::HttpLevel;

/// Which way a value goes. What it asks is whether callers write it or read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Way {
    /// Callers send it: it must not narrow.
    Sent,
    /// Callers receive it: it must not widen.
    Received,
}

impl Way {
    /// The way of what must not be so (`not`): what narrows it widens the whole.
    pub(crate) fn flipped(self) -> Self {
        match self {
            Self::Sent => Self::Received,
            Self::Received => Self::Sent,
        }
    }
}

/// The old one and the new one of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Both<T> {
    pub(crate) old: T,
    pub(crate) new: T,
}

impl<T> Both<T> {
    pub(crate) fn new(old: T, new: T) -> Self {
        Self { old, new }
    }
}

/// A difference, with the JSON pointers of what it is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) check: &'static Check,
    pub(crate) http: HttpLevel,
    /// What is different, in one line, without the subject.
    pub(crate) message: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// Whether it tells of something that is gone, and `new` is only what it was part of.
    pub(crate) is_gone: bool,
    /// Whether it tells of something that is new, and `old` is only what it is part of.
    pub(crate) is_new: bool,
    /// The uses that hold it: see `uses.rs`.
    pub(crate) uses: Vec<usize>,
}

impl Finding {
    /// A difference that is none of what is sent or received alone.
    pub(crate) fn new(check: &'static Check, message: impl Into<String>) -> Self {
        Self::on(Way::Sent, check, message)
    }

    /// A difference in what goes this way.
    pub(crate) fn on(way: Way, check: &'static Check, message: impl Into<String>) -> Self {
        let http = match way {
            Way::Sent => check.sent,
            Way::Received => check.received,
        };
        Self {
            check,
            http,
            message: message.into(),
            old: None,
            new: None,
            before: None,
            after: None,
            is_gone: false,
            is_new: false,
            uses: Vec::new(),
        }
    }

    /// Where it was and where it is.
    pub(crate) fn at(mut self, places: Both<&str>) -> Self {
        self.old = Some(places.old.to_owned());
        self.new = Some(places.new.to_owned());
        self
    }

    /// Where it was; it is gone.
    pub(crate) fn was(mut self, pointer: &str) -> Self {
        self.old = Some(pointer.to_owned());
        self
    }

    /// Where it is; it is new, or what was there before stands elsewhere.
    pub(crate) fn is(mut self, pointer: &str) -> Self {
        self.new = Some(pointer.to_owned());
        self
    }

    /// Where it was, and where to look now.
    pub(crate) fn gone(mut self, was: &str, around: &str) -> Self {
        self.is_gone = true;
        self.was(was).is(around)
    }

    /// Where it is, and where to look before.
    pub(crate) fn came(mut self, around: &str, is: &str) -> Self {
        self.is_new = true;
        self.was(around).is(is)
    }

    /// What was said before.
    pub(crate) fn before(mut self, text: impl Into<String>) -> Self {
        self.before = Some(text.into());
        self
    }

    /// What is said now.
    pub(crate) fn after(mut self, text: impl Into<String>) -> Self {
        self.after = Some(text.into());
        self
    }

    /// Who is concerned.
    pub(crate) fn by(mut self, uses: &[usize]) -> Self {
        self.uses.extend_from_slice(uses);
        self
    }
}
