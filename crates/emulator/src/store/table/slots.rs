//! Where the records of a table are kept.

use std::hint::black_box;
use std::sync::Arc;

use super::Record;

/// How many records are read ahead.
const AHEAD: usize = 16;

/// The place of a record, which never changes while the record exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(u32);

impl Slot {
    // Four thousand million records do not fit in memory.
    const fn at(place: usize) -> Self {
        Self(place as u32)
    }

    const fn place(self) -> usize {
        self.0 as usize
    }
}

/// Records by slot: in the order in which they were inserted, which is roughly that of their addresses in
/// memory. Reading all of them in this order is faster than in the order of their ids.
#[derive(Debug)]
pub(super) struct Slots<R> {
    records: Vec<Option<Arc<R>>>,
    /// The slots of removed records, to be used again.
    free: Vec<Slot>,
}

impl<R> Default for Slots<R> {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            free: Vec::new(),
        }
    }
}

impl<R> Clone for Slots<R> {
    fn clone(&self) -> Self {
        Self {
            records: self.records.clone(),
            free: self.free.clone(),
        }
    }
}

impl<R> Slots<R> {
    pub(super) fn get(&self, slot: Slot) -> Option<&Arc<R>> {
        self.records.get(slot.place())?.as_ref()
    }

    pub(super) fn get_mut(&mut self, slot: Slot) -> Option<&mut Arc<R>> {
        self.records.get_mut(slot.place())?.as_mut()
    }

    /// Puts a record into a free slot.
    pub(super) fn add(&mut self, record: Arc<R>) -> Slot {
        let slot = self.free.pop().unwrap_or(Slot::at(self.records.len()));
        match self.records.get_mut(slot.place()) {
            Some(free) => *free = Some(record),
            None => self.records.push(Some(record)),
        }
        slot
    }

    pub(super) fn take(&mut self, slot: Slot) -> Option<Arc<R>> {
        let record = self.records.get_mut(slot.place())?.take();
        if record.is_some() {
            self.free.push(slot);
        }
        record
    }

    /// Iterates over the records in the order of their slots.
    pub(super) fn iter(&self) -> impl Iterator<Item = &R>
    where
        R: Record,
    {
        self.records.chunks(AHEAD).flat_map(|chunk| {
            let records = chunk.iter().flatten().map(Arc::as_ref);
            // Most of the time of a search goes into waiting for memory. Reading the ids first waits for all
            // records of the chunk at once instead of one after the other.
            let first = |record: &R| record.id().as_ref().as_bytes().first().copied();
            black_box(records.clone().filter_map(first).fold(0, u8::wrapping_add));
            records
        })
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Arc<R>> {
        self.records.iter_mut().flatten()
    }
}
