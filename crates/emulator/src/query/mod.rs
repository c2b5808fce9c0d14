//! Queries: what lists and searches have in common.

mod field;
mod filter;
mod lag;
mod order;
mod paging;
mod selection;
mod utc_offset;

pub(crate) use field::{Field, Kind, Term};
pub(crate) use filter::{Filter, wanted_since, wanted_texts};
pub use lag::SearchLag;
pub(crate) use order::{Rank, sort_order};
pub(crate) use paging::{
    CONTACTS_PER_PAGE, MAX_PER_PAGE, Numbered, after_cursor, in_order, numbered, page_size,
};
pub(crate) use utc_offset::UtcOffset;
