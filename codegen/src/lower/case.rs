//! From the document's names to Rust's (RFC 430).

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

/// A name of a type or a variant. `fallback` leads names that cannot start as they are.
pub(super) fn upper_camel(text: &str, fallback: &str) -> String {
    let name = spelled(text).to_upper_camel_case();
    let name = identifier(&name, fallback);
    if name == "Self" {
        format!("{fallback}Self")
    } else {
        name
    }
}

/// A name of a field or a function, not yet escaped: see [`crate::emit`] for `r#`.
pub(super) fn snake(text: &str, fallback: &str) -> String {
    let name = spelled(text).to_snake_case();
    let name = identifier(&name, &format!("{fallback}_"));
    match name.as_str() {
        // The only words that cannot be written as `r#…`.
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        _ => name,
    }
}

/// Signs that set values apart (`+1` and `-1`) become words; other signs only part words.
fn spelled(text: &str) -> String {
    let signed = match text.as_bytes() {
        [b'-', b'0'..=b'9', ..] => format!("minus {}", &text[1..]),
        [b'+', b'0'..=b'9', ..] => format!("plus {}", &text[1..]),
        _ => text.to_owned(),
    };
    let spelled: String = match signed.trim() {
        "<" => "less than".to_owned(),
        ">" => "greater than".to_owned(),
        "<=" => "less or equal".to_owned(),
        ">=" => "greater or equal".to_owned(),
        "=" | "==" => "equal".to_owned(),
        "!=" | "<>" => "not equal".to_owned(),
        "*" => "star".to_owned(),
        _ => signed,
    };
    let sign = |c: char| if is_common(c) { c } else { ' ' };
    if spelled.is_ascii() {
        spelled.chars().map(sign).collect()
    } else {
        spelled.nfkc().map(sign).collect()
    }
}

/// Whether a character can stand in a name, and rustc has nothing against it: it warns of those that are not in general
/// use (UTS #39 §3.1), and a crate cannot allow them for one module.
fn is_common(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && (c.is_ascii() || c.identifier_allowed())
}

fn identifier(name: &str, fallback: &str) -> String {
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => name.to_owned(),
        Some(_) => format!("{fallback}{name}"),
        None => fallback.trim_end_matches('_').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{snake, upper_camel};

    #[test]
    fn names_follow_rfc_430() {
        assert_eq!(upper_camel("list-API_keys", "Type"), "ListApiKeys");
        assert_eq!(upper_camel("200", "Value"), "Value200");
        assert_eq!(upper_camel("-1", "Value"), "Minus1");
        assert_eq!(upper_camel("+1", "Value"), "Plus1");
        assert_eq!(upper_camel("", "Value"), "Value");
        assert_eq!(upper_camel("self", "Value"), "ValueSelf");
        assert_eq!(snake("userID", "field"), "user_id");
        assert_eq!(snake("address2", "field"), "address2");
        assert_eq!(snake("self", "field"), "self_");
        assert_eq!(snake("@type", "field"), "type");
        assert_eq!(snake("2fa", "field"), "field_2fa");
    }

    /// The forms are those of NFKC (UAX #15), the characters those in general use (UTS #39 §3.1).
    #[test]
    fn names_hold_what_rustc_does_not_warn_of() {
        assert_eq!(snake("größe", "field"), "größe");
        assert_eq!(upper_camel("名前", "Type"), "名前");
        assert_eq!(upper_camel("𝕊𝕖𝕝𝕗", "Type"), "TypeSelf");
        assert_eq!(snake("ﬁle", "field"), "file");
        // Runic is not in general use.
        assert_eq!(snake("ᚠa", "field"), "a");
    }
}
