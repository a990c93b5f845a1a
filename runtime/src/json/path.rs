//! Which value of a JSON text a decoder stopped at.
//!
//! A decoder that keeps count of that itself is compiled a second time for every type. Its position is enough: this is
//! compiled once, and runs only where something is wrong.

use std::fmt::Write;

/// The path of the value that ends where what was read ends, or is expected there: `data[0].name`, and `.` for the whole.
pub(super) fn at(read: &[u8]) -> String {
    let mut path = String::new();
    for step in steps(read) {
        // To write to a string cannot fail.
        let _ = match step {
            Step::Index(index) => write!(path, "[{index}]"),
            Step::Key(Some(key)) if path.is_empty() => write!(path, "{}", text(key)),
            Step::Key(Some(key)) => write!(path, ".{}", text(key)),
            Step::Key(None) => Ok(()),
        };
    }
    if path.is_empty() {
        path.push('.');
    }
    path
}

/// A way into an object or a list.
enum Step<'b> {
    /// With the quotes, once it was read.
    Key(Option<&'b [u8]>),
    Index(usize),
}

/// The way to the last value of a text that may end anywhere.
fn steps(read: &[u8]) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = read.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' => steps.push(Step::Key(None)),
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(key) => *key = Step::Key(None),
                None => {}
            },
            b'"' => {
                at = end_of_text(read, at);
                if let Some(key @ Step::Key(None)) = steps.last_mut() {
                    *key = Step::Key(Some(&read[start..at]));
                }
            }
            _ => {}
        }
    }
    steps
}

/// Behind the quote that ends a text.
fn end_of_text(read: &[u8], mut at: usize) -> usize {
    while let Some(byte) = read.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    read.len()
}

fn text(key: &[u8]) -> String {
    serde_json::from_slice(key).unwrap_or_else(|_| String::from_utf8_lossy(key).into_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::at;
    use crate::json::read;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Thing {
        name: String,
        parts: Option<Vec<Thing>>,
        counts: Option<BTreeMap<String, u8>>,
    }

    /// Where the decoder stops, by its own account, is the value that a reader would point at.
    #[test]
    fn the_value_at_fault_is_found() {
        let cases = [
            (r#"{"name":1}"#, "name"),
            (
                r#"{"name":"a","parts":[{"name":"b"},{"name":null}]}"#,
                "parts[1].name",
            ),
            (r#"{"name":"a","parts":[{"name":"b"},{}]}"#, "parts[1]"),
            (
                "{\n  \"name\": \"a\",\n  \"parts\": [\n    {\"nam\": \"\"}\n  ]\n}",
                "parts[0]",
            ),
            (r#"{"name":"a","parts":{}}"#, "parts"),
            (r#"{"name":"a","parts":[[]]}"#, "parts[0]"),
            (r#"{"name":"a","counts":{"x":1,"y\"z":300}}"#, "counts.y\"z"),
            (r#"{"name":"a","counts":{"a{[,":"}"}}"#, "counts.a{[,"),
            (r#"{"parts":[{"name":"b"}]}"#, "."),
            ("[]", "."),
            ("null", "."),
            ("", "."),
            (r#"{"name":"a","counts":{"x":1,"#, "counts"),
            (r#"{"name":"a\\""#, "name"),
            (r#"{"name":"a"} x"#, "."),
        ];
        for (body, path) in cases {
            let mismatch = read::<Thing>(body.as_bytes()).err().unwrap();
            assert_eq!(mismatch.path, path, "{body}: {}", mismatch.what);
        }
    }

    #[test]
    fn any_text_and_any_place_give_a_path() {
        let body = "{\"a\": [1, \"\\\\\", {\"é\": \"\\u00e9\"}]}]],}\n\"".as_bytes();
        for end in 0..=body.len() {
            assert!(!at(&body[..end]).is_empty());
        }
    }
}
