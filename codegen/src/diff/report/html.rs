//! A page of its own: it loads nothing and runs nothing, and its policy forbids both.

use super::{Change, Group, HttpLevel, KEEPS, Report, RustLevel, place, reach};

const STYLE: &str = include_str!("page.css");

pub(super) fn render(report: &Report<'_>) -> String {
    let title = escape(&report.diff.title);
    let mut body = format!(
        "<header class=\"{}\">\n<h1>{title}</h1>\n<p class=\"verdict\"><b class=\"{}\">{}</b> <i>·</i> <b class=\"{}\">{}</b></p>\n",
        class(report.diff.http(), report.diff.rust()),
        class(report.diff.http(), RustLevel::None),
        escape(&report.http()),
        class(HttpLevel::None, report.diff.rust()),
        escape(&report.rust()),
    );
    body += &table(report);
    body += "</header>\n<main>\n";
    for group in Group::ALL {
        body += &part(report, group);
    }
    body += &format!("</main>\n<footer>{}</footer>\n", closing(report));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}: what changes</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn class(http: HttpLevel, rust: RustLevel) -> &'static str {
    name(Group::of(http, rust))
}

fn name(group: Group) -> &'static str {
    match group {
        Group::Breaking => "breaking",
        Group::Review => "review",
        Group::Additive => "additive",
        Group::Docs => "docs",
    }
}

fn table(report: &Report<'_>) -> String {
    let head: Vec<String> = Group::ALL
        .iter()
        .map(|group| {
            format!(
                "<th scope=\"col\"><a href=\"#{}\">{}</a></th>",
                name(*group),
                group.title()
            )
        })
        .collect();
    let head = head.concat();
    let row = |what: &str, counts: [usize; 4]| {
        let cells = counts.iter().zip(Group::ALL).map(|(count, group)| {
            let class = if *count == 0 { "zero" } else { name(group) };
            format!("<td class=\"{class}\">{count}</td>")
        });
        format!(
            "<tr><th scope=\"row\">{what}</th>{}</tr>\n",
            cells.collect::<String>()
        )
    };
    let [http, rust] = report.counts();
    format!(
        "<table>\n<tr><td></td>{head}</tr>\n{}{}</table>\n",
        row("HTTP", http),
        row("Rust", rust)
    )
}

fn part(report: &Report<'_>, group: Group) -> String {
    let changes: Vec<&Change> = report.of(group).collect();
    if changes.is_empty() {
        return String::new();
    }
    let entries: String = changes.iter().map(|change| entry(change)).collect();
    let open = if matches!(group, Group::Breaking | Group::Review) {
        " open"
    } else {
        ""
    };
    format!(
        "<details id=\"{}\"{open}>\n<summary><h2>{} <small>{}</small></h2></summary>\n{entries}</details>\n",
        name(group),
        group.title(),
        changes.len()
    )
}

fn entry(change: &Change) -> String {
    let mut about = vec![
        format!(
            "<b class=\"{}\">HTTP {}</b>",
            class(change.http, RustLevel::None),
            change.http.as_str()
        ),
        format!(
            "<b class=\"{}\">Rust {}</b>",
            class(HttpLevel::None, change.rust),
            change.rust.as_str()
        ),
    ];
    about.extend(reach(&change.reach, &change.subject).map(|reach| escape(&reach)));
    about.extend(place(change).map(|place| format!("<code>{}</code>", escape(&place))));
    about.push(format!(
        "{} <code>{}</code>",
        change.check, change.fingerprint
    ));
    if change.accepted {
        about.push("<b class=\"docs\">accepted</b>".to_owned());
    }
    format!(
        "<article id=\"c{}\" class=\"{}\">\n<h3><code>{}</code> {}</h3>\n<p>{}</p>\n{}</article>\n",
        change.fingerprint,
        name(change.group()),
        escape(&change.subject),
        words(&change.message),
        about.join(" <i>·</i> "),
        signatures(change)
    )
}

fn signatures(change: &Change) -> String {
    let lines = |tag: &str, text: &Option<String>| -> String {
        let text = text.as_deref().unwrap_or_default();
        let lines = text.lines();
        // Each is a block, in which the space between them would be a line, too.
        let lines = lines.map(|line| format!("<{tag}>{}</{tag}>", escape(line)));
        lines.collect::<Vec<_>>().concat()
    };
    let pair = |before: &Option<String>, after: &Option<String>| {
        lines("del", before) + &lines("ins", after)
    };
    let text: String = if change.items.is_empty() {
        pair(&change.before, &change.after)
    } else {
        change
            .items
            .iter()
            .map(|item| pair(&item.before, &item.after))
            .collect()
    };
    if text.is_empty() {
        return text;
    }
    format!("<pre>{text}</pre>\n")
}

fn closing(report: &Report<'_>) -> String {
    let open = report.unaccepted();
    let mut text = String::new();
    if !open.is_empty() {
        let command = format!("stencil diff … --accept {}", open.join(","));
        text += &format!(
            "<p>To accept what breaks: <code>{}</code></p>\n",
            escape(&command)
        );
    }
    if let Some(command) = report.keep() {
        text += &format!("<p><code>{}</code> {KEEPS}.</p>\n", escape(&command));
    }
    if !report.expired.is_empty() {
        let list = escape(&report.expired.join(" "));
        text += &format!("<p>Accepted, and there no more: <code>{list}</code></p>\n");
    }
    text
}

/// A message, with what stands between backticks as code.
fn words(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    // One alone is a letter of some name.
    if parts.len().is_multiple_of(2) {
        return escape(message);
    }
    let parts = parts.iter().enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    });
    parts.collect()
}

/// Whatever a document holds is text here, in an element or an attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            // What turns the direction of text around could make it read as another one.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{fffd}'),
            character if character.is_control() && character != '\n' && character != '\t' => {
                escaped.push('\u{fffd}');
            }
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_stands_between_backticks_is_code_and_all_is_text() {
        let cases = [
            ("no code", "no code"),
            ("`a` was `b`", "<code>a</code> was <code>b</code>"),
            ("`<b>` & `c`", "<code>&lt;b&gt;</code> &amp; <code>c</code>"),
            ("a ` alone", "a ` alone"),
            ("`<script>", "`&lt;script&gt;"),
        ];
        for (message, html) in cases {
            assert_eq!(words(message), html);
        }
    }
}
