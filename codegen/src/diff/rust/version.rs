//! The version that the client has after a change.

use semver::{BuildMetadata, Prerelease, Version};

use super::RustLevel;

/// The version after `current` for a change of this level, by the rule that Cargo goes by: two versions are
/// compatible if their first number from the left that is not zero is the same (the chapter of
/// the Cargo Book on compatibility; Semantic Versioning 2.0.0 §4 leaves 0.x open).
///
/// - `1.2.3` becomes `2.0.0`, `1.3.0` or `1.2.4`.
/// - `0.4.2` becomes `0.5.0` for what breaks callers, and `0.4.3` for all else.
/// - `0.0.3` becomes `0.0.4`, which no caller gets without asking.
/// - A pre-release promises nothing (§9), so that `2.0.0-rc.1` becomes `2.0.0-rc.2`.
/// - Without a change the version stays.
pub fn next_version(current: &Version, level: RustLevel) -> Version {
    if level == RustLevel::None {
        return current.clone();
    }
    let mut next = current.clone();
    next.build = BuildMetadata::EMPTY;
    if !current.pre.is_empty() {
        next.pre = next_prerelease(&current.pre);
        return next;
    }
    match (level, current.major, current.minor) {
        (RustLevel::Major, 0, 0) => next.patch += 1,
        (RustLevel::Major, 0, _) | (RustLevel::Minor, 1.., _) => {
            next.minor += 1;
            next.patch = 0;
        }
        (RustLevel::Major, ..) => next = Version::new(current.major + 1, 0, 0),
        _ => next.patch += 1,
    }
    next
}

/// The last identifier and one more, or a number where there is none (§11: more identifiers come later).
fn next_prerelease(pre: &Prerelease) -> Prerelease {
    let (start, last) = pre.rsplit_once('.').unwrap_or(("", pre.as_str()));
    let text = match last.parse::<u64>() {
        Ok(number) if start.is_empty() => (number + 1).to_string(),
        Ok(number) => format!("{start}.{}", number + 1),
        Err(_) => format!("{pre}.1"),
    };
    // A number after a dot is an identifier, so that this always is one.
    Prerelease::new(&text).unwrap_or_else(|_| pre.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_as_large_as_cargo_needs_it() {
        use RustLevel::{Major, Minor, None, Patch};
        let steps = [
            ("1.2.3", Major, "2.0.0"),
            ("1.2.3", Minor, "1.3.0"),
            ("1.2.3", Patch, "1.2.4"),
            ("1.2.3", None, "1.2.3"),
            ("0.4.2", Major, "0.5.0"),
            ("0.4.2", Minor, "0.4.3"),
            ("0.4.2", Patch, "0.4.3"),
            ("0.0.3", Major, "0.0.4"),
            ("0.0.3", Minor, "0.0.4"),
            ("0.0.3", Patch, "0.0.4"),
            ("2.0.0-rc.1", Major, "2.0.0-rc.2"),
            ("2.0.0-beta", Minor, "2.0.0-beta.1"),
            ("2.0.0-9", Patch, "2.0.0-10"),
            ("1.2.3+build.5", Patch, "1.2.4"),
        ];
        for (current, level, next) in steps {
            let current = Version::parse(current).unwrap();
            assert_eq!(next_version(&current, level).to_string(), next);
        }
    }

    #[test]
    fn callers_get_what_does_not_break_them_and_nothing_else() {
        // Cargo's own reading of a requirement, which the crate `semver` is.
        for current in ["1.2.3", "0.4.2", "0.0.3", "3.0.0"] {
            let wanted = semver::VersionReq::parse(&format!("^{current}")).unwrap();
            let current = Version::parse(current).unwrap();
            let next = |level| next_version(&current, level);
            assert!(!wanted.matches(&next(RustLevel::Major)));
            let is_free = current.major == 0 && current.minor == 0;
            assert_eq!(wanted.matches(&next(RustLevel::Minor)), !is_free);
            assert_eq!(wanted.matches(&next(RustLevel::Patch)), !is_free);
        }
    }
}
