//! Whether no two values are equal as JSON Schema has it (Core 2020-12 §4.2.2).

use std::collections::BTreeSet;

use serde_json::Value;

/// Whether no item is there twice.
pub(super) fn all(items: &[Value]) -> bool {
    let mut seen = BTreeSet::new();
    items.iter().all(|item| {
        let mut form = String::new();
        write(item, &mut form);
        seen.insert(form)
    })
}

/// One text for all values that are equal: members in one order, and 1 like 1.0.
fn write(value: &Value, form: &mut String) {
    match value {
        Value::Array(items) => {
            form.push('[');
            for item in items {
                write(item, form);
                form.push(',');
            }
            form.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            form.push('{');
            for (key, member) in members {
                write(&Value::from(key.as_str()), form);
                form.push(':');
                write(member, form);
                form.push(',');
            }
            form.push('}');
        }
        Value::Number(number) => match (number.as_i128(), number.as_f64()) {
            (None, Some(float)) => *form += &float.to_string(),
            _ => *form += &number.to_string(),
        },
        other => *form += &other.to_string(),
    }
}
