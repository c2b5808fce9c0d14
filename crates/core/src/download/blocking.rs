//! Downloads for programs without an async runtime.

use std::fmt;
use std::io::{self, Read, Write};

use bytes::{Bytes, BytesMut};

use super::transfer::{Event, Step, Transfer};
use super::{DownloadProgress, Source, show};
use crate::blocking::Client;
use crate::error::Error;
use crate::reply::RawReply;
use crate::transport::TransportError;
use crate::transport::blocking::Body;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// A file as it arrives, to be [read](Read).
///
/// - A file that is gzip is given unpacked, and otherwise as it is;
///   [`compressed`](Self::compressed) gives all as it is. Either way its end is checked, so that
///   a file that is cut short is an error.
/// - Where the connection breaks, the rest is asked for, as
///   [the async one](crate::Download) does.
///
/// Nothing is collected: the memory that a download takes does not depend on its size. An
/// [`io::Error`] of reading it has the [`Error`] inside.
///
/// ```no_run
/// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use std::io::{BufRead, BufReader};
///
/// use intercom_core::api::data_export;
///
/// let download = intercom.download(&data_export::Download::new("orzzsbd7hk67xyu"))?;
/// for line in BufReader::new(download).lines() {
///     println!("{}", line?);
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
    buffer: BytesMut,
    /// What `read` has not given yet.
    rest: Bytes,
}

impl Download {
    pub(crate) fn new(client: Client, source: Source, transfer: Transfer, body: Body) -> Self {
        Self {
            client,
            source,
            transfer,
            body: Some(body),
            buffer: BytesMut::new(),
            rest: Bytes::new(),
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
    pub fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.transfer.failed_before()?;
        if !self.rest.is_empty() {
            return Ok(Some(std::mem::take(&mut self.rest)));
        }
        let mut event = Event::Next;
        loop {
            event = match self.transfer.next(event) {
                Step::Give(piece) => return Ok(Some(piece)),
                Step::Read => self.receive(),
                Step::Wait(duration) => {
                    // Lets go of the connection, which may be good for nothing.
                    self.body = None;
                    self.client.sleep(duration);
                    Event::Waited
                }
                Step::Ask(headers) => match self.client.fetch(&self.source, headers) {
                    Ok((reply, body)) => {
                        self.body = Some(body);
                        Event::Head(reply)
                    }
                    Err(error) => Event::Refused(error),
                },
                Step::Done => {
                    self.body = None;
                    return Ok(None);
                }
                Step::Fail(error) => {
                    self.body = None;
                    return Err(error);
                }
            };
        }
    }

    /// Reads of the body what is there.
    fn receive(&mut self) -> Event {
        let Some(body) = &mut self.body else {
            return Event::End;
        };
        self.buffer.resize(PIECE, 0);
        loop {
            return match body.read(&mut self.buffer) {
                Ok(0) => Event::End,
                Ok(count) => Event::Data(self.buffer.split_to(count).freeze()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Event::Broken(TransportError::from_body_error(error)),
            };
        }
    }

    /// Writes the file here, such as into a [`File`](std::fs::File), and gives how many bytes
    /// were written.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and where the writer fails.
    pub fn write_to(self, writer: impl Write) -> Result<u64, Error> {
        self.write_to_with(writer, |_| {})
    }

    /// Writes the file here, and tells after each piece how much has arrived.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub fn write_to_with(
        mut self,
        mut writer: impl Write,
        mut observe: impl FnMut(DownloadProgress),
    ) -> Result<u64, Error> {
        while let Some(piece) = self.chunk()? {
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

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            match self.chunk().map_err(io::Error::other)? {
                Some(piece) => self.rest = piece,
                None => return Ok(0),
            }
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest.split_to(count));
        Ok(count)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, &self.source, self.progress())
    }
}
