//! Errors from downloads.

use std::fmt;
use std::io;

use super::Error;
use super::info::RequestInfo;
use super::transport::TransportError;

/// A download started, but could not be completed.
#[derive(Debug)]
#[non_exhaustive]
pub struct DownloadError {
    /// The request.
    pub info: RequestInfo,
    /// The number of bytes of the file that arrived, as transferred.
    pub received: u64,
    /// The size of the file in bytes, if the service states it.
    pub total: Option<u64>,
    /// The number of bytes handed to the caller, after decompression.
    pub delivered: u64,
    /// Why the download could not be completed.
    pub kind: DownloadErrorKind,
}

/// Why a download could not be completed.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadErrorKind {
    /// The connection broke, and broke again on each attempt to resume.
    Interrupted(TransportError),
    /// The connection broke, and the download cannot be resumed: the service does not send ranges, or
    /// does not state whether the file is still the same.
    NotResumable(TransportError),
    /// The request for the rest of the file failed.
    Resume(Box<Error>),
    /// The connection broke, and the file has changed since. Download it again.
    Changed,
    /// The service sent another range than requested.
    WrongRange,
    /// The service sent an empty file.
    Empty,
    /// The file is not valid gzip.
    Corrupt(io::Error),
    /// The file arrived in full, but the gzip in it is truncated, or its checksum is wrong.
    Truncated(io::Error),
    /// The download was read again after it had failed.
    AlreadyFailed,
    /// Writing the file failed.
    Write(io::Error),
}

impl DownloadError {
    /// Whether starting the download again may succeed.
    pub(crate) fn is_retryable(&self) -> bool {
        match &self.kind {
            DownloadErrorKind::Interrupted(_)
            | DownloadErrorKind::NotResumable(_)
            | DownloadErrorKind::Changed
            | DownloadErrorKind::Empty => true,
            DownloadErrorKind::Resume(error) => error.is_retryable(),
            _ => false,
        }
    }
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the download stopped after {}", self.received)?;
        if let Some(total) = self.total {
            write!(f, " of {total}")?;
        }
        f.write_str(" bytes: ")?;
        match &self.kind {
            DownloadErrorKind::Interrupted(error) => error.fmt(f)?,
            DownloadErrorKind::NotResumable(error) => write!(
                f,
                "{error}; the service cannot resume it, so download the file again"
            )?,
            // It names the request itself.
            DownloadErrorKind::Resume(error) => return write!(f, "resuming it: {error}"),
            DownloadErrorKind::Changed => {
                f.write_str("the file changed while the connection was down; download it again")?;
            }
            DownloadErrorKind::WrongRange => {
                f.write_str("the service sent another range of the file than requested")?;
            }
            DownloadErrorKind::Empty => f.write_str("the service sent an empty file")?,
            DownloadErrorKind::Corrupt(error) => write!(f, "the file is not valid gzip: {error}")?,
            DownloadErrorKind::Truncated(error) => {
                write!(
                    f,
                    "the gzip is truncated, or its checksum is wrong: {error}"
                )?;
            }
            DownloadErrorKind::AlreadyFailed => f.write_str("it failed before")?,
            DownloadErrorKind::Write(error) => write!(f, "writing the file: {error}")?,
        }
        write!(f, " ({})", self.info)
    }
}

impl std::error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            DownloadErrorKind::Interrupted(error) | DownloadErrorKind::NotResumable(error) => {
                Some(error)
            }
            DownloadErrorKind::Resume(error) => Some(error),
            DownloadErrorKind::Corrupt(error)
            | DownloadErrorKind::Truncated(error)
            | DownloadErrorKind::Write(error) => Some(error),
            _ => None,
        }
    }
}
