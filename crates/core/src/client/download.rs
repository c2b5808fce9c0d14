//! Downloads, asynchronously.

use std::future::poll_fn;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::Client;
use super::pending::Pending;
use crate::error::Error;
use crate::handle;
use crate::machine::{DownloadProgress, Source, TransferEvent, TransferStep, range_headers};
use crate::operation::Endpoint;

/// A file that is being downloaded, as a [`Stream`] of chunks.
pub type Download = handle::Download<Client>;

impl Client {
    /// Downloads a file of any size. If the connection breaks, the download is resumed, and at its end
    /// the file is known to be complete. See [`Download`].
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use intercom_core::api::data_export;
    /// use std::fs::File;
    ///
    /// let export = data_export::Download::new("orzzsbd7hk67xyu");
    /// let download = intercom.download(&export).await?;
    /// download
    ///     .write_to_with(File::create("export.csv")?, |progress| println!("{progress:?}"))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). Later errors come from the download.
    pub async fn download<E: Endpoint<Output = Bytes>>(
        &self,
        endpoint: &E,
    ) -> Result<Download, Error> {
        let source = Source::new(endpoint)?;
        let (head, body) = self.fetch(&source, range_headers()).await?;
        let transfer = self.engine.transfer(&source, head)?;
        Ok(Download::new(self.clone(), source, transfer, body))
    }
}

impl Download {
    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Download`]. The chunks before it are the start of the file.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.transfer.failed_before()?;
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Writes the file to a writer, such as a [`File`](std::fs::File), and returns the number of bytes
    /// written.
    ///
    /// The writer is called between chunks, and blocks the task while it writes; for an async writer,
    /// read [`chunk`](Self::chunk) by `chunk`.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and if the writer fails.
    pub async fn write_to(self, writer: impl Write) -> Result<u64, Error> {
        self.write_to_with(writer, |_| {}).await
    }

    /// Writes the file to a writer, and reports the progress after each chunk.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub async fn write_to_with(
        mut self,
        mut writer: impl Write,
        mut observe: impl FnMut(DownloadProgress),
    ) -> Result<u64, Error> {
        while let Some(chunk) = self.chunk().await? {
            self.transfer.written(writer.write_all(&chunk))?;
            observe(self.progress());
        }
        self.transfer.written(writer.flush())?;
        Ok(self.transfer.delivered())
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            let event = match &mut this.pending {
                Pending::Idle if this.transfer.is_reading() => {
                    match ready!(poll_body(&mut this.body, context)) {
                        Some(Ok(bytes)) => TransferEvent::Data(bytes),
                        Some(Err(error)) => TransferEvent::Broken(error),
                        None => TransferEvent::End,
                    }
                }
                Pending::Idle => TransferEvent::Next,
                Pending::Sleep(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    TransferEvent::Waited
                }
                Pending::Call(call) => match ready!(call.as_mut().poll(context)) {
                    Ok((reply, body)) => {
                        this.body = Some(body);
                        TransferEvent::Head(reply)
                    }
                    Err(error) => TransferEvent::Refused(error),
                },
            };
            this.pending = Pending::Idle;
            match this.transfer.next(event) {
                TransferStep::Deliver(chunk) => return Poll::Ready(Some(Ok(chunk))),
                TransferStep::Read => {}
                TransferStep::Sleep(duration) => {
                    // Drops the connection, which may be unusable.
                    this.body = None;
                    this.pending = Pending::Sleep(this.client.sleep_owned(duration));
                }
                TransferStep::Fetch(headers) => {
                    let (client, source) = (this.client.clone(), this.source.clone());
                    this.pending =
                        Pending::Call(Box::pin(
                            async move { client.fetch(&source, headers).await },
                        ));
                }
                TransferStep::Done => {
                    this.body = None;
                    return Poll::Ready(None);
                }
                TransferStep::Fail(error) => {
                    this.body = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

fn poll_body<B: Stream + Unpin>(
    body: &mut Option<B>,
    context: &mut Context<'_>,
) -> Poll<Option<B::Item>> {
    match body {
        Some(body) => Pin::new(body).poll_next(context),
        None => Poll::Ready(None),
    }
}

impl Unpin for Download {}
