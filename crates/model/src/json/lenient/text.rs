//! The text that is being mended.

use std::borrow::Cow;
use std::ops::Range;

use super::place::{Open, Place};

/// A text that is being mended.
pub(super) struct Text {
    pub(super) json: Vec<u8>,
    /// What was read of each array around the last place, outermost first.
    read: Vec<ReadItems>,
    /// Whether what was read is left out of readings.
    pub(super) leaves_out: bool,
}

/// The first items of an array, which can be read.
#[derive(Clone)]
struct ReadItems {
    /// From after the bracket up to the item that comes next.
    range: Range<usize>,
    /// The index of that item in the array as it came.
    next: usize,
}

impl Text {
    pub(super) fn new(json: &[u8]) -> Self {
        Self {
            json: json.to_vec(),
            read: Vec::new(),
            leaves_out: true,
        }
    }

    /// The text without the items that were read.
    pub(super) fn reading(&self) -> Cow<'_, [u8]> {
        if !self.leaves_out || self.read.iter().all(|items| items.range.is_empty()) {
            return Cow::Borrowed(&self.json);
        }
        let mut reading = Vec::with_capacity(self.json.len());
        let mut from = 0;
        for items in &self.read {
            reading.extend_from_slice(&self.json[from..items.range.start]);
            from = items.range.end;
        }
        reading.extend_from_slice(&self.json[from..]);
        Cow::Owned(reading)
    }

    /// The place in the text of an error in its reading.
    pub(super) fn place(&self, error: &serde_json::Error) -> Option<Place> {
        let reading = self.reading();
        let mut place = Place::find(&reading, offset_of(&reading, error)?)?;
        if self.leaves_out {
            let left_out = |at: usize| {
                self.read.iter().fold(at, |at, items| {
                    let before = at < items.range.start;
                    at + if before { 0 } else { items.range.len() }
                })
            };
            place.value = left_out(place.value.start)..left_out(place.value.end);
            for container in &mut place.around {
                container.start = left_out(container.start);
                container.entry_start = left_out(container.entry_start);
                container.key = left_out(container.key.start)..left_out(container.key.end);
                if let Some(items) = self.read_of(container) {
                    container.index += items.next;
                }
            }
        }
        Some(place)
    }

    fn read_of(&self, array: &Open) -> Option<&ReadItems> {
        self.read
            .iter()
            .find(|items| items.range.start == array.start + 1)
    }

    pub(super) fn path(&self, place: &Place) -> String {
        let mut path = String::new();
        for container in &place.around {
            if container.is_array {
                path.push_str(&format!("[{}]", container.index));
            } else {
                let key = &self.json[container.key.clone()];
                let name: String = serde_json::from_slice(key).unwrap_or_default();
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&name);
            }
        }
        path
    }

    /// In all arrays around the place. What was left out elsewhere is read again at the end.
    pub(super) fn leave_out_items_before(&mut self, place: &Place) {
        let arrays = place.around.iter().filter(|container| container.is_array);
        self.read = arrays
            .map(|array| ReadItems {
                range: array.start + 1..array.entry_start,
                next: array.index,
            })
            .collect();
    }

    /// Cuts the value out, with its key and one of the commas beside it.
    pub(super) fn remove(&mut self, place: &Place) {
        let Some(container) = place.around.last() else {
            return;
        };
        let mut entry = container.entry_start..place.value.end;
        let after = following_comma(&self.json[entry.end..]);
        entry.end += after;
        let before = self.json[..entry.start].trim_ascii_end();
        if after == 0 && before.ends_with(b",") {
            entry.start = before.len() - 1;
        }
        if let Some(items) = self.read.last_mut().filter(|_| container.is_array) {
            items.range.end = entry.start;
            items.next += 1;
        }
        self.json.drain(entry);
    }
}

/// How many bytes had been read when the error was noticed.
fn offset_of(json: &[u8], error: &serde_json::Error) -> Option<usize> {
    let before = json
        .split_inclusive(|&byte| byte == b'\n')
        .take(error.line().checked_sub(1)?);
    Some(before.map(<[u8]>::len).sum::<usize>() + error.column())
}

/// How far the comma after a value reaches, where one follows.
fn following_comma(rest: &[u8]) -> usize {
    let blank = rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    if rest.get(blank) == Some(&b',') {
        blank + 1
    } else {
        0
    }
}
