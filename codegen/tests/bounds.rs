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
    said_of(&[(name, text)])
}

/// The same of a document and its overlays.
fn said_of(files: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let (name, _) = files[0];
    let overlays = files[1..].iter().flat_map(|(name, _)| ["--overlay", name]);
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$@\"");
    let output = Command::new("bash")
        .args(["-c", &limited, "bash", env!("CARGO_BIN_EXE_stencil")])
        .args(["generate", name, "--output", "client.rs"])
        .args(overlays)
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
    refused_of(&[(name, text)], name, code);
}

/// One of several files is.
fn refused_of(files: &[(&str, &str)], name: &str, code: &str) {
    let (status, error) = said_of(files);
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
    // One of several things that is a map or a list of just those things.
    for whole in ["\"additionalProperties\"", "\"items\""] {
        compiles(&numbered(1, |_| {
            format!(
                "{{\"oneOf\":[{{{whole}:{}}},{{\"type\":\"string\"}}]}}",
                reference(0)
            )
        }));
    }
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

/// The largest public documents end within the same limits, where they are at hand.
#[test]
fn large_public_documents_end_in_time() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/real");
    for name in ["stripe-2023-09.yaml", "elasticsearch-serverless.json"] {
        let Ok(text) = std::fs::read_to_string(format!("{folder}/{name}")) else {
            eprintln!("skipped: there is no {folder}/{name} here");
            continue;
        };
        let (status, error) = said(name, &text);
        let start: String = error.chars().take(300).collect();
        assert_eq!(status, Some(0), "{start}");
    }
}

/// An overlay with these actions, in JSON, each on a line of its own.
fn overlay(version: &str, actions: &str) -> String {
    format!(
        "{{\"overlay\":\"{version}\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\n\"actions\":[\n{actions}\n]}}"
    )
}

/// A document with a list of so many objects.
fn list(count: usize) -> String {
    let items = joined(count, |n| format!("{{\"a\":\"{n}\"}}"));
    format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"paths\":{{}},\"x-l\":[{items}]}}"
    )
}

/// An overlay is refused, at a line and column of it.
fn overlay_refused(document: &str, overlay: &str, code: &str) {
    let files = [("openapi.json", document), ("overlay.json", overlay)];
    refused_of(&files, "overlay.json", code);
}

#[test]
fn overlays_are_read_within_the_same_bounds() {
    let files = |overlay| [("openapi.yaml", HEAD), ("overlay.yaml", overlay)];
    let head = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\n";
    let large = format!("{head}{}", "# x\n".repeat(10 << 20));
    refused_of(&files(&large), "overlay.yaml", "limit");
    let deep = format!("{head}x: {}", "[".repeat(200_000));
    refused_of(&files(&deep), "overlay.yaml", "limit");
    let deep = format!("{head}actions:\n  {}", "- ".repeat(50_000));
    refused_of(&files(&deep), "overlay.yaml", "limit");
    overlay_refused(&list(1), &"{\"a\":".repeat(100_000), "limit");
    let mut bomb = format!("{head}x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = joined(10, |_| format!("*a{}", level - 1));
        writeln!(bomb, "x-{level}: &a{level} [{below}]").unwrap();
    }
    refused_of(&files(&bomb), "overlay.yaml", "limit");
    let update = "{\"target\":\"$.info\",\"update\":{\"x-a\":1}}";
    let many = joined(1_001, |_| update.to_owned());
    overlay_refused(&list(1), &overlay("1.0.0", &many), "limit");
    let most = joined(1_000, |_| update.to_owned());
    let files = [
        ("openapi.json", &*list(1)),
        ("overlay.json", &*overlay("1.0.0", &most)),
    ];
    assert_eq!(said_of(&files).0, Some(0));
}

#[test]
fn paths_of_overlays_that_multiply_are_refused() {
    let nested = (0..100).fold("1".to_owned(), |inside, _| format!("{{\"a\":{inside}}}"));
    let nested = list(1).replace("\"x-l\":", &format!("\"x-n\":{nested},\"x-l\":"));
    let act = |path: &str| {
        let path = path.replace('\\', "\\\\").replace('"', "\\\"");
        overlay(
            "1.0.0",
            &format!("{{\"target\":\"{path}\",\"update\":{{\"b\":1}}}}"),
        )
    };
    let deep =
        |start: &str, end: &str| format!("$.x-l[{}@.a{}]", start.repeat(3_000), end.repeat(3_000));
    for path in [
        format!("$['x-n']{}", "[*,*]".repeat(60)),
        format!("$['x-n'][?@{}]", "['a','a']".repeat(60)),
        format!("$['x-l'][0{}]", ",0".repeat(4_000)),
        "$..a..b".to_owned(),
        "$['x-l'][?count($['x-l'][*]) > 1]".to_owned(),
        "$['x-l'][?search(@.a, '((a{50}){50}){50}')]".to_owned(),
        format!("$['{}']", "a".repeat(10_001)),
        deep("?@[", "]"),
        deep("?(", ")"),
    ] {
        overlay_refused(&nested, &act(&path), "limit");
    }
    // What is only long ends, as a path or as none.
    for path in [
        format!("$['x-l'][?{}@.a]", "!".repeat(9_000)),
        format!("$['x-l'][?@.a{}]", "&&@.a".repeat(1_900)),
        format!("$['x-l'][?@.a{}]", "||@.b".repeat(1_900)),
        format!("${}", ".a".repeat(4_900)),
        format!("${}", "[*]".repeat(3_300)),
        "[".repeat(16),
    ] {
        let files = [("openapi.json", &*nested), ("overlay.json", &*act(&path))];
        let (status, error) = said_of(&files);
        assert!(status.is_some_and(|code| code <= 1), "{status:?} {error}");
    }
}

#[test]
fn what_an_overlay_brings_in_is_bounded_before_it_is_brought() {
    let words = "x".repeat(100_000);
    let update = format!("{{\"target\":\"$['x-l'][*]\",\"update\":{{\"b\":\"{words}\"}}}}");
    overlay_refused(&list(20_000), &overlay("1.0.0", &update), "limit");
    let nodes = joined(1_000, |n| format!("\"b{n}\":1"));
    let update = format!("{{\"target\":\"$..*\",\"update\":{{{nodes}}}}}");
    let objects = list(20_000).replace("{\"a\":", "{\"a\":{},\"c\":");
    overlay_refused(&objects, &overlay("1.0.0", &update), "limit");
    let copy = "{\"target\":\"$['x-l'][*]\",\"copy\":\"$\"}";
    overlay_refused(&list(20_000), &overlay("1.1.0", copy), "limit");
    // Each doubles the document: one of them is one too many.
    let double = joined(30, |n| {
        format!("{{\"target\":\"$['x-l']\",\"copy\":\"$['x-l']\",\"description\":\"{n}\"}}")
    });
    overlay_refused(&list(1_000), &overlay("1.1.0", &double), "limit");
    // As much as may be there is changed in time.
    let most = "{\"target\":\"$['x-l'][*]\",\"update\":{\"b\":1}}";
    let files = [
        ("openapi.json", &*list(150_000)),
        ("overlay.json", &*overlay("1.0.0", most)),
    ];
    let (status, error) = said_of(&files);
    assert_eq!(status, Some(0), "{error}");
    let remove = "{\"target\":\"$['x-l'][*]\",\"remove\":true}";
    let files = [
        ("openapi.json", &*list(20_000)),
        ("overlay.json", &*overlay("1.0.0", remove)),
    ];
    assert_eq!(said_of(&files).0, Some(0));
}
