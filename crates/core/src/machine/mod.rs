//! What happens between a request and its reply, as state machines without I/O.
//!
//! Each takes an event and returns the next step. The async and the blocking client drive the
//! same machines, so that neither can behave differently.

mod call;
mod engine;
mod finalize;
mod job;
mod list;
mod reporter;
mod shared;
mod trace;
mod transfer;

pub(crate) use self::call::{Call, Event, Step, Wanted};
pub(crate) use self::engine::{Engine, decode};
pub use self::job::{JobProgress, PollInfo};
pub(crate) use self::job::{JobStep, JobWait, TrackedJob};
pub(crate) use self::list::{ItemReader, ItemStep, PageReader, PageStep};
pub use self::list::{ParsePositionError, Position};
pub use self::transfer::DownloadProgress;
#[cfg(fuzzing)]
pub(crate) use self::transfer::Range;
pub(crate) use self::transfer::{Source, Transfer, TransferEvent, TransferStep, range_headers};
