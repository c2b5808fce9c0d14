//! What a workspace stores: records in tables, ids, time.

mod clock;
mod encoding;
mod ids;
mod progress;
mod records;
mod strings;
mod table;
mod workspace;

pub(crate) use clock::{Clock, MAX_RATE};
pub(crate) use ids::Ids;
pub(crate) use progress::{Phase, Progress};
pub(crate) use records::*;
pub(crate) use strings::Attributes;
pub(crate) use table::{Change, Key};
pub(crate) use workspace::{Changes, Workspace};
