//! The short name by which a reviewer accepts a change: the same as long as the change is, and no longer.

use super::{differences, document};

/// A request whose text has limits, with more text before and after it.
fn request(least: u32, most: u32, before: &str, after: &str) -> String {
    let schema = format!("{{type: string, minLength: {least}, maxLength: {most}}}");
    let operation = format!(
        "{{{before} requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{}}}}"
    );
    document(&operation, after)
}

/// The fingerprint of the tighter limit.
fn fingerprint(old: &str, new: &str) -> String {
    let diff = differences(old, new);
    let mut told = diff
        .changes
        .iter()
        .filter(|one| one.check == "limit-tightened");
    let change = told.next().expect("nothing was told");
    assert!(told.next().is_none());
    change.fingerprint.clone()
}

#[test]
fn what_was_accepted_is_what_was_there_and_what_is() {
    let first = fingerprint(&request(1, 20, "", ""), &request(1, 10, "", ""));
    assert_eq!(
        first,
        fingerprint(&request(1, 20, "", ""), &request(1, 10, "", ""))
    );
    // Another value now, another value before, another limit.
    let others = [
        fingerprint(&request(1, 20, "", ""), &request(1, 5, "", "")),
        fingerprint(&request(1, 30, "", ""), &request(1, 10, "", "")),
        fingerprint(&request(1, 20, "", ""), &request(10, 20, "", "")),
    ];
    for other in &others {
        assert_ne!(first, *other);
    }
    assert_eq!(
        others
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        3
    );
}

#[test]
fn what_happens_around_a_change_does_not_matter() {
    let first = fingerprint(&request(1, 20, "", ""), &request(1, 10, "", ""));
    let around = "servers: [{url: https://a.example}]\ntags: [{name: x}]\n";
    let moved = format!("# one\n# more\n{}", request(1, 10, "summary: new,", around));
    assert_eq!(first, fingerprint(&request(1, 20, "", ""), &moved));
}
