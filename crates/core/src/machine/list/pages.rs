//! The pages of a list.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use bytes::Bytes;
use http::Request;
use intercom_model::{Deviation, DeviationKind};
use serde_json::Value;

use super::position::{Page, Position};
use crate::error::{Error, PagingError, PagingErrorKind};
use crate::operation::{PageToken, Paginate};
use crate::wire::Reply;

/// What to do for the next page.
pub(crate) enum PageStep<E> {
    /// Call this, and pass the result to [`PageReader::page`].
    Call(E),
    /// The list is read to its end.
    Done,
    Fail(Error),
}

/// Reads the pages of a list.
#[derive(Debug)]
pub(crate) struct PageReader<E> {
    /// The request of the next page; `None` after the last, and after an error.
    pub(super) next: Option<E>,
    pub(super) position: Position,
    seen: HashSet<u64>,
    /// Why no page follows the one that was returned last.
    failed: Option<Error>,
}

impl<E: Paginate> PageReader<E> {
    pub(crate) fn new(endpoint: E) -> Self {
        Self {
            position: Position {
                endpoint: E::SPEC.name.into(),
                page_size: endpoint.encode().ok().and_then(|it| page_size(&it)),
                page: Page::First,
                read: 0,
            },
            next: Some(endpoint),
            seen: HashSet::new(),
            failed: None,
        }
    }

    pub(crate) fn resume(&mut self, saved: Position) -> Result<(), PagingError> {
        let refuse = |kind| Err(PagingError::new(E::SPEC.name, kind));
        if *saved.endpoint != *self.position.endpoint {
            return refuse(PagingErrorKind::Position {
                position: saved.to_string(),
            });
        }
        // The items of a scroll have no order that could be counted.
        let within = saved.read > 0 || saved.page != Page::First;
        if E::IDENTITY.is_some() && within && saved.page != Page::End {
            return refuse(PagingErrorKind::Scroll);
        }
        let Some(resumed) = with_page_size(&saved, self.position.page_size) else {
            return refuse(PagingErrorKind::PageSize {
                saved: saved.page_size,
                requested: self.position.page_size,
            });
        };
        let known = match (&resumed.page, &mut self.next) {
            (Page::At(token), Some(endpoint)) => endpoint.set_page(token),
            (Page::End, next) => {
                *next = None;
                true
            }
            _ => true,
        };
        if !known {
            return refuse(PagingErrorKind::Position {
                position: saved.to_string(),
            });
        }
        self.position = resumed;
        Ok(())
    }

    /// The position of the next page.
    pub(crate) const fn position(&self) -> &Position {
        &self.position
    }

    pub(crate) fn next(&mut self) -> PageStep<E> {
        match (self.failed.take(), &self.next) {
            (Some(error), _) => PageStep::Fail(error),
            (None, Some(endpoint)) => PageStep::Call(endpoint.clone()),
            (None, None) => PageStep::Done,
        }
    }

    /// Takes the result of a call, and moves to the next page.
    pub(crate) fn page(
        &mut self,
        result: Result<Reply<E::Output>, Error>,
    ) -> Result<Reply<E::Output>, Error> {
        let page = match result {
            Ok(page) => page,
            Err(error) => {
                self.next = None;
                return Err(error);
            }
        };
        self.check(&page)?;
        // The page itself is good; that none follows is reported after it.
        self.failed = self.advance(&page).err().map(Error::from);
        Ok(page)
    }

    /// Checks that the page is the requested one.
    fn check(&mut self, page: &E::Output) -> Result<(), PagingError> {
        if let (Page::At(PageToken::Page(requested)), Some(number)) =
            (&self.position.page, E::page_number(page))
            && number != u64::from(*requested)
        {
            self.next = None;
            return Err(repeated::<E>(format!("page:{number}")));
        }
        Ok(())
    }

    fn advance(&mut self, page: &Reply<E::Output>) -> Result<(), PagingError> {
        let Some(mut endpoint) = self.next.take() else {
            return Ok(());
        };
        let unreadable =
            |found| PagingError::new(E::SPEC.name, PagingErrorKind::Unreadable { found });
        let next = endpoint.next_page(page);
        let Some(token) = next.map_err(|found| unreadable(found.to_string()))? else {
            if let Some(deviation) = page.deviations().iter().find(|it| is_about_paging(it)) {
                return Err(unreadable(deviation.to_string()));
            }
            self.move_to(Page::End);
            return Ok(());
        };
        if self.was_read(&token) || !endpoint.set_page(&token) {
            // Not the end: there may be more, behind another cursor.
            let mut position = self.position.clone();
            (position.page, position.read) = (Page::At(token), 0);
            return Err(repeated::<E>(position.to_string()));
        }
        self.move_to(Page::At(token));
        self.next = Some(endpoint);
        Ok(())
    }

    fn move_to(&mut self, page: Page) {
        self.position.page = page;
        self.position.read = 0;
    }

    /// Whether the page was read before. All pages of a scroll have the same token.
    fn was_read(&mut self, token: &PageToken) -> bool {
        if matches!(token, PageToken::Scroll(_)) {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        self.position.page == Page::At(token.clone()) || !self.seen.insert(hasher.finish())
    }
}

pub(super) fn repeated<E: Paginate>(position: String) -> PagingError {
    PagingError::new(E::SPEC.name, PagingErrorKind::Repeated { position })
}

/// The number of items that a request asks for on a page, in its query or its body.
fn page_size(request: &Request<Bytes>) -> Option<u32> {
    let query = request.uri().query().unwrap_or_default();
    let in_query = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "per_page")
        .and_then(|(_, value)| value.parse().ok());
    in_query.or_else(|| {
        let body: Value = serde_json::from_slice(request.body()).ok()?;
        let size = body.pointer("/pagination/per_page");
        let size = size.or_else(|| body.get("per_page"))?;
        u32::try_from(size.as_u64()?).ok()
    })
}

/// The same place in a list that is read with another page size; `None` if it cannot be found.
fn with_page_size(saved: &Position, page_size: Option<u32>) -> Option<Position> {
    let mut resumed = Position {
        page_size,
        ..saved.clone()
    };
    // A cursor, and the start, are places of their own; only numbers depend on the page size.
    if let Page::At(PageToken::Page(page)) = saved.page
        && saved.page_size != page_size
    {
        let (from, to) = (u64::from(saved.page_size?), u64::from(page_size?));
        let before = u64::from(page.checked_sub(1)?).checked_mul(from)?;
        let before = before.checked_add(u64::try_from(saved.read).ok()?)?;
        let page = u32::try_from(before.checked_div(to)?.checked_add(1)?).ok()?;
        resumed.page = Page::At(PageToken::Page(page));
        resumed.read = usize::try_from(before % to).ok()?;
    }
    Some(resumed)
}

/// Whether a deviation may have hidden the way to the next page.
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
    // Without its items, an outage would look like an empty workspace. Lists in an item may lack theirs.
    let lacks_items =
        deviation.kind == DeviationKind::MissingItems && !deviation.path.contains('[');
    lacks_items || field.is_some_and(|field| FIELDS.contains(&field))
}
