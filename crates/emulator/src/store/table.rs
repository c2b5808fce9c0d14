//! Tables: records by id, and by whatever else they are looked up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Bound;
use std::sync::Arc;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a [`Table`] stores.
pub(crate) trait Record: Clone {
    type Id: Clone + Ord + Default;
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

/// A bound of a range of index entries.
type Place<R> = Bound<(Key, <R as Record>::Id)>;

/// The index entries of one record.
#[derive(Debug)]
pub(crate) struct Entries<I>(Vec<(I, Key)>);

impl<I> Entries<I> {
    pub(crate) fn add(&mut self, index: I, key: impl Into<Key>) {
        self.0.push((index, key.into()));
    }
}

/// Records by id, with indexes that follow every change.
///
/// A clone shares everything until one of the two changes; the records that did not change stay shared.
/// All parts are trees, so that no insertion ever has to move what is already there.
pub(crate) struct Table<R: Record> {
    parts: Arc<Parts<R>>,
    /// What changed since changes are recorded; `None` if they are not.
    changes: Option<Vec<Change<R>>>,
}

struct Parts<R: Record> {
    rows: BTreeMap<R::Id, Arc<R>>,
    indexes: BTreeMap<R::Index, BTreeSet<(Key, R::Id)>>,
    counts: BTreeMap<(R::Index, Key), usize>,
}

/// A record that was inserted, changed or removed.
#[derive(Debug)]
pub(crate) struct Change<R> {
    /// `None` if the record is new.
    pub(crate) before: Option<Arc<R>>,
    /// `None` if the record was removed.
    pub(crate) after: Option<Arc<R>>,
}

impl<R> Change<R> {
    /// Returns the record as it is now, or was before it was removed.
    pub(crate) fn record(&self) -> Option<&R> {
        self.after.as_deref().or(self.before.as_deref())
    }
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
            rows: BTreeMap::new(),
            indexes: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }
}

impl<R: Record> Clone for Parts<R> {
    fn clone(&self) -> Self {
        Self {
            rows: self.rows.clone(),
            indexes: self.indexes.clone(),
            counts: self.counts.clone(),
        }
    }
}

impl<R: Record> fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows)", self.len())
    }
}

impl<R: Record + Serialize> Serialize for Table<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, R: Record + Deserialize<'de>> Deserialize<'de> for Table<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<R>(PhantomData<R>);

        impl<'de, R: Record + Deserialize<'de>> Visitor<'de> for Rows<R> {
            type Value = Table<R>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Table<R>, A::Error> {
                let mut table = Table::default();
                while let Some(record) = rows.next_element()? {
                    table.insert(record);
                }
                Ok(table)
            }
        }

        deserializer.deserialize_seq(Rows(PhantomData))
    }
}

impl<R: Record> Parts<R> {
    fn index(&mut self, id: &R::Id, entries: Entries<R::Index>) {
        for (index, key) in entries.0 {
            if R::is_counted(index) {
                *self.counts.entry((index, key.clone())).or_default() += 1;
            }
            let entries = self.indexes.entry(index).or_default();
            entries.insert((key, id.clone()));
        }
    }

    fn unindex(&mut self, id: &R::Id, entries: Entries<R::Index>) {
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
            if let Some(entries) = self.indexes.get_mut(&index) {
                entries.remove(&(key, id.clone()));
            }
        }
    }
}

fn entries_of<R: Record>(record: &R) -> Entries<R::Index> {
    let mut entries = Entries(Vec::new());
    record.entries(&mut entries);
    entries
}

impl<R: Record> Table<R> {
    pub(crate) fn len(&self) -> usize {
        self.parts.rows.len()
    }

    pub(crate) fn get(&self, id: &R::Id) -> Option<&R> {
        self.parts.rows.get(id).map(Arc::as_ref)
    }

    /// Iterates over all records in the order of their ids.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &R> {
        self.parts.rows.values().map(Arc::as_ref)
    }

    /// Starts or stops recording changes.
    pub(crate) fn record_changes(&mut self, record: bool) {
        self.changes = record.then(Vec::new);
    }

    /// Takes the recorded changes: one for each record, in the order in which they first changed.
    pub(crate) fn take_changes(&mut self) -> Vec<Change<R>> {
        let changes = self.changes.as_mut().map(std::mem::take);
        let mut merged: Vec<Change<R>> = Vec::new();
        let mut places = BTreeMap::new();
        for change in changes.into_iter().flatten() {
            let Some(id) = change.record().map(|record| record.id().clone()) else {
                continue;
            };
            match places
                .get(&id)
                .and_then(|place: &usize| merged.get_mut(*place))
            {
                Some(earlier) => earlier.after = change.after,
                None => {
                    places.insert(id, merged.len());
                    merged.push(change);
                }
            }
        }
        merged
    }

    fn note(&mut self, before: Option<Arc<R>>, after: Option<Arc<R>>) {
        if let Some(changes) = &mut self.changes {
            changes.push(Change { before, after });
        }
    }

    /// Inserts a record, or replaces the one with its id.
    pub(crate) fn insert(&mut self, record: R) {
        let id = record.id().clone();
        let parts = Arc::make_mut(&mut self.parts);
        let before = parts.rows.remove(&id);
        if let Some(before) = &before {
            parts.unindex(&id, entries_of(before.as_ref()));
        }
        parts.index(&id, entries_of(&record));
        let record = Arc::new(record);
        parts.rows.insert(id, Arc::clone(&record));
        self.note(before, Some(record));
    }

    pub(crate) fn remove(&mut self, id: &R::Id) -> Option<R> {
        self.get(id)?;
        let parts = Arc::make_mut(&mut self.parts);
        let record = parts.rows.remove(id)?;
        parts.unindex(id, entries_of(record.as_ref()));
        if self.changes.is_some() {
            self.note(Some(Arc::clone(&record)), None);
        }
        Some(Arc::unwrap_or_clone(record))
    }

    /// Changes a record and updates the indexes. Returns `None` if there is no such record.
    pub(crate) fn update<T>(&mut self, id: &R::Id, change: impl FnOnce(&mut R) -> T) -> Option<T> {
        self.get(id)?;
        let parts = Arc::make_mut(&mut self.parts);
        let row = parts.rows.get_mut(id)?;
        // Holding the record makes the change happen to a copy.
        let old = self.changes.is_some().then(|| Arc::clone(row));
        let before = entries_of(row.as_ref());
        let result = change(Arc::make_mut(row));
        let new = old.is_some().then(|| Arc::clone(row));
        let after = entries_of(row.as_ref());
        if before.0 != after.0 {
            parts.unindex(id, before);
            parts.index(id, after);
        }
        if old.is_some() {
            self.note(old, new);
        }
        Some(result)
    }

    /// Changes every record in what no index depends on.
    pub(crate) fn rewrite_all(&mut self, mut change: impl FnMut(&mut R)) {
        for row in Arc::make_mut(&mut self.parts).rows.values_mut() {
            change(Arc::make_mut(row));
        }
    }

    /// Changes every record.
    pub(crate) fn update_all(&mut self, mut change: impl FnMut(&mut R)) {
        let ids: Vec<_> = self.parts.rows.keys().cloned().collect();
        for id in ids {
            self.update(&id, &mut change);
        }
    }

    /// Returns how many entries an index has.
    pub(crate) fn count(&self, index: R::Index) -> usize {
        self.parts.indexes.get(&index).map_or(0, BTreeSet::len)
    }

    /// Returns how many entries of a counted index have this key.
    pub(crate) fn count_of(&self, index: R::Index, key: Key) -> usize {
        let key = (index, key);
        self.parts.counts.get(&key).copied().unwrap_or_default()
    }

    /// Iterates over the entries of an index from a key on, in the order of keys and then ids.
    pub(crate) fn range(
        &self,
        index: R::Index,
        from: Option<Key>,
    ) -> impl DoubleEndedIterator<Item = (&Key, &R)> {
        let from = from.map_or(Bound::Unbounded, |key| {
            Bound::Included((key, R::Id::default()))
        });
        self.entries(index, (from, Bound::Unbounded))
    }

    /// Iterates over the entries of an index before a key and id.
    pub(crate) fn range_before(
        &self,
        index: R::Index,
        key: Key,
        id: R::Id,
    ) -> impl DoubleEndedIterator<Item = (&Key, &R)> {
        self.entries(index, (Bound::Unbounded, Bound::Excluded((key, id))))
    }

    fn entries(
        &self,
        index: R::Index,
        bounds: (Place<R>, Place<R>),
    ) -> impl DoubleEndedIterator<Item = (&Key, &R)> {
        let entries = self.parts.indexes.get(&index).into_iter();
        entries
            .flat_map(move |entries| entries.range(bounds.clone()))
            .filter_map(|(key, id)| Some((key, self.get(id)?)))
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

#[cfg(test)]
mod tests {
    use super::{Entries, Key, Record, Table};

    #[derive(Debug, Clone, PartialEq)]
    struct Word {
        id: u32,
        text: &'static str,
    }

    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Index {
        Initial,
        Length,
    }

    impl Record for Word {
        type Id = u32;
        type Index = Index;

        fn id(&self) -> &u32 {
            &self.id
        }

        fn entries(&self, entries: &mut Entries<Index>) {
            if let Some(initial) = self.text.get(..1) {
                entries.add(Index::Initial, initial);
            }
            entries.add(Index::Length, self.text.len() as i64);
        }

        fn is_counted(index: Index) -> bool {
            index == Index::Initial
        }
    }

    fn words() -> Table<Word> {
        let mut table = Table::default();
        for (id, text) in [(1, "ant"), (2, "bee"), (3, "alpaca"), (4, "")] {
            table.insert(Word { id, text });
        }
        table
    }

    #[test]
    fn records_are_found_by_every_index() {
        let table = words();
        assert_eq!(table.get(&2).unwrap().text, "bee");
        assert_eq!(table.ids(Index::Initial, "a".into()), [1, 3]);
        assert_eq!(table.count_of(Index::Initial, "a".into()), 2);
        assert_eq!(table.count(Index::Initial), 3);
        assert_eq!(table.ids(Index::Length, Key::Number(3)), [1, 2]);
        let lengths = table.range(Index::Length, Some(Key::Number(1)));
        let ids: Vec<_> = lengths.map(|(_, word)| word.id).collect();
        assert_eq!(ids, [1, 2, 3]);
        let before = table.range_before(Index::Length, Key::Number(3), 2).rev();
        let ids: Vec<_> = before.map(|(_, word)| word.id).collect();
        assert_eq!(ids, [1, 4]);
    }

    #[test]
    fn indexes_follow_changes_and_removals() {
        let mut table = words();
        table.update(&1, |word| word.text = "bumblebee");
        assert_eq!(table.ids(Index::Initial, "a".into()), [3]);
        assert_eq!(table.ids(Index::Initial, "b".into()), [1, 2]);
        assert_eq!(table.ids(Index::Length, Key::Number(9)), [1]);
        table.remove(&3);
        assert_eq!(table.count_of(Index::Initial, "a".into()), 0);
        assert_eq!(table.ids(Index::Initial, "a".into()), [0; 0]);
        assert_eq!(table.update(&3, |_| ()), None);
        table.insert(Word { id: 2, text: "ant" });
        assert_eq!(table.ids(Index::Initial, "b".into()), [1]);
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn a_clone_does_not_see_what_happens_to_the_other() {
        let mut table = words();
        let clone = table.clone();
        table.update(&1, |word| word.text = "bumblebee");
        table.remove(&2);
        assert_eq!(clone.get(&1).unwrap().text, "ant");
        assert_eq!(clone.ids(Index::Initial, "b".into()), [2]);
        assert_eq!(clone.len(), 4);
        // What did not change is not copied.
        assert!(std::ptr::eq(clone.get(&3).unwrap(), table.get(&3).unwrap()));
    }

    #[test]
    fn changes_are_recorded_with_what_was_there_before() {
        let mut table = words();
        table.update(&1, |word| word.text = "unseen");
        table.record_changes(true);
        table.update(&1, |word| word.text = "bumble");
        table.remove(&2);
        table.insert(Word { id: 5, text: "cat" });
        table.update(&1, |word| word.text = "bumblebee");
        let changes = table.take_changes();
        let texts: Vec<_> = changes
            .iter()
            .map(|change| {
                let text = |word: &Option<std::sync::Arc<Word>>| word.as_ref().map(|it| it.text);
                (text(&change.before), text(&change.after))
            })
            .collect();
        assert_eq!(
            texts,
            [
                (Some("unseen"), Some("bumblebee")),
                (Some("bee"), None),
                (None, Some("cat"))
            ]
        );
        assert!(table.take_changes().is_empty());
    }
}
