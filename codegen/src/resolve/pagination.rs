//! Lists that come page by page: `x-stencil-pagination`, and the setting `pagination`, which is written alike.

use serde_json::{Map, Value};

use crate::api::{Pagination, Paging};
use crate::diagnostic::{Code, Problem};

const HELP: &str = "it has `items` (a JSON pointer into the response; the response itself if left out) and one of `cursor: { parameter, from }`, `page: { parameter, start }`, `offset: { parameter }`, `link: next`, `url: <JSON pointer>`; and `more`, a JSON pointer to whether there is more";
const KEYS: [&str; 7] = ["items", "more", "cursor", "page", "offset", "link", "url"];

/// What the value says.
pub(crate) fn read(value: &Value, pointer: &str) -> Result<Pagination, Problem> {
    let problem = |message: String| Problem::at(Code::Structure, pointer, message).help(HELP);
    let Some(entries) = value.as_object() else {
        return Err(problem("pagination must be a mapping".to_owned()));
    };
    if let Some(key) = entries.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(problem(format!("pagination has no key `{key}`")));
    }
    let text = |key: &str| entries.get(key).and_then(Value::as_str).map(str::to_owned);
    let ways: Vec<Paging> = [
        table(entries, "cursor").and_then(|of| {
            Some(Paging::Cursor {
                parameter: member(of, "parameter")?,
                from: member(of, "from")?,
            })
        }),
        table(entries, "page").and_then(|of| {
            Some(Paging::Page {
                parameter: member(of, "parameter")?,
                start: of.get("start").map_or(Some(1), Value::as_u64)?,
            })
        }),
        table(entries, "offset").and_then(|of| {
            Some(Paging::Offset {
                parameter: member(of, "parameter")?,
            })
        }),
        text("link").map(Paging::Link),
        text("url").map(Paging::Url),
    ]
    .into_iter()
    .flatten()
    .collect();
    match <[Paging; 1]>::try_from(ways) {
        Ok([way]) => Ok(Pagination {
            pointer: pointer.to_owned(),
            items: text("items").unwrap_or_default(),
            more: text("more"),
            way,
        }),
        Err(_) => Err(problem(
            "pagination must say in one way how the next page is had".to_owned(),
        )),
    }
}

fn table<'a>(entries: &'a Map<String, Value>, key: &str) -> Option<&'a Map<String, Value>> {
    entries.get(key)?.as_object()
}

fn member(of: &Map<String, Value>, key: &str) -> Option<String> {
    of.get(key)?.as_str().map(str::to_owned)
}
