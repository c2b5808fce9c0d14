//! Reading a list, page by page and item by item.

mod items;
mod pages;
mod position;
mod raw;
mod scroll;

pub(crate) use self::items::{ItemReader, ItemStep};
pub(crate) use self::pages::{PageReader, PageStep};
pub use self::position::{ParsePositionError, Position};
