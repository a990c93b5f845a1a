//! Documents made to keep the compiler busy, to fill the memory or to overflow the stack: each ends in time and
//! within its memory, with a client or with a report that names the line. The limits are those of the kernel.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::process::Command;

/// Seconds of processor time that a document may take in a debug build.
const SECONDS: u32 = 10;
/// KiB of address space.
const MEMORY: u32 = 512 << 10;

/// What the command says of a document: whether it succeeded, and standard error.
fn said(name: &str, text: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$@\"");
    let output = Command::new("bash")
        .args(["-c", &limited, "bash", env!("CARGO_BIN_EXE_stencil")])
        .args(["generate", name, "--output", "client.rs"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_written = folder.path().join("client.rs").exists();
    assert_eq!(is_written, output.status.success(), "{error}");
    (output.status.code(), error)
}

/// It is refused with this code, at a line and column.
fn refused(name: &str, text: &str, code: &str) {
    let (status, error) = said(name, text);
    let start: String = error.chars().take(300).collect();
    assert_eq!(status, Some(1), "{start}");
    assert!(error.starts_with(&format!("error[{code}]")), "{start}");
    let place = error
        .lines()
        .find_map(|line| line.trim().strip_prefix("--> "));
    let place = place.and_then(|place| place.strip_prefix(&format!("{name}:")));
    assert!(
        place.is_some_and(|place| place.split(':').count() == 2),
        "{start}"
    );
}

fn compiles(text: &str) {
    let (status, error) = said("openapi.json", text);
    let start: String = error.chars().take(300).collect();
    assert_eq!(status, Some(0), "{start}");
}

/// A document whose one operation gives the first of these schemas, each a key and its JSON.
fn document(schemas: impl IntoIterator<Item = (String, String)>) -> String {
    let mut text = String::from(
        r##"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"operationId":"x","responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/S0"}}}}}}}},"components":{"schemas":{"##,
    );
    for (index, (name, schema)) in schemas.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(text, "{comma}\"{name}\":{schema}").unwrap();
    }
    text + "}}}"
}

/// Schemas of these numbers.
fn numbered(count: usize, schema: impl Fn(usize) -> String) -> String {
    document((0..count).map(|number| (format!("S{number}"), schema(number))))
}

fn reference(number: usize) -> String {
    format!("{{\"$ref\":\"#/components/schemas/S{number}\"}}")
}

fn joined(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(",")
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

#[test]
fn aliases_that_multiply_are_refused() {
    let mut bomb = format!("{HEAD}x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = joined(10, |_| format!("*a{}", level - 1));
        writeln!(bomb, "x-{level}: &a{level} [{below}]").unwrap();
    }
    refused("openapi.yaml", &bomb, "limit");
    let wide = joined(20_000, |_| "x".to_owned());
    let wide = format!(
        "{HEAD}x-a: &a [{wide}]\nx-b: [{}]\n",
        joined(150, |_| "*a".to_owned())
    );
    refused("openapi.yaml", &wide, "limit");
    let long = "x".repeat(1_000_000);
    let long = format!(
        "{HEAD}x-a: &a {long}\nx-b: [{}]\n",
        joined(100_000, |_| "*a".to_owned())
    );
    refused("openapi.yaml", &long, "limit");
}

#[test]
fn nesting_without_end_is_refused() {
    refused("openapi.json", &"[".repeat(200_000), "limit");
    refused("openapi.json", &"{\"a\":".repeat(100_000), "limit");
    refused(
        "openapi.yaml",
        &format!("{HEAD}x: {}", "[".repeat(200_000)),
        "limit",
    );
    refused(
        "openapi.yaml",
        &format!("{HEAD}x: {}", "{a: ".repeat(50_000)),
        "limit",
    );
    refused(
        "openapi.yaml",
        &format!("{HEAD}x:\n  {}", "- ".repeat(50_000)),
        "limit",
    );
}

#[test]
fn large_texts_are_refused() {
    refused("openapi.yaml", &"# x\n".repeat(10 << 20), "limit");
}

#[test]
fn a_chain_may_be_long() {
    compiles(&numbered(3_000, |n| {
        if n < 2_999 {
            reference(n + 1)
        } else {
            "true".to_owned()
        }
    }));
    compiles(&numbered(3_000, |n| match n {
        2_999 => "{\"type\":\"object\"}".to_owned(),
        _ => format!(
            "{{\"allOf\":[{}],\"properties\":{{\"p{n}\":{{\"type\":\"string\"}}}}}}",
            reference(n + 1)
        ),
    }));
    compiles(&numbered(3_000, |n| match n {
        2_999 => "{\"type\":\"string\"}".to_owned(),
        _ => format!("{{\"type\":\"array\",\"items\":{}}}", reference(n + 1)),
    }));
}

#[test]
fn what_doubles_at_each_level_ends() {
    let twice = |key: &str, n: usize| format!("{{\"{key}\":[{0},{0}]}}", reference(n + 1));
    for key in ["allOf", "anyOf", "oneOf"] {
        compiles(&numbered(60, |n| {
            if n < 59 {
                twice(key, n)
            } else {
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}".to_owned()
            }
        }));
    }
    let pair = |n: usize| {
        let next = reference(n + 1);
        format!("{{\"type\":\"array\",\"prefixItems\":[{next},{next}],\"items\":false}}")
    };
    compiles(&numbered(40, |n| {
        if n < 39 {
            pair(n)
        } else {
            "{\"type\":\"string\"}".to_owned()
        }
    }));
}

#[test]
fn circles_of_references_are_refused() {
    refused("openapi.json", &numbered(1, reference), "reference");
    refused(
        "openapi.json",
        &numbered(1_000, |n| reference((n + 1) % 1_000)),
        "reference",
    );
    let all_of = |n: usize| format!("{{\"allOf\":[{}]}}", reference((n + 1) % 1_000));
    refused("openapi.json", &numbered(1_000, all_of), "reference");
}

#[test]
fn circles_of_data_are_boxed_or_any_value() {
    let required = |n: usize| {
        let next = reference((n + 1) % 1_000);
        format!("{{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{{\"n\":{next}}}}}")
    };
    compiles(&numbered(1_000, required));
    compiles(&numbered(1, |_| {
        format!("{{\"type\":\"array\",\"items\":{}}}", reference(0))
    }));
    compiles(&numbered(1, |_| {
        format!(
            "{{\"type\":\"object\",\"additionalProperties\":{}}}",
            reference(0)
        )
    }));
    compiles(&numbered(1, |_| {
        format!(
            "{{\"type\":\"array\",\"prefixItems\":[{}],\"items\":false}}",
            reference(0)
        )
    }));
}

#[test]
fn what_is_said_once_and_written_often_is_bounded() {
    let fields = |count: usize, field: &dyn Fn(usize) -> String| {
        format!(
            "{{\"type\":\"object\",\"properties\":{{{}}}}}",
            joined(count, |n| format!("\"p{n}\":{}", field(n)))
        )
    };
    let words = format!(
        "{{\"type\":\"string\",\"description\":\"{}\"}}",
        "x y".repeat(20_000)
    );
    let often = document([
        ("S0".to_owned(), fields(3_000, &|_| reference(1))),
        ("S1".to_owned(), words),
    ]);
    refused("openapi.json", &often, "limit");
    let base = fields(1_000, &|_| "{\"type\":\"string\"}".to_owned());
    let made = (2..1_002).map(|n| {
        (
            format!("S{n}"),
            format!("{{\"allOf\":[{}],\"properties\":{{}}}}", reference(1)),
        )
    });
    let all = [
        ("S0".to_owned(), fields(1_000, &|n| reference(n + 2))),
        ("S1".to_owned(), base),
    ];
    refused(
        "openapi.json",
        &document(all.into_iter().chain(made)),
        "limit",
    );
}

#[test]
fn thousands_of_one_name_are_told_apart() {
    let signs = |n: usize| "-".repeat(n % 40 + 1) + &"_".repeat(n / 40);
    let values = joined(1_500, |n| format!("\"{}\"", signs(n)));
    compiles(&numbered(1, |_| {
        format!("{{\"type\":\"string\",\"enum\":[{values}]}}")
    }));
    let fields = joined(1_500, |n| {
        format!("\"{}\":{{\"type\":\"string\"}}", signs(n))
    });
    compiles(&numbered(1, |_| {
        format!("{{\"type\":\"object\",\"properties\":{{{fields}}}}}")
    }));
}

#[test]
fn long_texts_and_numbers_end() {
    for words in ["[a](b ", "> ", "*_`<", "- ", "http://", "![", "\\\\", "`a"] {
        let words = words.repeat(30_000);
        compiles(&numbered(1, |_| {
            format!(
                "{{\"type\":\"object\",\"description\":\"{words}\",\"properties\":{{\"a\":{{\"type\":\"string\"}}}}}}"
            )
        }));
    }
    let number = "9".repeat(300_000);
    let (status, error) = said(
        "openapi.json",
        &numbered(1, |_| {
            format!("{{\"type\":\"integer\",\"minimum\":{number}}}")
        }),
    );
    assert!(status.is_some_and(|code| code <= 1), "{error}");
    let pattern = "(a+)+".repeat(100_000);
    compiles(&numbered(1, |_| {
        format!("{{\"type\":\"string\",\"pattern\":\"{pattern}\"}}")
    }));
}
