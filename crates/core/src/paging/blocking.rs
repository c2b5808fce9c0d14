//! Pages and items for programs without an async runtime.

use std::fmt;
use std::iter::FusedIterator;

use intercom_model::Deviation;

use super::pager::{Current, Pager, Scroll, position};
use super::{Paginate, Position};
use crate::blocking::Client;
use crate::error::Error;
use crate::reply::Reply;

/// The pages of a list, as an [`Iterator`]. It ends after an error;
/// [`position`](Self::position) then says from where to read on.
#[must_use = "nothing is read until it is asked for"]
pub struct Pages<E: Paginate> {
    client: Client,
    pager: Pager<E>,
    failed: Option<Error>,
}

impl<E: Paginate> Pages<E> {
    pub(crate) fn new(client: Client, endpoint: E) -> Self {
        Self {
            client,
            pager: Pager::new(endpoint),
            failed: None,
        }
    }

    /// Reads on from here instead of from the start.
    ///
    /// # Errors
    ///
    /// Where the position is one of a list that is paged otherwise, or of a scroll.
    pub fn resume(mut self, position: Position) -> Result<Self, Error> {
        self.pager.resume(position)?;
        Ok(self)
    }

    /// The page that comes next.
    pub fn position(&self) -> Position {
        self.pager.position.clone()
    }
}

impl<E: Paginate> Iterator for Pages<E> {
    type Item = Result<Reply<E::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.failed.take() {
            return Some(Err(error));
        }
        let result = self.client.call(self.pager.next.as_ref()?);
        match result {
            Ok(page) => {
                if let Err(error) = self.pager.check(&page) {
                    return Some(Err(error.into()));
                }
                // The page itself is good; that none follows is told after it.
                self.failed = self.pager.advance(&page).err().map(Error::from);
                Some(Ok(page))
            }
            Err(error) => {
                self.pager.next = None;
                Some(Err(error))
            }
        }
    }
}

impl<E: Paginate> FusedIterator for Pages<E> {}

impl<E: Paginate> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages of {} at {}", E::SPEC.name, self.pager.position)
    }
}

/// The items of a list on all its pages, as an [`Iterator`]. It ends after an error;
/// [`position`](Self::position) then says from where to read on.
///
/// A scroll that breaks off cannot be read on. It starts again by itself, if need be after the minute
/// for which the service keeps the other, and leaves out what it gave before.
#[must_use = "nothing is read until it is asked for"]
pub struct Items<E: Paginate> {
    pages: Pages<E>,
    current: Option<Current<E::Item>>,
    scroll: Option<Scroll<E>>,
}

impl<E: Paginate> Items<E> {
    pub(crate) fn new(pages: Pages<E>) -> Self {
        Self {
            scroll: Scroll::of(&pages.pager),
            pages,
            current: None,
        }
    }

    /// Reads on from here instead of from the start.
    ///
    /// # Errors
    ///
    /// Where the position is one of a list that is paged otherwise, or of a scroll.
    pub fn resume(self, position: Position) -> Result<Self, Error> {
        Ok(Self::new(self.pages.resume(position)?))
    }

    /// The item that comes next.
    pub fn position(&self) -> Position {
        position(self.current.as_ref(), &self.pages.pager)
    }

    /// Where the page of the last item was other than documented. Those values read as missing.
    pub fn deviations(&self) -> &[Deviation] {
        self.current.as_ref().map_or(&[], Current::deviations)
    }
}

impl<E: Paginate> Iterator for Items<E> {
    type Item = Result<E::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Current::next) {
                return Some(Ok(item));
            }
            let position = self.pages.position();
            match self.pages.next()? {
                Ok(page) => {
                    let (page, deviations, _) = page.into_parts();
                    let mut items = E::items(page);
                    if let Some(scroll) = &mut self.scroll
                        && let Err(error) = scroll.only_new(&mut items, &mut self.pages.pager)
                    {
                        return Some(Err(error.into()));
                    }
                    self.current = Some(Current::new(items, deviations, position));
                }
                Err(error) => {
                    let again = self.scroll.as_mut().and_then(|scroll| scroll.again(&error));
                    let Some((pager, wait)) = again else {
                        return Some(Err(error));
                    };
                    self.pages.pager = pager;
                    self.pages.client.sleep(wait);
                }
            }
        }
    }
}

impl<E: Paginate> FusedIterator for Items<E> {}

impl<E: Paginate> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items of {} at {}", E::SPEC.name, self.position())
    }
}
