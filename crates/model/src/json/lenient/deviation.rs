//! What was not as documented.

use std::fmt;

/// How much of an unexpected value a [`Deviation`] shows, in characters.
const MOST_SHOWN: usize = 80;

/// The longest text of what was expected, in characters.
const MOST_EXPECTED: usize = 200;

/// What is shown in place of a secret.
const HIDDEN: &str = "****";

/// Parts of names of fields whose values no log may show.
const SECRETS: &[&[u8]] = &[
    b"secret",
    b"token",
    b"password",
    b"authorization",
    b"sse_subscription_url",
];

/// A value in a reply that is not as documented, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// The kind of deviation.
    pub kind: DeviationKind,
    /// The place, such as `data[3].location.city`; empty for the whole. Long paths are cut.
    pub path: String,
    /// What was expected there.
    pub expected: String,
    /// The JSON that was there, cut after 80 characters. Values that may hold a secret are not shown.
    pub found: String,
}

/// The kind of a [`Deviation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviationKind {
    /// A value of the wrong kind, which was read as if it were missing.
    Value,
    /// A list without the field that has its items, which was read as an empty list. The path names the
    /// field.
    MissingItems,
    /// An object that has none of the fields of its type, which was read as if it were missing.
    UnrecognizedObject,
    /// Text that is not quite JSON, such as `NaN`, which was read as what it stands for.
    Syntax,
    /// More deviations, which were only counted: `found` tells how many.
    More,
}

impl Deviation {
    pub(super) fn new(kind: DeviationKind, path: String, expected: &str, found: &[u8]) -> Self {
        let is_secret =
            expected.ends_with("a secret") || has_secret(path.as_bytes()) || has_secret(found);
        Self {
            kind,
            path,
            expected: cut(expected, MOST_EXPECTED),
            found: if is_secret {
                HIDDEN.to_owned()
            } else {
                shown(found)
            },
        }
    }

    pub(super) fn more(count: usize) -> Self {
        Self {
            kind: DeviationKind::More,
            path: String::new(),
            expected: String::new(),
            found: format!("{count} more deviations"),
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            path,
            expected,
            found,
        } = self;
        if *kind == DeviationKind::More {
            return f.write_str(found);
        }
        let path = if path.is_empty() { "(whole)" } else { path };
        write!(f, "{path}: expected {expected}, found {found}")
    }
}

/// Returns the first characters of a text.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

fn shown(value: &[u8]) -> String {
    // Four bytes are the longest character.
    let start = value.get(..4 * MOST_SHOWN + 4).unwrap_or(value);
    cut(&String::from_utf8_lossy(start), MOST_SHOWN)
}

/// Whether the name of a secret occurs, in any case of its letters.
fn has_secret(text: &[u8]) -> bool {
    SECRETS.iter().any(|name| {
        text.windows(name.len())
            .any(|part| part.eq_ignore_ascii_case(name))
    })
}
