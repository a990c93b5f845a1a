//! The report of every step that SendGrid's documents took, for review.

use stencil_codegen::diff::{self, Format, Report, Side};
use stencil_codegen::{Config, Input};
use stencil_tests::shared;

/// A state of a document, under a name that is the same everywhere.
fn state(folder: &std::path::Path, number: &str) -> Side {
    let mut files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let start = format!("{number:0>2}-");
    let path = files
        .find(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(&start)
        })
        .unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    Side::read(&Config::new(Input::text(format!("{number}.yaml"), text))).unwrap()
}

#[test]
fn every_step_is_reported_as_reviewed() {
    let Some(folder) = shared("history") else {
        return;
    };
    let table = std::fs::read_to_string(folder.join("PAIRS.csv")).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../../snapshots/diff");
    settings.set_omit_expression(true);
    settings.bind(|| {
        for row in table.lines().skip(1) {
            let mut cells = row.split(',');
            let name = cells.next().unwrap().trim_end_matches(".yaml");
            let (from, to) = (cells.next().unwrap(), cells.next().unwrap());
            let folder = folder.join(name);
            let diff = diff::compare(state(&folder, from), state(&folder, to)).unwrap();
            let report = Report::new(&diff).render(Format::Text);
            let report = anstream::adapter::strip_str(&report).to_string();
            insta::assert_snapshot!(format!("{name}-{from}-{to}"), report);
        }
    });
}
