//! Texts that would be code, a test, a directive or a path somewhere on the way from a document to a program.

use serde_json::{Map, Value};

/// The file that a payload writes when it is run; it stands for whatever an attacker would do.
pub const CANARY: &str = "canary-of-the-payloads";

/// What a payload runs.
fn run() -> String {
    format!("std::fs::write(\"{CANARY}\", \"run\").unwrap();")
}

/// All payloads.
pub fn all() -> Vec<String> {
    let run = run();
    let mut payloads: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
    payloads.extend(KEYWORDS.iter().map(|word| (*word).to_owned()));
    payloads.extend([
        // Code, from where a string, a name, an attribute or a comment ends.
        format!("\"); {run} (\""),
        format!("\"#); {run} r#(\""),
        format!("x; fn evil() {{ {run} }}"),
        format!("x {{}} impl Drop for Client {{ fn drop(&mut self) {{ {run} }} }} struct Y"),
        format!("*/ fn evil() {{ {run} }} /*"),
        format!("\n}}\nfn evil() {{ {run} }}\nmod x {{"),
        format!("\")] #[cfg(any())] fn evil() {{ {run} }} #[doc(\""),
        format!("\r\nfn evil() {{ {run} }}"),
        format!("\u{2028}fn evil() {{ {run} }}\u{2029}\u{85}"),
        // Doctests, in each form of code block (CommonMark §4.4, §4.5).
        format!("```\n{run}\n```"),
        format!("```rust\n{run}\n```"),
        format!("~~~\n{run}\n~~~"),
        format!("~~~~rust,no_run\n{run}\n~~~~"),
        format!("a\n\n    {run}\n\nb"),
        format!("\t{run}"),
        format!("- a\n\n      {run}\n\n- b"),
        format!("1. a\n\n   ```\n   {run}\n   ```"),
        format!("> ```\n> {run}\n> ```"),
        format!("> a\n>\n>     {run}"),
        format!("- > - a\n\n          {run}"),
        format!("```text\nx\n```\n```\n{run}\n```"),
        format!("````text\n```\n````\n```rust\n{run}\n```"),
        format!("```text\n{run}"),
        format!("``` {{.rust}}\n{run}\n```"),
        format!("[^1]\n\n[^1]: a\n\n        {run}"),
        format!("# {run}\n```ignore\n```\n```should_panic\n{run}\n```"),
        format!("   ```\n{run}"),
        format!("\u{feff}```\n{run}\n```"),
        format!("\\```\n{run}\n```"),
        format!("| a |\n|---|\n| ``` |\n\n```\n{run}\n```"),
        format!("<!--\n```\n-->\n```\n{run}\n```"),
        format!("<pre>\n```\n</pre>\n\n```\n{run}\n```"),
        // Directives of a build script.
        format!("x\ncargo::rustc-env=CANARY={CANARY}"),
        format!("x\r\ncargo:rustc-link-arg=-o{CANARY}\n"),
        format!("x\ncargo::metadata={CANARY}=1"),
        // Paths.
        format!("../../{CANARY}"),
        format!("/tmp/{CANARY}"),
        format!("..\\..\\{CANARY}"),
        // Long ones.
        "n".repeat(10_000),
        "word ".repeat(2_000),
        "_".repeat(10_000),
        "`".repeat(500),
        "[".repeat(500),
        "> ".repeat(500),
        "* ".repeat(500),
    ]);
    payloads
}

const TEXTS: [&str; 62] = [
    "",
    " ",
    "\n",
    "\r",
    "\t",
    "\0",
    "a\0b",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{7f}",
    "\"",
    "'",
    "`",
    "\\",
    "\\\"",
    "{}",
    "{",
    "}",
    "{0}",
    "{x:?}",
    "}}{{",
    "[",
    "]",
    "[Vec]",
    "[a](b)",
    "[a][Client::nothing]",
    "[`Client`]: x",
    "(",
    ")",
    ";",
    "#",
    "#!",
    "#[no_mangle]",
    "#![feature(x)]",
    "#[doc = include_str!(\"/etc/passwd\")]",
    "include!(\"/etc/passwd\")",
    "env!(\"HOME\")",
    "*/",
    "/*",
    "//",
    "///",
    "//!",
    "/**/",
    "r#\"",
    "\"#",
    "r#type",
    "b\"x\"",
    "'static",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></pre><b>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "https://[::1",
    "//evil.example.com/x",
    "%2e%2e/%00",
    "\u{202e}gnp.exe",
    "a\u{2066}b\u{2069}c",
    "zero\u{200b}width\u{200d}\u{feff}",
    "e\u{301}\u{301}\u{301}",
    "аdmin",
    "𝕊𝕖𝕝𝕗",
    "日本語",
];

/// Keywords of every edition, reserved ones too (Rust Reference, "Keywords"), and names that generated code uses.
const KEYWORDS: [&str; 71] = [
    "_",
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "macro_rules",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "raw",
    "ref",
    "return",
    "safe",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "rt",
    "serde",
    "std",
    "core",
    "String",
    "Option",
    "Vec",
    "Result",
    "Client",
    "Call",
    "Error",
    "Other",
    "new",
    "builder",
];

/// A place in a document that holds a text: the value at a pointer, or the key at its end.
#[derive(Clone, Debug)]
pub struct Position {
    /// The pointer of the node.
    pub pointer: String,
    /// Whether the key is meant, and not the value.
    pub is_key: bool,
}

/// Every place of a document that holds a text.
pub fn positions(document: &Value) -> Vec<Position> {
    fn walk(value: &Value, pointer: &str, found: &mut Vec<Position>) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    let pointer =
                        format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    found.push(Position {
                        pointer: pointer.clone(),
                        is_key: true,
                    });
                    walk(value, &pointer, found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    walk(item, &format!("{pointer}/{index}"), found);
                }
            }
            Value::String(_) => found.push(Position {
                pointer: pointer.to_owned(),
                is_key: false,
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

impl Position {
    /// The document with `text` at this place; `None` if there is no such place.
    pub fn put(&self, document: &Value, text: &str) -> Option<Value> {
        let mut document = document.clone();
        if self.is_key {
            let (parent, key) = self.pointer.rsplit_once('/')?;
            let key = key.replace("~1", "/").replace("~0", "~");
            let entries = document.pointer_mut(parent)?.as_object_mut()?;
            let renamed: Map<String, Value> = std::mem::take(entries)
                .into_iter()
                .map(|(known, value)| {
                    if known == key {
                        (text.to_owned(), value)
                    } else {
                        (known, value)
                    }
                })
                .collect();
            *entries = renamed;
        } else {
            *document.pointer_mut(&self.pointer)? = Value::from(text);
        }
        Some(document)
    }
}

/// A document with hostile texts in every place at once, as far as `is_good` takes what it makes of it; and how many
/// there are. `turn` says which payload each place gets.
pub fn everywhere(
    document: &Value,
    turn: usize,
    mut is_good: impl FnMut(&Value) -> bool,
) -> (Value, usize) {
    let payloads = all();
    let mut hostile = document.clone();
    let mut placed = 0;
    // From the leaves up, so that a key that is another one hides no place.
    for (index, position) in positions(document).iter().enumerate().rev() {
        let payload = &payloads[(index * 7 + turn) % payloads.len()];
        let Some(mut changed) = position.put(&hostile, payload) else {
            continue;
        };
        if position.is_key {
            refer(&mut changed, &position.pointer, payload);
        }
        if is_good(&changed) {
            hostile = changed;
            placed += 1;
        }
    }
    (hostile, placed)
}

/// References to the node at this pointer lead to it under its new key.
fn refer(value: &mut Value, pointer: &str, key: &str) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                match value {
                    Value::String(to)
                        if name == "$ref" && to.strip_prefix('#') == Some(pointer) =>
                    {
                        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                        let key = key
                            .replace('~', "~0")
                            .replace('/', "~1")
                            .replace('%', "%25");
                        *to = format!("#{parent}/{key}");
                    }
                    _ => refer(value, pointer, key),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, pointer, key)),
        _ => {}
    }
}
