//! What a workspace stores: records, ids, time.

mod clock;
mod ids;
mod progress;
mod records;
mod workspace;

pub(crate) use clock::Clock;
pub(crate) use progress::{Phase, Progress};
pub(crate) use records::{
    BulkItems, BulkRecord, BulkTask, CompanyRecord, CompanyScroll, ContactRecord, EventRecord,
    ExportRecord, JobRecord, MergedContact, NoteRecord, SegmentRecord, TagApplied, TicketRecord,
};
pub(crate) use workspace::Workspace;
