//! What a path of an overlay (`JSONPath`, RFC 9535) may cost. A path is short, and what it goes through can be much more
//! than the document: each of these bounds keeps that in proportion.

use serde_json::Value;
use serde_json_path::JsonPath;

/// Bytes that a path may have.
const MAX_BYTES: usize = 10_000;
/// Brackets within each other: the reader of paths calls itself for each.
const MAX_NESTED: usize = 16;
/// How many times the selectors of a path may name one node: `[*,*][*,*]` names each four times.
const MAX_TIMES: usize = 1_000;

/// Whether following the path is in proportion to the document.
pub(super) fn check(path: &str) -> Result<(), String> {
    if path.len() > MAX_BYTES {
        return Err(format!("a path of more than {MAX_BYTES} bytes"));
    }
    let plain = outside_quotes(path);
    if plain.matches("..").count() > 1 {
        return Err("a path that has `..` more than once".to_owned());
    }
    if plain.matches('$').count() > 1 {
        return Err("a path that starts from the root again for each node".to_owned());
    }
    for function in ["match", "search"] {
        let calls = |after: &str| after.trim_start().starts_with('(');
        if plain.split(function).skip(1).any(calls) {
            return Err(format!(
                "`{function}` in a path: the expression would be read again for each node"
            ));
        }
    }
    selectors(&plain)
}

/// The path without what stands in quotes, which are names and values.
fn outside_quotes(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut quote = None;
    let mut signs = path.chars();
    while let Some(sign) = signs.next() {
        match (quote, sign) {
            (Some(_), '\\') => drop(signs.next()),
            (Some(open), _) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(sign),
            (None, _) => plain.push(sign),
        }
    }
    plain
}

/// How deep brackets nest, and how often their selectors can name a node.
fn selectors(plain: &str) -> Result<(), String> {
    let mut times: usize = 1;
    let mut commas: Vec<usize> = Vec::new();
    for sign in plain.chars() {
        match sign {
            '[' | '(' => commas.push(0),
            ']' | ')' => {
                let more = commas.pop().unwrap_or_default();
                times = times.saturating_mul(more + 1);
            }
            ',' => commas.iter_mut().rev().take(1).for_each(|one| *one += 1),
            _ => {}
        }
        if commas.len() > MAX_NESTED {
            return Err(format!(
                "a path with more than {MAX_NESTED} brackets within each other"
            ));
        }
    }
    if times > MAX_TIMES {
        return Err(format!(
            "a path that may name one node more than {MAX_TIMES} times"
        ));
    }
    Ok(())
}

/// How many nodes the path names; none if it is no path.
pub(super) fn count(path: &str, tree: &Value) -> usize {
    JsonPath::parse(path).map_or(0, |path| path.query(tree).len())
}

/// The first node that it names.
pub(super) fn first<'a>(path: &str, tree: &'a Value) -> Option<&'a Value> {
    JsonPath::parse(path).ok()?.query(tree).first()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_quotes_are_no_selectors() {
        assert_eq!(outside_quotes(r"$['a..\'$b']..c"), "$[]..c");
        for path in [
            "$.paths['/a..b', \"c..$d\"].get",
            "$.paths[*][?@.operationId == 'search(x)']",
            "$..[?@.type == 'match']",
            "$.a[0,1,2]['b','c']",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        let many = "[*,*]".repeat(9);
        assert_eq!(check(&format!("${many}")), Ok(()), "512 times");
        assert!(check(&format!("${many}[*,*]")).is_err(), "1024 times");
        assert!(check("$..a..b").is_err());
        assert!(check("$.a[?search(@.b, 'c')]").is_err());
        assert!(check("$.a[?@.b == $.c]").is_err());
    }
}
