//! Annotations of lines: GitHub's workflow commands, one a line.

use super::{Change, Group, Report, short};

/// More annotations of a kind than this GitHub does not show.
const MOST: usize = 10;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = format!("::notice title=stencil diff::{}\n", data(&verdict(report)));
    for (group, command) in [(Group::Breaking, "error"), (Group::Review, "warning")] {
        let open = report.of(group).filter(|change| !change.accepted);
        for change in open.take(MOST) {
            text += &annotation(command, change);
        }
    }
    text
}

fn verdict(report: &Report<'_>) -> String {
    format!(
        "{}: {} · {}",
        report.diff.title,
        report.http(),
        report.rust()
    )
}

fn annotation(command: &str, change: &Change) -> String {
    let title = format!(
        "title={}",
        property(&format!("{} [{}]", change.check, change.fingerprint))
    );
    let place = change.new.as_ref().map(|place| {
        // A revision's name is not part of the path that GitHub knows.
        let file = place
            .file
            .rsplit_once(':')
            .map_or(place.file.as_str(), |(_, file)| file);
        format!(
            "file={},line={},col={},",
            property(file),
            place.line,
            place.column
        )
    });
    let message = format!("{} {}", change.subject, short(&change.message, 300));
    let mut levels = format!(
        "HTTP {}, Rust {}",
        change.http.as_str(),
        change.rust.as_str()
    );
    if let (None, Some(before)) = (&change.new, super::place(change)) {
        // What is gone has no line that could be annotated.
        levels += &format!(", {before}");
    }
    format!(
        "::{command} {}{title}::{} ({})\n",
        place.unwrap_or_default(),
        data(&message),
        data(&levels)
    )
}

/// A message, which ends at the end of its line whatever the document holds.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    let text = text.replace('\r', "%0D").replace('\n', "%0A");
    text.replace(char::is_control, " ")
}

/// A property, which ends at a comma or a colon too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
