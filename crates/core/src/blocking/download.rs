//! Downloads, blocking the thread.

use std::io::{self, Read, Write};

use bytes::{Buf, Bytes};

use super::Client;
use crate::error::{Error, TransportError};
use crate::handle;
use crate::machine::{DownloadProgress, Source, TransferEvent, TransferStep, range_headers};
use crate::operation::Endpoint;

/// A file that is being downloaded, to be [read](Read).
pub type Download = handle::Download<Client>;

impl Client {
    /// Downloads a file of any size. If the connection breaks, the download is resumed, and at its end
    /// the file is known to be complete. See [`Download`].
    ///
    /// ```no_run
    /// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use intercom_core::api::data_export;
    /// use std::fs::File;
    ///
    /// let export = data_export::Download::new("orzzsbd7hk67xyu");
    /// let download = intercom.download(&export)?;
    /// download.write_to_with(File::create("export.csv")?, |progress| println!("{progress:?}"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). Later errors come from the download.
    pub fn download<E: Endpoint<Output = Bytes>>(&self, endpoint: &E) -> Result<Download, Error> {
        let source = Source::new(endpoint)?;
        let (head, body) = self.fetch(&source, range_headers())?;
        let transfer = self.engine.transfer(&source, head)?;
        Ok(Download::new(self.clone(), source, transfer, body))
    }
}

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

impl Download {
    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Download`]. The chunks before it are the start of the file.
    pub fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.transfer.failed_before()?;
        if !self.rest.is_empty() {
            return Ok(Some(std::mem::take(&mut self.rest)));
        }
        let mut event = TransferEvent::Next;
        loop {
            event = match self.transfer.next(event) {
                TransferStep::Deliver(chunk) => return Ok(Some(chunk)),
                TransferStep::Read => self.receive(),
                TransferStep::Sleep(duration) => {
                    // Drops the connection, which may be unusable.
                    self.body = None;
                    self.client.sleep(duration);
                    TransferEvent::Waited
                }
                TransferStep::Fetch(headers) => match self.client.fetch(&self.source, headers) {
                    Ok((reply, body)) => {
                        self.body = Some(body);
                        TransferEvent::Head(reply)
                    }
                    Err(error) => TransferEvent::Refused(error),
                },
                TransferStep::Done => {
                    self.body = None;
                    return Ok(None);
                }
                TransferStep::Fail(error) => {
                    self.body = None;
                    return Err(error);
                }
            };
        }
    }

    /// Reads what is there of the body.
    fn receive(&mut self) -> TransferEvent {
        let Some(body) = &mut self.body else {
            return TransferEvent::End;
        };
        self.buffer.resize(CHUNK, 0);
        loop {
            return match body.read(&mut self.buffer) {
                Ok(0) => TransferEvent::End,
                Ok(count) => TransferEvent::Data(self.buffer.split_to(count).freeze()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => TransferEvent::Broken(TransportError::from_body_error(error)),
            };
        }
    }

    /// Writes the file to a writer, such as a [`File`](std::fs::File), and returns the number of bytes
    /// written.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and if the writer fails.
    pub fn write_to(self, writer: impl Write) -> Result<u64, Error> {
        self.write_to_with(writer, |_| {})
    }

    /// Writes the file to a writer, and reports the progress after each chunk.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub fn write_to_with(
        mut self,
        mut writer: impl Write,
        mut observe: impl FnMut(DownloadProgress),
    ) -> Result<u64, Error> {
        while let Some(chunk) = self.chunk()? {
            self.transfer.written(writer.write_all(&chunk))?;
            observe(self.progress());
        }
        self.transfer.written(writer.flush())?;
        Ok(self.transfer.delivered())
    }
}

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            match self.chunk().map_err(io::Error::other)? {
                Some(chunk) => self.rest = chunk,
                None => return Ok(0),
            }
        }
        let count = self.rest.len().min(buffer.len());
        self.rest
            .split_to(count)
            .copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}
