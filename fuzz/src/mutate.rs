//! Changes of a document that keep it JSON: bytes that are flipped mostly give documents that nobody reads far.

use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Map, Value, json};

/// Texts that mean something to someone on the way to Rust.
const TEXTS: [&str; 40] = [
    "", " ", "_", "-", "1", "-1", "self", "Self", "crate", "super", "async", "gen", "type", "r#type", "String",
    "Option", "Client", "Error", "*/", "//!", "\"#", "{}", "{x}", "/{x}", "\n", "\r", "\0", "\u{202e}", "é", "日本",
    "```rust\nfn main() {}\n```", "    indented", "- a\n\n      b", "[x]", "<script>", "#![feature(x)]", "null",
    "application/json", "1e999", "https://example.com/{x}",
];
/// Keys that make another document of one.
const KEYS: [&str; 28] = [
    "$ref", "allOf", "oneOf", "anyOf", "items", "properties", "additionalProperties", "required", "enum", "const",
    "type", "format", "nullable", "discriminator", "prefixItems", "default", "example", "examples", "$defs", "$id",
    "$anchor", "readOnly", "writeOnly", "minimum", "x-stencil-name", "x-stencil-type", "x-stencil-pagination",
    "x-stencil-client",
];

/// The mutator of the targets that read a document.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    let tree = serde_json::from_slice::<Value>(&data[..size]);
    let (Ok(mut tree), true) = (tree, dice.below(16) > 0) else {
        return fuzzer_mutate(data, size, max_size);
    };
    for _ in 0..=dice.below(3) {
        change(&mut tree, &mut dice);
    }
    let text = tree.to_string();
    if text.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..text.len()].copy_from_slice(text.as_bytes());
    text.len()
}

/// A generator of numbers (xorshift): the same seed must give the same document.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }
}

/// Pointers of all nodes.
fn pointers(tree: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: &str, found: &mut Vec<String>) {
        found.push(pointer.to_owned());
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    walk(value, &format!("{pointer}/{key}"), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    walk(item, &format!("{pointer}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(tree, "", &mut found);
    found
}

fn change(tree: &mut Value, dice: &mut Dice) {
    let all = pointers(tree);
    let at = &all[dice.below(all.len())];
    let other = &all[dice.below(all.len())];
    let copy = tree.pointer(other).cloned().unwrap_or_default();
    let Some(node) = tree.pointer_mut(at) else {
        return;
    };
    match dice.below(12) {
        0 => *node = copy,
        1 => *node = Value::from(dice.one_of(&TEXTS)),
        2 => *node = json!({ "$ref": format!("#{other}") }),
        3 => {
            let key = dice.one_of(&["allOf", "oneOf", "anyOf", "prefixItems"]);
            *node = json!({ key: [node.clone(), copy] });
        }
        4 => *node = json!({ "type": "array", "items": node.clone() }),
        5 => *node = json!({ "type": "object", "properties": { dice.one_of(&TEXTS): node.clone(), "a": copy } }),
        6 => *node = [json!(null), json!(true), json!(-1), json!(u64::MAX), json!(1e300), json!([]), json!({})]
            [dice.below(7)]
        .clone(),
        7 => rename(node, dice),
        8 => drop_one(node, dice),
        9 => insert(node, dice.one_of(&KEYS), copy),
        10 => insert(node, dice.one_of(&TEXTS), copy),
        _ => {
            if let Value::String(text) = node {
                text.push_str(dice.one_of(&TEXTS));
            } else {
                insert(node, dice.one_of(&KEYS), json!(format!("#{other}")));
            }
        }
    }
}

fn insert(node: &mut Value, key: &str, value: Value) {
    match node {
        Value::Object(entries) => drop(entries.insert(key.to_owned(), value)),
        Value::Array(items) => items.push(value),
        _ => *node = value,
    }
}

fn rename(node: &mut Value, dice: &mut Dice) {
    let Value::Object(entries) = node else { return };
    let chosen = dice.below(entries.len());
    let new = dice.one_of(&TEXTS);
    let renamed: Map<String, Value> = std::mem::take(entries)
        .into_iter()
        .enumerate()
        .map(|(index, (key, value))| if index == chosen { (new.to_owned(), value) } else { (key, value) })
        .collect();
    *entries = renamed;
}

fn drop_one(node: &mut Value, dice: &mut Dice) {
    match node {
        Value::Object(entries) if !entries.is_empty() => {
            let key = entries.keys().nth(dice.below(entries.len())).cloned();
            key.and_then(|key| entries.shift_remove(&key));
        }
        Value::Array(items) if !items.is_empty() => drop(items.remove(dice.below(items.len()))),
        _ => *node = Value::Null,
    }
}
