//! Downloads of any size.

use std::fmt;

use bytes::{Bytes, BytesMut};

use super::Driver;
use crate::error::Error;
use crate::machine::{DownloadProgress, Source, Transfer};
use crate::wire::RawReply;

/// A file that is being downloaded, in chunks of at most 64 KiB or as the transport delivers them.
///
/// - A gzip file is decompressed, unless [`compressed`](Self::compressed) is set. Either way its
///   checksum is verified, so a file that was cut short is an error.
/// - If the connection breaks, the download is resumed, and what was delivered stays valid. This needs
///   a service that sends ranges, or sends the same file again, and says which file it is; otherwise
///   the error is of the kind [`NotResumable`](crate::error::DownloadErrorKind::NotResumable).
/// - The client's [`RetryPolicy`](crate::RetryPolicy) limits how many times in a row resuming may fail.
///   The timeout of a call limits each request until the head of its reply, not the whole download; a
///   body that pauses longer than [`Config::idle_timeout`](crate::Config::idle_timeout) counts as
///   broken.
///
/// The memory that a download takes does not depend on its size.
///
/// The async client's is a [`Stream`](futures_core::Stream), the blocking client's a
/// [`Read`](std::io::Read), whose [`io::Error`](std::io::Error) wraps the [`Error`].
///
/// ```no_run
/// # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use intercom_core::api::data_export;
///
/// let mut download = intercom.download(&data_export::Download::new("orzzsbd7hk67xyu")).await?;
/// let mut lines = 0;
/// while let Some(chunk) = download.chunk().await? {
///     lines += chunk.iter().filter(|byte| **byte == b'\n').count();
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a file is downloaded only as far as it is read"]
pub struct Download<C: Driver> {
    pub(crate) client: C,
    pub(crate) source: Source,
    pub(crate) transfer: Transfer,
    pub(crate) body: Option<C::Body>,
    pub(crate) pending: C::Pending<Result<(RawReply, C::Body), Error>>,
    /// What the blocking client reads into.
    pub(crate) buffer: BytesMut,
    /// The rest of a chunk that was read in part.
    pub(crate) rest: Bytes,
}

impl<C: Driver> Download<C> {
    pub(crate) fn new(client: C, source: Source, transfer: Transfer, body: C::Body) -> Self {
        Self {
            client,
            source,
            transfer,
            body: Some(body),
            pending: C::Pending::default(),
            buffer: BytesMut::new(),
            rest: Bytes::new(),
        }
    }

    /// Delivers the file as transferred: a gzip file stays compressed. Call it before the first chunk
    /// is read.
    pub fn compressed(mut self) -> Self {
        self.transfer.keep_compressed();
        self
    }

    /// Returns how much of the file has arrived.
    pub const fn progress(&self) -> DownloadProgress {
        self.transfer.progress()
    }

    /// Returns the head of the response that started the file. Its body is the download.
    pub const fn reply(&self) -> &RawReply {
        self.transfer.head()
    }
}

impl<C: Driver> fmt::Debug for Download<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, progress) = (self.source.path(), self.progress());
        write!(f, "Download({path} at {}", progress.received)?;
        match progress.total {
            Some(total) => write!(f, " of {total} bytes)"),
            None => f.write_str(" bytes)"),
        }
    }
}
