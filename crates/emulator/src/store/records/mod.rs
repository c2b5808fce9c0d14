//! Records: what the workspace stores of each object.

mod banners;
mod calls;
mod catalogs;
mod companies;
mod contacts;
mod content;
mod conversations;
mod events;
mod fin;
mod jobs;
mod notes;
mod segments;
mod tickets;

pub(crate) use banners::BannerView;
pub(crate) use calls::FinVoiceRecord;
pub(crate) use catalogs::{CatalogRecord, CatalogUploading};
pub(crate) use companies::{CompanyIndex, CompanyRecord, CompanyScroll};
pub(crate) use contacts::{
    Activity, ContactIndex, ContactRecord, MergeActivity, MergedContact, TagApplied,
};
pub(crate) use content::{ArticleRecord, SnippetRecord, WhatsappRecord};
pub(crate) use conversations::{
    Assignee, Author, ConversationIndex, ConversationRecord, Part, PartExtra, Rating, Source,
};
pub(crate) use events::{EventPosition, EventRecord, EventTally};
pub(crate) use fin::{FinProcedure, FinSession, FinStream, FinSurvey};
pub(crate) use jobs::{BulkItems, BulkRecord, BulkTask, ExportRecord, JobRecord};
pub(crate) use notes::{NoteIndex, NoteRecord, NoteSubject};
pub(crate) use segments::SegmentRecord;
pub(crate) use tickets::{TicketIndex, TicketRecord};
