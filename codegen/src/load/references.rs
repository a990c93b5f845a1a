//! Where a document refers to something.

use serde_json::Value;

use super::pointer::child;

/// Keys whose values are data: a `$ref` in them refers to nothing.
const DATA: [&str; 7] = [
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "value",
    "dataValue",
];

/// Calls `change` with each reference in `value`, which stands at `pointer`, and with its place. What a
/// discriminator maps to is one where it cannot be a name.
pub(super) fn each(value: &mut Value, pointer: &str, change: &mut impl FnMut(&mut String, &str)) {
    match value {
        Value::Object(entries) => {
            let is_discriminator = pointer.ends_with("/discriminator");
            for (key, value) in entries {
                let at = child(pointer, key);
                match value {
                    Value::String(reference) if key == "$ref" => change(reference, &at),
                    Value::String(target) if key == "defaultMapping" && is_discriminator => {
                        mapped(target, &at, change);
                    }
                    Value::Object(mapping) if key == "mapping" && is_discriminator => {
                        for (tag, target) in mapping {
                            if let Value::String(target) = target {
                                mapped(target, &child(&at, tag), change);
                            }
                        }
                    }
                    _ if is_data(key) && !pointer.ends_with("/properties") => {}
                    _ => each(value, &at, change),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                each(item, &child(pointer, &index.to_string()), change);
            }
        }
        _ => {}
    }
}

fn mapped(target: &mut String, at: &str, change: &mut impl FnMut(&mut String, &str)) {
    if target.contains(['#', '/']) {
        change(target, at);
    }
}

fn is_data(key: &str) -> bool {
    DATA.contains(&key) || key.starts_with("x-")
}

/// Makes references by the document's own URI (3.2 §4.1, `$self`) ones into the document.
pub(super) fn by_own_name(tree: &mut Value) {
    let Some(Value::String(own)) = tree.get("$self").cloned() else {
        return;
    };
    each(tree, "", &mut |reference, _| {
        let Some(rest) = reference.strip_prefix(own.as_str()) else {
            return;
        };
        if rest.is_empty() || rest.starts_with('#') {
            *reference = format!("#{}", rest.trim_start_matches('#'));
        }
    });
}
