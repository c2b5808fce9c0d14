//! Long jobs: what the service does in its own time.

pub(crate) mod blocking;
mod error;
mod tracked;
mod watch;

use std::fmt;
use std::io::Write;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;

pub use self::error::{JobError, JobReason};
use self::tracked::{Next, Tracked, Waiting};
use crate::client::Client;
use crate::download::Download;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::reply::Reply;

/// An operation that starts a job.
///
/// It is pure: from its reply comes the id of the job, from the id the request that asks how far the
/// job is, and from a reply to either what became of it. [`Client::start`] and [`Client::job`] walk
/// it.
pub trait StartJob: Endpoint {
    /// What names a job.
    type Id: Clone + fmt::Display + Send + Sync + 'static;

    /// Asks how far a job is.
    type Poll: Endpoint<Output = Self::Output> + Clone + Send + Sync + 'static;

    /// The job that a reply is about.
    fn id(reply: &Self::Output) -> Option<Self::Id>;

    /// The request that asks how far it is.
    fn poll(id: Self::Id) -> Self::Poll;

    /// How far it is.
    fn state(reply: &Self::Output) -> JobState<'_>;
}

/// An operation that starts a job which makes a file.
pub trait ExportJob: StartJob {
    /// Downloads the file.
    type Download: Endpoint<Output = Bytes> + Send + Sync + 'static;

    /// The request of the file, of a finished job that was asked about like this; `None` where it
    /// made none.
    fn download(poll: &Self::Poll, finished: &Self::Output) -> Option<Self::Download>;
}

/// How far a job is, with the service's word for it. A word that is not known, and none at all, are
/// taken for a job that is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobState<'a> {
    /// It is not over.
    Pending(&'a str),
    /// It did what it should.
    Finished(&'a str),
    /// It did not, or was cancelled.
    Failed(&'a str),
}

impl<'a> JobState<'a> {
    /// What the service calls it; empty where it does not say.
    #[must_use]
    pub const fn word(&self) -> &'a str {
        match self {
            Self::Pending(word) | Self::Finished(word) | Self::Failed(word) => word,
        }
    }
}

/// Makes an endpoint one that starts a job:
/// `job!(Create by Get[DataExportId]: job_identifier, status, DataExportStatus { Completed } else { Failed });`
/// names the endpoint that polls, its argument, the fields of the reply with the id and with the
/// status, and which values of the status tell of a job that finished and of one that failed. Further
/// arguments of the poll, which the reply does not have, follow the id: `Get[Id, ""]`.
macro_rules! job {
    ($Start:ident by $Poll:path[$Id:ty $(, $argument:expr)*]: $id:ident, $status:ident,
        $Status:ident { $($finished:ident)|+ } $(else { $($failed:ident)|+ })?) => {
        impl $crate::StartJob for $Start {
            type Id = $Id;
            type Poll = $Poll;

            fn id(reply: &Self::Output) -> Option<$Id> {
                Option::<$Id>::from(reply.$id.clone()).filter(|id| !id.as_str().is_empty())
            }

            fn poll(id: $Id) -> $Poll {
                <$Poll>::new(id $(, $argument)*)
            }

            fn state(reply: &Self::Output) -> $crate::JobState<'_> {
                match &reply.$status {
                    $(Some(status @ $Status::$finished) => $crate::JobState::Finished(status.as_str()),)+
                    $($(Some(status @ $Status::$failed) => $crate::JobState::Failed(status.as_str()),)+)?
                    Some(status) => $crate::JobState::Pending(status.as_str()),
                    None => $crate::JobState::Pending(""),
                }
            }
        }
    };
}

pub(crate) use job;

/// How often a job is asked about.
///
/// The waits double from `first` to `cap`. With `deadline`, the wait ends in an error when the job is
/// not over by then; an answer that is under way is still waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollPolicy {
    /// The first wait.
    pub first: Duration,
    /// The longest wait.
    pub cap: Duration,
    /// How long a job is waited for at most.
    pub deadline: Option<Duration>,
}

/// A second at first, 30 seconds at most, for no longer than an hour.
impl Default for PollPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            cap: Duration::from_secs(30),
            deadline: Some(Duration::from_secs(60 * 60)),
        }
    }
}

impl PollPolicy {
    /// The first wait.
    #[must_use]
    pub const fn first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// The longest wait.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// How long a job is waited for at most.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// A job is waited for as long as it takes.
    #[must_use]
    pub const fn no_deadline(mut self) -> Self {
        self.deadline = None;
        self
    }

    /// The n-th wait, counted from 0.
    fn wait(&self, n: u32) -> Duration {
        self.first
            .saturating_mul(2_u32.saturating_pow(n))
            .min(self.cap)
    }
}

/// What is known of a job while it is waited for. It derefs to the service's reply.
#[non_exhaustive]
pub struct JobProgress<'a, S: StartJob> {
    /// What the service replied when it was last asked.
    pub reply: &'a Reply<S::Output>,
    /// How far the job is.
    pub state: JobState<'a>,
    /// How often the service was asked.
    pub polls: u32,
    /// How long the job has been waited for.
    pub waited: Duration,
}

impl<S: StartJob> Deref for JobProgress<'_, S> {
    type Target = S::Output;

    fn deref(&self) -> &S::Output {
        self.reply
    }
}

impl<S: StartJob> fmt::Debug for JobProgress<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobProgress")
            .field("state", &self.state)
            .field("polls", &self.polls)
            .field("waited", &self.waited)
            .finish()
    }
}

/// A job that was started, here or in another process. Dropping it does not stop it.
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
/// let policy = PollPolicy::default().deadline(Duration::from_secs(4 * 60 * 60));
/// let finished = job.policy(policy).wait_with(|progress| println!("{:?}", progress.status)).await?;
/// finished.download_to(std::fs::File::create("export.csv")?).await?;
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
    /// [`Error::Job`], where the job failed, was cancelled, is not over in time, or cannot be asked
    /// about. A poll that fails in passing is repeated, as every call is. The job can be waited for
    /// again.
    pub async fn wait(&self) -> Result<FinishedJob<S>, Error> {
        self.wait_with(|_| {}).await
    }

    /// Waits until the job is finished, and tells each time that the service was asked.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub async fn wait_with(
        &self,
        mut observe: impl FnMut(JobProgress<'_, S>),
    ) -> Result<FinishedJob<S>, Error> {
        let mut waiting = Waiting::new(&self.tracked, self.client.now());
        loop {
            let answer = self.client.call(&self.tracked.poll).await;
            match waiting.heard(answer, self.client.now(), &mut observe)? {
                Next::Wait(duration) => self.client.sleep(duration).await,
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
    pub async fn download(&self) -> Result<Download, Error> {
        let file = self.tracked.download(&self.reply)?;
        self.client.download(&file).await
    }

    /// Writes what the job made here, and gives how many bytes were written.
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download), and [`Download::write_to`].
    pub async fn download_to(&self, writer: impl Write) -> Result<u64, Error> {
        self.download().await?.write_to(writer).await
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
