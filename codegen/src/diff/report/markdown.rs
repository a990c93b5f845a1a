//! For a comment on a pull request. It begins with a mark by which the next run finds it, and ends before the
//! longest comment that GitHub takes.

use super::{Change, Group, HttpLevel, KEEPS, Report, RustLevel, code, place, plain, reach, short};

/// In bytes, and so no more in characters. A comment may have 65,536 of these.
const MOST: usize = 60_000;
/// Longer lines are cut.
const WIDTH: usize = 160;
/// More signatures of a change than this are counted.
const SIGNATURES: usize = 6;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = mark(report) + &verdict(report);
    let mut left_out = 0;
    let mut number = 0;
    for group in Group::ALL {
        let changes: Vec<&Change> = report.of(group).collect();
        if changes.is_empty() {
            continue;
        }
        let is_open = matches!(group, Group::Breaking | Group::Review);
        let (start, end) = if is_open {
            (format!("\n### {}\n\n", group.title()), "")
        } else {
            let title = group.title();
            let start = format!(
                "\n<details><summary>{title} ({})</summary>\n\n",
                changes.len()
            );
            (start, "\n</details>\n")
        };
        let mut part = start;
        for change in &changes {
            let entry = if is_open {
                whole(change, number + 1)
            } else {
                line(change)
            };
            if text.len() + part.len() + entry.len() + end.len() > MOST {
                left_out += 1;
                continue;
            }
            number += 1;
            part += &entry;
        }
        text += &(part + end);
    }
    if left_out > 0 {
        text += &format!(
            "\n**{left_out} more** that have no room here are in the whole report of this run.\n"
        );
    }
    text + &closing(report)
}

/// What the next run looks for. A document's name is no markup.
fn mark(report: &Report<'_>) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let name: String = report
        .diff
        .document
        .chars()
        .filter(|c| is_plain(*c))
        .collect();
    format!("<!-- stencil-diff {} -->\n", short(&name, 100))
}

fn verdict(report: &Report<'_>) -> String {
    let sign = sign(report.diff.http(), report.diff.rust());
    let title = plain(&report.diff.title);
    let mut text = format!("## {sign} {title}: {} · {}\n", report.http(), report.rust());
    if report.diff.changes.is_empty() {
        return text;
    }
    let row = |name: &str, counts: [usize; 4]| {
        let cells = counts.map(|count| count.to_string());
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    let [http, rust] = report.counts();
    let titles = Group::ALL.map(Group::title);
    text += &format!(
        "\n| | {} |\n| --- | ---: | ---: | ---: | ---: |\n",
        titles.join(" | ")
    );
    text + &row("HTTP", http) + &row("Rust", rust)
}

fn sign(http: HttpLevel, rust: RustLevel) -> &'static str {
    match Group::of(http, rust) {
        Group::Breaking => "❌",
        Group::Review => "⚠️",
        Group::Additive | Group::Docs => "✅",
    }
}

/// A change with all that there is to say of it.
fn whole(change: &Change, number: usize) -> String {
    let subject = code(&change.subject);
    let mut text = format!("**{number}.** {subject} **{}**", plain(&change.message));
    let mut about = vec![format!(
        "HTTP {} {} · Rust {} {}",
        sign(change.http, RustLevel::None),
        change.http.as_str(),
        sign(HttpLevel::None, change.rust),
        change.rust.as_str()
    )];
    about.extend(reach(&change.reach, &change.subject).map(|reach| code(&reach)));
    about.extend(place(change).map(|place| code(&place)));
    about.push(format!("{} `{}`", change.check, change.fingerprint));
    if change.accepted {
        about.push("accepted".to_owned());
    }
    text += &format!("<br>{}\n", about.join(" · "));
    let shown = signatures(change);
    if shown.is_empty() {
        return text + "\n";
    }
    let longest = shown
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    text + &format!("\n{fence}diff\n{shown}{fence}\n\n")
}

/// Before and after, in the form of a diff: in Rust if something is different there, else in the document.
fn signatures(change: &Change) -> String {
    let lines = |sign: char, text: &Option<String>| -> String {
        let text = text.as_deref().unwrap_or_default();
        let clean = |line: &str| short(line, WIDTH).replace(char::is_control, " ");
        let lines = text.lines();
        let lines = lines.map(|line| format!("{sign}{}\n", clean(line)));
        lines.collect::<Vec<_>>().concat()
    };
    let pair =
        |before: &Option<String>, after: &Option<String>| lines('-', before) + &lines('+', after);
    if change.items.is_empty() {
        return pair(&change.before, &change.after);
    }
    let shown = change.items.iter().take(SIGNATURES);
    let mut text: String = shown.map(|item| pair(&item.before, &item.after)).collect();
    if change.items.len() > SIGNATURES {
        text += &format!(" and {} more\n", change.items.len() - SIGNATURES);
    }
    text
}

fn line(change: &Change) -> String {
    let mut text = format!("- {} {}", code(&change.subject), plain(&change.message));
    let signature = change.items.iter().find_map(|item| item.after.as_deref());
    if let Some(signature) = signature.and_then(|text| text.lines().next()) {
        text += &format!(": {}", code(signature));
    }
    let about = reach(&change.reach, &change.subject).map(|reach| plain(&reach));
    let about = about
        .into_iter()
        .chain(place(change).map(|place| code(&place)));
    let about: Vec<String> = about.collect();
    if !about.is_empty() {
        text += &format!(" ({})", about.join(" · "));
    }
    text + "\n"
}

/// More fingerprints than this are counted.
const SHOWN: usize = 20;

fn closing(report: &Report<'_>) -> String {
    let mut text = String::new();
    let open = report.unaccepted();
    if !open.is_empty() {
        let shown = open
            .iter()
            .take(SHOWN)
            .copied()
            .collect::<Vec<_>>()
            .join(",");
        text += &format!("\nTo accept what breaks: `stencil diff … --accept {shown}`");
        if open.len() > SHOWN {
            text += &format!(", and {} more (`--accept all`)", open.len() - SHOWN);
        }
        text += ", and commit `stencil.accept`.\n";
    }
    if let Some(command) = report.keep() {
        text += &format!("\n{} {KEEPS}.\n", code(&command));
    }
    if !report.expired.is_empty() {
        let list: Vec<String> = report
            .expired
            .iter()
            .take(SHOWN)
            .map(|one| code(one))
            .collect();
        text += &format!(
            "\nAccepted, and there no more: {}. Remove these lines.\n",
            list.join(", ")
        );
    }
    text
}
