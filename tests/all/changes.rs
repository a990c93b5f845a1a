//! A change of the document changes what a reviewer expects, and nothing else.

use std::collections::BTreeMap;

use stencil_tests::{config, variant};

type Sections = BTreeMap<String, String>;

fn sections(generated: &stencil_codegen::Generated) -> Sections {
    generated
        .sections()
        .into_iter()
        .map(|section| (section.name, section.text))
        .collect()
}

/// Names of sections that changed, came or went, and the lines that did, sorted: `+` after, `-` before.
fn changed(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let before = sections(&stencil_codegen::generate(&config()).unwrap());
    let after = sections(&variant(old, new).unwrap());
    let mut names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names.retain(|name| before.get(name) != after.get(name));
    let lines = |sections: &Sections| -> Vec<String> {
        let texts = names.iter().filter_map(|name| sections.get(name));
        texts
            .flat_map(|text| text.lines())
            .map(|line| line.trim().to_owned())
            .collect()
    };
    let (old, new) = (lines(&before), lines(&after));
    let gone = difference(&old, &new)
        .into_iter()
        .map(|line| format!("-{line}"));
    let come = difference(&new, &old)
        .into_iter()
        .map(|line| format!("+{line}"));
    let mut all: Vec<String> = gone.chain(come).collect();
    all.sort();
    (names, all)
}

/// Lines that stand more often in `a` than in `b`.
fn difference(a: &[String], b: &[String]) -> Vec<String> {
    let mut left = b.to_vec();
    let mut more = a.to_vec();
    more.retain(|line| match left.iter().position(|other| other == line) {
        Some(index) => {
            left.swap_remove(index);
            false
        }
        None => !line.is_empty(),
    });
    more
}

#[test]
fn no_change_changes_nothing() {
    let (names, lines) = changed("openapi: 3.1.0", "openapi: 3.1.0");
    assert!(names.is_empty() && lines.is_empty());
}

#[test]
fn a_required_property_that_is_deleted() {
    let (names, lines) = changed(
        "                  user_id:
                    type: integer
                    description: The user ID for your account.
                required:
                - username
                - user_id
",
        "                required:
                - username
",
    );
    assert_eq!(names, ["list_username"]);
    assert_eq!(
        lines,
        [
            "-/// The user ID for your account.",
            "-pub user_id: i64,",
            "-required user_id = \"user_id\",",
        ]
    );
}

#[test]
fn an_optional_property_that_is_added() {
    let (names, lines) = changed(
        "        id:
          type: string
          description: When applicable, this property value will be an error ID.
",
        "        id:
          type: string
          description: When applicable, this property value will be an error ID.
        hint:
          type: string
          description: A hint.
",
    );
    assert_eq!(names, ["schemas"]);
    assert_eq!(
        lines,
        [
            "+/// A hint.",
            "+optional hint = \"hint\",",
            "+pub hint: Option<String>,",
        ]
    );
}

#[test]
fn an_operation_that_is_renamed() {
    let (names, lines) = changed("operationId: ListCredit\n", "operationId: GetCredits\n");
    assert_eq!(names, ["get_credits", "list_credit"]);
    for line in &lines {
        let (sign, name) = if line.starts_with('-') {
            ("-", ["ListCredit", "list_credit"])
        } else {
            ("+", ["GetCredits", "get_credits"])
        };
        assert!(
            line.starts_with(sign) && name.iter().any(|name| line.contains(name)),
            "{line}"
        );
    }
    assert!(lines.contains(&"+pub fn get_credits(&self) -> Call<GetCredits> {".to_owned()));
}

#[test]
fn a_property_that_becomes_optional() {
    let (names, lines) = changed(
        "                required:
                - username
                - user_id
",
        "                required:
                - username
",
    );
    assert_eq!(names, ["list_username"]);
    assert_eq!(
        lines,
        [
            "+optional user_id = \"user_id\",",
            "+pub user_id: Option<i64>,",
            "-pub user_id: i64,",
            "-required user_id = \"user_id\",",
        ]
    );
}

#[test]
fn a_value_that_is_added_to_an_enum() {
    let (names, lines) = changed("      - free\n", "      - free\n      - trial\n");
    assert_eq!(names, ["schemas"]);
    assert_eq!(
        lines,
        [
            "+\"trial\" => Self::Trial,",
            "+/// `trial`",
            "+Self::Trial => \"trial\",",
            "+Trial,",
        ]
    );
}

#[test]
fn a_description_that_changes() {
    let (names, lines) = changed(
        "description: Your account username.",
        "description: The name.",
    );
    assert_eq!(names, ["list_username"]);
    assert_eq!(lines, ["+/// The name.", "-/// Your account username.",]);
}
