//! Errors from jobs.

use std::fmt;
use std::time::Duration;

use super::Error;
use crate::wire::RawReply;

/// A job was started, but did not finish, or its result cannot be downloaded.
#[derive(Debug)]
#[non_exhaustive]
pub struct JobError {
    /// The endpoint that starts such jobs, such as `data_export::Create`.
    pub endpoint: &'static str,
    /// The id of the job, with which [`Client::job`](crate::Client::job) resumes waiting; empty if
    /// the service did not return one.
    pub id: String,
    /// The last known status, as the service spells it.
    pub status: Option<String>,
    /// The last reply about the job, with its body.
    pub reply: Option<RawReply>,
    /// What went wrong.
    pub kind: JobErrorKind,
}

/// What went wrong with a job.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobErrorKind {
    /// The job failed, or was cancelled.
    Failed,
    /// The job did not finish before the deadline. It may still finish.
    #[non_exhaustive]
    Timeout {
        /// How long the job was waited for.
        waited: Duration,
    },
    /// Polling the job failed. It may still finish.
    Poll(Box<Error>),
    /// The service started the job without returning its id.
    MissingId,
    /// The job finished without a file to download.
    NoFile,
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, id, .. } = self;
        let status = self.status.as_deref().filter(|status| !status.is_empty());
        let status = status.unwrap_or("unknown");
        match &self.kind {
            JobErrorKind::Failed => write!(f, "{endpoint}: job {id} failed with status {status}"),
            JobErrorKind::Timeout { waited } => write!(
                f,
                "{endpoint}: job {id} did not finish within {} seconds (status {status}); it may still finish",
                waited.as_secs()
            ),
            JobErrorKind::Poll(error) => write!(f, "{endpoint}: polling job {id}: {error}"),
            JobErrorKind::MissingId => write!(f, "{endpoint}: the service returned no job id"),
            JobErrorKind::NoFile => write!(
                f,
                "{endpoint}: job {id} finished without a file (status {status})"
            ),
        }
    }
}

impl std::error::Error for JobError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            JobErrorKind::Poll(error) => Some(error),
            _ => None,
        }
    }
}
