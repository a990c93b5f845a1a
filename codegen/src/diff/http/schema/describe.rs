//! A schema in a few words.

use super::flat::{Flat, Rest};
use super::node::Types;

/// `string (date)`, `list`, `one of 3`.
pub(super) fn describe(flat: &Flat<'_>) -> String {
    if flat.is_nothing {
        return "nothing".to_owned();
    }
    let mut text = match (&flat.values, flat.unions.first()) {
        (Some(values), _) if values.len() == 1 => values[0].to_string(),
        (Some(values), _) => format!("{}, one of {} values", flat.types, values.len()),
        (None, Some(members)) if flat.is_union_only() => format!("one of {} things", members.len()),
        _ if flat.types == Types::OBJECT
            && flat.properties.is_empty()
            && matches!(flat.additional, Rest::Of(_)) =>
        {
            "map".to_owned()
        }
        _ => flat.types.to_string(),
    };
    if let Some(format) = flat.format {
        text += &format!(" ({format})");
    }
    if flat.nullable && flat.is_typed {
        text += " or null";
    }
    text
}
