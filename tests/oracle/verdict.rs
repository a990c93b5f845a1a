//! Our verdict and rustc's, on pairs of documents.

use std::collections::BTreeMap;

use stencil_codegen::diff::{RustLevel, Side, rust_changes};
use stencil_codegen::{Config, generate};

use crate::caller;
use crate::rustc::Modules;

/// Two documents.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) old: Config,
    pub(crate) new: Config,
}

/// What is said of a pair.
pub(crate) struct Verdict {
    pub(crate) name: String,
    /// Ours.
    pub(crate) level: RustLevel,
    /// Our reasons.
    pub(crate) reasons: Vec<String>,
    /// What rustc says of a caller of the old client, if it does not compile.
    pub(crate) error: Option<String>,
}

impl Verdict {
    /// Whether rustc says the same.
    pub(crate) fn is_held(&self) -> bool {
        (self.level == RustLevel::Major) == self.error.is_some()
    }

    pub(crate) fn told(&self) -> String {
        let error = self.error.as_deref().unwrap_or("compiles");
        format!(
            "{}: {:?} for {:#?}, and rustc: {error}\n",
            self.name, self.level, self.reasons
        )
    }
}

/// Compares each pair, and compiles a caller of the old client against the new one. Each processor has a part of them.
pub(crate) fn verdicts(folder: &str, pairs: &[Pair]) -> Vec<Verdict> {
    let parts = std::thread::available_parallelism().map_or(1, usize::from);
    let size = pairs.len().div_ceil(parts).max(1);
    std::thread::scope(|scope| {
        let parts = pairs.chunks(size).enumerate().map(|(part, pairs)| {
            let folder = format!("{folder}/{part}");
            scope.spawn(move || of_part(&folder, pairs))
        });
        let parts: Vec<_> = parts.collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap())
            .collect()
    })
}

fn of_part(folder: &str, pairs: &[Pair]) -> Vec<Verdict> {
    let mut clients = Modules::new("client", folder);
    let mut callers = Modules::new("caller", folder);
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut name = |clients: &mut Modules, source: String| {
        let next = format!("c{}", known.len());
        let name = known.entry(source.clone()).or_insert(next).clone();
        clients.add(name.clone(), source);
        name
    };
    for (index, pair) in pairs.iter().enumerate() {
        let (old, new) = (source(&pair.old), source(&pair.new));
        let uses = caller::uses(&old);
        let (old, new) = (name(&mut clients, old), name(&mut clients, new));
        callers.add(
            format!("old_{old}"),
            caller::text(&uses, &format!("client::{old}")),
        );
        if old != new {
            callers.add(
                format!("new_{index}"),
                caller::text(&uses, &format!("client::{new}")),
            );
        }
    }
    let failures = clients.check(&[]);
    assert!(
        failures.is_empty(),
        "a client does not compile: {}",
        failures[0].text
    );
    let errors = errors(callers);
    let verdicts = pairs.iter().enumerate().map(|(index, pair)| {
        let (old, new) = (
            Side::read(&pair.old).unwrap(),
            Side::read(&pair.new).unwrap(),
        );
        let changes = rust_changes(old, new).unwrap();
        let reasons = changes.iter().filter(|one| one.level >= RustLevel::Minor);
        let reasons = reasons.map(|one| format!("{:?} {}: {}", one.level, one.item, one.message));
        Verdict {
            name: pair.name.clone(),
            level: changes
                .iter()
                .map(|one| one.level)
                .max()
                .unwrap_or_default(),
            reasons: reasons.collect(),
            error: errors.get(&format!("new_{index}")).cloned(),
        }
    });
    verdicts.collect()
}

/// The first error of each caller that has one. An error early in one module hides later ones in others, so that
/// what failed is taken out and the rest is asked again, until nothing fails.
fn errors(mut callers: Modules) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    loop {
        let failures = callers.check(&["client"]);
        if failures.is_empty() {
            return errors;
        }
        for failure in failures {
            assert!(
                !failure.module.starts_with("old_"),
                "a caller does not compile against its own client: {}",
                failure.text
            );
            callers.remove(&failure.module);
            errors.entry(failure.module).or_insert(failure.text);
        }
    }
}

fn source(config: &Config) -> String {
    generate(config)
        .unwrap_or_else(|report| panic!("{report}"))
        .source()
}
