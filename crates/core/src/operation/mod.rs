//! What an operation is: a request that can be encoded, and how its reply is read.

mod bound;
pub(crate) mod encode;
mod endpoint;
mod id;
mod job;
mod multipart;
mod output;
pub(crate) mod paginate;
pub(crate) mod param;
mod raw_request;

pub use self::endpoint::{Decoded, Endpoint, read_json, read_own, read_written};
pub use self::job::{ExportJob, JobState, StartJob};
#[cfg(feature = "server")]
pub(crate) use self::multipart::find;
#[cfg(any(fuzzing, all(test, feature = "server")))]
pub(crate) use self::multipart::write as write_parts;
pub use self::multipart::{Part, ToMultipart};
pub use self::output::{Empty, FromReply, Redirect};
pub use self::paginate::{IntoPaginate, PageToken, Paginate, UnreadablePageToken};
pub use self::raw_request::RawRequest;
