//! The macros that declare operations, and what they expand to.

mod endpoint;
mod job;
mod paginate;

pub use self::endpoint::endpoint;
pub use self::job::job;
pub use self::paginate::paginate;
pub use crate::operation::encode::{Payload, endpoint_name, field_name, names_arguments, request};
pub use crate::operation::paginate::{by_counters, by_cursor, by_page, by_url};
pub use crate::operation::param::Param;
pub use crate::operation::{read_json, read_own, read_written};
