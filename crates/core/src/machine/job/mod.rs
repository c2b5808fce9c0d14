//! Waiting for a job.

mod schedule;

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use self::schedule::{Next, Schedule};
use crate::error::{Error, JobError, JobErrorKind};
use crate::operation::{ExportJob, JobState, StartJob};
use crate::policy::PollPolicy;
use crate::transport::Now;
use crate::wire::Reply;

/// Which job it is, and how it is polled.
pub(crate) struct TrackedJob<S: StartJob> {
    pub(crate) id: S::Id,
    pub(crate) poll: S::Poll,
    pub(crate) policy: PollPolicy,
}

impl<S: StartJob> Clone for TrackedJob<S> {
    fn clone(&self) -> Self {
        Self {
            id: self.id.clone(),
            poll: self.poll.clone(),
            policy: self.policy,
        }
    }
}

impl<S: StartJob> TrackedJob<S> {
    pub(crate) fn new(id: S::Id) -> Self {
        Self {
            poll: S::poll(id.clone()),
            id,
            policy: PollPolicy::default(),
        }
    }

    /// The job that a reply names.
    pub(crate) fn started(reply: &Reply<S::Output>) -> Result<Self, Error> {
        S::id(reply)
            .map(Self::new)
            .ok_or_else(|| error::<S>(String::new(), Some(reply), JobErrorKind::MissingId))
    }

    /// The request that downloads the file of the finished job.
    pub(crate) fn download(&self, reply: &Reply<S::Output>) -> Result<S::Download, Error>
    where
        S: ExportJob,
    {
        S::download(&self.poll, reply)
            .ok_or_else(|| error::<S>(self.id.to_string(), Some(reply), JobErrorKind::NoFile))
    }
}

fn error<S: StartJob>(id: String, reply: Option<&Reply<S::Output>>, kind: JobErrorKind) -> Error {
    Error::Job(Box::new(JobError {
        endpoint: S::SPEC.name,
        id,
        status: reply.map(|reply| S::state(reply).as_str().to_owned()),
        reply: reply.map(|reply| reply.raw().clone()),
        kind,
    }))
}

/// The progress of a job that is being waited for. It derefs to the service's reply to the poll.
#[derive(Debug)]
pub struct JobProgress<'a, T> {
    reply: &'a Reply<T>,
    info: PollInfo<'a>,
}

/// What is known of a job besides the service's reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollInfo<'a> {
    /// The state of the job.
    pub state: JobState<'a>,
    /// How many times the job was polled.
    pub polls: u32,
    /// How long the job has been waited for.
    pub waited: Duration,
}

impl<'a, T> JobProgress<'a, T> {
    /// Returns the reply to the poll.
    #[must_use]
    pub const fn reply(&self) -> &'a Reply<T> {
        self.reply
    }

    /// Returns the state of the job, the number of polls and the time waited.
    #[must_use]
    pub const fn info(&self) -> PollInfo<'a> {
        self.info
    }
}

impl<T> Deref for JobProgress<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.reply
    }
}

/// What to do after a poll.
pub(crate) enum JobStep<T> {
    Sleep(Duration),
    Finished(Reply<T>),
}

/// A wait for a job.
pub(crate) struct JobWait<S: StartJob> {
    id: S::Id,
    schedule: Schedule,
    last: Option<Reply<S::Output>>,
}

impl<S: StartJob> JobWait<S> {
    pub(crate) fn new(job: &TrackedJob<S>, now: Now) -> Self {
        Self {
            id: job.id.clone(),
            schedule: Schedule::new(job.policy, now),
            last: None,
        }
    }

    /// Takes the result of a poll, and reports it to `observe`.
    pub(crate) fn polled(
        &mut self,
        result: Result<Reply<S::Output>, Error>,
        now: Now,
        observe: &mut impl FnMut(JobProgress<'_, S::Output>),
    ) -> Result<JobStep<S::Output>, Error> {
        let reply = result.map_err(|error| self.error(JobErrorKind::Poll(Box::new(error))))?;
        let state = S::state(&reply);
        let next = self.schedule.next(state, now);
        observe(JobProgress {
            reply: &reply,
            info: PollInfo {
                state,
                polls: self.schedule.polls,
                waited: self.schedule.waited,
            },
        });
        if next == Next::Finished {
            return Ok(JobStep::Finished(reply));
        }
        self.last = Some(reply);
        match next {
            Next::Sleep(duration) => Ok(JobStep::Sleep(duration)),
            Next::TooLate => Err(self.error(JobErrorKind::Timeout {
                waited: self.schedule.waited,
            })),
            Next::Finished | Next::Failed => Err(self.error(JobErrorKind::Failed)),
        }
    }

    fn error(&self, kind: JobErrorKind) -> Error {
        error::<S>(self.id.to_string(), self.last.as_ref(), kind)
    }
}

impl<S: StartJob> fmt::Debug for JobWait<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wait for job {} of {}", self.id, S::SPEC.name)
    }
}
