//! Lists that cannot be read on.

use std::fmt;

/// A list could not be read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PagingError {
    /// The endpoint, such as `contacts::List`.
    pub endpoint: &'static str,
    /// What went wrong.
    pub kind: PagingErrorKind,
}

/// Why a list could not be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingErrorKind {
    /// The service returned a page that was already read, or nothing but known items, so reading on
    /// would never end.
    #[non_exhaustive]
    Repeated {
        /// The page that was repeated.
        position: String,
    },
    /// The position belongs to another list.
    #[non_exhaustive]
    Position {
        /// The position.
        position: String,
    },
    /// The position is that of a page of another size, which this list does not state.
    #[non_exhaustive]
    PageSize {
        /// The number of items on a page when the position was saved; `None` if left to the service.
        saved: Option<u32>,
        /// The number of items on a page that the request asks for.
        requested: Option<u32>,
    },
    /// A page announces a next page in a form that is not recognised, or lacks its items, so the rest
    /// of the list cannot be read.
    #[non_exhaustive]
    Unreadable {
        /// What the page says.
        found: String,
    },
    /// A scroll cannot be resumed. Start it again.
    Scroll,
}

impl PagingError {
    pub(crate) const fn new(endpoint: &'static str, kind: PagingErrorKind) -> Self {
        Self { endpoint, kind }
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = self.endpoint;
        match &self.kind {
            PagingErrorKind::Repeated { position } => {
                write!(
                    f,
                    "{endpoint}: the service repeated the page `{position}`, so the list would never end"
                )
            }
            PagingErrorKind::Position { position } => {
                write!(
                    f,
                    "{endpoint}: `{position}` is not a position in this list; resume the list it came from"
                )
            }
            PagingErrorKind::PageSize { saved, requested } => {
                let size = |size: &Option<u32>| match size {
                    Some(size) => size.to_string(),
                    None => "the default".to_owned(),
                };
                write!(
                    f,
                    "{endpoint}: the position was saved with {} items on a page, and the request has {}; set `per_page` as it was",
                    size(saved),
                    size(requested)
                )
            }
            PagingErrorKind::Unreadable { found } => {
                write!(
                    f,
                    "{endpoint}: the list cannot be read on, because a page is not as documented: {found}"
                )
            }
            PagingErrorKind::Scroll => {
                write!(f, "{endpoint}: a scroll cannot be resumed; start it again")
            }
        }
    }
}

impl std::error::Error for PagingError {}
