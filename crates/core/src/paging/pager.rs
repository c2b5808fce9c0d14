//! Where the reading of a list is, without I/O.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Duration;

use intercom_model::{Deviation, ErrorCode};

use super::position::Where;
use super::{Paginate, Place, Position};
use crate::error::{DecodeReason, Error, PagingError, is_passing};
use crate::reply::Reply;
use crate::transport::TransportErrorKind;

/// How long the service keeps a scroll that is not used.
const SCROLL_EXPIRES: Duration = Duration::from_secs(60);

/// How often a scroll starts again without giving anything new.
const RESTARTS: u32 = 3;

/// How many pages of a scroll may have nothing new, beside those that it gave before it started
/// again. What changes while it is read may come once more, and fill a page.
const STALE: u32 = 3;

/// Which page comes next.
#[derive(Debug)]
pub(super) struct Pager<E> {
    /// The request of the next page; `None` after the last, and after an error.
    pub(super) next: Option<E>,
    pub(super) position: Position,
    seen: HashSet<u64>,
}

impl<E: Paginate> Pager<E> {
    pub(super) fn new(endpoint: E) -> Self {
        Self {
            next: Some(endpoint),
            position: Position::default(),
            seen: HashSet::new(),
        }
    }

    pub(super) fn resume(&mut self, position: Position) -> Result<(), PagingError> {
        // What a scroll gives has no order that could be counted.
        let within = position.read > 0 || position.page != Where::Start;
        if E::IDENTITY.is_some() && within && position.page != Where::End {
            return Err(PagingError::Scroll {
                endpoint: E::SPEC.name,
            });
        }
        let goes = match (&position.page, &mut self.next) {
            (Where::At(place), Some(endpoint)) => endpoint.go_to(place),
            (Where::End, next) => {
                *next = None;
                true
            }
            _ => true,
        };
        if !goes {
            return Err(PagingError::Position {
                endpoint: E::SPEC.name,
                position: position.to_string(),
            });
        }
        self.position = position;
        Ok(())
    }

    /// Takes in a page: whether it is the one that was asked for.
    pub(super) fn check(&mut self, page: &E::Output) -> Result<(), PagingError> {
        if let (Where::At(Place::Page(asked)), Some(number)) =
            (&self.position.page, E::number(page))
            && number != u64::from(*asked)
        {
            self.next = None;
            return Err(PagingError::Repeated {
                endpoint: E::SPEC.name,
                position: format!("page:{number}"),
            });
        }
        Ok(())
    }

    /// Goes on to the page after this one.
    pub(super) fn advance(&mut self, page: &Reply<E::Output>) -> Result<(), PagingError> {
        let Some(mut endpoint) = self.next.take() else {
            return Ok(());
        };
        let unreadable = |found| PagingError::Unreadable {
            endpoint: E::SPEC.name,
            found,
        };
        let next = endpoint.next(page);
        let Some(place) = next.map_err(|found| unreadable(found.to_string()))? else {
            if let Some(deviation) = page.deviations().iter().find(|odd| is_about_paging(odd)) {
                return Err(unreadable(deviation.to_string()));
            }
            self.position = Position {
                page: Where::End,
                read: 0,
            };
            return Ok(());
        };
        let next = Position {
            page: Where::At(place.clone()),
            read: 0,
        };
        if self.came_before(&place) || !endpoint.go_to(&place) {
            // Not the end: there may be more, behind another cursor.
            return Err(PagingError::Repeated {
                endpoint: E::SPEC.name,
                position: next.to_string(),
            });
        }
        self.position = next;
        self.next = Some(endpoint);
        Ok(())
    }

    /// Whether the page was read before. A scroll has one name for all its pages.
    fn came_before(&mut self, place: &Place) -> bool {
        if matches!(place, Place::Scroll(_)) {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        place.hash(&mut hasher);
        self.position.page == Where::At(place.clone()) || !self.seen.insert(hasher.finish())
    }
}

/// Whether what was not as documented may have been the way to the next page.
fn is_about_paging(deviation: &Deviation) -> bool {
    const FIELDS: &[&str] = &[
        "pages",
        "page",
        "total_pages",
        "has_more",
        "next_cursor",
        "scroll_param",
    ];
    let field = deviation.path.split(['.', '[']).next();
    field.is_some_and(|field| FIELDS.contains(&field))
}

/// The items of a page that is being read.
pub(super) struct Current<T> {
    items: std::vec::IntoIter<T>,
    position: Position,
    deviations: Vec<Deviation>,
}

impl<T> Current<T> {
    /// The items of a page that is at this position, but for those that were read before.
    pub(super) fn new(items: Vec<T>, deviations: Vec<Deviation>, position: Position) -> Self {
        let mut items = items.into_iter();
        items.by_ref().take(position.read).for_each(drop);
        Self {
            items,
            position,
            deviations,
        }
    }

    pub(super) fn next(&mut self) -> Option<T> {
        let item = self.items.next()?;
        self.position.read += 1;
        Some(item)
    }

    pub(super) fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

/// The position of the item that comes next.
pub(super) fn position<E: Paginate>(
    current: Option<&Current<E::Item>>,
    pager: &Pager<E>,
) -> Position {
    let current = current
        .filter(|current| current.items.len() > 0 || current.position.page == pager.position.page);
    current.map_or_else(
        || pager.position.clone(),
        |current| current.position.clone(),
    )
}

/// A scroll that starts again where it broke off, for the service does not say what it gave last.
pub(super) struct Scroll<E: Paginate> {
    first: E,
    identity: fn(&E::Item) -> &str,
    given: HashSet<String>,
    restarts: u32,
    /// How many pages were read, up to its last start and since.
    pages: [u32; 2],
    /// How many came since then, one after the other, without anything new.
    stale: u32,
}

impl<E: Paginate> Scroll<E> {
    /// That of a list, if it is a scroll.
    pub(super) fn of(pager: &Pager<E>) -> Option<Self> {
        Some(Self {
            identity: E::IDENTITY?,
            first: pager.next.clone()?,
            given: HashSet::new(),
            restarts: 0,
            pages: [0; 2],
            stale: 0,
        })
    }

    /// Leaves out the items of a page that were given before.
    pub(super) fn only_new(
        &mut self,
        items: &mut Vec<E::Item>,
        pager: &mut Pager<E>,
    ) -> Result<(), PagingError> {
        let (identity, given) = (self.identity, &mut self.given);
        items.retain(|item| given.insert(identity(item).to_owned()));
        let [before, since] = &mut self.pages;
        *since = since.saturating_add(1);
        if !items.is_empty() {
            (self.restarts, self.stale) = (0, 0);
            return Ok(());
        }
        self.stale = self.stale.saturating_add(1);
        if pager.next.is_some() && self.stale > before.saturating_add(STALE) {
            pager.next = None;
            return Err(PagingError::Repeated {
                endpoint: E::SPEC.name,
                position: pager.position.to_string(),
            });
        }
        Ok(())
    }

    /// How the scroll starts again after this error, and after what wait; `None` where it does not.
    pub(super) fn again(&mut self, error: &Error) -> Option<(Pager<E>, Duration)> {
        let broken_off = match error {
            Error::Transport(error) => !matches!(
                error.source.kind(),
                TransportErrorKind::Refused | TransportErrorKind::Tls
            ),
            Error::Api(error) => {
                let status = error.reply.status();
                is_passing(status) || status == http::StatusCode::NOT_FOUND
            }
            Error::Decode(error) => error.reason == DecodeReason::Empty,
            _ => false,
        };
        // The one that broke off is in the way until it expires. Another's is not ours to wait for.
        let in_the_way = self.restarts > 0 && error.code() == Some(&ErrorCode::ScrollExists);
        let begun = self.restarts > 0 || !self.given.is_empty();
        if !begun || self.restarts >= RESTARTS || !(broken_off || in_the_way) {
            return None;
        }
        self.restarts += 1;
        let [before, since] = self.pages;
        (self.pages, self.stale) = ([before.saturating_add(since), 0], 0);
        let wait = if in_the_way {
            SCROLL_EXPIRES
        } else {
            Duration::ZERO
        };
        Some((Pager::new(self.first.clone()), wait))
    }
}
