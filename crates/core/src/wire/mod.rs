//! What travels: operations and versions by name, and replies as they arrive.

mod method;
mod rate_limit;
mod reply;
mod spec;
mod version;

pub use self::method::Method;
pub use self::rate_limit::RateLimit;
pub use self::reply::{RawReply, Reply};
pub use self::spec::Spec;
pub use self::version::{ApiVersion, OtherVersion};
