//! What a client returns to be read or waited for: pages, items, jobs and downloads.
//!
//! Each is one type, generic over the client. Programs use the aliases of their client, such as
//! [`Items`](crate::Items) and [`blocking::Items`](crate::blocking::Items).

mod download;
mod job;
mod list;

pub use self::download::Download;
pub use self::job::{FinishedJob, Job};
pub use self::list::{Items, Pages, TypedItem, TypedItems};

/// The async or the blocking client. This trait is sealed.
pub trait Driver: sealed::Sealed + Clone {
    /// The body of a response.
    type Body: Send + 'static;

    /// A call or a sleep that is not over: a future, if the client is async.
    type Pending<T: 'static>: Default + Send;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}
