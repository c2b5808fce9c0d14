//! Text that is not quite JSON.
//!
//! Some services and proxies send a byte order mark, raw control characters in strings, or numbers
//! that JSON does not have. Their meaning is clear, so they are read.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::deviation::{Deviation, DeviationKind};
use super::place::{self, Place};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Numbers that JSON does not have.
const NUMBERS: &[&[u8]] = &[b"NaN", b"Infinity", b"-Infinity"];

/// How many repairs are reported with their paths.
const MOST_TOLD: usize = 10;

/// A text that is JSON as a whole.
pub(super) struct Json<'a> {
    pub(super) text: Cow<'a, [u8]>,
    /// What was repaired to make it so.
    pub(super) deviations: Vec<Deviation>,
    /// How many repairs are not among the deviations.
    pub(super) more: usize,
}

/// Returns the text as JSON, or `None` if it is something else.
///
/// Only what is between the values is looked at: strings may hold what Rust cannot represent.
pub(super) fn whole(text: &[u8]) -> Option<Json<'_>> {
    if is_json(text) {
        return Some(Json {
            text: Cow::Borrowed(text),
            deviations: Vec::new(),
            more: 0,
        });
    }
    let mut repairs = Vec::new();
    let repaired = repair(text, &mut repairs)?;
    if !is_json(&repaired) {
        return None;
    }
    let told = repairs.iter().take(MOST_TOLD).filter_map(|repair| {
        let place = Place::find(&repaired, repair.at)?;
        let (expected, found) = (repair.expected, repair.found);
        Some(Deviation::new(
            DeviationKind::Syntax,
            place.path(&repaired),
            expected,
            found,
        ))
    });
    let deviations: Vec<Deviation> = told.collect();
    let more = repairs.len() - deviations.len();
    Some(Json {
        text: Cow::Owned(repaired),
        deviations,
        more,
    })
}

fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

struct Repair<'a> {
    /// The offset in the repaired text.
    at: usize,
    expected: &'static str,
    found: &'a [u8],
}

fn repair<'a>(text: &'a [u8], repairs: &mut Vec<Repair<'a>>) -> Option<Vec<u8>> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut repaired = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte == b'"' {
            let end = place::end_of_string(text, at)?;
            let is_control = |byte: &u8| *byte < b' ';
            let string = text.get(at..end)?;
            if let Some(found) = string.iter().position(is_control) {
                let found = string.get(found..=found)?;
                let expected = "an escape for a control character";
                repairs.push(Repair {
                    at: repaired.len() + 1,
                    expected,
                    found,
                });
            }
            for &byte in string {
                match byte {
                    b'\n' => repaired.extend_from_slice(b"\\n"),
                    b'\r' => repaired.extend_from_slice(b"\\r"),
                    b'\t' => repaired.extend_from_slice(b"\\t"),
                    ..b' ' => repaired.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
                    _ => repaired.push(byte),
                }
            }
            at = end;
        } else if matches!(byte, b'N' | b'I' | b'-') {
            let end = place::end_of_scalar(text, at)?;
            let word = text.get(at..end)?;
            if NUMBERS.contains(&word) {
                repairs.push(Repair {
                    at: repaired.len() + 1,
                    expected: "a number of JSON",
                    found: word,
                });
                repaired.extend_from_slice(b"null");
            } else {
                repaired.extend_from_slice(word);
            }
            at = end;
        } else {
            repaired.push(byte);
            at += 1;
        }
    }
    Some(repaired)
}

/// Returns a JSON string with what Rust cannot represent replaced by U+FFFD, or `None` if it is not a
/// string or can be read as it is.
pub(super) fn string(value: &[u8]) -> Option<Vec<u8>> {
    if value.first() != Some(&b'"') || serde_json::from_slice::<String>(value).is_ok() {
        return None;
    }
    let text = String::from_utf8_lossy(value);
    let mut repaired = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('\\') {
        repaired.push_str(before);
        let mut escape = after.chars();
        match escape.next() {
            Some('u') => {
                let unit = after.get(1..5).and_then(unit);
                let next = after
                    .get(5..11)
                    .and_then(|next| next.strip_prefix("\\u"))
                    .and_then(self::unit);
                let length = match (unit?, next) {
                    (0xD800..=0xDBFF, Some(0xDC00..=0xDFFF)) => 11,
                    (0xD800..=0xDFFF, _) => 0,
                    _ => 5,
                };
                if length == 0 {
                    repaired.push('\u{fffd}');
                    rest = after.get(5..)?;
                } else {
                    repaired.push('\\');
                    repaired.push_str(after.get(..length)?);
                    rest = after.get(length..)?;
                }
            }
            Some(escaped) => {
                repaired.push('\\');
                repaired.push(escaped);
                rest = escape.as_str();
            }
            None => return None,
        }
    }
    repaired.push_str(rest);
    let repaired = repaired.into_bytes();
    serde_json::from_slice::<String>(&repaired)
        .is_ok()
        .then_some(repaired)
}

/// The code unit of four hexadecimal digits.
fn unit(digits: &str) -> Option<u16> {
    u16::from_str_radix(digits, 16).ok()
}
