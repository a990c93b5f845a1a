//! Links in headers (RFC 8288 §3).

/// The target of the first link with this relation.
pub(crate) fn find(line: &str, relation: &str) -> Option<String> {
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let end = end_of_parameters(after);
        if has_relation(&after[..end], relation) {
            return Some(target.trim().to_owned());
        }
        rest = &after[end..];
    }
    None
}

/// Where the next link starts: at a comma that is not within quotes.
fn end_of_parameters(text: &str) -> usize {
    let mut is_quoted = false;
    let end = text.find(|c: char| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    end.unwrap_or(text.len())
}

/// `rel` holds relations with blanks between them; their case does not matter (§3.3).
fn has_relation(parameters: &str, relation: &str) -> bool {
    parameters.split(';').any(|parameter| {
        let Some((name, value)) = parameter.split_once('=') else {
            return false;
        };
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel")
            && relations.any(|one| one.eq_ignore_ascii_case(relation))
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    /// The examples of RFC 8288 §3.5, and the form that page links commonly have.
    #[test]
    fn links_are_found_by_their_relation() {
        let one =
            "<http://example.com/TheBook/chapter2>; rel=\"previous\"; title=\"previous chapter\"";
        assert_eq!(
            find(one, "previous").as_deref(),
            Some("http://example.com/TheBook/chapter2")
        );
        assert_eq!(find(one, "next"), None);
        let two = "</TheBook/chapter2>; rel=\"previous\"; title*=UTF-8'de'letztes%20Kapitel, </TheBook/chapter4>; rel=\"next\"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel";
        assert_eq!(find(two, "next").as_deref(), Some("/TheBook/chapter4"));
        let both = "<http://example.org/>; rel=\"start http://example.net/relation/other\"";
        assert_eq!(find(both, "Start").as_deref(), Some("http://example.org/"));
        let pages = "<https://api.example.com/x?page=2>; title=\"a, b\"; rel=next, <https://api.example.com/x?page=9>; rel=last";
        assert_eq!(
            find(pages, "next").as_deref(),
            Some("https://api.example.com/x?page=2")
        );
        assert_eq!(
            find(pages, "last").as_deref(),
            Some("https://api.example.com/x?page=9")
        );
    }
}
