//! The place of an error in a JSON text.

use std::ops::Range;

/// The longest path that is reported, in bytes.
const MOST_PATH: usize = 200;

/// The place of a value in a JSON text.
#[derive(Debug)]
pub(super) struct Place {
    /// The objects and arrays around the value, outermost first.
    pub(super) around: Vec<Open>,
    pub(super) value: Range<usize>,
}

/// An object or array that is open at the current position.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) start: usize,
    pub(super) is_array: bool,
    /// The index of the current item of an array.
    pub(super) index: usize,
    /// Where the current item starts, or the key of the current field.
    pub(super) entry_start: usize,
    /// The current key of an object, with its quotes.
    pub(super) key: Range<usize>,
}

impl Place {
    /// Finds the value that starts or ends at the offset, or the innermost one around it. The text is
    /// JSON.
    pub(super) fn find(json: &[u8], offset: usize) -> Option<Self> {
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        let mut awaits_key = false;
        while let Some(&byte) = json.get(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b':' => at += 1,
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
                b'{' | b'[' => {
                    Self::enter(&mut open, at);
                    if at >= offset {
                        return Self::of(json, open, at);
                    }
                    let is_array = byte == b'[';
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
                _ => {
                    Self::enter(&mut open, at);
                    let end = end_of_scalar(json, at)?;
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

    /// Where the entry of the value starts: at its key, or at the value itself.
    pub(super) fn entry_start(&self) -> usize {
        self.around
            .last()
            .map_or(self.value.start, |container| container.entry_start)
    }

    /// Returns the path of the value, such as `data[3].location.city`.
    pub(super) fn path(&self, json: &[u8]) -> String {
        let mut path = String::new();
        for container in &self.around {
            if container.is_array {
                path.push_str(&format!("[{}]", container.index));
            } else {
                let key = json.get(container.key.clone()).unwrap_or_default();
                push_key(&mut path, key);
            }
            if path.len() > MOST_PATH {
                path.push('…');
                break;
            }
        }
        path
    }
}

/// Appends a key, which is JSON, to a path.
pub(super) fn push_key(path: &mut String, key: &[u8]) {
    if !path.is_empty() {
        path.push('.');
    }
    let name = match serde_json::from_slice::<String>(key.get(..=MOST_PATH).unwrap_or(key)) {
        Ok(name) => name,
        // It is cut, or not UTF-8.
        Err(_) => {
            let start = key.get(..MOST_PATH).unwrap_or(key);
            String::from_utf8_lossy(start).trim_matches('"').to_owned()
        }
    };
    path.push_str(&super::deviation::cut(&name, MOST_PATH));
}

pub(super) fn end_of_string(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match json.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The end of a string, number or word.
pub(super) fn end_of_scalar(json: &[u8], start: usize) -> Option<usize> {
    let rest = json.get(start..)?;
    if rest.first() == Some(&b'"') {
        return end_of_string(json, start);
    }
    let ends = |byte: &u8| {
        matches!(byte, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[') || byte.is_ascii_whitespace()
    };
    let length = rest.iter().position(ends).unwrap_or(rest.len());
    Some(start + length.max(1))
}

fn end_of_value(json: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match json.get(at)? {
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
            _ => at = end_of_scalar(json, at)?,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}
