//! Jobs.

use bytes::Bytes;
use intercom_core::model::{BulkTaskId, TicketId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::store::encoding::file;
use crate::store::progress::Progress;

/// An export job and its file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ExportRecord {
    pub(crate) progress: Progress,
    /// The gzipped file; `None` if there is no data.
    #[serde(with = "file")]
    pub(crate) file: Option<Bytes>,
    pub(crate) canceled: bool,
}

/// A job that creates a ticket. The ticket is created at once; only the job's status lags.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct JobRecord {
    pub(crate) progress: Progress,
    /// The ticket; `None` if it could not be created.
    pub(crate) ticket: Option<TicketId>,
}

/// A bulk job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BulkRecord {
    pub(crate) items: BulkItems,
    pub(crate) progress: Progress,
    pub(crate) tasks: Vec<BulkTask>,
    /// Whether any item was rejected.
    pub(crate) errors: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// The items that one request added to a bulk job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BulkTask {
    pub(crate) id: BulkTaskId,
    pub(crate) items: usize,
    pub(crate) created_at: Timestamp,
}

/// The kind of objects that a bulk job works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum BulkItems {
    Contacts,
    Companies,
}
