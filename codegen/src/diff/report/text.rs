//! For a terminal. Colours are dropped by the printer where there is no terminal.

use anstyle::{AnsiColor, Style};

use super::{Change, Group, HttpLevel, KEEPS, Report, RustLevel, place, reach, short};

/// More changes of words than this are counted.
const WORDS: usize = 12;
/// Longer texts of the document are cut.
const WIDTH: usize = 100;

pub(super) fn render(report: &Report<'_>) -> String {
    let bold = Style::new().bold();
    let title = clean(&short(&report.diff.title, WIDTH));
    let mut text = format!(
        "{bold}{title}: {}{}{bold:#} · {}{}{:#}\n",
        color_of(report.diff.http(), RustLevel::None),
        report.http(),
        color_of(HttpLevel::None, report.diff.rust()),
        report.rust(),
        Style::new(),
    );
    if report.diff.changes.is_empty() {
        return text;
    }
    text += &table(report);
    for group in Group::ALL {
        let changes: Vec<&Change> = report.of(group).collect();
        if changes.is_empty() {
            continue;
        }
        text += &format!("\n{bold}{} ({}){bold:#}\n", group.title(), changes.len());
        let most = if group == Group::Docs {
            WORDS
        } else {
            usize::MAX
        };
        for change in changes.iter().take(most) {
            text += &match group {
                Group::Breaking | Group::Review => whole(change),
                Group::Additive | Group::Docs => line(change),
            };
        }
        if changes.len() > most {
            text += &format!("  and {} more\n", changes.len() - most);
        }
    }
    text + &closing(report)
}

fn table(report: &Report<'_>) -> String {
    let [http, rust] = report.counts();
    let row = |name: &str, counts: [usize; 4]| {
        let cells: Vec<String> = counts.iter().map(|count| format!("{count:>10}")).collect();
        format!("{name:>6}{}\n", cells.concat())
    };
    let head: Vec<String> = Group::ALL
        .iter()
        .map(|group| format!("{:>10}", group.title()))
        .collect();
    format!("\n{:>6}{}\n", "", head.concat()) + &row("HTTP", http) + &row("Rust", rust)
}

fn color_of(http: HttpLevel, rust: RustLevel) -> Style {
    let color = match Group::of(http, rust) {
        Group::Breaking => AnsiColor::Red,
        Group::Review => AnsiColor::Yellow,
        Group::Additive | Group::Docs => AnsiColor::Green,
    };
    Style::new().bold().fg_color(Some(color.into()))
}

/// A change with all that there is to say of it.
fn whole(change: &Change) -> String {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let mut text = format!(
        "\n  {bold}{}{bold:#} {}",
        subject(change),
        clean(&short(&change.message, WIDTH))
    );
    if change.accepted {
        text += " (accepted)";
    }
    let mut about = vec![levels(change)];
    about.extend(reach(&change.reach, &change.subject).map(|reach| clean(&reach)));
    about.extend(place(change).map(|place| clean(&place)));
    about.push(format!("{} [{}]", change.check, change.fingerprint));
    text += &format!("\n    {dim}{}{dim:#}\n", about.join(" · "));
    text + &signatures(change)
}

/// Before and after: what callers see of it in Rust, else what the document says.
fn signatures(change: &Change) -> String {
    let (red, green) = (
        Style::new().fg_color(Some(AnsiColor::Red.into())),
        Style::new().fg_color(Some(AnsiColor::Green.into())),
    );
    let signed = |sign: char, style: Style, text: &str| -> String {
        let lines: Vec<&str> = text.lines().collect();
        let shown = lines.iter().take(LINES);
        let shown = shown.map(|line| {
            let start: String = line.chars().take_while(|c| *c == ' ').collect();
            let line = clean(&short(line, WIDTH));
            format!("    {style}{sign} {start}{line}{style:#}\n")
        });
        let mut text: String = shown.collect();
        if lines.len() > LINES {
            text += &format!("      and {} more lines\n", lines.len() - LINES);
        }
        text
    };
    let minus = |text: &str| signed('-', red, text);
    let plus = |text: &str| signed('+', green, text);
    let mut text = String::new();
    let of_document = [(&change.before, &change.after)];
    let of_items = change.items.iter().map(|item| (&item.before, &item.after));
    let pairs: Vec<_> = if change.items.is_empty() {
        of_document.into_iter().collect()
    } else {
        of_items.collect()
    };
    for (before, after) in pairs.iter().take(SIGNATURES) {
        text += &before.as_deref().map(minus).unwrap_or_default();
        text += &after.as_deref().map(plus).unwrap_or_default();
    }
    if pairs.len() > SIGNATURES {
        text += &format!("      and {} more\n", pairs.len() - SIGNATURES);
    }
    text
}

/// More lines of a signature than this are counted.
const LINES: usize = 8;
/// More signatures than this are counted.
const SIGNATURES: usize = 6;

fn line(change: &Change) -> String {
    let mut text = format!(
        "  {} {}",
        subject(change),
        clean(&short(&change.message, WIDTH))
    );
    if let Some(item) = change.items.iter().find_map(|item| item.after.as_ref()) {
        text += &format!(": {}", clean(&short(item, WIDTH)));
    }
    let about = reach(&change.reach, &change.subject).into_iter();
    let about: Vec<String> = about.chain(place(change)).map(|one| clean(&one)).collect();
    if !about.is_empty() {
        let dim = Style::new().dimmed();
        text += &format!(" {dim}({}){dim:#}", about.join(" · "));
    }
    text + "\n"
}

fn subject(change: &Change) -> String {
    clean(&short(&change.subject, WIDTH))
}

fn levels(change: &Change) -> String {
    format!(
        "HTTP {}, Rust {}",
        change.http.as_str(),
        change.rust.as_str()
    )
}

fn closing(report: &Report<'_>) -> String {
    let mut text = String::new();
    let open = report.unaccepted();
    if !open.is_empty() {
        let shown: Vec<&str> = open.iter().take(SHOWN).copied().collect();
        text += &format!(
            "\nTo accept what breaks, add to the accept file: {}",
            shown.join(" ")
        );
        if open.len() > SHOWN {
            text += &format!(" and {} more", open.len() - SHOWN);
        }
        text.push('\n');
    }
    if let Some(command) = report.keep() {
        text += &format!("\n`{}` {KEEPS}.\n", clean(&command));
    }
    for fingerprint in report.expired {
        text += &format!(
            "\nAccepted, and there no more: {} (remove the line)\n",
            clean(fingerprint)
        );
    }
    text
}

/// More fingerprints than this are counted.
const SHOWN: usize = 12;

/// Control characters of a document never reach the terminal.
fn clean(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text)
}
