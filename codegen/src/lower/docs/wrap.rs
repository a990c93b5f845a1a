//! Breaks long lines, so that documentation reads in a diff.

/// Columns of a line, the comment mark and some indentation aside.
const WIDTH: usize = 92;

/// Breaks long lines of running text; code and tables stay as they are.
pub(super) fn wrap(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let is_verbatim = fence.is_some()
            || mark.is_some()
            || line.trim_start().starts_with(['|', '#'])
            || line.contains(" | ");
        if is_verbatim || line.chars().count() <= WIDTH {
            lines.push(line.to_owned());
        } else {
            lines.extend(wrap_line(line));
        }
    }
    lines.join("\n")
}

fn wrap_line(line: &str) -> Vec<String> {
    let start = line.len() - line.trim_start_matches([' ', '>']).len();
    let (leading, line) = line.split_at(start);
    // Continuation lines of a list item or a quote stay in it.
    let (mark, line) = line.split_at(marker(line));
    let indent = format!("{leading}{}", " ".repeat(mark.len()));
    let mut lines: Vec<String> = Vec::new();
    let mut current = format!("{leading}{mark}");
    let mut is_fresh = true;
    for word in line.split_whitespace() {
        let fits = current.chars().count() + 1 + word.chars().count() <= WIDTH;
        if is_fresh {
            current.push_str(word);
        } else if fits || starts_block(word) {
            current.push(' ');
            current.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut current, format!("{indent}{word}")));
        }
        is_fresh = false;
    }
    lines.push(current);
    lines
}

/// The width of a list marker.
fn marker(line: &str) -> usize {
    let Some((mark, text)) = line.split_once(' ') else {
        return 0;
    };
    if !matches!(mark, "-" | "*" | "+") && !is_numbered(mark) {
        return 0;
    }
    mark.len() + 1 + text.len() - text.trim_start_matches(' ').len()
}

fn is_numbered(word: &str) -> bool {
    let digits = word.trim_end_matches(['.', ')']);
    digits.len() < word.len()
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words that would begin something else at the start of a line.
fn starts_block(word: &str) -> bool {
    matches!(word, "-" | "*" | "+" | "=" | "--")
        || word.starts_with(['#', '>', '|', '=', '~', '`', '<'])
        || is_numbered(word)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn long_lines_break_between_words() {
        let text = format!("{} end", "word ".repeat(30).trim());
        assert!(wrap(&text).lines().all(|line| line.chars().count() <= 92));
        assert_eq!(
            wrap(&text).split_whitespace().collect::<Vec<_>>(),
            text.split_whitespace().collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_list_item_stays_one_item() {
        let text = format!("- {}", "word ".repeat(30).trim());
        assert!(
            wrap(&text)
                .lines()
                .skip(1)
                .all(|line| line.starts_with("  word"))
        );
    }

    #[test]
    fn a_quote_stays_one_quote() {
        let text = format!("> {}", "word ".repeat(30).trim());
        assert!(wrap(&text).lines().all(|line| line.starts_with("> word")));
    }

    #[test]
    fn code_is_not_touched() {
        let text = format!("```text\n{}\n```", "word ".repeat(30));
        assert_eq!(wrap(&text), text);
    }
}
