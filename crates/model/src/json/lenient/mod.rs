//! Reading what is nearly as documented, without losing the rest.
//!
//! Strict reading comes first and is all there is on the good path. Where it fails, the position in
//! the error names the offending value; the text is read again with that value as `null`, or without
//! it where `null` does not do either, until it can be read.
//!
//! Serde stops at the first error, so each surprise costs a reading. To keep a long list with a
//! surprise in every item from being read from its start each time, the items that were already read
//! are left out of the readings up to the last one.

mod place;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::json::strict;

use self::text::Text;

/// After so many surprises in one text it is not what it was taken for.
const MOST_DEVIATIONS: usize = 10_000;

/// How much of an unexpected value a [`Deviation`] shows.
const SHOWN: usize = 80;

/// A value that was not of the documented kind, and was read as if it were missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// Where it was, such as `data[3].location.city`.
    pub path: String,
    /// What should have been there.
    pub expected: String,
    /// The value, cut after 80 characters.
    pub found: String,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected {}, found {}",
            self.path, self.expected, self.found
        )
    }
}

/// Reads JSON, and takes values of the wrong kind as if they were missing.
///
/// ```
/// use intercom_model::contacts::Contact;
///
/// let json = br#"{"id": "6762", "email": ["a@example.com"], "name": "Ada"}"#;
/// let (contact, deviations) = intercom_model::from_slice::<Contact>(json)?;
/// assert_eq!(contact.name.as_deref(), Some("Ada"));
/// assert_eq!(deviations[0].path, "email");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Where the text is no JSON, or nothing of it is of the documented kind.
pub fn from_slice<T: DeserializeOwned>(
    json: &[u8],
) -> Result<(T, Vec<Deviation>), serde_json::Error> {
    let error = match strict::from_slice(json) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    let mut value = None;
    let deviations = mend(json, error, &mut |json| {
        value = Some(strict::from_slice(json)?);
        Ok(())
    })?;
    match value {
        Some(value) => Ok((value, deviations)),
        None => Err(<serde_json::Error as serde::de::Error>::custom(
            "nothing was read",
        )),
    }
}

fn mend(
    json: &[u8],
    mut error: serde_json::Error,
    read: &mut dyn FnMut(&[u8]) -> Result<(), serde_json::Error>,
) -> Result<Vec<Deviation>, serde_json::Error> {
    // Numbers out of range and arrays in place of objects are told as errors of syntax too.
    if error.classify() != Category::Data && serde_json::from_slice::<IgnoredAny>(json).is_err() {
        return Err(error);
    }
    let mut text = Text::new(json);
    let mut deviations: Vec<Deviation> = Vec::new();
    // A value may take two steps: to `null`, and out.
    for _ in 0..2 * MOST_DEVIATIONS {
        let Some(place) = text.place(&error) else {
            return Err(error);
        };
        let found = &text.json[place.value.clone()];
        let was_null = found == b"null";
        if place.around.is_empty() && (was_null || found.first() != Some(&b'{')) {
            return Err(error);
        }
        let path = text.path(&place);
        if !was_null || deviations.last().is_none_or(|last| last.path != path) {
            deviations.push(Deviation {
                path,
                expected: expected(&error),
                found: shown(found),
            });
        }
        text.leave_out_items_before(&place);
        if was_null {
            text.remove(&place);
        } else {
            text.json.splice(place.value, *b"null");
        }
        error = match read(&text.reading()) {
            Err(next) => next,
            Ok(()) if !text.leaves_out => return Ok(deviations),
            Ok(()) => match read(&text.json) {
                Ok(()) => return Ok(deviations),
                // Items that can be read alone, but not together.
                Err(next) => {
                    text.leaves_out = false;
                    next
                }
            },
        };
    }
    Err(error)
}

/// What serde's message says was expected, or else the message.
fn expected(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message
        .rfind(" at line ")
        .map_or(message.as_str(), |at| &message[..at]);
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("an object with {field}");
    }
    if let Some(field) = message.strip_prefix("duplicate field ") {
        return format!("{field} once");
    }
    message
        .rfind(", expected ")
        .map_or(message, |at| &message[at + ", expected ".len()..])
        .to_owned()
}

fn shown(value: &[u8]) -> String {
    // Four bytes are the longest character.
    let text = String::from_utf8_lossy(&value[..value.len().min(4 * SHOWN + 4)]);
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.into_owned(),
    }
}
