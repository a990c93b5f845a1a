//! The report of a diff, in five forms.
//!
//! All of them say the same: the verdict first, then what breaks, what to look at, what is new, and last the words.
//! Whatever comes from a document is text there, and never markup or a command: each form has its own way to see to
//! that, and tests hold it.

mod annotations;
mod html;
mod json;
mod markdown;
mod text;

use super::change::{Change, Place, Reach};
use super::level::{Group, HttpLevel};
use super::version::Step;
use super::{Diff, RustLevel};

pub use json::SCHEMA_VERSION;

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a comment on a pull request: shorter than the 65,536 characters that one may have.
    Markdown,
    /// For programs: `codegen/diff.schema.json` describes it.
    Json,
    /// Annotations of lines (GitHub's workflow commands).
    Github,
    /// A page of its own, which loads nothing.
    Html,
}

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Report<'a> {
    /// What is different.
    pub diff: &'a Diff,
    /// The step to the client's next version, if the version is known.
    pub step: Option<&'a Step>,
    /// Fingerprints of the accept file that are of no change any more.
    pub expired: &'a [String],
}

impl<'a> Report<'a> {
    /// A report of this diff.
    pub fn new(diff: &'a Diff) -> Self {
        Self {
            diff,
            step: None,
            expired: &[],
        }
    }

    /// Says which version the client has next.
    pub fn step(mut self, step: Option<&'a Step>) -> Self {
        self.step = step;
        self
    }

    /// Says which accepted changes there are no more.
    pub fn expired(mut self, expired: &'a [String]) -> Self {
        self.expired = expired;
        self
    }

    /// The report in this form.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Text => text::render(self),
            Format::Markdown => markdown::render(self),
            Format::Json => json::render(self),
            Format::Github => annotations::render(self),
            Format::Html => html::render(self),
        }
    }

    /// The changes of one part.
    fn of(&self, group: Group) -> impl Iterator<Item = &'a Change> {
        self.diff
            .changes
            .iter()
            .filter(move |change| change.group() == group)
    }

    /// How many changes are of each level, the most urgent first: for HTTP, and for Rust.
    fn counts(&self) -> [[usize; 4]; 2] {
        let count = |is: &dyn Fn(&Change) -> bool| {
            self.diff.changes.iter().filter(|change| is(change)).count()
        };
        let http = [
            HttpLevel::Breaking,
            HttpLevel::Review,
            HttpLevel::Additive,
            HttpLevel::Docs,
        ];
        let http = http.map(|level| count(&|change| change.http == level));
        let rust = |level: RustLevel| count(&|change| change.rust == level);
        let rust = [
            rust(RustLevel::Major),
            0,
            rust(RustLevel::Minor),
            rust(RustLevel::Patch),
        ];
        [http, rust]
    }

    /// The verdict for HTTP in words.
    fn http(&self) -> String {
        let [counts, _] = self.counts();
        match self.diff.http() {
            HttpLevel::Breaking => format!("HTTP breaking ({})", counts[0]),
            HttpLevel::Review => format!("HTTP to review ({})", counts[1]),
            HttpLevel::Additive => "HTTP additive".to_owned(),
            HttpLevel::Docs => "HTTP docs only".to_owned(),
            HttpLevel::None => "HTTP unchanged".to_owned(),
        }
    }

    /// The verdict for Rust in words, with the step.
    fn rust(&self) -> String {
        let verdict = match self.diff.rust() {
            RustLevel::None => "Rust unchanged".to_owned(),
            level => format!("Rust {}", level.as_str()),
        };
        match self.step {
            Some(step) => format!("{verdict} ({step})"),
            None => verdict,
        }
    }

    /// The command that leaves callers the old names, where names changed.
    fn keep(&self) -> Option<String> {
        let open = self.diff.changes.iter().filter(|change| !change.accepted);
        let place = open.clone().find_map(|change| change.new.as_ref());
        let document = place.map_or(&self.diff.document, |place| &place.file);
        let items = open.flat_map(|change| &change.items);
        let names = items.filter_map(|item| item.renamed.first());
        let names: Vec<&str> = names.map(|(was, _)| was.as_str()).collect();
        let keep = match names.len() {
            0 => return None,
            1..=MOST_KEPT => format!("--keep {}", names.join(" ")),
            _ => "--keep-all".to_owned(),
        };
        Some(format!("stencil lock {document} {keep}"))
    }

    /// Fingerprints of what a reviewer has to accept, if it is to pass.
    fn unaccepted(&self) -> Vec<&'a str> {
        let breaking = self.of(Group::Breaking).filter(|change| !change.accepted);
        breaking.map(|change| change.fingerprint.as_str()).collect()
    }
}

impl Group {
    /// The title of the part.
    fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Review => "Review",
            Self::Additive => "Additive",
            Self::Docs => "Docs",
        }
    }
}

/// Who is concerned: one use by its name, several by their number.
fn reach(reach: &Reach, subject: &str) -> Option<String> {
    let count = |number: usize, one: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {one}s")),
    };
    if reach.requests + reach.responses == 0 {
        return (reach.operations > 1).then(|| format!("{} operations", reach.operations));
    }
    if reach.requests + reach.responses == 1 {
        let example = reach.example.as_ref()?;
        return (!subject.starts_with(example.as_str())).then(|| example.clone());
    }
    let parts = [
        count(reach.requests, "request"),
        count(reach.responses, "response"),
    ];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// `spec/tsg_user_v3.yaml:118`: where it is, or where it was.
fn place(change: &Change) -> Option<String> {
    let show = |place: &Place| format!("{}:{}", place.file, place.line);
    match (&change.new, &change.old) {
        (Some(new), _) => Some(show(new)),
        (None, Some(old)) => Some(format!("{} (before)", show(old))),
        (None, None) => None,
    }
}

/// A text of the document on one line, and not longer than a line.
fn short(text: &str, most: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let start: String = line.chars().take(most.saturating_sub(1)).collect();
    start + "…"
}

/// Words of a document in Markdown: nothing in them is markup, a mention or a link.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in short(text, LONGEST).chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            // GitHub makes mentions, numbers of issues and links of these wherever they stand.
            '@' => escaped += "&#64;",
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '!'
            | '|' | '~' | ':' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

/// A text as code in Markdown: with more backticks around it than it has in a row.
pub(super) fn code(text: &str) -> String {
    let text: String = short(text, LONGEST).replace(char::is_control, " ");
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    // A bar would end a cell of a table, even here.
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "¦"))
}

/// What the command that keeps names is for.
const KEEPS: &str = "leaves callers the old names, as deprecated";
/// More names than this are kept all at once.
const MOST_KEPT: usize = 12;

/// Longer texts of a document are cut.
const LONGEST: usize = 200;
