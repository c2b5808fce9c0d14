//! What changed in a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Record;

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

/// Merges changes: one for each record, in the order in which they first changed.
pub(super) fn merged<R: Record>(changes: Vec<Change<R>>) -> Vec<Change<R>> {
    let mut merged: Vec<Change<R>> = Vec::new();
    let mut places = BTreeMap::new();
    for change in changes {
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
