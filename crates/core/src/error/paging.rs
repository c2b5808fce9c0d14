//! Why a list did not go on.

use std::fmt;

/// A list of pages did not go on as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The service named a page that was already read, or gives nothing new, so that reading on
    /// would never end.
    #[non_exhaustive]
    Repeated {
        /// The endpoint.
        endpoint: &'static str,
        /// The page that came again.
        position: String,
    },
    /// The text is no position, or not one of this list.
    #[non_exhaustive]
    Position {
        /// The endpoint.
        endpoint: &'static str,
        /// The text.
        position: String,
    },
    /// The service says that there is another page, but not in a way that is known, so that the list
    /// cannot be read to its end.
    #[non_exhaustive]
    Unreadable {
        /// The endpoint.
        endpoint: &'static str,
        /// What it says.
        found: String,
    },
    /// A scroll cannot be read on from where it was left: it has to start again.
    #[non_exhaustive]
    Scroll {
        /// The endpoint.
        endpoint: &'static str,
    },
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated { endpoint, position } => {
                write!(
                    f,
                    "{endpoint}: the service gave the page `{position}` again, so that the list would never end"
                )
            }
            Self::Position { endpoint, position } => {
                write!(f, "{endpoint}: `{position}` is no position in this list")
            }
            Self::Unreadable { endpoint, found } => {
                write!(
                    f,
                    "{endpoint}: there is another page, but not in a way that is known: {found}"
                )
            }
            Self::Scroll { endpoint } => {
                write!(
                    f,
                    "{endpoint}: a scroll cannot be read on from where it was left; start it again"
                )
            }
        }
    }
}

impl std::error::Error for PagingError {}
