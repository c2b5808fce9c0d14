//! A download from its first byte to its last, over as many connections as it takes.
//!
//! [`Transfer::next`] takes an event and returns the next step, as [`Call`](crate::machine::Call) does.

mod content;
mod range;
#[cfg(test)]
mod tests;

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, HeaderValue, IF_RANGE, RANGE};
use http::{HeaderMap, Request, StatusCode};

use self::content::Content;
#[cfg_attr(fuzzing, allow(unused_imports))]
pub(crate) use self::range::Range;
use self::range::Validator;
use crate::error::{
    DownloadError, DownloadErrorKind, EncodeError, Error, RequestInfo, TransportError,
    TransportErrorKind,
};
use crate::operation::Endpoint;
use crate::policy::RetryPolicy;
use crate::wire::{RawReply, Spec};

/// How much of a file has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadProgress {
    /// The number of bytes that arrived, as transferred: before decompression.
    pub received: u64,
    /// The size of the file in bytes, as transferred, if the service states it.
    pub total: Option<u64>,
}

/// The request of a file, which is sent again to resume the download.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) spec: Spec,
    pub(crate) request: Request<Bytes>,
}

impl Source {
    pub(crate) fn new<E: Endpoint>(endpoint: &E) -> Result<Self, EncodeError> {
        Ok(Self {
            spec: endpoint.spec(),
            request: endpoint.encode()?,
        })
    }

    pub(crate) fn info(&self) -> RequestInfo {
        RequestInfo::of(&self.spec, &self.request)
    }

    pub(crate) fn path(&self) -> &str {
        self.request.uri().path()
    }
}

/// The input of a transfer.
#[derive(Debug)]
pub(crate) enum TransferEvent {
    /// The next chunk is wanted.
    Next,
    /// A part of the body arrived.
    Data(Bytes),
    /// The body ended.
    End,
    /// The body broke off.
    Broken(TransportError),
    /// The time of a [`TransferStep::Sleep`] has passed.
    Waited,
    /// The head of the response to a [`TransferStep::Fetch`] arrived.
    Head(RawReply),
    /// A [`TransferStep::Fetch`] failed.
    Refused(Error),
}

/// What a transfer does next.
#[derive(Debug)]
pub(crate) enum TransferStep {
    /// Deliver this to the caller.
    Deliver(Bytes),
    /// Read more of the body.
    Read,
    /// Drop the body, and sleep.
    Sleep(Duration),
    /// Send the request again, with these headers.
    Fetch(HeaderMap),
    /// The download is complete.
    Done,
    /// The download failed.
    Fail(Error),
}

/// A download in progress.
#[derive(Debug)]
pub(crate) struct Transfer {
    info: RequestInfo,
    policy: RetryPolicy,
    random: fastrand::Rng,
    head: RawReply,
    validator: Option<Validator>,
    content: Content,
    /// The size of the file.
    total: Option<u64>,
    /// How much of the file arrived.
    received: u64,
    /// How much was delivered, after decompression.
    delivered: u64,
    /// The offset in the file of the body that is being read, and where that body ends.
    at: u64,
    until: Option<u64>,
    /// How many times in a row the body broke off without anything new.
    breaks: u32,
    /// Why the download is being resumed.
    last: Option<TransportError>,
    state: State,
    /// Whether the last step was to read the body.
    reading: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Arriving,
    /// Everything arrived; there may be more to deliver.
    Arrived,
    Over,
    Failed,
}

/// The headers of every request; those that resume the download add a range.
///
/// Offsets count the bytes of the file, so no content encoding may be applied on the way.
pub(crate) fn range_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers
}

impl Transfer {
    /// Creates a transfer from the head of the first response.
    pub(crate) fn new(
        info: RequestInfo,
        head: RawReply,
        policy: RetryPolicy,
        random: fastrand::Rng,
    ) -> Result<Self, Error> {
        let mut transfer = Self {
            info,
            policy,
            random,
            validator: None,
            content: Content::new(head.headers(), false),
            head,
            total: None,
            received: 0,
            delivered: 0,
            at: 0,
            until: None,
            breaks: 0,
            last: None,
            state: State::Arriving,
            reading: false,
        };
        transfer.begin().map_err(|kind| transfer.error(kind))?;
        Ok(transfer)
    }

    /// Delivers the bytes as transferred, unless some were delivered decompressed already.
    pub(crate) fn keep_compressed(&mut self) {
        self.content.compressed |= self.received == 0;
    }

    /// Whether the last step was to read the body.
    pub(crate) const fn is_reading(&self) -> bool {
        self.reading
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

    pub(crate) const fn delivered(&self) -> u64 {
        self.delivered
    }

    /// The error of a download that fails like this.
    pub(crate) fn error(&self, kind: DownloadErrorKind) -> Error {
        Error::Download(Box::new(DownloadError {
            info: self.info.clone(),
            received: self.received,
            total: self.total,
            delivered: self.delivered,
            kind,
        }))
    }

    /// Fails if the download failed before: the end of what arrived must not look like the end of the
    /// file.
    pub(crate) fn failed_before(&self) -> Result<(), Error> {
        match self.state {
            State::Failed => Err(self.error(DownloadErrorKind::AlreadyFailed)),
            _ => Ok(()),
        }
    }

    /// What to do after this event.
    pub(crate) fn next(&mut self, event: TransferEvent) -> TransferStep {
        if matches!(self.state, State::Over | State::Failed) {
            return TransferStep::Done;
        }
        let step = match event {
            TransferEvent::Next => self.deliver(),
            TransferEvent::Data(bytes) => self.data(bytes),
            TransferEvent::End => self.end(),
            TransferEvent::Broken(error) => self.broken(error),
            TransferEvent::Waited => Ok(TransferStep::Fetch(self.range())),
            TransferEvent::Head(reply) => self.go_on(reply).map(|()| TransferStep::Read),
            TransferEvent::Refused(error) => self.refused(error),
        };
        let step = step.unwrap_or_else(|kind| {
            self.state = State::Failed;
            TransferStep::Fail(self.error(kind))
        });
        self.reading = matches!(step, TransferStep::Read);
        step
    }

    /// Takes the head of the whole file, of which nothing has arrived yet.
    fn begin(&mut self) -> Result<(), DownloadErrorKind> {
        let headers = self.head.headers();
        self.validator = Validator::of(headers);
        self.content = Content::new(headers, self.content.compressed);
        self.total = length(headers);
        (self.at, self.until) = (0, self.total);
        if self.head.status() == StatusCode::PARTIAL_CONTENT {
            return Err(DownloadErrorKind::WrongRange);
        }
        Ok(())
    }

    fn deliver(&mut self) -> Result<TransferStep, DownloadErrorKind> {
        Ok(
            match self.content.piece().map_err(DownloadErrorKind::Corrupt)? {
                Some(piece) => {
                    self.delivered += piece.len() as u64;
                    TransferStep::Deliver(piece)
                }
                None if self.state == State::Arrived => {
                    self.state = State::Over;
                    TransferStep::Done
                }
                None => TransferStep::Read,
            },
        )
    }

    fn data(&mut self, mut bytes: Bytes) -> Result<TransferStep, DownloadErrorKind> {
        let known = self.received - self.at;
        self.at += bytes.len() as u64;
        if self.until.is_some_and(|until| self.at > until) {
            return Err(DownloadErrorKind::WrongRange);
        }
        if self.at <= self.received {
            return Ok(TransferStep::Read);
        }
        // If the service sends the whole file again, leave out what arrived before the break.
        let fresh = bytes.split_off(usize::try_from(known).unwrap_or(bytes.len()));
        self.received = self.at;
        self.breaks = 0;
        self.content
            .push(fresh)
            .map_err(DownloadErrorKind::Corrupt)?;
        self.deliver()
    }

    fn end(&mut self) -> Result<TransferStep, DownloadErrorKind> {
        if self.received == 0 {
            return self.again(DownloadErrorKind::Empty);
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

    fn finish(&mut self) -> Result<TransferStep, DownloadErrorKind> {
        self.content
            .finish()
            .map_err(DownloadErrorKind::Truncated)?;
        self.total = Some(self.received);
        self.state = State::Arrived;
        self.deliver()
    }

    fn broken(&mut self, error: TransportError) -> Result<TransferStep, DownloadErrorKind> {
        if self.at == self.received && self.total == Some(self.received) && self.received > 0 {
            return self.finish();
        }
        // If a content encoding was applied all the same, the bytes are not those of the file.
        if error.kind() == TransportErrorKind::Encoding {
            return Err(DownloadErrorKind::Interrupted(error));
        }
        let shows = self.validator.is_some() || self.content.is_verified();
        if self.received > 0 && (!shows || self.content.is_undone()) {
            return Err(DownloadErrorKind::NotResumable(error));
        }
        self.again(DownloadErrorKind::Interrupted(error))
    }

    /// Sends the request once more, or fails.
    fn again(&mut self, kind: DownloadErrorKind) -> Result<TransferStep, DownloadErrorKind> {
        if self.breaks >= self.policy.retries {
            return Err(kind);
        }
        let wait = self.policy.backoff(self.breaks, self.random.f64());
        self.breaks += 1;
        if let DownloadErrorKind::Interrupted(error) = kind {
            self.last = Some(error);
        }
        Ok(TransferStep::Sleep(wait))
    }

    /// The headers that request the rest.
    fn range(&self) -> HeaderMap {
        let mut headers = range_headers();
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

    /// Takes the head of the rest, or of the whole file again.
    fn go_on(&mut self, reply: RawReply) -> Result<(), DownloadErrorKind> {
        if self.received == 0 {
            self.head = reply;
            return self.begin();
        }
        let headers = reply.headers();
        let same = self.validator.as_ref().and_then(|it| it.names(headers));
        if same == Some(false) {
            return Err(DownloadErrorKind::Changed);
        }
        if reply.status() == StatusCode::PARTIAL_CONTENT {
            let part = Range::of(headers).ok_or(DownloadErrorKind::WrongRange)?;
            let (first, end) = part.bytes.ok_or(DownloadErrorKind::WrongRange)?;
            if first != self.received {
                return Err(DownloadErrorKind::WrongRange);
            }
            self.agree_on(part.total)?;
            (self.at, self.until) = (first, Some(end));
            return Ok(());
        }
        if same.is_none() {
            let error = self.last.take();
            let error = error.unwrap_or_else(|| TransportError::new(TransportErrorKind::Closed));
            return Err(DownloadErrorKind::NotResumable(error));
        }
        self.agree_on(length(headers))?;
        (self.at, self.until) = (0, self.total);
        Ok(())
    }

    /// A file of another length is another file.
    fn agree_on(&mut self, total: Option<u64>) -> Result<(), DownloadErrorKind> {
        match (self.total, total) {
            (Some(one), Some(other)) if one != other => Err(DownloadErrorKind::Changed),
            _ => {
                self.total = self.total.or(total);
                Ok(())
            }
        }
    }

    fn refused(&mut self, error: Error) -> Result<TransferStep, DownloadErrorKind> {
        if error.status() != Some(StatusCode::RANGE_NOT_SATISFIABLE) || self.received == 0 {
            return Err(DownloadErrorKind::Resume(Box::new(error)));
        }
        // Nothing follows what arrived: it was complete, or of another file.
        let part = error.reply().and_then(|reply| Range::of(reply.headers()));
        if part.and_then(|part| part.total) == Some(self.received) {
            return self.finish();
        }
        Err(DownloadErrorKind::Changed)
    }

    /// Takes the result of a writer.
    pub(crate) fn written(&mut self, result: io::Result<()>) -> Result<(), Error> {
        result.map_err(|error| {
            self.state = State::Over;
            self.error(DownloadErrorKind::Write(error))
        })
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
