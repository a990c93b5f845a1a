//! Flow collections that are nested too deep, found before the decoder reads them: it looks at each open bracket
//! again for each token, and fails only at the end.

use saphyr_parser::{Event, Parser};

/// The byte at which collections are nested deeper than `most`.
pub(super) fn too_deep(text: &str, most: usize) -> Option<usize> {
    // Brackets in texts count here too, so that this only tells whether to look.
    first_deep(text, most, may_be_deep(text, most)?)
}

/// The bracket with more than `most` open, those in texts counted in.
fn may_be_deep(text: &str, most: usize) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.as_bytes().iter().enumerate() {
        match byte {
            b'[' | b'{' => {
                open += 1;
                if open > most {
                    return Some(at);
                }
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn first_deep(text: &str, most: usize, bracket: usize) -> Option<usize> {
    let mut open = 0_usize;
    let mut events = Parser::new_from_str(text);
    let character = loop {
        match events.next_event()? {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) if open == most => {
                break span.start.index();
            }
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), _)) => open += 1,
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => open -= 1,
            Ok(_) => {}
            // It reads on to see whether a collection is a key, and gives up at 256 levels.
            Err(error) if error.info().contains("recursion limit") => return Some(bracket),
            Err(_) => return None,
        }
    };
    text.char_indices().nth(character).map(|(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn brackets_in_texts_are_none() {
        assert_eq!(too_deep(&format!("a: '{}'", "[".repeat(200)), 128), None);
        assert_eq!(
            too_deep(&format!("é: {}{}", "[".repeat(128), "]".repeat(128)), 128),
            None
        );
    }

    #[test]
    fn the_first_that_is_too_deep_is_found() {
        // Two bytes for the letter, two for the colon and the blank; the mapping itself is the first level.
        let deep = |levels| format!("é: {}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(too_deep(&deep(200), 128), Some(4 + 127));
        assert!(too_deep(&deep(100_000), 128).is_some());
        assert!(too_deep(&"{a: ".repeat(100_000), 128).is_some());
    }
}
