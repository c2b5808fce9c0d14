//! Jobs, asynchronously.

use std::io::Write;

use super::Client;
use super::download::Download;
use crate::error::Error;
use crate::handle;
use crate::machine::{JobProgress, JobStep, JobWait};
use crate::operation::{ExportJob, StartJob};

/// A job that was started, in this process or another. Dropping it does not stop the job.
pub type Job<S> = handle::Job<S, Client>;

/// A job that finished. It derefs to the service's last reply about the job.
pub type FinishedJob<S> = handle::FinishedJob<S, Client>;

impl Client {
    /// Starts a job, to be waited for.
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client, ticket: intercom_core::api::tickets::TicketCreate) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::tickets;
    ///
    /// let finished = intercom.start(&tickets::Enqueue::new(ticket)).await?.wait().await?;
    /// println!("created as {:?}", finished.resource_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), and if the service returns no job id. If too many jobs are running, the
    /// 429 is returned at once.
    pub async fn start<S: StartJob>(&self, endpoint: &S) -> Result<Job<S>, Error> {
        let reply = self.call(endpoint).await?;
        Job::started(self.clone(), &reply)
    }

    /// Returns a job that was started before, by its [id](Job::id). Nothing is sent.
    pub fn job<S: StartJob>(&self, id: impl Into<S::Id>) -> Job<S> {
        Job::new(self.clone(), id.into())
    }
}

impl<S: StartJob> Job<S> {
    /// Waits until the job is finished.
    ///
    /// # Errors
    ///
    /// [`Error::Job`], if the job failed or was cancelled, did not finish before the deadline of its
    /// [policy](Self::policy), or could not be polled. A poll is retried as every call is. The job can
    /// be waited for again.
    pub async fn wait(&self) -> Result<FinishedJob<S>, Error> {
        self.wait_with(|_| {}).await
    }

    /// Waits until the job is finished, and reports the progress after each poll.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub async fn wait_with(
        &self,
        mut observe: impl FnMut(JobProgress<'_, S::Output>),
    ) -> Result<FinishedJob<S>, Error> {
        let mut wait = JobWait::new(&self.tracked, self.client.now());
        loop {
            let result = self.client.call(&self.tracked.poll).await;
            match wait.polled(result, self.client.now(), &mut observe)? {
                JobStep::Sleep(duration) => self.client.sleep(duration).await,
                JobStep::Finished(reply) => return Ok(self.finished(reply)),
            }
        }
    }
}

impl<S: ExportJob> FinishedJob<S> {
    /// Downloads the file that the job produced.
    ///
    /// # Errors
    ///
    /// As [`Client::download`], and if the job produced no file.
    pub async fn download(&self) -> Result<Download, Error> {
        self.client.download(&self.file()?).await
    }

    /// Writes the file that the job produced to a writer, and returns the number of bytes written.
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download) and [`Download::write_to`].
    pub async fn download_to(&self, writer: impl Write) -> Result<u64, Error> {
        self.download().await?.write_to(writer).await
    }
}
