//! Applies an overlay (OpenAPI Overlay 1.0 and 1.1) to the tree.

use roas_overlay::apply::{Apply, ApplyErrorKind, ApplyOptions};
use roas_overlay::validation::{Validate, ValidationOptions};
use roas_overlay::{v1_0, v1_1};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::query;
use super::size::Size;
use crate::diagnostic::{Code, Problem, Problems, Spot};

/// Actions that an overlay may have.
const MAX_ACTIONS: usize = 1_000;

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
    let (header, actions) = apart(overlay);
    if actions.len() > MAX_ACTIONS {
        let message = format!("the overlay has more than {MAX_ACTIONS} actions");
        let spot = Spot::Node(file, "/actions".to_owned());
        return Err(vec![Problem::new(Code::Limit, spot, message)]);
    }
    let is_1_0 = version.starts_with("1.0.");
    let mut problems = Vec::new();
    // One action at a time, so that one run names every action that fails.
    for (index, action) in actions.iter().enumerate() {
        let at = format!("/actions/{index}");
        if let Err((key, message)) = in_proportion(action, tree) {
            let spot = Spot::Node(file, format!("{at}/{key}"));
            problems.push(Problem::new(Code::Limit, spot, message));
            continue;
        }
        if let Err((inside, message)) = run(is_1_0, tree, alone(&header, action)) {
            problems.push(problem(format!("{at}{inside}"), message));
        }
        if let Err(message) = Size::default().add(tree) {
            let message = format!("with this action {message}");
            problems.push(Problem::new(Code::Limit, Spot::Node(file, at), message));
            break;
        }
    }
    if actions.is_empty()
        && let Err((_, message)) = run(is_1_0, tree, overlay.clone())
    {
        problems.push(problem(String::new(), message));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// An overlay without its actions, and these.
fn apart(overlay: &Value) -> (Map<String, Value>, &[Value]) {
    let mut header = overlay.as_object().cloned().unwrap_or_default();
    header.remove("actions");
    let actions = overlay.get("actions").and_then(Value::as_array);
    (header, actions.map_or(&[], Vec::as_slice))
}

fn alone(header: &Map<String, Value>, action: &Value) -> Value {
    let mut alone = header.clone();
    alone.insert("actions".to_owned(), Value::Array(vec![action.clone()]));
    Value::Object(alone)
}

/// Whether the paths of an action are in proportion to the document, and what it would bring in is within the limits:
/// all of it is written at each target before anyone can count.
fn in_proportion(action: &Value, tree: &Value) -> Result<(), (&'static str, String)> {
    let text = |key: &str| action.get(key).and_then(Value::as_str);
    for key in ["target", "copy"] {
        query::check(text(key).unwrap_or_default()).map_err(|message| (key, message))?;
    }
    let update = action.get("update").map(Size::of);
    let copied = text("copy").and_then(|path| query::first(path, tree));
    let copied = copied.map(Size::of);
    let Some(each) = update.or(copied) else {
        return Ok(());
    };
    let times = query::count(text("target").unwrap_or_default(), tree);
    let within = each.and_then(|each| each.times(times));
    within
        .map(drop)
        .map_err(|message| ("target", format!("with this action {message}")))
}

fn run(is_1_0: bool, tree: &mut Value, overlay: Value) -> Result<(), (&'static str, String)> {
    if is_1_0 {
        run_as::<v1_0::Overlay>(tree, overlay)
    } else {
        run_as::<v1_1::Overlay>(tree, overlay)
    }
}

fn run_as<O>(tree: &mut Value, overlay: Value) -> Result<(), (&'static str, String)>
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
