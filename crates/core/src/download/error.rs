//! Why a download could not be completed.

use std::fmt;
use std::io;

use crate::error::{Error, Subject};
use crate::transport::TransportError;

/// A download that began, and could not be completed.
#[derive(Debug)]
#[non_exhaustive]
pub struct DownloadError {
    /// The call.
    pub subject: Subject,
    /// How many bytes of the file arrived, counted as they travel.
    pub received: u64,
    /// How many bytes the file has, where the service says it.
    pub total: Option<u64>,
    /// How many bytes were given out, counted after gzip was undone.
    pub given: u64,
    /// Why it could not be completed.
    pub reason: DownloadReason,
}

/// Why a download could not be completed.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadReason {
    /// The connection broke, and broke again each time that the rest was asked for.
    Broken(TransportError),
    /// The connection broke, and the rest cannot be had: the service sends no part of the file, or
    /// says nothing that shows that it is still the same one.
    NotResumable(TransportError),
    /// Asking for the rest was answered with an error, or not at all.
    Refused(Box<Error>),
    /// The connection broke, and the file is another one by now. Download it again.
    Changed,
    /// The service sent another part of the file than was asked for.
    WrongPart,
    /// The service sent nothing.
    Empty,
    /// It is no gzip, or damaged.
    Damaged(io::Error),
    /// It arrived as the service has it, but that ends before the end of the gzip, or does not
    /// match its checksum.
    Incomplete(io::Error),
    /// It failed before, for a reason that was given then.
    FailedBefore,
    /// What came could not be written to where it should go.
    Write(io::Error),
}

impl DownloadError {
    /// Whether it may succeed when it is begun anew.
    pub(crate) fn is_retryable(&self) -> bool {
        match &self.reason {
            DownloadReason::Broken(_)
            | DownloadReason::NotResumable(_)
            | DownloadReason::Changed
            | DownloadReason::Empty => true,
            DownloadReason::Refused(error) => error.is_retryable(),
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
        match &self.reason {
            DownloadReason::Broken(error) => error.fmt(f)?,
            DownloadReason::NotResumable(error) => write!(
                f,
                "{error}; the service does not send the rest alone, so download it again"
            )?,
            // It names the call itself.
            DownloadReason::Refused(error) => return write!(f, "asked for the rest: {error}"),
            DownloadReason::Changed => {
                f.write_str(
                    "the connection broke, and the file is another one by now; download it again",
                )?;
            }
            DownloadReason::WrongPart => {
                f.write_str("the service sent another part of the file than was asked for")?;
            }
            DownloadReason::Empty => f.write_str("the service sent an empty file")?,
            DownloadReason::Damaged(error) => write!(f, "the gzip is damaged: {error}")?,
            DownloadReason::Incomplete(error) => write!(
                f,
                "the gzip is cut short, or its checksum is wrong: {error}"
            )?,
            DownloadReason::FailedBefore => f.write_str("it failed before")?,
            DownloadReason::Write(error) => write!(f, "it cannot be written: {error}")?,
        }
        write!(f, " ({})", self.subject)
    }
}

/// What it came from is in its text, and in [`DownloadError::reason`].
impl std::error::Error for DownloadError {}
