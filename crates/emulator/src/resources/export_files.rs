//! What data exports and reporting exports have in common: a job that produces a gzipped file.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::Timestamp;

use crate::refusal::Refusal;
use crate::resources::Context;
use crate::store::{ExportRecord, Phase, Progress};

/// How long a file is kept: two days.
const KEPT: i64 = 2 * 24 * 60 * 60;

impl ExportRecord {
    pub(crate) fn new(csv: Option<&str>, now: Timestamp) -> Result<Self, Refusal> {
        Ok(Self {
            progress: Progress::start(now),
            file: csv.map(gzip).transpose()?,
            canceled: false,
        })
    }

    pub(crate) fn is_active(&mut self, now: Timestamp) -> bool {
        !self.canceled && self.progress.phase(now) != Phase::Finished
    }

    /// Returns when the file expires, once the job has finished.
    pub(crate) fn expires_at(&self) -> Option<i64> {
        let over_at = self
            .progress
            .finished_at()
            .filter(|_| self.file.is_some())?;
        Some(over_at.as_second() + KEPT)
    }

    pub(crate) fn download(&mut self, now: Timestamp) -> Option<Bytes> {
        if self.canceled || self.progress.phase(now) != Phase::Finished {
            return None;
        }
        let kept = self.expires_at()? > now.as_second();
        self.file.clone().filter(|_| kept)
    }
}

fn gzip(csv: &str) -> Result<Bytes, Refusal> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(csv.as_bytes())
        .and_then(|()| encoder.finish())
        .map(Bytes::from)
        // Writing to memory does not fail.
        .map_err(|error| {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Refusal::new(status, ErrorCode::ServerError, error.to_string())
        })
}

pub(crate) fn no_job(id: &str) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        format!("Export job not found for identifier: {id}"),
    )
}

pub(crate) fn too_many(limit: usize, what: &str) -> Refusal {
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::RateLimitExceeded,
        format!("Exceeded rate limit of {limit} pending {what} export jobs"),
    )
}

pub(crate) fn bad_request(message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
}

/// Returns the address of the file and when it expires, once the job has finished.
pub(crate) fn file_location(
    record: &ExportRecord,
    path: &str,
    context: &Context,
) -> (Option<String>, Option<Timestamp>) {
    let expires_at = record.expires_at().filter(|_| !record.canceled);
    let url = expires_at.map(|_| context.url(path));
    (url, expires_at.map(Timestamp::from_second))
}

/// Returns a line of CSV.
pub(crate) fn csv_line<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let fields = fields.into_iter().map(|field| {
        if field.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            field.to_owned()
        }
    });
    fields.collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::csv_line;

    #[test]
    fn fields_with_commas_and_quotes_are_quoted() {
        let line = csv_line(["plain", "with, comma", "with \"quotes\"", ""]);
        assert_eq!(line, "plain,\"with, comma\",\"with \"\"quotes\"\"\",\n");
    }
}
