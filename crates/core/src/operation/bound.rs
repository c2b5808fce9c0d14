//! A bound on the memory that a reply takes once it is decoded.

/// How many objects a reply may have. A decoded object takes up to about 1 KiB, however short its text is.
pub(super) const MAX_OBJECTS: usize = 250_000;

/// The length of text in which the objects are not counted.
const SMALL: usize = 2 * MAX_OBJECTS;

/// Whether a text of JSON has more objects than are decoded.
pub(super) fn has_too_many_objects(json: &[u8]) -> bool {
    // Each takes at least two bytes. All braces are counted far faster than those outside strings.
    json.len() > SMALL && count_braces(json) > MAX_OBJECTS && count_objects(json) > MAX_OBJECTS
}

/// Counts in pieces whose count fits into a byte, so that the compiler can use vectors of bytes.
fn count_braces(json: &[u8]) -> usize {
    let pieces = json.chunks(usize::from(u8::MAX));
    pieces
        .map(|piece| usize::from(piece.iter().map(|byte| u8::from(*byte == b'{')).sum::<u8>()))
        .sum()
}

fn count_objects(json: &[u8]) -> usize {
    let mut count = 0;
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => count += 1,
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
    }
    count
}

fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_OBJECTS, count_braces, count_objects, has_too_many_objects};

    #[test]
    fn braces_in_strings_are_not_objects() {
        assert_eq!(count_objects(br#"{"a{":"{\"{","b":[{},{"c":"\\"}]}"#), 3);
        assert_eq!(count_objects(br#"{"unfinished\"#), 1);
    }

    #[test]
    fn all_braces_are_counted() {
        assert_eq!(count_braces(b""), 0);
        assert_eq!(count_braces(&[b'{'; 1000]), 1000);
        assert_eq!(count_braces("{\"{}".repeat(300).as_bytes()), 600);
    }

    #[test]
    fn a_text_may_be_long_but_not_of_too_many_objects() {
        let list = |count: usize| format!("[{}]", vec!["{}"; count].join(","));
        assert!(!has_too_many_objects(list(MAX_OBJECTS).as_bytes()));
        assert!(has_too_many_objects(list(MAX_OBJECTS + 1).as_bytes()));
        let text = format!("\"{}\"", "{".repeat(4 * MAX_OBJECTS));
        assert!(!has_too_many_objects(text.as_bytes()));
    }
}
