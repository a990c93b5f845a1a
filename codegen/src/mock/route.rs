//! Which operation a request is for.

use percent_encoding::percent_decode_str;

use super::refusal::Refusal;
use crate::api::{Api, Operation};

/// An operation, and the values of its path parameters.
pub(super) struct Route<'a> {
    pub(super) operation: &'a Operation,
    pub(super) parameters: Vec<(String, String)>,
}

/// Finds the operation. Where several paths match, the more concrete one is meant (3.1 §4.8.8.2).
pub(super) fn find<'a>(api: &'a Api, method: &str, path: &str) -> Result<Route<'a>, Refusal> {
    let path = without_prefix(api, path);
    let matches = api.operations.iter().filter_map(|operation| {
        let parameters = matched(&operation.path, path)?;
        Some(Route {
            operation,
            parameters,
        })
    });
    let mut matches: Vec<Route<'a>> = matches.collect();
    matches.sort_by_key(|route| route.parameters.len());
    let Some(best) = matches.first().map(|route| route.operation.path.as_str()) else {
        return Err(Refusal::new(404, "the document has no such path"));
    };
    let on_path: Vec<Route<'a>> = matches
        .into_iter()
        .filter(|route| route.operation.path == best)
        .collect();
    let allowed: Vec<String> = on_path
        .iter()
        .map(|route| route.operation.method.clone())
        .collect();
    let found = on_path
        .into_iter()
        .find(|route| route.operation.method == method);
    found.ok_or_else(|| Refusal::method(&allowed))
}

/// Servers may have a path of their own; requests with and without it are answered.
fn without_prefix<'p>(api: &Api, path: &'p str) -> &'p str {
    let prefixes = api.servers.iter().filter_map(|server| {
        let rest = server
            .url
            .split_once("://")
            .map_or(server.url.as_str(), |(_, rest)| rest);
        rest.find('/')
            .map(|slash| rest[slash..].trim_end_matches('/'))
    });
    let mut stripped = prefixes
        .filter(|prefix| !prefix.is_empty())
        .filter_map(|prefix| path.strip_prefix(prefix));
    stripped.find(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// The values of the parameters, if the path is one of the template.
fn matched(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    // A fragment is not sent (RFC 3986 §3.5).
    let template = template.split('#').next().unwrap_or_default();
    let mut values = Vec::new();
    let mut actual = path.split('/');
    for expected in template.split('/') {
        segment(expected, actual.next()?, &mut values)?;
    }
    actual.next().is_none().then_some(values)
}

/// One segment: text and parameters in turn.
fn segment(expected: &str, actual: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    let Some((before, rest)) = expected.split_once('{') else {
        return (percent_decode_str(actual).decode_utf8_lossy() == expected).then_some(());
    };
    let (name, after) = rest.split_once('}')?;
    let actual = actual.strip_prefix(before)?;
    let literal = after.split('{').next().unwrap_or_default();
    let end = if literal.is_empty() {
        actual.len()
    } else {
        actual.find(literal)?
    };
    let (value, remaining) = actual.split_at(end);
    if value.is_empty() {
        return None;
    }
    values.push((
        name.to_owned(),
        percent_decode_str(value).decode_utf8_lossy().into_owned(),
    ));
    if after.is_empty() {
        remaining.is_empty().then_some(())
    } else {
        segment(after, remaining, values)
    }
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn templates_match_whole_segments() {
        assert_eq!(
            matched("/a/{id}", "/a/x%20y"),
            Some(vec![("id".to_owned(), "x y".to_owned())])
        );
        assert_eq!(matched("/a/{id}", "/a/"), None);
        assert_eq!(matched("/a/{id}", "/a/b/c"), None);
        assert_eq!(
            matched("/a/{id}.{ext}", "/a/b.json").map(|values| values.len()),
            Some(2)
        );
        assert_eq!(matched("/a", "/a"), Some(vec![]));
    }
}
