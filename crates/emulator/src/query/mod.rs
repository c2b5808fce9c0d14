//! Queries: what lists and searches have in common.

mod compare;
mod order;
mod paging;
mod search;

pub(crate) use order::{Key, Rank};
pub(crate) use paging::{
    DEFAULT_PER_PAGE, MAX_PER_PAGE, Numbered, add_address, after_cursor, numbered, page_size,
};
pub(crate) use search::{Fields, Kind, check, key, matches, order};
