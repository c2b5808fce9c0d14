//! Downloads of any size.

pub(crate) mod blocking;
mod content;
mod error;
mod range;
#[cfg(test)]
mod tests;
mod transfer;

use std::fmt;
use std::future::{Future, poll_fn};
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::Request;

pub use self::error::{DownloadError, DownloadReason};
use self::transfer::{Event, Step};
pub(crate) use self::transfer::{Transfer, headers};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{EncodeError, Error, Subject};
use crate::reply::RawReply;
use crate::transport::Body;
use crate::version::Spec;

/// How much of a file has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadProgress {
    /// How many bytes came, counted as they travel: of a gzipped file, those of the gzip.
    pub received: u64,
    /// How many there are, where the service says it.
    pub total: Option<u64>,
}

/// The request of a file, which is sent again for the rest of it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) spec: Spec,
    pub(crate) request: Request<Bytes>,
}

impl Source {
    pub(crate) fn of<E: Endpoint>(endpoint: &E) -> Result<Self, EncodeError> {
        Ok(Self {
            spec: endpoint.spec(),
            request: endpoint.encode()?,
        })
    }

    pub(crate) fn subject(&self) -> Subject {
        Subject::of(&self.spec, &self.request)
    }
}

/// A file as it arrives, in pieces of at most 64 KiB or as the transport gives them: a [`Stream`].
///
/// - A file that is gzip is given unpacked, and otherwise as it is; [`compressed`](Self::compressed)
///   gives all as it is. Either way its end is checked, so that a file that is cut short is an error.
/// - Where the connection breaks, the rest is asked for, and what was given out stays valid. That
///   needs a service that sends parts of a file, or sends the same one again, and says which it
///   is; else the error is [`DownloadReason::NotResumable`].
/// - As often as the client's [`RetryPolicy`](crate::RetryPolicy) says, the rest is asked for in
///   vain. The time of a call limits each request up to the head of its reply, and not the download;
///   a body that pauses for longer than [`Config::idle_timeout`](crate::Config::idle_timeout) is taken
///   for broken.
///
/// Nothing is collected: the memory that a download takes does not depend on its size.
///
/// ```no_run
/// # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use intercom_core::api::data_export;
///
/// let mut download = intercom.download(&data_export::Download::new("orzzsbd7hk67xyu")).await?;
/// let mut lines = 0;
/// while let Some(piece) = download.chunk().await? {
///     lines += piece.iter().filter(|byte| **byte == b'\n').count();
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until it is asked for"]
pub struct Download {
    client: Client,
    source: Source,
    transfer: Transfer,
    body: Option<Body>,
    doing: Doing,
}

type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What a download is in the middle of.
enum Doing {
    Nothing,
    Reading,
    Waiting(Pending<()>),
    Asking(Pending<Result<(RawReply, Body), Error>>),
}

impl Download {
    pub(crate) const fn new(
        client: Client,
        source: Source,
        transfer: Transfer,
        body: Body,
    ) -> Self {
        Self {
            client,
            source,
            transfer,
            body: Some(body),
            doing: Doing::Nothing,
        }
    }

    /// Gives the bytes as they travel: of a gzipped file, those of the gzip. It comes before the
    /// first piece.
    pub fn compressed(mut self) -> Self {
        self.transfer.keep_compressed();
        self
    }

    /// How much has arrived.
    pub const fn progress(&self) -> DownloadProgress {
        self.transfer.progress()
    }

    /// The head of the response that began the file. Its body is the download.
    pub const fn reply(&self) -> &RawReply {
        self.transfer.head()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Download`]. What was given out before is the start of the file.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.transfer.failed_before()?;
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Writes the file here, such as into a [`File`](std::fs::File), and gives how many bytes were
    /// written.
    ///
    /// The writer is called between the pieces, and what it does blocks the task; for an async
    /// writer, read [`chunk`](Self::chunk) by `chunk`.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and where the writer fails.
    pub async fn write_to(self, writer: impl Write) -> Result<u64, Error> {
        self.write_to_with(writer, |_| {}).await
    }

    /// Writes the file here, and tells after each piece how much has arrived.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub async fn write_to_with(
        mut self,
        mut writer: impl Write,
        mut observe: impl FnMut(DownloadProgress),
    ) -> Result<u64, Error> {
        while let Some(piece) = self.chunk().await? {
            writer
                .write_all(&piece)
                .map_err(|error| self.transfer.unwritten(error))?;
            observe(self.progress());
        }
        writer
            .flush()
            .map_err(|error| self.transfer.unwritten(error))?;
        Ok(self.transfer.given())
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            let event = match (&mut this.doing, &mut this.body) {
                (Doing::Nothing, _) => Event::Next,
                (Doing::Reading, Some(body)) => match ready!(Pin::new(body).poll_next(context)) {
                    Some(Ok(bytes)) => Event::Data(bytes),
                    Some(Err(error)) => Event::Broken(error),
                    None => Event::End,
                },
                (Doing::Reading, None) => Event::End,
                (Doing::Waiting(wait), _) => {
                    ready!(wait.as_mut().poll(context));
                    Event::Waited
                }
                (Doing::Asking(answer), _) => match ready!(answer.as_mut().poll(context)) {
                    Ok((reply, body)) => {
                        this.body = Some(body);
                        Event::Head(reply)
                    }
                    Err(error) => Event::Refused(error),
                },
            };
            this.doing = Doing::Nothing;
            match this.transfer.next(event) {
                Step::Give(piece) => return Poll::Ready(Some(Ok(piece))),
                Step::Read => this.doing = Doing::Reading,
                Step::Wait(duration) => {
                    // Lets go of the connection, which may be good for nothing.
                    this.body = None;
                    let client = this.client.clone();
                    this.doing =
                        Doing::Waiting(Box::pin(async move { client.sleep(duration).await }));
                }
                Step::Ask(headers) => {
                    let (client, source) = (this.client.clone(), this.source.clone());
                    this.doing =
                        Doing::Asking(Box::pin(
                            async move { client.fetch(&source, headers).await },
                        ));
                }
                Step::Done => {
                    this.body = None;
                    return Poll::Ready(None);
                }
                Step::Fail(error) => {
                    this.body = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl Unpin for Download {}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, &self.source, self.progress())
    }
}

fn show(f: &mut fmt::Formatter<'_>, source: &Source, progress: DownloadProgress) -> fmt::Result {
    let path = source.request.uri().path();
    write!(f, "Download of {path} at {}", progress.received)?;
    match progress.total {
        Some(total) => write!(f, " of {total} bytes"),
        None => f.write_str(" bytes"),
    }
}
