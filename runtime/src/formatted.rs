//! Strings that have one of several forms.

use serde::{Serialize, Serializer};

/// A text in one of several forms, each a template in which `{}` stands for the value.
///
/// The forms go from the specific to the general. A value whose text would read as an earlier form is
/// refused when it is sent: with the forms `account-id {}` and `{}`, a subuser called `account-id 5`
/// must not act as account 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FormattedString {
    forms: &'static [&'static str],
    index: usize,
    value: String,
}

impl FormattedString {
    /// The value in the form with this index.
    pub fn new(forms: &'static [&'static str], index: usize, value: String) -> Self {
        Self {
            forms,
            index,
            value,
        }
    }

    fn to_text(&self) -> Result<String, &'static str> {
        if self.value.trim().is_empty() {
            return Err("the value is empty");
        }
        if self.value.chars().any(char::is_control) {
            return Err("the value holds a control character");
        }
        let template = self.forms.get(self.index).ok_or("there is no such form")?;
        let text = template.replacen("{}", &self.value, 1);
        let earlier = self.forms.iter().take(self.index);
        if earlier.clone().any(|form| reads_as(form, &text)) {
            return Err("the value would be read as another form");
        }
        Ok(text)
    }
}

/// Servers may trim and may not look at case, so neither does this.
fn reads_as(form: &str, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let form = form.to_lowercase();
    let (start, end) = form.split_once("{}").unwrap_or((&form, ""));
    text.starts_with(start.trim_end()) && text.ends_with(end.trim_start())
}

impl Serialize for FormattedString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_text().map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}
