//! Jobs for programs without an async runtime.

use std::fmt;
use std::io::Write;
use std::ops::Deref;

use super::tracked::{Next, Tracked, Waiting};
use super::{ExportJob, JobProgress, PollPolicy, StartJob};
use crate::blocking::{Client, Download};
use crate::error::Error;
use crate::reply::Reply;

/// A job that was started, here or in another process. Dropping it does not stop it.
///
/// ```no_run
/// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use intercom_core::api::data_export::{self, DataExportCreate};
/// use intercom_core::model::Timestamp;
///
/// let (from, to) = (Timestamp::from_second(1_734_519_776), Timestamp::from_second(1_734_537_776));
/// let job = intercom.start(&data_export::Create::new(DataExportCreate::new(from, to)))?;
/// let finished = job.wait_with(|progress| println!("{:?}", progress.status))?;
/// finished.download_to(std::fs::File::create("export.csv")?)?;
/// # Ok(())
/// # }
/// ```
#[must_use = "what becomes of a job shows only to those who wait for it"]
pub struct Job<S: StartJob> {
    client: Client,
    tracked: Tracked<S>,
}

impl<S: StartJob> Job<S> {
    pub(crate) fn new(client: Client, id: S::Id) -> Self {
        Self {
            client,
            tracked: Tracked::new(id),
        }
    }

    pub(crate) fn started(client: Client, reply: &Reply<S::Output>) -> Result<Self, Error> {
        Ok(Self {
            client,
            tracked: Tracked::of(reply)?,
        })
    }

    /// The id of the job, from which [`Client::job`] makes the job again.
    pub const fn id(&self) -> &S::Id {
        &self.tracked.id
    }

    /// How often to ask how far it is, and for how long.
    pub const fn policy(mut self, policy: PollPolicy) -> Self {
        self.tracked.policy = policy;
        self
    }

    /// Asks with another request than one that has the job's id alone.
    pub fn poll_by(mut self, change: impl FnOnce(S::Poll) -> S::Poll) -> Self {
        self.tracked = self.tracked.poll_by(change);
        self
    }

    /// Waits until the job is finished.
    ///
    /// # Errors
    ///
    /// [`Error::Job`], where the job failed, was cancelled, is not over in time, or cannot be
    /// asked about. A poll that fails in passing is repeated, as every call is. The job can be
    /// waited for again.
    pub fn wait(&self) -> Result<FinishedJob<S>, Error> {
        self.wait_with(|_| {})
    }

    /// Waits until the job is finished, and tells each time that the service was asked.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub fn wait_with(
        &self,
        mut observe: impl FnMut(JobProgress<'_, S>),
    ) -> Result<FinishedJob<S>, Error> {
        let mut waiting = Waiting::new(&self.tracked, self.client.now());
        loop {
            let answer = self.client.call(&self.tracked.poll);
            match waiting.heard(answer, self.client.now(), &mut observe)? {
                Next::Wait(duration) => self.client.sleep(duration),
                Next::Finished(reply) => {
                    return Ok(FinishedJob {
                        client: self.client.clone(),
                        tracked: self.tracked.clone(),
                        reply,
                    });
                }
            }
        }
    }
}

impl<S: StartJob> fmt::Debug for Job<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Job {} of {}", self.tracked.id, S::SPEC.name)
    }
}

/// A job that finished. It derefs to the service's last reply about it.
pub struct FinishedJob<S: StartJob> {
    client: Client,
    tracked: Tracked<S>,
    reply: Reply<S::Output>,
}

impl<S: StartJob> FinishedJob<S> {
    /// The id of the job.
    pub const fn id(&self) -> &S::Id {
        &self.tracked.id
    }

    /// The last reply about it.
    pub const fn reply(&self) -> &Reply<S::Output> {
        &self.reply
    }
}

impl<S: ExportJob> FinishedJob<S> {
    /// Downloads what the job made.
    ///
    /// # Errors
    ///
    /// As [`Client::download`], and where the job made nothing.
    pub fn download(&self) -> Result<Download, Error> {
        let file = self.tracked.download(&self.reply)?;
        self.client.download(&file)
    }

    /// Writes what the job made here, and gives how many bytes were written.
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download), and [`Download::write_to`].
    pub fn download_to(&self, writer: impl Write) -> Result<u64, Error> {
        self.download()?.write_to(writer)
    }
}

impl<S: StartJob> Deref for FinishedJob<S> {
    type Target = S::Output;

    fn deref(&self) -> &S::Output {
        &self.reply
    }
}

impl<S: StartJob> fmt::Debug for FinishedJob<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Finished job {} of {}", self.tracked.id, S::SPEC.name)
    }
}
