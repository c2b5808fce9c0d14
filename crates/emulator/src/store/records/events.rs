//! Data events.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use intercom_core::model::{AttributeValue, ContactId, DataEventId, Timestamp};

/// The place of an event: its contact, and its time in milliseconds, made unique for the contact.
pub(crate) type EventPosition = (ContactId, i64);

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EventRecord {
    pub(crate) id: DataEventId,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) metadata: BTreeMap<String, AttributeValue>,
}

/// How often a contact did something, as a summary reported it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct EventTally {
    pub(crate) count: u64,
    pub(crate) first: Timestamp,
    pub(crate) last: Timestamp,
}
