//! Tables: records by id, and by whatever else they are looked up.

mod changes;
mod index;
mod slots;
mod snapshot;

pub(crate) use changes::Change;
pub(crate) use index::{Entries, Key};

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use index::{Indexes, Place};
use slots::{Slot, Slots};

/// An index is used for a search if it finds at most one record in this many. A scan reads a record in less
/// time than an index does.
const SCANNED: usize = 4;

/// What a [`Table`] stores.
pub(crate) trait Record: Clone {
    type Id: AsRef<str> + Clone + Ord;
    /// Names the indexes of the table.
    type Index: Copy + Ord;

    fn id(&self) -> &Self::Id;

    /// Adds the entries of this record to the indexes. A record may have several entries in an index,
    /// or none.
    fn entries(&self, entries: &mut Entries<Self::Index>);

    /// Whether the entries of an index are counted by key, for [`Table::count_of`].
    fn is_counted(_: Self::Index) -> bool {
        false
    }
}

/// Records by id, with indexes that follow every change.
///
/// A clone shares everything until one of the two changes; the records that did not change stay shared.
pub(crate) struct Table<R: Record> {
    parts: Arc<Parts<R>>,
    /// What changed since changes are recorded; `None` if they are not.
    changes: Option<Vec<Change<R>>>,
}

struct Parts<R: Record> {
    slots: Slots<R>,
    /// The indexes share the texts of the ids.
    ids: BTreeMap<Arc<str>, Slot>,
    indexes: Indexes<R>,
}

impl<R: Record> Default for Table<R> {
    fn default() -> Self {
        Self {
            parts: Arc::default(),
            changes: None,
        }
    }
}

impl<R: Record> Clone for Table<R> {
    /// Clones the records, but neither the changes nor that they are recorded.
    fn clone(&self) -> Self {
        Self {
            parts: Arc::clone(&self.parts),
            changes: None,
        }
    }
}

impl<R: Record> Default for Parts<R> {
    fn default() -> Self {
        Self {
            slots: Slots::default(),
            ids: BTreeMap::new(),
            indexes: Indexes::default(),
        }
    }
}

impl<R: Record> Clone for Parts<R> {
    fn clone(&self) -> Self {
        Self {
            slots: self.slots.clone(),
            ids: self.ids.clone(),
            indexes: self.indexes.clone(),
        }
    }
}

impl<R: Record> fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows)", self.len())
    }
}

/// Reading.
impl<R: Record> Table<R> {
    pub(crate) fn len(&self) -> usize {
        self.parts.ids.len()
    }

    pub(crate) fn get(&self, id: &R::Id) -> Option<&R> {
        self.at(*self.parts.ids.get(id.as_ref())?)
    }

    fn at(&self, slot: Slot) -> Option<&R> {
        self.parts.slots.get(slot).map(Arc::as_ref)
    }

    /// Iterates over all records in the order of their ids.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &R> {
        self.parts.ids.values().filter_map(|slot| self.at(*slot))
    }

    /// Iterates over all records in the order that is fastest.
    pub(crate) fn scan(&self) -> impl Iterator<Item = &R> {
        self.parts.slots.iter()
    }

    /// Returns how many entries an index has.
    pub(crate) fn count(&self, index: R::Index) -> usize {
        self.parts.indexes.len(index)
    }

    /// Returns how many entries of a counted index have this key.
    pub(crate) fn count_of(&self, index: R::Index, key: Key) -> usize {
        self.parts.indexes.count_of(index, key)
    }

    /// Iterates over the entries of an index from a key on, in the order of keys and then ids.
    pub(crate) fn range(
        &self,
        index: R::Index,
        from: Option<Key>,
    ) -> impl DoubleEndedIterator<Item = (&Key, &R)> {
        let from = from.map_or(Bound::Unbounded, |key| {
            Bound::Included((key, Arc::default()))
        });
        self.entries(index, (from, Bound::Unbounded))
    }

    /// Iterates over the records that have an entry in an index from a key on, or over all records if that is
    /// faster, in no order.
    pub(crate) fn candidates(
        &self,
        index: R::Index,
        from: Key,
    ) -> Box<dyn Iterator<Item = &R> + '_> {
        let from = Bound::Included((from, Arc::default()));
        let bounds = (from, Bound::Unbounded);
        let mut entries = self.parts.indexes.range(index, bounds.clone());
        if entries.nth(self.len() / SCANNED).is_some() {
            return Box::new(self.scan());
        }
        Box::new(self.entries(index, bounds).map(|(_, record)| record))
    }

    /// Iterates over the entries of an index before a key and id.
    pub(crate) fn range_before(
        &self,
        index: R::Index,
        key: Key,
        id: Arc<str>,
    ) -> impl DoubleEndedIterator<Item = (&Key, &R)> {
        self.entries(index, (Bound::Unbounded, Bound::Excluded((key, id))))
    }

    fn entries(
        &self,
        index: R::Index,
        bounds: (Bound<Place>, Bound<Place>),
    ) -> impl DoubleEndedIterator<Item = (&Key, &R)> {
        let entries = self.parts.indexes.range(index, bounds);
        entries.filter_map(|(key, slot)| Some((key, self.at(slot)?)))
    }

    /// Iterates over the records that have this key in an index, in the order of their ids.
    pub(crate) fn find(&self, index: R::Index, key: Key) -> impl Iterator<Item = &R> {
        self.range(index, Some(key.clone()))
            .take_while(move |(other, _)| **other == key)
            .map(|(_, record)| record)
    }

    /// Returns the ids of the records that have this key in an index.
    pub(crate) fn ids(&self, index: R::Index, key: Key) -> Vec<R::Id> {
        self.find(index, key)
            .map(|record| record.id().clone())
            .collect()
    }
}

/// Writing.
impl<R: Record> Table<R> {
    /// Starts or stops recording changes.
    pub(crate) fn record_changes(&mut self, record: bool) {
        self.changes = record.then(Vec::new);
    }

    /// Takes the recorded changes: one for each record, in the order in which they first changed.
    pub(crate) fn take_changes(&mut self) -> Vec<Change<R>> {
        let changes = self.changes.as_mut().map(std::mem::take);
        changes::merged(changes.unwrap_or_default())
    }

    fn note(&mut self, before: Option<Arc<R>>, after: Option<Arc<R>>) {
        if let Some(changes) = &mut self.changes {
            changes.push(Change { before, after });
        }
    }

    /// Inserts a record, or replaces the one with its id.
    pub(crate) fn insert(&mut self, record: R) {
        let before = self.take(record.id());
        let id: Arc<str> = record.id().as_ref().into();
        let record = Arc::new(record);
        let parts = Arc::make_mut(&mut self.parts);
        let slot = parts.slots.add(Arc::clone(&record));
        parts.indexes.add(&id, slot, Entries::of(record.as_ref()));
        parts.ids.insert(id, slot);
        self.note(before, Some(record));
    }

    pub(crate) fn remove(&mut self, id: &R::Id) -> Option<R> {
        let record = self.take(id)?;
        if self.changes.is_some() {
            self.note(Some(Arc::clone(&record)), None);
        }
        Some(Arc::unwrap_or_clone(record))
    }

    /// Removes a record without noting it.
    fn take(&mut self, id: &R::Id) -> Option<Arc<R>> {
        self.get(id)?;
        let parts = Arc::make_mut(&mut self.parts);
        let (id, slot) = parts.ids.remove_entry(id.as_ref())?;
        let record = parts.slots.take(slot)?;
        parts.indexes.remove(&id, Entries::of(record.as_ref()));
        Some(record)
    }

    /// Changes a record and updates the indexes. Returns `None` if there is no such record.
    pub(crate) fn update<T>(&mut self, id: &R::Id, change: impl FnOnce(&mut R) -> T) -> Option<T> {
        self.get(id)?;
        let parts = Arc::make_mut(&mut self.parts);
        let (id, slot) = parts.ids.get_key_value(id.as_ref())?;
        let record = parts.slots.get_mut(*slot)?;
        // Holding the record makes the change happen to a copy.
        let old = self.changes.is_some().then(|| Arc::clone(record));
        let before = Entries::of(record.as_ref());
        let result = change(Arc::make_mut(record));
        let new = old.is_some().then(|| Arc::clone(record));
        let after = Entries::of(record.as_ref());
        if before != after {
            parts.indexes.remove(id, before);
            parts.indexes.add(id, *slot, after);
        }
        if old.is_some() {
            self.note(old, new);
        }
        Some(result)
    }

    /// Changes every record in what no index depends on.
    pub(crate) fn rewrite_all(&mut self, mut change: impl FnMut(&mut R)) {
        for record in Arc::make_mut(&mut self.parts).slots.iter_mut() {
            change(Arc::make_mut(record));
        }
    }

    /// Changes every record.
    pub(crate) fn update_all(&mut self, mut change: impl FnMut(&mut R)) {
        let ids: Vec<_> = self.iter().map(|record| record.id().clone()).collect();
        for id in ids {
            self.update(&id, &mut change);
        }
    }
}

#[cfg(test)]
mod tests;
