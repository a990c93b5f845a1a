//! The committed list of changes that a reviewer accepted: `stencil.accept` by custom.
//!
//! A line is a fingerprint and, for people, what it stands for. What follows `#` is a comment.

use super::Diff;

/// The fingerprints of an accept file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    fingerprints: Vec<String>,
}

impl Accepted {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// The number and the text of a line that does not begin with a fingerprint.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut fingerprints = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let Some(first) = line.split_whitespace().next() else {
                continue;
            };
            let is_one =
                first.len() == 8 && first.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
            if !is_one {
                return Err(format!("line {}: `{first}` is no fingerprint", index + 1));
            }
            fingerprints.push(first.to_owned());
        }
        Ok(Self { fingerprints })
    }

    /// Marks what was accepted, and gives the fingerprints that are of no change any more.
    pub fn apply(&self, diff: &mut Diff) -> Vec<String> {
        for change in &mut diff.changes {
            change.accepted = self.fingerprints.contains(&change.fingerprint);
        }
        let is_gone = |one: &&String| {
            !diff
                .changes
                .iter()
                .any(|change| change.fingerprint == **one)
        };
        self.fingerprints.iter().filter(is_gone).cloned().collect()
    }
}

/// The lines that accept these changes (`all` stands for all that break), to be added to the file.
///
/// # Errors
///
/// A name that is the fingerprint of no change.
pub fn lines(diff: &Diff, names: &[String]) -> Result<String, String> {
    let is_meant = |fingerprint: &str, breaks: bool| {
        names
            .iter()
            .any(|name| name == fingerprint || (name == "all" && breaks))
    };
    let known = |name: &String| {
        name == "all"
            || diff
                .changes
                .iter()
                .any(|change| change.fingerprint == *name)
    };
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(format!("no change has the fingerprint `{unknown}`"));
    }
    let meant = diff.changes.iter().filter(|change| {
        let breaks = change.group() == super::Group::Breaking;
        !change.accepted && is_meant(&change.fingerprint, breaks)
    });
    let lines = meant.map(|change| {
        let text = format!("{} {}", change.subject, change.message);
        // One line, whatever a document holds.
        format!(
            "{}  {}\n",
            change.fingerprint,
            text.replace(char::is_control, " ").replace('#', " ")
        )
    });
    Ok(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_fingerprint_and_words() {
        let accepted = Accepted::parse("# why\n\n0a1b2c3d  GET /a is gone\nffffffff\n").unwrap();
        assert_eq!(accepted.fingerprints, ["0a1b2c3d", "ffffffff"]);
        let error = Accepted::parse("0a1b2c3d\n0a1b\n").unwrap_err();
        assert_eq!(error, "line 2: `0a1b` is no fingerprint");
    }

    #[test]
    fn what_there_is_no_more_is_given_back() {
        let accepted = Accepted::parse("0a1b2c3d").unwrap();
        assert_eq!(accepted.apply(&mut Diff::default()), ["0a1b2c3d"]);
        assert!(lines(&Diff::default(), &["0a1b2c3d".to_owned()]).is_err());
    }
}
