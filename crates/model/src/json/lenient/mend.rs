//! The loop that mends a text until it can be read.

use std::borrow::Cow;

use serde_json::Error;

use super::deviation::{Deviation, DeviationKind};
use super::place::Place;
use super::repair;
use super::text::Text;
use crate::json::object::problem::Problem;

/// So many deviations are returned; the others are counted.
const MOST_DEVIATIONS: usize = 100;

/// How often the bytes of the text may be read again, taken together.
const MOST_READINGS: usize = 16;

/// How many bytes may be read again of a short text.
const LEAST_BUDGET: usize = 64 * 1024;

/// After so many changes the text is not what it was taken for.
const MOST_CHANGES: usize = 20_000;

/// Reads a text; the flag says whether it is whole, or without what was already read.
pub(super) type Read<'r> = dyn FnMut(&[u8], bool) -> Result<(), Error> + 'r;

/// Mends the text until it can be read, and returns it with what was changed.
pub(super) fn mend(
    json: &[u8],
    mut error: Error,
    read: &mut Read<'_>,
) -> Result<(Vec<u8>, Vec<Deviation>), Error> {
    let Some(whole) = repair::whole(json) else {
        return Err(error);
    };
    let mut log = Log {
        deviations: whole.deviations,
        more: whole.more,
    };
    if matches!(whole.text, Cow::Owned(_)) {
        error = match read(&whole.text, true) {
            Ok(()) => return Ok((whole.text.into_owned(), log.finish())),
            Err(error) => error,
        };
    }
    let mut budget = Budget::of(json);
    let mut text = Text::new(&whole.text);
    let mended = loop {
        let Some(offset) = offset_of(text.reading(), &error) else {
            return Err(error);
        };
        if !budget.spend(offset + text.read_again()) {
            return Err(error);
        }
        let Some(place) = text.find(offset) else {
            return Err(error);
        };
        match step(&mut text, &place, &error, &mut log) {
            Step::Changed => {}
            Step::Refused => return Err(error),
            Step::Lost => break text.mended(),
        }
        error = match read(text.reading(), false) {
            Err(next) => next,
            Ok(()) => break text.mended(),
        };
    };
    // Items that can be read alone, but not together, are mended without leaving any out.
    let mut mended = mended;
    loop {
        error = match read(&mended, true) {
            Ok(()) => return Ok((mended, log.finish())),
            Err(error) => error,
        };
        let Some(offset) = offset_of(&mended, &error) else {
            return Err(error);
        };
        if !budget.spend(mended.len()) {
            return Err(error);
        }
        let mut text = Text::new(&mended);
        let Some(place) = text.find(offset) else {
            return Err(error);
        };
        match step(&mut text, &place, &error, &mut log) {
            Step::Changed => mended = text.mended(),
            Step::Refused | Step::Lost => return Err(error),
        }
    }
}

enum Step {
    Changed,
    /// There is nothing to change that would help.
    Refused,
    /// The place of the value in the original is unknown.
    Lost,
}

/// Changes the text at the place of an error.
fn step(text: &mut Text<'_>, place: &Place, error: &Error, log: &mut Log) -> Step {
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(&*message, |(message, _)| message);
    let found = text.value(place);
    let was_null = found == b"null";
    let is_object = found.first() == Some(&b'{');
    let is_all = place.around.is_empty();

    let changed = match Problem::of(message) {
        Problem::MissingItems(field) if is_object => {
            log.note(|| {
                let mut path = text.path(place);
                super::place::push_key(&mut path, field.as_bytes());
                Deviation::new(
                    DeviationKind::MissingItems,
                    path,
                    "the items of the list",
                    found,
                )
            });
            text.add_null(place, field)
        }
        Problem::Unrecognized if is_object => {
            log.note(|| {
                let kind = DeviationKind::UnrecognizedObject;
                Deviation::new(kind, text.path(place), &expected(message), found)
            });
            let nothing: &[u8] = if is_all { b"{}" } else { b"null" };
            text.replace(place, nothing.to_vec())
        }
        _ if is_all && (was_null || !is_object) => return Step::Refused,
        _ => {
            if !text.is_last(place) {
                log.note(|| {
                    Deviation::new(
                        DeviationKind::Value,
                        text.path(place),
                        &expected(message),
                        found,
                    )
                });
            }
            if was_null {
                text.remove(place)
            } else {
                let value = repair::string(found).unwrap_or_else(|| b"null".to_vec());
                text.replace(place, value)
            }
        }
    };
    if changed.is_some() {
        Step::Changed
    } else {
        Step::Lost
    }
}

/// Returns what the message of an error says was expected, or else the message.
fn expected(message: &str) -> Cow<'_, str> {
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("an object with {field}").into();
    }
    if let Some(field) = message.strip_prefix("duplicate field ") {
        return format!("{field} once").into();
    }
    message
        .rsplit_once(", expected ")
        .map_or(message, |(_, expected)| expected)
        .into()
}

/// Returns the place of an error in the text.
fn offset_of(json: &[u8], error: &Error) -> Option<usize> {
    let before = json
        .split_inclusive(|&byte| byte == b'\n')
        .take(error.line().checked_sub(1)?);
    Some(before.map(<[u8]>::len).sum::<usize>() + error.column())
}

/// What was not as documented.
struct Log {
    deviations: Vec<Deviation>,
    more: usize,
}

impl Log {
    fn note(&mut self, deviation: impl FnOnce() -> Deviation) {
        if self.deviations.len() < MOST_DEVIATIONS {
            self.deviations.push(deviation());
        } else {
            self.more += 1;
        }
    }

    fn finish(mut self) -> Vec<Deviation> {
        if self.more > 0 {
            self.deviations.push(Deviation::more(self.more));
        }
        self.deviations
    }
}

/// How much may still be done.
struct Budget {
    bytes: usize,
    changes: usize,
}

impl Budget {
    fn of(json: &[u8]) -> Self {
        Self {
            bytes: json
                .len()
                .saturating_mul(MOST_READINGS)
                .saturating_add(LEAST_BUDGET),
            changes: MOST_CHANGES,
        }
    }

    /// Takes a change, and the bytes that are read for it, from the budget. Returns `false` if there is
    /// not enough left.
    fn spend(&mut self, bytes: usize) -> bool {
        let left = (self.bytes.checked_sub(bytes), self.changes.checked_sub(1));
        let (Some(bytes), Some(changes)) = left else {
            return false;
        };
        *self = Self { bytes, changes };
        true
    }
}
