//! What a workspace stores: records in tables, ids, time.

mod clock;
mod ids;
mod progress;
mod records;
mod strings;
mod table;
mod workspace;

pub(crate) use clock::Clock;
pub(crate) use progress::{Phase, Progress};
pub(crate) use records::*;
pub(crate) use strings::Attributes;
pub(crate) use table::Key;
pub(crate) use workspace::Workspace;
