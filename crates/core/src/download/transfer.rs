//! A download from its first byte to its last, over as many connections as it takes, without I/O.
//!
//! [`Transfer::next`] is told what happened and says what to do, as [`Call`](crate::call::Call) is.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, HeaderValue, IF_RANGE, RANGE};
use http::{HeaderMap, StatusCode};

use super::DownloadProgress;
use super::content::Content;
use super::error::{DownloadError, DownloadReason};
use super::range::{Part, Validator};
use crate::error::{Error, Subject};
use crate::reply::RawReply;
use crate::retry::RetryPolicy;
use crate::transport::{TransportError, TransportErrorKind};

/// What a transfer is told.
#[derive(Debug)]
pub(crate) enum Event {
    /// The next piece is wanted.
    Next,
    /// This came of the body.
    Data(Bytes),
    /// The body came to its end.
    End,
    /// The body broke off.
    Broken(TransportError),
    /// The time of a [`Step::Wait`] is over.
    Waited,
    /// The head of the answer to a [`Step::Ask`] came; its body is to be read.
    Head(RawReply),
    /// A [`Step::Ask`] failed.
    Refused(Error),
}

/// What a transfer does next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Gives this out.
    Give(Bytes),
    /// Reads more of the body.
    Read,
    /// Gives the body up, and waits so long.
    Wait(Duration),
    /// Asks again, with these headers.
    Ask(HeaderMap),
    /// Is over.
    Done,
    /// Has failed.
    Fail(Error),
}

/// A download in progress.
#[derive(Debug)]
pub(crate) struct Transfer {
    subject: Subject,
    policy: RetryPolicy,
    random: fastrand::Rng,
    head: RawReply,
    validator: Option<Validator>,
    content: Content,
    /// How long the file is.
    total: Option<u64>,
    /// How much of the file came.
    received: u64,
    /// How much was given out.
    given: u64,
    /// Where in the file the body is that is being read, and where it ends.
    at: u64,
    until: Option<u64>,
    /// How often the body broke off since anything came.
    breaks: u32,
    /// Why there is another attempt.
    last: Option<TransportError>,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Arriving,
    /// All came; there may be more to give out.
    Arrived,
    Over,
    Failed,
}

/// The headers of the first request, and with a range those of all others.
///
/// Only bytes that nothing on the way packs and unpacks can be counted, and asked for by number.
pub(crate) fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers
}

impl Transfer {
    /// A transfer whose first response has this head.
    pub(crate) fn new(
        subject: Subject,
        head: RawReply,
        policy: RetryPolicy,
        random: fastrand::Rng,
    ) -> Result<Self, Error> {
        let mut transfer = Self {
            subject,
            policy,
            random,
            validator: None,
            content: Content::new(head.headers(), false),
            head,
            total: None,
            received: 0,
            given: 0,
            at: 0,
            until: None,
            breaks: 0,
            last: None,
            state: State::Arriving,
        };
        transfer.begin().map_err(|reason| transfer.error(reason))?;
        Ok(transfer)
    }

    /// Gives the bytes as they travel, unless some were given otherwise already.
    pub(crate) fn keep_compressed(&mut self) {
        self.content.compressed |= self.received == 0;
    }

    pub(crate) const fn head(&self) -> &RawReply {
        &self.head
    }

    pub(crate) const fn progress(&self) -> DownloadProgress {
        DownloadProgress {
            received: self.received,
            total: self.total,
        }
    }

    pub(crate) const fn given(&self) -> u64 {
        self.given
    }

    /// The error of a download that ends for this reason.
    pub(crate) fn error(&self, reason: DownloadReason) -> Error {
        Error::Download(Box::new(DownloadError {
            subject: self.subject.clone(),
            received: self.received,
            total: self.total,
            given: self.given,
            reason,
        }))
    }

    /// An error where it failed, for the end of what came must not look like the end of the file.
    pub(crate) fn failed_before(&self) -> Result<(), Error> {
        match self.state {
            State::Failed => Err(self.error(DownloadReason::FailedBefore)),
            _ => Ok(()),
        }
    }

    /// What to do, after this happened.
    pub(crate) fn next(&mut self, event: Event) -> Step {
        if matches!(self.state, State::Over | State::Failed) {
            return Step::Done;
        }
        let step = match event {
            Event::Next => self.deliver(),
            Event::Data(bytes) => self.data(bytes),
            Event::End => self.end(),
            Event::Broken(error) => self.broken(error),
            Event::Waited => Ok(Step::Ask(self.ask())),
            Event::Head(reply) => self.go_on(reply).map(|()| Step::Read),
            Event::Refused(error) => self.refused(error),
        };
        step.unwrap_or_else(|reason| {
            self.state = State::Failed;
            Step::Fail(self.error(reason))
        })
    }

    /// Takes the head as that of the whole file, of which nothing came yet.
    fn begin(&mut self) -> Result<(), DownloadReason> {
        let headers = self.head.headers();
        self.validator = Validator::of(headers);
        self.content = Content::new(headers, self.content.compressed);
        self.total = length(headers);
        (self.at, self.until) = (0, self.total);
        if self.head.status() == StatusCode::PARTIAL_CONTENT {
            return Err(DownloadReason::WrongPart);
        }
        Ok(())
    }

    fn deliver(&mut self) -> Result<Step, DownloadReason> {
        Ok(
            match self.content.piece().map_err(DownloadReason::Damaged)? {
                Some(piece) => {
                    self.given += piece.len() as u64;
                    Step::Give(piece)
                }
                None if self.state == State::Arrived => {
                    self.state = State::Over;
                    Step::Done
                }
                None => Step::Read,
            },
        )
    }

    fn data(&mut self, mut bytes: Bytes) -> Result<Step, DownloadReason> {
        let known = self.received - self.at;
        self.at += bytes.len() as u64;
        if self.until.is_some_and(|until| self.at > until) {
            return Err(DownloadReason::WrongPart);
        }
        if self.at <= self.received {
            return Ok(Step::Read);
        }
        // What came before a break comes again where the service does not send the rest alone.
        let fresh = bytes.split_off(usize::try_from(known).unwrap_or(bytes.len()));
        self.received = self.at;
        self.breaks = 0;
        self.content.push(fresh).map_err(DownloadReason::Damaged)?;
        self.deliver()
    }

    fn end(&mut self) -> Result<Step, DownloadReason> {
        if self.received == 0 {
            return self.again(DownloadReason::Empty);
        }
        let short = [self.until, self.total]
            .into_iter()
            .flatten()
            .any(|end| self.at < end);
        if short || self.at < self.received {
            return self.broken(
                TransportError::new(TransportErrorKind::Closed)
                    .with_source("the body ended before its end"),
            );
        }
        self.finish()
    }

    fn finish(&mut self) -> Result<Step, DownloadReason> {
        self.content.finish().map_err(DownloadReason::Incomplete)?;
        self.total = Some(self.received);
        self.state = State::Arrived;
        self.deliver()
    }

    fn broken(&mut self, error: TransportError) -> Result<Step, DownloadReason> {
        if self.at == self.received && self.total == Some(self.received) && self.received > 0 {
            return self.finish();
        }
        // Where the transport undid an encoding all the same, the bytes are not those of the file.
        if error.kind() == TransportErrorKind::Encoding {
            return Err(DownloadReason::Broken(error));
        }
        let shows = self.validator.is_some() || self.content.is_verified();
        if self.received > 0 && (!shows || self.content.is_undone()) {
            return Err(DownloadReason::NotResumable(error));
        }
        self.again(DownloadReason::Broken(error))
    }

    /// Asks once more, or ends for this reason.
    fn again(&mut self, reason: DownloadReason) -> Result<Step, DownloadReason> {
        if self.breaks >= self.policy.retries {
            return Err(reason);
        }
        let wait = self.policy.backoff(self.breaks, self.random.f64());
        self.breaks += 1;
        if let DownloadReason::Broken(error) = reason {
            self.last = Some(error);
        }
        Ok(Step::Wait(wait))
    }

    /// The headers that ask for the rest.
    fn ask(&self) -> HeaderMap {
        let mut headers = headers();
        if self.received > 0 {
            let range = format!("bytes={}-", self.received);
            if let Ok(range) = HeaderValue::try_from(range) {
                headers.insert(RANGE, range);
            }
            if let Some(validator) = &self.validator {
                headers.insert(IF_RANGE, validator.value.clone());
            }
        }
        headers
    }

    /// Takes the head as that of the rest, or of the whole file again.
    fn go_on(&mut self, reply: RawReply) -> Result<(), DownloadReason> {
        if self.received == 0 {
            self.head = reply;
            return self.begin();
        }
        let headers = reply.headers();
        let same = self.validator.as_ref().and_then(|it| it.names(headers));
        if same == Some(false) {
            return Err(DownloadReason::Changed);
        }
        if reply.status() == StatusCode::PARTIAL_CONTENT {
            let part = Part::of(headers).ok_or(DownloadReason::WrongPart)?;
            let (first, end) = part.bytes.ok_or(DownloadReason::WrongPart)?;
            if first != self.received {
                return Err(DownloadReason::WrongPart);
            }
            self.agree_on(part.total)?;
            (self.at, self.until) = (first, Some(end));
            return Ok(());
        }
        if same.is_none() {
            let error = self.last.take();
            let error = error.unwrap_or_else(|| TransportError::new(TransportErrorKind::Closed));
            return Err(DownloadReason::NotResumable(error));
        }
        self.agree_on(length(headers))?;
        (self.at, self.until) = (0, self.total);
        Ok(())
    }

    /// A file of another length is another file.
    fn agree_on(&mut self, total: Option<u64>) -> Result<(), DownloadReason> {
        match (self.total, total) {
            (Some(one), Some(other)) if one != other => Err(DownloadReason::Changed),
            _ => {
                self.total = self.total.or(total);
                Ok(())
            }
        }
    }

    fn refused(&mut self, error: Error) -> Result<Step, DownloadReason> {
        if error.status() != Some(StatusCode::RANGE_NOT_SATISFIABLE) || self.received == 0 {
            return Err(DownloadReason::Refused(Box::new(error)));
        }
        // Nothing follows what came: that was all, or it was of another file.
        let part = error.reply().and_then(|reply| Part::of(reply.headers()));
        if part.and_then(|part| part.total) == Some(self.received) {
            return self.finish();
        }
        Err(DownloadReason::Changed)
    }

    /// The error of a writer.
    pub(crate) fn unwritten(&mut self, error: io::Error) -> Error {
        self.state = State::Over;
        self.error(DownloadReason::Write(error))
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
