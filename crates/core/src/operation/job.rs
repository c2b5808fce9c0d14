//! Operations that start a job: work that the service does in its own time.

use std::fmt;

use bytes::Bytes;

use super::endpoint::Endpoint;

/// An operation that starts a job.
///
/// It is pure: its reply gives the id of the job, the id gives the request that polls the job, and
/// either reply gives the state of the job. [`Client::start`](crate::Client::start) and
/// [`Client::job`](crate::Client::job) drive it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not start a job",
    label = "this operation does not start a job",
    note = "`call` sends any other operation"
)]
pub trait StartJob: Endpoint {
    /// The id of a job.
    type Id: Clone + fmt::Display + Send + Sync + 'static;

    /// The request that polls a job.
    type Poll: Endpoint<Output = Self::Output> + Clone + Send + Sync + 'static;

    /// Returns the id of the job that a reply is about.
    fn id(reply: &Self::Output) -> Option<Self::Id>;

    /// Returns the request that polls the job.
    fn poll(id: Self::Id) -> Self::Poll;

    /// Returns the state of the job.
    fn state(reply: &Self::Output) -> JobState<'_>;
}

/// An operation that starts a job which produces a file.
pub trait ExportJob: StartJob {
    /// The request that downloads the file.
    type Download: Endpoint<Output = Bytes> + Send + Sync + 'static;

    /// Returns the request that downloads the file of a finished job, or `None` if the job produced
    /// no file.
    fn download(poll: &Self::Poll, finished: &Self::Output) -> Option<Self::Download>;
}

/// The state of a job, with the service's word for it. A missing or unknown status counts as pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobState<'a> {
    /// The job is queued or running.
    Pending(&'a str),
    /// The job finished.
    Finished(&'a str),
    /// The job failed, or was cancelled.
    Failed(&'a str),
}

impl<'a> JobState<'a> {
    /// Returns the status as the service spells it; empty if it sent none.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        match self {
            Self::Pending(status) | Self::Finished(status) | Self::Failed(status) => status,
        }
    }
}
