//! Problems with their places looked up, ready to show.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::source::Lines;
use super::{Problem, Source, Spot};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The JSON pointer (RFC 6901) of the node; empty for the file as a whole.
    pub pointer: String,
    file_index: usize,
    range: Range<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// How a text is searched: all nodes at once, and the second one of two keys.
#[derive(Clone, Copy)]
pub(crate) struct Locate {
    pub(crate) all: fn(&str, &[&str]) -> Vec<Range<usize>>,
    pub(crate) second: fn(&str, &str) -> Range<usize>,
}

impl Place {
    /// The spot that it is the place of.
    pub(crate) fn spot(&self) -> Spot {
        Spot::Node(self.file_index, self.pointer.clone())
    }

    /// Looks spots up in the sources; the only place where text is searched for positions.
    pub(crate) fn look_up(sources: &[Arc<Source>], spots: &[&Spot], locate: Locate) -> Vec<Self> {
        let nodes = |wanted: usize| {
            spots.iter().filter_map(move |spot| match spot {
                Spot::Node(file, pointer) if *file == wanted => Some(pointer.as_str()),
                _ => None,
            })
        };
        let mut found: Vec<std::vec::IntoIter<Range<usize>>> = Vec::new();
        for (file, source) in sources.iter().enumerate() {
            let pointers: Vec<&str> = nodes(file).collect();
            let ranges = if pointers.is_empty() {
                Vec::new()
            } else {
                (locate.all)(&source.text, &pointers)
            };
            found.push(ranges.into_iter());
        }
        let lines: Vec<Lines> = sources
            .iter()
            .map(|source| Lines::new(&source.text))
            .collect();
        let places = spots.iter().map(|spot| {
            let (file, pointer) = match spot {
                Spot::File(file) | Spot::Offset(file, _) => (*file, ""),
                Spot::Node(file, pointer) | Spot::SecondKey(file, pointer) => {
                    (*file, pointer.as_str())
                }
            };
            let source = &sources[file];
            let range = match spot {
                Spot::File(_) => 0..0,
                Spot::Offset(_, offset) => *offset..offset.saturating_add(1),
                // In the order in which they were asked for.
                Spot::Node(..) => found[file].next().unwrap_or_default(),
                Spot::SecondKey(..) => (locate.second)(&source.text, pointer),
            };
            let range = source.first_line(range);
            let (line, column) = lines[file].line_column(&source.text, range.start);
            Self {
                file: source.name.clone(),
                line,
                column,
                pointer: pointer.to_owned(),
                file_index: file,
                range,
            }
        });
        places.collect()
    }
}

/// Problems that a report shows; more of them are counted.
const SHOWN: usize = 100;

#[derive(Clone, Debug)]
struct Entry {
    problem: Problem,
    place: Place,
    related: Option<(Place, String)>,
}

/// Every problem of a run, with places and the lines at fault: why it failed, or what it gave less than the
/// document says.
#[derive(Clone, Debug)]
pub struct Report {
    is_warning: bool,
    entries: Vec<Entry>,
    /// Shared with the document: a text may be megabytes.
    sources: Vec<Arc<Source>>,
}

impl Report {
    /// Looks up the place of each problem.
    pub(crate) fn new(
        sources: Vec<Arc<Source>>,
        mut problems: Vec<Problem>,
        locate: Locate,
    ) -> Self {
        problems.dedup();
        if problems.is_empty() {
            // Nothing is looked up, and the texts need not be kept.
            return Self {
                is_warning: false,
                entries: Vec::new(),
                sources: Vec::new(),
            };
        }
        let related = |problem: &Problem| problem.related.clone();
        let second: Vec<(Spot, String)> = problems.iter().filter_map(related).collect();
        let spots: Vec<&Spot> = problems
            .iter()
            .map(|problem| &problem.spot)
            .chain(second.iter().map(|(spot, _)| spot))
            .collect();
        let mut places = Place::look_up(&sources, &spots, locate);
        let mut second = places.split_off(problems.len()).into_iter().zip(second);
        let entries = problems.into_iter().zip(places).map(|(problem, place)| {
            let related = problem.related.as_ref().and_then(|_| second.next());
            let related = related.map(|(place, (_, label))| (place, label));
            Entry {
                problem,
                place,
                related,
            }
        });
        let entries = entries.collect();
        Self {
            is_warning: false,
            entries,
            sources,
        }
    }

    /// The same problems as warnings: the run went on.
    pub(crate) fn into_warnings(mut self) -> Self {
        self.is_warning = true;
        self
    }

    /// The problems, each with its place.
    pub fn problems(&self) -> impl Iterator<Item = (&Problem, &Place)> {
        self.entries
            .iter()
            .map(|entry| (&entry.problem, &entry.place))
    }

    /// The report as text, with the lines at fault; `color` adds terminal colours.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let shown = self
            .entries
            .iter()
            .take(SHOWN)
            .map(|entry| self.render_entry(&renderer, entry));
        let mut text = shown.collect::<Vec<_>>().join("\n\n");
        if self.entries.len() > 1 {
            let count = self.entries.len();
            if count > SHOWN {
                text += &format!("\n\n… and {} more", count - SHOWN);
            }
            text += &if self.is_warning {
                format!("\n\n{count} things that the client does not carry")
            } else {
                format!("\n\n{count} problems; nothing was written")
            };
        }
        // Of the document's own lines, which may hold anything, not all was made visible.
        let is_shown =
            |sign: char| !sign.is_control() || sign == '\n' || (color && sign == '\u{1b}');
        text.replace(|sign| !is_shown(sign), "\u{fffd}")
    }

    fn render_entry(&self, renderer: &Renderer, entry: &Entry) -> String {
        let message = clean(&entry.problem.message);
        let level = if self.is_warning {
            Level::WARNING
        } else {
            Level::ERROR
        };
        let title = level.primary_title(message).id(entry.problem.code.as_str());
        let mut group = Group::with_title(title);
        let range = entry.place.range.clone();
        group = match self.sources.get(entry.place.file_index) {
            Some(source) if !source.text.is_empty() => {
                group.element(snippet(source, &entry.place, entry.related.as_ref(), range))
            }
            _ => group.element(
                annotate_snippets::Origin::path(entry.place.file.clone())
                    .line(1)
                    .char_column(1),
            ),
        };
        if !entry.place.pointer.is_empty() {
            group =
                group.element(Level::NOTE.message(format!("at {}", clean(&entry.place.pointer))));
        }
        if let Some(help) = &entry.problem.help {
            group = group.element(Level::HELP.message(clean(help)));
        }
        renderer.render(&[group])
    }
}

fn snippet<'a>(
    source: &'a Source,
    place: &Place,
    related: Option<&(Place, String)>,
    range: Range<usize>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let related = related.filter(|(other, _)| other.file_index == place.file_index);
    let last = related.map_or(&range, |(other, _)| &other.range);
    // The lines that are shown, and no others: the renderer parts all that it is given into lines.
    let lines = source.lines(range.start.min(last.start)..range.end.max(last.end));
    let within = |range: &Range<usize>| range.start - lines.start..range.end - lines.start;
    let first = related.map_or(place.line, |(other, _)| place.line.min(other.line));
    let snippet = Snippet::source(&source.text[lines.clone()])
        .line_start(first)
        .path(source.name.clone())
        .annotation(AnnotationKind::Primary.span(within(&range)));
    snippet.annotations(related.map(|(other, label)| {
        let span = AnnotationKind::Context.span(within(&other.range));
        span.label(label.clone())
    }))
}

/// Text of the document may hold anything: control characters never reach the terminal.
fn clean(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text)
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Report {}
