//! CommonMark of the document made safe for rustdoc.
//!
//! Rustdoc compiles code blocks as tests, resolves brackets as links to items, and warns of bare URLs
//! and of HTML. So code becomes text, bare URLs become links, and whatever only looks like markup is
//! escaped. The parser is the one that rustdoc uses, so that both see the same text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// The text with every construct that rustdoc would act on or warn of made plain.
///
/// What was made plain can be something else then: HTML that is escaped no longer hides the code within it, and a
/// fence within a quote may stand where it opens nothing. So the result is looked at again, and what does not come
/// to rest is shown as it was written.
pub(super) fn safe(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut text = visible(text);
    for _ in 0..PASSES {
        let (plain, is_settled) = pass(&text);
        if is_settled {
            return plain;
        }
        text = plain;
    }
    as_code(&text)
}

/// Whether it is running text on one line, as most are, with no sign that could mean something.
fn is_plain(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;'()?%$".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(is_word)
        && !text.ends_with(' ')
}

/// Passes after which a text is given up.
const PASSES: usize = 3;

/// The whole text as one block of code that is no test.
fn as_code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

/// Whether the text begins with running text, so that words may stand before it on its first line.
pub(super) fn begins_with_text(text: &str) -> bool {
    let first = Parser::new_ext(text, OPTIONS).into_offset_iter().next();
    text.starts_with(char::is_alphabetic)
        || matches!(first, Some((Event::Start(Tag::Paragraph), range)) if range.start == 0)
}

/// What rustdoc reads.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// One time over the text; gives whether nothing that was changed could change what is code.
fn pass(text: &str) -> (String, bool) {
    let mut is_settled = true;
    // Only these become code where what is around them changes.
    let may_hide_code = ["```", "~~~", "\n    "]
        .iter()
        .any(|sign| text.contains(sign));
    let mut edits = Vec::new();
    let mut code_blocks = 0_usize;
    let mut links = 0_usize;
    // Columns at which the text of list items starts, and `None` for quotes; the innermost last.
    let mut containers: Vec<Option<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code_blocks += 1;
                if let Some(edit) = code_block(text, &kind, range) {
                    edits.push(edit);
                    is_settled = false;
                }
            }
            // A paragraph further inside an item than its first line.
            Event::Start(Tag::Paragraph) => {
                let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
                if let Some(Some(column)) = containers.last()
                    && text[line..range.start].trim().is_empty()
                {
                    edits.extend(continued(text, line, Some(*column)));
                }
            }
            Event::Start(Tag::Item) => containers.push(Some(item_column(text, range.start))),
            Event::Start(Tag::BlockQuote(_)) => containers.push(None),
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => drop(containers.pop()),
            Event::SoftBreak => {
                edits.extend(
                    containers
                        .last()
                        .and_then(|inner| continued(text, range.end, *inner)),
                );
            }
            Event::End(TagEnd::CodeBlock) => code_blocks = code_blocks.saturating_sub(1),
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                links += 1;
                if !matches!(link_type, LinkType::Autolink | LinkType::Email) && !is_web(&dest_url)
                {
                    edits.extend(unlink(text, range));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Text(_) if code_blocks == 0 => plain_text(text, range, links > 0, &mut edits),
            Event::Html(_) | Event::InlineHtml(_) => {
                edits.extend(escape(text, range, &['<']));
                is_settled &= !may_hide_code;
            }
            Event::FootnoteReference(_) => edits.extend(escape(text, range, &['[', ']'])),
            _ => {}
        }
    }
    (apply(text, edits), is_settled)
}

/// The column at which the text of a list item starts; its marker starts at `start`.
fn item_column(text: &str, start: usize) -> usize {
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    // The parser counts the blanks before the marker in.
    let start = start + text[start..].len() - text[start..].trim_start_matches(' ').len();
    let item = &text[start..];
    let marker = item.find(' ').unwrap_or(1);
    let blanks = item[marker..].len() - item[marker..].trim_start_matches(' ').len();
    // More than four blanks begin a code block after the first one (CommonMark §5.2).
    start - line + marker + if (1..=4).contains(&blanks) { blanks } else { 1 }
}

/// A line that continues a list item or a quote (CommonMark §5.2, laziness included) starts where the text of
/// the first line does: clippy would ask.
fn continued(text: &str, line: usize, item: Option<usize>) -> Option<Edit> {
    let rest = &text[line..];
    let indent = rest.len() - rest.trim_start_matches(' ').len();
    let is_quoted = rest[indent..].starts_with('>');
    match item {
        Some(column) if indent != column && !is_quoted => {
            Some((line..line + indent, " ".repeat(column)))
        }
        None if !is_quoted => Some((line..line, "> ".to_owned())),
        _ => None,
    }
}

/// A replacement of a range of bytes.
type Edit = (Range<usize>, String);

/// Without characters that are not seen or that turn the order of others around, and without tabs,
/// which rustdoc counts otherwise than their author.
fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let kept = text
        .chars()
        .filter(|sign| *sign == '\n' || !is_unseen(*sign));
    let kept: String = kept.collect();
    let lines: Vec<&str> = kept.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// A block becomes a fenced one whose language is `text`: never a test. `None` if it is one.
fn code_block(text: &str, kind: &CodeBlockKind<'_>, range: Range<usize>) -> Option<Edit> {
    let block = &text[range.clone()];
    Some(match kind {
        CodeBlockKind::Fenced(info) if &**info == "text" => return None,
        CodeBlockKind::Fenced(_) => {
            let fence: String = block
                .chars()
                .take_while(|c| matches!(c, '`' | '~'))
                .collect();
            let line = block.find('\n').map_or(block.len(), |end| end);
            (range.start..range.start + line, format!("{fence}text"))
        }
        CodeBlockKind::Indented => indented_block(text, range),
    })
}

/// The fence stands where the text around it stands: in a list item that is not the margin.
fn indented_block(text: &str, range: Range<usize>) -> Edit {
    let line_start = text[..range.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let depth = range.start - line_start;
    let is_alone = text[line_start..range.start].trim().is_empty();
    let start = if is_alone { line_start } else { range.start };
    let indent = " ".repeat(if is_alone { depth.saturating_sub(4) } else { 0 });
    let block = &text[range.clone()];
    let fence = "`".repeat(longest_run(block, '`').max(2) + 1);
    let lines = block.lines().map(|line| {
        let code = line
            .char_indices()
            .find(|(at, c)| *at >= depth || *c != ' ')
            .map_or("", |(at, _)| &line[at..]);
        format!("{indent}{code}\n")
    });
    let code: String = lines.collect();
    (
        start..range.end,
        format!("{indent}{fence}text\n{code}{indent}{fence}\n"),
    )
}

/// Signs that nobody sees or that turn the order of others around.
pub(crate) fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

fn is_web(url: &str) -> bool {
    ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|start| url.starts_with(start))
}

/// A link to nowhere on the web keeps its text: rustdoc would look for an item of that name.
fn unlink(text: &str, range: Range<usize>) -> Vec<Edit> {
    escape(text, range, &['[', ']'])
}

/// Escapes brackets that are no link, and makes bare URLs links.
fn plain_text(text: &str, range: Range<usize>, is_in_link: bool, edits: &mut Vec<Edit>) {
    if !is_in_link {
        edits.extend(escape(text, range.clone(), &['[', ']']));
        edits.extend(bare_urls(text, range));
    }
}

fn escape(text: &str, range: Range<usize>, signs: &[char]) -> Vec<Edit> {
    let start = range.start;
    let found = text[range]
        .char_indices()
        .filter(|(_, c)| signs.contains(c));
    let escaped = found.map(|(at, sign)| {
        (
            start + at..start + at + sign.len_utf8(),
            format!("\\{sign}"),
        )
    });
    // What the author escaped already stays as it is.
    escaped
        .filter(|(at, _)| !text[..at.start].ends_with('\\'))
        .collect()
}

fn bare_urls(text: &str, range: Range<usize>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut from = range.start;
    while let Some(start) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| text[from..range.end].find(scheme))
        .min()
    {
        let start = from + start;
        let rest = &text[start..range.end];
        let end = rest
            .find(|c: char| c.is_whitespace() || "<>\"'`[]{}|\\^".contains(c))
            .unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
        if url.len() > "https://".len() {
            edits.push((start..start + url.len(), format!("<{url}>")));
        }
        from = start + url.len().max(1);
    }
    edits
}

/// Applies edits; where two meet the earlier one counts.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (range, replacement) in edits {
        if range.start >= done {
            result.push_str(&text[done..range.start]);
            result.push_str(&replacement);
            done = range.end;
        }
    }
    result.push_str(&text[done..]);
    result.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{CodeBlockKind, Event, OPTIONS, Parser, Tag, safe};

    #[test]
    fn code_blocks_are_never_tests() {
        assert_eq!(
            safe("a\n\n```rust,no_run\nfn x() {}\n```\nb"),
            "a\n\n```text\nfn x() {}\n```\nb"
        );
        assert_eq!(safe("a\n\n```\ncurl\n```"), "a\n\n```text\ncurl\n```");
        assert_eq!(safe("a\n\n~~~\ncurl\n~~~"), "a\n\n~~~text\ncurl\n~~~");
        assert_eq!(
            safe("a\n\n    let x = 1;\n    y\n\nb"),
            "a\n\n```text\nlet x = 1;\ny\n```\n\nb"
        );
    }

    #[test]
    fn what_hides_code_is_looked_at_again() {
        for text in [
            "> a\n>\n>     x()",
            "<pre>\n\n    x()\n\n</pre>",
            "<!--\n```\n-->\n```\nx()\n```",
            "- > - a\n\n          x()",
            "[^1]\n\n[^1]: a\n\n        x()",
        ] {
            let safe = safe(text);
            let blocks = Parser::new_ext(&safe, OPTIONS).filter_map(|event| match event {
                Event::Start(Tag::CodeBlock(kind)) => Some(kind),
                _ => None,
            });
            for block in blocks {
                assert!(
                    matches!(&block, CodeBlockKind::Fenced(info) if &**info == "text"),
                    "{block:?} in:\n{safe}"
                );
            }
        }
    }

    #[test]
    fn what_is_plain_is_what_the_parser_leaves() {
        for text in [
            "The name of it.",
            "What it costs, in % (US$): no more; isn't it?",
        ] {
            assert_eq!(safe(text), text);
        }
        for text in ["The name.", "Isn't it (at 5 %, or $3)?", "a; b, c."] {
            assert!(super::is_plain(text), "{text}");
            let kinds: Vec<Event<'_>> = Parser::new_ext(text, OPTIONS).collect();
            assert!(
                matches!(&kinds[..], [Event::Start(Tag::Paragraph), Event::Text(whole), Event::End(_)] if **whole == *text),
                "{kinds:?}"
            );
        }
        for text in [
            "- a",
            "1. a",
            "a ",
            "a_b",
            "a\nb",
            "[a]",
            "http://x.org",
            "a < b",
            "`a`",
            "é",
        ] {
            assert!(!super::is_plain(text), "{text}");
        }
    }

    #[test]
    fn bare_urls_become_links() {
        assert_eq!(
            safe("see https://x.com/a, or (http://y.org)."),
            "see <https://x.com/a>, or (<http://y.org>)."
        );
        assert_eq!(safe("[text](https://x.com)"), "[text](https://x.com)");
        assert_eq!(safe("`https://x.com`"), "`https://x.com`");
        assert_eq!(safe("<https://x.com>"), "<https://x.com>");
    }

    #[test]
    fn lazy_lines_are_made_part_of_what_they_continue() {
        assert_eq!(safe("- a\nb"), "- a\n  b");
        assert_eq!(safe("> a\nb"), "> a\n> b");
        assert_eq!(safe("1. a\n   b"), "1. a\n   b");
        assert_eq!(safe("-   a\n  b"), "-   a\n    b");
        assert_eq!(safe("- a\n     b"), "- a\n  b");
        assert_eq!(safe("- a\n\n   b"), "- a\n\n  b");
        assert_eq!(safe("x\n\n  * a\n  b"), "x\n\n  * a\n    b");
    }

    #[test]
    fn what_looks_like_a_link_to_an_item_is_escaped() {
        assert_eq!(safe("an [array] of `[x]`"), "an \\[array\\] of `[x]`");
        assert_eq!(safe("[docs](/relative)"), "\\[docs\\](/relative)");
        assert_eq!(safe("\\[done\\]"), "\\[done\\]");
    }

    #[test]
    fn html_is_shown_not_read() {
        assert_eq!(safe("an <account-id> here"), "an \\<account-id> here");
        assert_eq!(safe("a<br/>b"), "a\\<br/>b");
    }

    #[test]
    fn nothing_invisible_passes() {
        assert_eq!(safe("a\u{202e}b\u{0}\u{200b}\r\nc"), "ab\nc");
    }
}
