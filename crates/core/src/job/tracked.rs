//! A job that is asked about: all but the asking and the sleeping.

use std::time::Duration;

use super::watch::{Step, Watch};
use super::{ExportJob, JobError, JobProgress, JobReason, PollPolicy, StartJob};
use crate::error::Error;
use crate::reply::Reply;
use crate::transport::Now;

/// Which job it is, and how it is asked about.
pub(super) struct Tracked<S: StartJob> {
    pub(super) id: S::Id,
    pub(super) poll: S::Poll,
    pub(super) policy: PollPolicy,
}

impl<S: StartJob> Clone for Tracked<S> {
    fn clone(&self) -> Self {
        Self {
            id: self.id.clone(),
            poll: self.poll.clone(),
            policy: self.policy,
        }
    }
}

impl<S: StartJob> Tracked<S> {
    pub(super) fn new(id: S::Id) -> Self {
        Self {
            poll: S::poll(id.clone()),
            id,
            policy: PollPolicy::default(),
        }
    }

    /// The job that the reply to its start names.
    pub(super) fn of(reply: &Reply<S::Output>) -> Result<Self, Error> {
        S::id(reply)
            .map(Self::new)
            .ok_or_else(|| error::<S>(String::new(), Some(reply), JobReason::NoId))
    }

    pub(super) fn poll_by(mut self, change: impl FnOnce(S::Poll) -> S::Poll) -> Self {
        self.poll = change(self.poll);
        self
    }

    fn error(&self, reply: Option<&Reply<S::Output>>, reason: JobReason) -> Error {
        error::<S>(self.id.to_string(), reply, reason)
    }

    pub(super) fn download(&self, reply: &Reply<S::Output>) -> Result<S::Download, Error>
    where
        S: ExportJob,
    {
        S::download(&self.poll, reply)
            .ok_or_else(|| self.error(Some(reply), JobReason::NothingToDownload))
    }
}

fn error<S: StartJob>(id: String, reply: Option<&Reply<S::Output>>, reason: JobReason) -> Error {
    Error::Job(Box::new(JobError {
        endpoint: S::SPEC.name,
        id,
        status: reply.map(|reply| S::state(reply).word().to_owned()),
        reply: reply.map(|reply| reply.raw().clone()),
        reason,
    }))
}

/// A wait for a job, with what was heard of it so far: all but the asking and the sleeping.
pub(super) struct Waiting<'a, S: StartJob> {
    tracked: &'a Tracked<S>,
    watch: Watch,
    last: Option<Reply<S::Output>>,
}

/// What comes after an answer.
pub(super) enum Next<T> {
    Wait(Duration),
    Finished(Reply<T>),
}

impl<'a, S: StartJob> Waiting<'a, S> {
    pub(super) const fn new(tracked: &'a Tracked<S>, now: Now) -> Self {
        Self {
            tracked,
            watch: Watch::new(tracked.policy, now),
            last: None,
        }
    }

    /// Takes the answer to a poll, and tells of it.
    pub(super) fn heard(
        &mut self,
        answer: Result<Reply<S::Output>, Error>,
        now: Now,
        observe: &mut impl FnMut(JobProgress<'_, S>),
    ) -> Result<Next<S::Output>, Error> {
        let reply = answer.map_err(|error| self.error(JobReason::Poll(Box::new(error))))?;
        let state = S::state(&reply);
        let step = self.watch.next(state, now);
        observe(JobProgress {
            reply: &reply,
            state,
            polls: self.watch.polls,
            waited: self.watch.waited,
        });
        if step == Step::Finished {
            return Ok(Next::Finished(reply));
        }
        self.last = Some(reply);
        match step {
            Step::Wait(duration) => Ok(Next::Wait(duration)),
            Step::TooLate => Err(self.error(JobReason::Deadline {
                waited: self.watch.waited,
            })),
            Step::Finished | Step::Failed => Err(self.error(JobReason::Failed)),
        }
    }

    fn error(&self, reason: JobReason) -> Error {
        self.tracked.error(self.last.as_ref(), reason)
    }
}
