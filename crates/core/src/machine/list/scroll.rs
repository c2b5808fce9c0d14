//! Scrolls, which cannot be resumed.

use std::collections::HashSet;
use std::mem;
use std::time::Duration;

use intercom_model::ErrorCode;

use super::pages::{PageReader, repeated};
use crate::error::{Error, PagingError, TransportErrorKind, is_transient};
use crate::operation::Paginate;

/// How long the service keeps a scroll that is not used.
const SCROLL_EXPIRES: Duration = Duration::from_secs(60);

/// How many times a scroll is restarted without returning anything new.
const RESTARTS: u32 = 3;

/// How many pages of a scroll may have nothing new, besides those that it returned before it was
/// restarted. Items that change while a list is read may be returned again, and fill a page.
const STALE: u32 = 3;

/// A scroll that is restarted when it breaks off, because the service does not say what it returned
/// last.
pub(super) struct Scroll<E: Paginate> {
    first: E,
    identity: fn(&E::Item) -> &str,
    returned: HashSet<String>,
    restarts: u32,
    /// How many pages were read, up to the last restart and since.
    pages: [u32; 2],
    /// How many pages in a row had nothing new.
    stale: u32,
}

impl<E: Paginate> Scroll<E> {
    /// The scroll of a list, if it is one.
    pub(super) fn of(pages: &PageReader<E>) -> Option<Self> {
        Some(Self {
            identity: E::IDENTITY?,
            first: pages.next.clone()?,
            returned: HashSet::new(),
            restarts: 0,
            pages: [0; 2],
            stale: 0,
        })
    }

    /// Removes the items of a page that were returned before, and returns the places of the others.
    pub(super) fn keep_new(
        &mut self,
        items: &mut Vec<E::Item>,
        pages: &mut PageReader<E>,
    ) -> Result<Vec<usize>, PagingError> {
        let (identity, returned) = (self.identity, &mut self.returned);
        let (mut place, mut places) = (0, Vec::new());
        items.retain(|item| {
            let is_new = returned.insert(identity(item).to_owned());
            if is_new {
                places.push(place);
            }
            place += 1;
            is_new
        });
        let [before, since] = &mut self.pages;
        *since = since.saturating_add(1);
        if !items.is_empty() {
            (self.restarts, self.stale) = (0, 0);
            return Ok(places);
        }
        self.stale = self.stale.saturating_add(1);
        if pages.next.is_some() && self.stale > before.saturating_add(STALE) {
            pages.next = None;
            return Err(repeated::<E>(pages.position.to_string()));
        }
        Ok(places)
    }

    /// How the scroll restarts after this error, and after what wait; `None` if it does not.
    pub(super) fn again(&mut self, error: &Error) -> Option<(PageReader<E>, Duration)> {
        let broken_off = match error {
            Error::Transport(error) => !matches!(
                error.source.kind(),
                TransportErrorKind::Refused | TransportErrorKind::Tls
            ),
            Error::Api(error) => is_transient(error.status()) || error.is_not_found(),
            Error::Decode(error) => error.is_transient(),
            _ => false,
        };
        // The scroll that broke off blocks another until it expires. That of someone else is not ours
        // to wait for.
        let blocked = self.restarts > 0 && error.code() == Some(&ErrorCode::ScrollExists);
        let begun = self.restarts > 0 || !self.returned.is_empty();
        if !begun || self.restarts >= RESTARTS || !(broken_off || blocked) {
            return None;
        }
        self.restarts += 1;
        let [before, since] = mem::take(&mut self.pages);
        self.pages[0] = before.saturating_add(since);
        self.stale = 0;
        let wait = if blocked {
            SCROLL_EXPIRES
        } else {
            Duration::ZERO
        };
        Some((PageReader::new(self.first.clone()), wait))
    }
}
