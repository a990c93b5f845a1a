//! What was meant by a name that there is not.

/// How alike two names must be (Jaro-Winkler, 0 to 1) for the one to be a slip for the other.
const NEAR: f64 = 0.8;

/// The name nearest to `wanted`, if one is near enough to be what was meant.
pub(crate) fn nearest<N: AsRef<str>>(
    wanted: &str,
    names: impl IntoIterator<Item = N>,
) -> Option<N> {
    let near = |name: &N| strsim::jaro_winkler(wanted, name.as_ref());
    let best = names
        .into_iter()
        .max_by(|one, other| near(one).total_cmp(&near(other)))?;
    (near(&best) > NEAR).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_a_slip_is_taken_for_a_name() {
        let names = ["overlay", "files", "spec"];
        assert_eq!(nearest("overlays", names), Some("overlay"));
        assert_eq!(nearest("file", names), Some("files"));
        assert_eq!(nearest("zzz", names), None);
        assert_eq!(nearest("spec", Vec::<String>::new()), None);
    }
}
