//! Applies an overlay (OpenAPI Overlay 1.0 and 1.1) to the tree.

use roas_overlay::apply::{Apply, ApplyErrorKind, ApplyOptions};
use roas_overlay::validation::{Validate, ValidationOptions};
use roas_overlay::{v1_0, v1_1};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Code, Problem, Problems, Spot};

/// Applies the overlay in `overlay`, the tree of source `file`. An action that matches nothing is a
/// problem: a correction that no longer applies would otherwise vanish in silence.
pub(super) fn apply(tree: &mut Value, overlay: &Value, file: usize) -> Result<(), Problems> {
    let problem = |pointer: String, message: String| {
        Problem::new(Code::Overlay, Spot::Node(file, pointer), message)
            .help("correct the overlay; an action whose target is gone may have done its work")
    };
    let version = overlay
        .get("overlay")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !version.starts_with("1.0.") && !version.starts_with("1.1.") {
        let message = format!("`overlay` is {version:?}; versions 1.0 and 1.1 are read");
        return Err(vec![problem("/overlay".to_owned(), message)]);
    }
    let actions = overlay
        .get("actions")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let mut problems = Vec::new();
    // One action at a time, so that one run names every action that fails.
    for index in 0..actions.max(1) {
        let alone = only_action(overlay, index);
        let result = if version.starts_with("1.0.") {
            run::<v1_0::Overlay>(tree, alone)
        } else {
            run::<v1_1::Overlay>(tree, alone)
        };
        if let Err((inside, message)) = result {
            let action = if actions == 0 {
                String::new()
            } else {
                format!("/actions/{index}{inside}")
            };
            problems.push(problem(action, message));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn only_action(overlay: &Value, index: usize) -> Value {
    let mut alone = overlay.clone();
    if let Some(actions) = alone.get_mut("actions").and_then(Value::as_array_mut) {
        *actions = actions.get(index).cloned().into_iter().collect();
    }
    alone
}

fn run<O>(tree: &mut Value, overlay: Value) -> Result<(), (&'static str, String)>
where
    O: DeserializeOwned + Validate + Apply,
{
    let overlay: O = serde_json::from_value(overlay).map_err(|error| ("", error.to_string()))?;
    overlay
        .validate(ValidationOptions::IgnoreEmptyInfoTitle.into())
        .map_err(|error| {
            let messages: Vec<String> = error.errors.iter().map(ToString::to_string).collect();
            ("", messages.join("; "))
        })?;
    match overlay.apply(tree, ApplyOptions::ErrorOnZeroMatch.into()) {
        Ok(_) => Ok(()),
        Err(error) => Err((
            "/target",
            match error.kind {
                ApplyErrorKind::ZeroMatch => {
                    format!("the target `{}` matches nothing", error.target)
                }
                kind => format!("the target `{}`: {kind}", error.target),
            },
        )),
    }
}
