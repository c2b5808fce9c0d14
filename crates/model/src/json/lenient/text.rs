//! The text that is being mended.

use std::ops::Range;

use super::place::{Open, Place};

/// A text that is being mended from its start to its end.
///
/// After each change the text is read again, but not from its start: of every array around the change,
/// the items that were already read are left out. What is left of the text before the change is kept
/// right before what comes after it, which is never moved:
///
/// ```text
///    free         start                 tail
///   |            |{"data":[{"name":null|,"email":5},{"name":7},..]}
/// ```
///
/// So a change costs what it takes to read the items around it, and not the whole text.
pub(super) struct Text<'a> {
    original: &'a [u8],
    buffer: Vec<u8>,
    start: usize,
    /// From here on the buffer is as the original.
    tail: usize,
    /// The objects and arrays that are open at the tail, outermost first.
    open: Vec<Level>,
    /// The changes, in the order of the original.
    changes: Vec<Change>,
    /// What stands before the tail in place of the value that was changed last.
    last: Option<Last>,
}

/// An object or array of which the start lies before the tail.
#[derive(Debug, Clone)]
struct Level {
    start: usize,
    original_start: usize,
    /// How many items of an array are left out.
    left_out: usize,
}

#[derive(Debug, Clone)]
struct Last {
    value: Range<usize>,
    original: Range<usize>,
    original_entry: usize,
}

/// A change of the original.
#[derive(Debug)]
struct Change {
    range: Range<usize>,
    replacement: Replacement,
}

#[derive(Debug)]
enum Replacement {
    Text(Vec<u8>),
    /// Also takes one of the commas beside the entry.
    Nothing,
}

impl<'a> Text<'a> {
    pub(super) fn new(original: &'a [u8]) -> Self {
        let free = original.len() / 8 + 64;
        let mut buffer = vec![b' '; free];
        buffer.extend_from_slice(original);
        Self {
            original,
            buffer,
            start: free,
            tail: free,
            open: Vec::new(),
            changes: Vec::new(),
            last: None,
        }
    }

    /// What is to be read now.
    pub(super) fn reading(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// How many bytes before the tail are read again.
    pub(super) fn read_again(&self) -> usize {
        self.tail - self.start
    }

    /// Finds the place of an error in the reading. Its indices are those of the original.
    pub(super) fn find(&self, offset: usize) -> Option<Place> {
        let mut place = Place::find(self.reading(), offset)?;
        let shift = self.start;
        place.value = place.value.start + shift..place.value.end + shift;
        for (depth, container) in place.around.iter_mut().enumerate() {
            container.start += shift;
            container.entry_start += shift;
            container.key = container.key.start + shift..container.key.end + shift;
            if let Some(level) = self
                .open
                .get(depth)
                .filter(|level| level.start == container.start)
            {
                container.index += level.left_out;
            }
        }
        Some(place)
    }

    pub(super) fn value(&self, place: &Place) -> &[u8] {
        self.buffer.get(place.value.clone()).unwrap_or_default()
    }

    pub(super) fn path(&self, place: &Place) -> String {
        place.path(&self.buffer)
    }

    /// Whether the value stands for the one that was changed last.
    pub(super) fn is_last(&self, place: &Place) -> bool {
        self.last
            .as_ref()
            .is_some_and(|last| last.value == place.value)
    }

    /// Replaces a value. `None` if its place in the original is unknown.
    pub(super) fn replace(&mut self, place: &Place, value: Vec<u8>) -> Option<()> {
        let original = self.original_value(place)?;
        let original_entry = self.original_entry(place)?;
        let mut before = self.before(place, place.value.start)?;
        before.text.extend_from_slice(&value);
        let length = value.len();
        self.change(original.clone(), Replacement::Text(value));
        self.join(before, place.value.end)?;
        let value = self.tail - length..self.tail;
        self.last = Some(Last {
            value,
            original,
            original_entry,
        });
        Some(())
    }

    /// Cuts a value out, with its key and one of the commas beside it.
    pub(super) fn remove(&mut self, place: &Place) -> Option<()> {
        let container = place.around.last()?;
        let is_array = container.is_array;
        let original = self.original_entry(place)?..self.original_value(place)?.end;
        let mut before = self.before(place, place.entry_start())?;
        let comma = following_comma(self.buffer.get(place.value.end..)?);
        if comma == 0 && !is_array {
            let kept = before.text.trim_ascii_end();
            let kept = kept.strip_suffix(b",").unwrap_or(kept).len();
            before.text.truncate(kept);
        }
        if is_array && let Some(level) = before.open.last_mut() {
            level.left_out += 1;
        }
        self.change(original, Replacement::Nothing);
        self.join(before, place.value.end + comma)?;
        self.last = None;
        Some(())
    }

    /// Adds a field with the value `null` to an object.
    pub(super) fn add_null(&mut self, place: &Place, field: &str) -> Option<()> {
        let end = place.value.end.checked_sub(1)?;
        let original_start = self.original_value(place)?.start;
        let original_end = self.original_value(place)?.end.checked_sub(1)?;
        let inside = self.buffer.get(place.value.start + 1..end)?;
        let comma = if inside.trim_ascii().is_empty() {
            ""
        } else {
            ","
        };
        let added = format!("{comma}\"{field}\":null").into_bytes();
        let mut before = self.before(place, end)?;
        before.open.push(Level {
            start: before.text.len() - (end - place.value.start),
            original_start,
            left_out: 0,
        });
        before.text.extend_from_slice(&added);
        // Nothing that was changed within the object is undone.
        self.changes.push(Change {
            range: original_end..original_end,
            replacement: Replacement::Text(added),
        });
        self.join(before, end)?;
        self.last = None;
        Some(())
    }

    /// Returns the whole text with all changes.
    pub(super) fn mended(&self) -> Vec<u8> {
        let mut mended = Vec::with_capacity(self.original.len());
        let mut from = 0;
        for Change { range, replacement } in &self.changes {
            mended.extend_from_slice(self.original.get(from..range.start).unwrap_or_default());
            from = range.end;
            match replacement {
                Replacement::Text(text) => mended.extend_from_slice(text),
                Replacement::Nothing => {
                    let comma = following_comma(self.original.get(range.end..).unwrap_or_default());
                    from += comma;
                    if comma == 0 {
                        let kept = mended.trim_ascii_end();
                        let kept = kept.strip_suffix(b",").unwrap_or(kept).len();
                        mended.truncate(kept);
                    }
                }
            }
        }
        mended.extend_from_slice(self.original.get(from..).unwrap_or_default());
        mended
    }

    fn change(&mut self, range: Range<usize>, replacement: Replacement) {
        // Changes within the value are changes of what is no longer there.
        while self
            .changes
            .last()
            .is_some_and(|last| last.range.start >= range.start)
        {
            self.changes.pop();
        }
        self.changes.push(Change { range, replacement });
    }

    /// Where the value is in the original.
    fn original_value(&self, place: &Place) -> Option<Range<usize>> {
        if let Some(last) = self.last.as_ref().filter(|last| last.value == place.value) {
            return Some(last.original.clone());
        }
        let level = self.open.get(place.around.len());
        let start = match level.filter(|level| level.start == place.value.start) {
            Some(level) => level.original_start,
            None => self.in_original(place.value.start)?,
        };
        Some(start..self.in_original(place.value.end)?)
    }

    /// Where the entry of the value is in the original.
    fn original_entry(&self, place: &Place) -> Option<usize> {
        if let Some(last) = self.last.as_ref().filter(|last| last.value == place.value) {
            return Some(last.original_entry);
        }
        if place
            .around
            .last()
            .is_none_or(|container| container.is_array)
        {
            return Some(self.original_value(place)?.start);
        }
        if let Some(at) = self.in_original(place.entry_start()) {
            return Some(at);
        }
        // The key is before the tail, and the value an object or array that is open there, or nothing was
        // read of it yet: the key is the last string before the value.
        let value = self.original_value(place)?.start;
        let before = self.original.get(..value)?;
        let key = place.around.last()?.key.clone();
        let entry = self.buffer.get(place.entry_start()..place.value.start)?;
        let at = value.checked_sub(entry.len())?;
        (before.get(at..)? == entry && !key.is_empty()).then_some(at)
    }

    /// A position at or behind the tail, in the original.
    fn in_original(&self, at: usize) -> Option<usize> {
        let shift = self.buffer.len() - self.original.len();
        if at >= self.tail {
            at.checked_sub(shift)
        } else {
            None
        }
    }

    /// What is read again before the position.
    fn before(&self, place: &Place, end: usize) -> Option<Before> {
        let mut text = Vec::new();
        let mut open = Vec::with_capacity(place.around.len());
        let mut from = self.start;
        for (depth, container) in place.around.iter().enumerate() {
            text.extend_from_slice(self.buffer.get(from..container.start)?);
            open.push(self.level(depth, container, text.len())?);
            from = container.start;
            if container.is_array {
                text.push(b'[');
                from = container.entry_start;
            }
        }
        text.extend_from_slice(self.buffer.get(from..end)?);
        Some(Before { text, open })
    }

    fn level(&self, depth: usize, container: &Open, start: usize) -> Option<Level> {
        let known = self
            .open
            .get(depth)
            .filter(|level| level.start == container.start);
        let original_start = match known {
            Some(level) => level.original_start,
            None => self.in_original(container.start)?,
        };
        Some(Level {
            start,
            original_start,
            left_out: if container.is_array {
                container.index
            } else {
                0
            },
        })
    }

    /// Puts what is read again right before the tail.
    fn join(&mut self, before: Before, mut tail: usize) -> Option<()> {
        let length = before.text.len();
        if length > tail {
            let more = length + self.original.len() / 8;
            self.buffer.splice(..0, std::iter::repeat_n(b' ', more));
            tail += more;
        }
        self.tail = tail;
        self.start = tail - length;
        self.buffer
            .get_mut(self.start..tail)?
            .copy_from_slice(&before.text);
        self.open = before.open;
        for level in &mut self.open {
            level.start += self.start;
        }
        Some(())
    }
}

/// What is read again before the tail.
struct Before {
    text: Vec<u8>,
    /// What is open at its end; the starts are positions in the text.
    open: Vec<Level>,
}

/// How far the comma after a value reaches, if one follows.
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
