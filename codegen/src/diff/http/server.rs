//! Where the API is served.

use super::Found;
use super::check::{
    SERVER_ADDED, SERVER_CHANGED, SERVER_DEFAULT, SERVER_REMOVED, SERVER_VARIABLE_DEFAULT,
    SERVER_VARIABLE_VALUE_ADDED, SERVER_VARIABLE_VALUE_REMOVED, SERVER_WORDS,
};
use super::finding::{Both, Finding};
use crate::api::{Operation, Server};
use crate::diff::side::Wire;

/// A URL without the slash at its end, which the paths begin with.
fn url(server: &Server) -> &str {
    server.url.trim_end_matches('/')
}

pub(super) fn compare(sides: Both<&Wire>, found: &mut Found) {
    let (old, new) = (&sides.old.api.servers, &sides.new.api.servers);
    let is_in =
        |server: &Server, list: &[Server]| list.iter().any(|other| url(other) == url(server));
    let mut left_old: Vec<&Server> = old.iter().filter(|one| !is_in(one, new)).collect();
    let mut left_new: Vec<&Server> = new.iter().filter(|one| !is_in(one, old)).collect();
    let (Some(first), Some(now)) = (old.first(), new.first()) else {
        return;
    };
    let places = Both::new(first.pointer.as_str(), now.pointer.as_str());
    let urls = |finding: Finding| finding.at(places).before(&first.url).after(&now.url);
    if is_unsaid(first) && !is_unsaid(now) {
        // Where the document was served from is no place that a client could know.
        left_old.retain(|one| !is_unsaid(one));
    } else if !is_in(first, new) && !is_in(now, old) {
        found.tell(urls(Finding::new(&SERVER_CHANGED, "has another URL")));
        left_old.retain(|one| url(one) != url(first));
        left_new.retain(|one| url(one) != url(now));
    } else if url(first) != url(now) {
        found.tell(urls(Finding::new(
            &SERVER_DEFAULT,
            "is another one of the servers",
        )));
    }
    for server in left_old {
        let finding = Finding::new(&SERVER_REMOVED, format!("{} is gone", server.url));
        found.tell(finding.was(&server.pointer).before(&server.url));
    }
    for server in left_new {
        let finding = Finding::new(&SERVER_ADDED, format!("{} is new", server.url));
        found.tell(finding.is(&server.pointer).after(&server.url));
    }
    for was in old {
        if let Some(is) = new.iter().find(|other| url(other) == url(was)) {
            both(Both::new(was, is), found);
        }
    }
}

/// Whether the document names no server (3.1 §4.8.1).
fn is_unsaid(server: &Server) -> bool {
    server.pointer == "/servers"
}

fn both(pair: Both<&Server>, found: &mut Found) {
    let Both { old, new } = pair;
    let places = Both::new(old.pointer.as_str(), new.pointer.as_str());
    let mut tell = |finding: Finding| found.tell(finding.at(places));
    if old.description != new.description || old.name != new.name {
        tell(Finding::new(&SERVER_WORDS, "has other words"));
    }
    for was in &old.variables {
        let Some(is) = new.variables.iter().find(|one| one.name == was.name) else {
            continue;
        };
        let name = &was.name;
        if was.default != is.default {
            let finding = Finding::new(
                &SERVER_VARIABLE_DEFAULT,
                format!("has another default for `{name}`"),
            );
            tell(finding.before(&was.default).after(&is.default));
        }
        let differ = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter()
                .filter(|value| !other.contains(value))
                .cloned()
                .collect()
        };
        // No values means any.
        let (gone, come) = (
            differ(&was.values, &is.values),
            differ(&is.values, &was.values),
        );
        let narrows = (was.values.is_empty() && !is.values.is_empty())
            || (!gone.is_empty() && !is.values.is_empty());
        let widens = (is.values.is_empty() && !was.values.is_empty())
            || (!come.is_empty() && !was.values.is_empty());
        if narrows {
            let finding = Finding::new(
                &SERVER_VARIABLE_VALUE_REMOVED,
                format!("has fewer values for `{name}`"),
            );
            tell(finding.before(gone.join(", ")));
        }
        if widens {
            let finding = Finding::new(
                &SERVER_VARIABLE_VALUE_ADDED,
                format!("has more values for `{name}`"),
            );
            tell(finding.after(come.join(", ")));
        }
    }
}

/// The servers of one operation or of its path.
pub(super) fn of_operation(
    sides: Both<&Wire>,
    pair: Both<&Operation>,
    of: usize,
    found: &mut Found,
) {
    let urls = |side: &Wire, operation: &Operation| {
        let facts = side.facts.operations.get(&operation.pointer);
        facts.map(|facts| facts.servers.clone()).unwrap_or_default()
    };
    let (old, new) = (urls(sides.old, pair.old), urls(sides.new, pair.new));
    let places = Both::new(pair.old.pointer.as_str(), pair.new.pointer.as_str());
    let text = |urls: &[String]| match urls {
        [] => "where the others are".to_owned(),
        urls => urls.join(", "),
    };
    let told = if old == new {
        return;
    } else if !old.is_empty() && old.iter().all(|url| new.contains(url)) {
        let check = if old[0] == new[0] {
            &SERVER_ADDED
        } else {
            &SERVER_DEFAULT
        };
        Finding::new(check, "has more servers of its own")
    } else {
        Finding::new(&SERVER_CHANGED, "is served at another place")
    };
    found.tell(
        told.at(places)
            .before(text(&old))
            .after(text(&new))
            .by(&[of]),
    );
}
