//! Documents that are wrong, or that only some tools take: for each, what the compiler makes of it.
//!
//! A snapshot, as each of these was decided by a person: a clear refusal where nobody can know what is meant,
//! a client with a note where everybody does.

use std::path::Path;

use stencil_codegen::Config;
use stencil_tests::shared;

#[test]
fn each_invalid_document_has_its_answer() {
    let Some(folder) = shared("corpus/invalid") else {
        return;
    };
    let documents = stencil_tests::documents(&folder).unwrap();
    let answers: String = documents.iter().map(|path| answer(&folder, path)).collect();
    let answers = answers.replace(|c: char| c.is_control() && c != '\n', "?");
    assert!(!answers.contains("panic"));
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots/corpus", omit_expression => true }, {
        insta::assert_snapshot!("invalid", answers);
    });
}

/// Lines that each document has at most.
const MOST: usize = 3;

fn answer(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap().display();
    match stencil_codegen::generate(&Config::new(path).files(true)) {
        Ok(generated) => {
            let notes: Vec<String> = generated
                .losses
                .iter()
                .take(MOST)
                .map(|loss| {
                    format!(
                        "    {}:{}: {}\n",
                        loss.place.line, loss.place.column, loss.what
                    )
                })
                .collect();
            format!("{name}: a client\n{}", notes.concat())
        }
        Err(report) => {
            let problems = report.problems().take(MOST).map(|(problem, place)| {
                format!("    {}:{}: {}\n", place.line, place.column, problem.message)
            });
            format!("{name}: refused\n{}", problems.collect::<String>())
        }
    }
}
