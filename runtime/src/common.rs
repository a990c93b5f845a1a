//! What nearly every client needs of the generic code below it, compiled once with the runtime.
//!
//! Where rustc does not optimise, a crate takes what a crate below it has already for the same types, rather than to
//! compile it again (`share-generics`). So here is a struct with the fields that most structs have, and functions that
//! do with it what clients do. Nobody calls them, and no program has them: they only make a client's build shorter.

use crate::{EncodeError, Error, Map, Maybe, RawResponse, Request, Response, Value, json};

#[derive(Clone, Debug, PartialEq)]
struct Common {
    text: String,
    optional_text: Option<String>,
    nullable_text: Maybe<String>,
    integer: i64,
    optional_integer: Option<i64>,
    number: f64,
    optional_number: Option<f64>,
    flag: bool,
    optional_flag: Option<bool>,
    texts: Vec<String>,
    optional_texts: Option<Vec<String>>,
    anything: Option<Value>,
    object: Option<Map<String, Value>>,
}

crate::object!(Common {
    required text = "text",
    optional optional_text = "optional_text",
    optional nullable_text = "nullable_text",
    required integer = "integer",
    optional optional_integer = "optional_integer",
    required number = "number",
    optional optional_number = "optional_number",
    required flag = "flag",
    optional optional_flag = "optional_flag",
    required texts = "texts",
    optional optional_texts = "optional_texts",
    optional anything = "anything",
    optional object = "object",
});

/// Reads, compares, shows and writes.
///
/// # Errors
///
/// As for [`Request::json`].
pub fn values(request: &mut Request, body: &[u8]) -> Result<String, EncodeError> {
    let value: Option<Common> = json::read(body).ok();
    request.json(&value)?;
    let is_same = value == value.clone();
    Ok(format!("{value:?} {is_same}"))
}

/// Writes parameters.
///
/// # Errors
///
/// As for [`Request::path`], [`Request::query`] and [`Request::header`].
pub fn parameters(request: &mut Request) -> Result<(), EncodeError> {
    request.path("text", "")?;
    request.path("text", &String::new())?;
    request.path("integer", &0_i64)?;
    request.query("text", &None::<String>)?;
    request.query("integer", &None::<i64>)?;
    request.query("flag", &None::<bool>)?;
    request.header("text", &None::<String>)
}

/// Reads an answer without a body of its own.
///
/// # Errors
///
/// As for [`RawResponse::json`].
pub fn answer(response: RawResponse) -> Result<Response<()>, Error> {
    match response.status() {
        204 => response.empty(),
        200 => response.json(),
        _ => response.undeclared(),
    }
}
