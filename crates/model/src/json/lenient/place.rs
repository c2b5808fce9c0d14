//! Where in a JSON text an error is.

use std::ops::Range;

/// The place of a value in a JSON text.
pub(super) struct Place {
    /// The objects and arrays around the value, outermost first.
    pub(super) around: Vec<Open>,
    pub(super) value: Range<usize>,
}

/// An object or array that is open at the current position.
pub(super) struct Open {
    pub(super) start: usize,
    pub(super) is_array: bool,
    /// Of the current item of an array.
    pub(super) index: usize,
    /// Where the current item starts, or the key of the current field.
    pub(super) entry_start: usize,
    /// The current key of an object, with its quotes.
    pub(super) key: Range<usize>,
}

impl Place {
    /// The value that starts or ends at the offset, or the innermost one around it.
    pub(super) fn find(json: &[u8], offset: usize) -> Option<Self> {
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        let mut awaits_key = false;
        while at < json.len() {
            match json[at] {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                b':' => at += 1,
                b',' => {
                    let container = open.last_mut()?;
                    container.index += 1;
                    awaits_key = !container.is_array;
                    at += 1;
                }
                b'"' if awaits_key => {
                    let end = end_of_string(json, at)?;
                    let container = open.last_mut()?;
                    container.key = at..end;
                    container.entry_start = at;
                    awaits_key = false;
                    at = end;
                    // Right behind a key, the error is about its field, which comes twice.
                    if at > offset {
                        break;
                    }
                }
                bracket @ (b'{' | b'[') => {
                    Self::enter(&mut open, at);
                    if at >= offset {
                        return Self::of(json, open, at);
                    }
                    let is_array = bracket == b'[';
                    open.push(Open {
                        start: at,
                        is_array,
                        index: 0,
                        entry_start: at,
                        key: 0..0,
                    });
                    awaits_key = !is_array;
                    at += 1;
                }
                b'}' | b']' => {
                    let start = open.pop()?.start;
                    at += 1;
                    awaits_key = false;
                    if at >= offset {
                        return Self::of(json, open, start);
                    }
                }
                byte => {
                    Self::enter(&mut open, at);
                    let end = if byte == b'"' {
                        end_of_string(json, at)?
                    } else {
                        end_of_word(json, at)
                    };
                    if end >= offset {
                        return Self::of(json, open, at);
                    }
                    at = end;
                }
            }
        }
        let start = open.pop()?.start;
        Self::of(json, open, start)
    }

    fn enter(open: &mut [Open], at: usize) {
        if let Some(container) = open.last_mut().filter(|container| container.is_array) {
            container.entry_start = at;
        }
    }

    /// The value that starts here, in the innermost open container.
    fn of(json: &[u8], around: Vec<Open>, start: usize) -> Option<Self> {
        let value = start..end_of_value(json, start)?;
        Some(Self { around, value })
    }
}

fn end_of_string(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match json.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn end_of_word(json: &[u8], start: usize) -> usize {
    let ends =
        |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b'"') || byte.is_ascii_whitespace();
    json[start..]
        .iter()
        .position(ends)
        .map_or(json.len(), |length| start + length.max(1))
}

fn end_of_value(json: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match json.get(at)? {
            b'"' => at = end_of_string(json, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {
                at += 1;
                continue;
            }
            _ => at = end_of_word(json, at),
        }
        if depth == 0 {
            return Some(at);
        }
    }
}
