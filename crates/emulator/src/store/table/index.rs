//! Indexes: what records are found by besides their ids.

use std::collections::BTreeMap;
use std::ops::RangeBounds;
use std::sync::Arc;

use super::Record;
use super::slots::Slot;

/// The key of an index entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Number(i64),
    Text(Box<str>),
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// The index entries of one record.
#[derive(Debug, PartialEq)]
pub(crate) struct Entries<I>(Vec<(I, Key)>);

impl<I> Entries<I> {
    pub(super) fn of<R: Record<Index = I>>(record: &R) -> Self {
        let mut entries = Self(Vec::new());
        record.entries(&mut entries);
        entries
    }

    pub(crate) fn add(&mut self, index: I, key: impl Into<Key>) {
        self.0.push((index, key.into()));
    }
}

/// The place of an entry in its index: its key, then the id of its record.
pub(super) type Place = (Key, Arc<str>);

/// The entries of one index, with the slots of the records.
type Index = BTreeMap<Place, Slot>;

/// The indexes of a table.
pub(super) struct Indexes<R: Record> {
    entries: BTreeMap<R::Index, Index>,
    /// How many entries of counted indexes have the same key.
    counts: BTreeMap<(R::Index, Key), usize>,
}

impl<R: Record> Default for Indexes<R> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }
}

impl<R: Record> Clone for Indexes<R> {
    fn clone(&self) -> Self {
        Self {
            entries: self.entries.clone(),
            counts: self.counts.clone(),
        }
    }
}

impl<R: Record> Indexes<R> {
    pub(super) fn add(&mut self, id: &Arc<str>, slot: Slot, entries: Entries<R::Index>) {
        for (index, key) in entries.0 {
            if R::is_counted(index) {
                *self.counts.entry((index, key.clone())).or_default() += 1;
            }
            let entries = self.entries.entry(index).or_default();
            entries.insert((key, Arc::clone(id)), slot);
        }
    }

    pub(super) fn remove(&mut self, id: &Arc<str>, entries: Entries<R::Index>) {
        for (index, key) in entries.0 {
            if R::is_counted(index) {
                let counted = (index, key.clone());
                if let Some(count) = self.counts.get_mut(&counted) {
                    *count -= 1;
                    if *count == 0 {
                        self.counts.remove(&counted);
                    }
                }
            }
            if let Some(entries) = self.entries.get_mut(&index) {
                entries.remove(&(key, Arc::clone(id)));
            }
        }
    }

    pub(super) fn len(&self, index: R::Index) -> usize {
        self.entries.get(&index).map_or(0, BTreeMap::len)
    }

    pub(super) fn count_of(&self, index: R::Index, key: Key) -> usize {
        let key = (index, key);
        self.counts.get(&key).copied().unwrap_or_default()
    }

    /// Iterates over the entries of an index within bounds.
    pub(super) fn range(
        &self,
        index: R::Index,
        bounds: impl RangeBounds<Place>,
    ) -> impl DoubleEndedIterator<Item = (&Key, Slot)> {
        let entries = self.entries.get(&index);
        let range = entries.map(|entries| entries.range(bounds));
        range
            .into_iter()
            .flatten()
            .map(|((key, _), slot)| (key, *slot))
    }
}
