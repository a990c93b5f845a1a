//! The start of a body, for people.

/// Bytes of a body that are looked at, and of an excerpt that are kept.
const MAX: usize = 512;

/// The start of a body as a text: at most 512 bytes, without control characters, and not in the middle of a character.
pub(super) fn of(body: &[u8]) -> String {
    let start = String::from_utf8_lossy(&body[..body.len().min(MAX)]);
    let mut kept = String::new();
    for c in start.chars().filter(|c| !c.is_control()) {
        if kept.len() + c.len_utf8() > MAX {
            break;
        }
        kept.push(c);
    }
    // What the cut left of a character is no character of the body.
    if body.len() > MAX {
        kept.truncate(kept.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn an_excerpt_is_bounded_and_ends_with_a_character() {
        assert_eq!(of(b""), "");
        assert_eq!(of(b"<b>\r\n\x1b[31mno"), "<b>[31mno");
        // 511 bytes and then the first of two.
        let body = format!("{}ä{}", "x".repeat(511), "y".repeat(100));
        assert_eq!(of(body.as_bytes()), "x".repeat(511));
        // The first of two, and room for what stands for it: it is no character of the body, unless the body ends so.
        let start = [&[b'\r'; 10][..], &[b'x'; 501], &[0xc3]].concat();
        let cut = [&start[..], &[0xa4], b"more"].concat();
        assert_eq!(of(&cut), "x".repeat(501));
        assert_eq!(of(&start), format!("{}\u{fffd}", "x".repeat(501)));
        assert_eq!(of(&[b'x'; 513]), "x".repeat(512));
        // Each bad byte would become three, of which 170 are 510.
        assert!(of(&[0xff; 600]).len() <= 512);
        assert_eq!(of(&[0xff; 512]).len(), 510);
    }
}
