//! Jobs that are waited for.

use std::fmt;
use std::ops::Deref;

use super::Driver;
use crate::error::Error;
use crate::machine::TrackedJob;
use crate::operation::{Endpoint, ExportJob, StartJob};
use crate::policy::PollPolicy;
use crate::wire::Reply;

/// A job that was started, in this process or another. Dropping it does not stop the job.
///
/// ```no_run
/// # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
///
/// use intercom_core::PollPolicy;
/// use intercom_core::api::data_export::{self, DataExportCreate};
/// use intercom_core::model::Timestamp;
///
/// let (from, to) = (Timestamp::from_second(1_734_519_776), Timestamp::from_second(1_734_537_776));
/// let job = intercom.start(&data_export::Create::new(DataExportCreate::new(from, to))).await?;
/// let saved = job.id().to_string();
///
/// // Later, perhaps in another process:
/// let job = intercom.job::<data_export::Create>(saved);
/// let policy = PollPolicy::new().deadline(Duration::from_secs(4 * 60 * 60));
/// let finished = job.policy(policy).wait_with(|progress| println!("{:?}", progress.status)).await?;
/// finished.download_to(std::fs::File::create("export.csv")?).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "the outcome of a job is known only to those who wait for it"]
pub struct Job<S: StartJob, C: Driver> {
    pub(crate) client: C,
    pub(crate) tracked: TrackedJob<S>,
}

impl<S: StartJob, C: Driver> Job<S, C> {
    pub(crate) fn new(client: C, id: S::Id) -> Self {
        Self {
            client,
            tracked: TrackedJob::new(id),
        }
    }

    pub(crate) fn started(client: C, reply: &Reply<S::Output>) -> Result<Self, Error> {
        Ok(Self {
            client,
            tracked: TrackedJob::started(reply)?,
        })
    }

    pub(crate) fn finished(&self, reply: Reply<S::Output>) -> FinishedJob<S, C> {
        FinishedJob {
            client: self.client.clone(),
            tracked: self.tracked.clone(),
            reply,
        }
    }

    /// Returns the id of the job. Save it to wait for the job later, with
    /// [`Client::job`](crate::Client::job).
    pub const fn id(&self) -> &S::Id {
        &self.tracked.id
    }

    /// Sets how often the job is polled, and for how long.
    pub const fn policy(mut self, policy: PollPolicy) -> Self {
        self.tracked.policy = policy;
        self
    }

    /// Changes the request that polls the job, which by default has only the job's id.
    pub fn poll_by(mut self, change: impl FnOnce(S::Poll) -> S::Poll) -> Self {
        self.tracked.poll = change(self.tracked.poll);
        self
    }
}

impl<S: StartJob, C: Driver> fmt::Debug for Job<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Job({} {})", <S as Endpoint>::SPEC.name, self.tracked.id)
    }
}

/// A job that finished. It derefs to the service's last reply about the job.
pub struct FinishedJob<S: StartJob, C: Driver> {
    pub(crate) client: C,
    pub(crate) tracked: TrackedJob<S>,
    pub(crate) reply: Reply<S::Output>,
}

impl<S: StartJob, C: Driver> FinishedJob<S, C> {
    /// Returns the id of the job.
    pub const fn job_id(&self) -> &S::Id {
        &self.tracked.id
    }

    /// Returns the last reply about the job.
    pub const fn reply(&self) -> &Reply<S::Output> {
        &self.reply
    }

    pub(crate) fn file(&self) -> Result<S::Download, Error>
    where
        S: ExportJob,
    {
        self.tracked.download(&self.reply)
    }
}

impl<S: StartJob, C: Driver> Deref for FinishedJob<S, C> {
    type Target = S::Output;

    fn deref(&self) -> &S::Output {
        &self.reply
    }
}

impl<S: StartJob, C: Driver> fmt::Debug for FinishedJob<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = <S as Endpoint>::SPEC.name;
        write!(f, "FinishedJob({name} {})", self.tracked.id)
    }
}
