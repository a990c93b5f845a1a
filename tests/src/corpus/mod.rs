//! Compiles every document below a folder.

mod check;
mod count;
mod instances;
mod made;
mod samples;
mod table;
mod tree;

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use stencil_codegen::Config;

use super::Corpus;

/// What came of one document.
struct Outcome {
    document: String,
    version: String,
    bytes: u64,
    /// Operations that the document has, counted without the compiler; `None` where only the compiler can
    /// read it.
    operations: Option<usize>,
    time: Duration,
    result: Result<Client, Failure>,
}

/// A client that was generated.
struct Client {
    operations: usize,
    losses: usize,
    source: String,
    /// What rustc said of it; `None` if it was not asked.
    compiles: Option<Result<(), String>>,
    samples: Vec<stencil_codegen::Sample>,
    made: made::Made,
    tally: samples::Tally,
}

impl Client {
    /// Whether there is something to run.
    fn has_values(&self) -> bool {
        !self.samples.is_empty() || !self.made.rows.is_empty()
    }
}

/// Why there is none.
enum Failure {
    Refused(String),
    Panicked(String),
}

/// Whether nothing went wrong that is ours to answer for.
pub(crate) fn run(arguments: &Corpus) -> io::Result<bool> {
    let documents = stencil_tests::documents(&arguments.folder)?;
    let limit = arguments.max_size.map_or(u64::MAX, |size| size * 1024);
    let mut outcomes = Vec::new();
    // A panic is told in the table.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for path in documents {
        if fs::metadata(&path)?.len() <= limit {
            outcomes.extend(one(arguments, &path));
        }
    }
    std::panic::set_hook(hook);
    if arguments.check {
        let runs = arguments.samples || arguments.instances;
        check::check(&mut outcomes, arguments.clippy, runs)?;
    }
    table::print(&outcomes);
    if let Some(report) = &arguments.report {
        fs::write(report, table::csv(&outcomes))?;
    }
    Ok(outcomes.iter().all(Outcome::is_fine))
}

/// Compiles one file; `None` if it does not say that it is an OpenAPI document.
fn one(arguments: &Corpus, path: &Path) -> Option<Outcome> {
    let text = fs::read_to_string(path).ok()?;
    let count = count::count(path, &text);
    if count.is_none() && !text.contains("openapi") {
        return None;
    }
    let name = path
        .strip_prefix(&arguments.folder)
        .ok()
        .filter(|name| !name.as_os_str().is_empty());
    let config = Config::new(path).files(true).lenient(arguments.lenient);
    let start = Instant::now();
    let generated = catch_unwind(AssertUnwindSafe(|| {
        let generated = stencil_codegen::generate(&config)?;
        Ok::<_, stencil_codegen::Report>((generated.source(), generated.losses.len()))
    }));
    let time = start.elapsed();
    let result = match generated {
        Ok(Ok((source, losses))) => Ok(Client {
            operations: source.matches("\nimpl rt::Operation").count(),
            losses,
            source,
            compiles: None,
            samples: if arguments.samples {
                stencil_codegen::samples(&config).unwrap_or_default()
            } else {
                Vec::new()
            },
            made: if arguments.instances {
                made::Made::new(&config, &text, arguments.max_instances)
            } else {
                made::Made::default()
            },
            tally: samples::Tally::default(),
        }),
        Ok(Err(report)) => Err(Failure::Refused(report.to_string())),
        Err(panic) => Err(Failure::Panicked(message(panic.as_ref()))),
    };
    Some(Outcome {
        document: name.unwrap_or(path).display().to_string(),
        version: count
            .as_ref()
            .map(|count| count.version.clone())
            .unwrap_or_default(),
        bytes: text.len() as u64,
        operations: count.map(|count| count.operations),
        time,
        result,
    })
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic")
        .to_owned()
}

impl Outcome {
    fn is_whole(&self, client: &Client) -> bool {
        self.operations
            .is_none_or(|operations| operations == client.operations)
    }

    fn is_fine(&self) -> bool {
        match &self.result {
            Ok(client) => self.is_whole(client) && !matches!(client.compiles, Some(Err(_))),
            Err(Failure::Refused(_)) => true,
            Err(Failure::Panicked(_)) => false,
        }
    }
}
