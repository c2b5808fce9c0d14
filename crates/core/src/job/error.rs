//! Why there is nothing to be had of a job.

use std::fmt;
use std::time::Duration;

use crate::error::Error;
use crate::reply::RawReply;

/// A job that started, and did not come to what was wanted of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct JobError {
    /// The endpoint that starts such jobs, such as `data_export::Create`.
    pub endpoint: &'static str,
    /// The id of the job, with which [`Client::job`](crate::Client::job) picks it up again; empty
    /// where the service named none.
    pub id: String,
    /// What the service said of it last, in a word.
    pub status: Option<String>,
    /// The last reply about it, with its body.
    pub reply: Option<RawReply>,
    /// What went wrong.
    pub reason: JobReason,
}

/// What went wrong with a job.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobReason {
    /// It failed, or was cancelled.
    Failed,
    /// It was not over in time. It may still finish.
    #[non_exhaustive]
    Deadline {
        /// How long it was waited for.
        waited: Duration,
    },
    /// The service could not be asked how far it is. It may still finish.
    Poll(Box<Error>),
    /// The service started it without naming it.
    NoId,
    /// It is finished, and there is nothing to download.
    NothingToDownload,
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, id, .. } = self;
        let status = self.status.as_deref().filter(|status| !status.is_empty());
        let status = status.unwrap_or("without a status");
        match &self.reason {
            JobReason::Failed => write!(f, "{endpoint}: the job {id} is over: {status}"),
            JobReason::Deadline { waited } => write!(
                f,
                "{endpoint}: the job {id} is still not over after {} seconds: {status}",
                waited.as_secs()
            ),
            JobReason::Poll(error) => write!(
                f,
                "{endpoint}: the service does not say how far the job {id} is: {error}"
            ),
            JobReason::NoId => write!(f, "{endpoint}: the service named no job"),
            JobReason::NothingToDownload => write!(
                f,
                "{endpoint}: the job {id} has nothing to download: {status}"
            ),
        }
    }
}

/// What it came from is in its text, and in [`JobError::reason`].
impl std::error::Error for JobError {}
