//! A second opinion: the pairs of another program's tests, with its verdicts.

use std::collections::BTreeMap;

use stencil_codegen::Config;
use stencil_codegen::diff::{self, HttpLevel, Side};
use stencil_tests::shared;

/// Pairs on which the verdict is another one, each with our verdict and the reason.
const DIFFERENT: &str = include_str!("pairs.csv");

fn verdict(folder: &std::path::Path) -> &'static str {
    let read = |name: &str| Side::read(&Config::new(folder.join(name)));
    let sides = read("base.yaml").and_then(|old| Ok((old, read("revision.yaml")?)));
    let Ok(diff) = sides.and_then(|(old, new)| diff::compare(old, new)) else {
        return "REFUSED";
    };
    match diff.http() {
        HttpLevel::Breaking => "ERR",
        HttpLevel::Review => "WARN",
        // What is none of both is no matter of a verdict, and differs in many ways.
        _ => "INFO",
    }
}

#[test]
fn verdicts_are_those_of_another_program_or_the_difference_has_a_reason() {
    let Some(folder) = shared("pairs") else {
        return;
    };
    let table = std::fs::read_to_string(folder.join("expected.csv")).unwrap();
    let different: BTreeMap<&str, &str> = DIFFERENT
        .lines()
        .skip(1)
        .map(|row| {
            let mut cells = row.splitn(3, ',');
            let (pair, ours) = (cells.next().unwrap(), cells.next().unwrap());
            assert!(
                cells.next().is_some_and(|reason| reason.len() > 20),
                "{row}"
            );
            (pair, ours)
        })
        .collect();
    let mut wrong = Vec::new();
    let mut found = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let (pair, level) = (cells[0], cells[2]);
        let theirs = if level == "NONE" { "INFO" } else { level };
        let ours = verdict(&folder.join(pair));
        found += 1;
        match different.get(pair) {
            None if ours != theirs => wrong.push(format!(
                "{pair}: {theirs} there, {ours} here, no reason given"
            )),
            Some(told) if *told != ours => {
                wrong.push(format!("{pair}: {ours} here, the table says {told}"));
            }
            Some(_) if ours == theirs => wrong.push(format!(
                "{pair}: {ours} there and here, the reason is needless"
            )),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(found, 131);
}
