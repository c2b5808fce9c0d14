//! The items of a list.

use std::time::Duration;

use bytes::Bytes;
use intercom_model::Deviation;

use super::pages::{PageReader, PageStep};
use super::position::Position;
use super::raw::RawItems;
use super::scroll::Scroll;
use crate::error::{Error, PagingError};
use crate::operation::Paginate;
use crate::wire::{RawReply, Reply};

/// What to do for the next item.
pub(crate) enum ItemStep<E: Paginate> {
    Item(E::Item),
    /// Call this, and pass the result to [`ItemReader::page`].
    Call(E),
    /// Sleep, and ask again.
    Sleep(Duration),
    /// The list is read to its end.
    Done,
    Fail(Error),
}

/// Reads the items of a list.
pub(crate) struct ItemReader<E: Paginate> {
    pages: PageReader<E>,
    current: Option<Current<E::Item>>,
    /// How many items to leave out, because they were read before the list was resumed.
    skip: usize,
    scroll: Option<Scroll<E>>,
    /// A wait before a scroll is restarted.
    sleep: Option<Duration>,
}

impl<E: Paginate> ItemReader<E> {
    pub(crate) fn new(pages: PageReader<E>) -> Self {
        Self {
            scroll: Scroll::of(&pages),
            current: None,
            skip: pages.position.read,
            pages,
            sleep: None,
        }
    }

    pub(crate) fn resume(mut self, saved: Position) -> Result<Self, PagingError> {
        self.pages.resume(saved)?;
        Ok(Self::new(self.pages))
    }

    /// The position of the next item.
    pub(crate) fn position(&self) -> Position {
        let current = self.current.as_ref().filter(|current| {
            current.items.len() > 0 || current.position.page == self.pages.position.page
        });
        let mut position = current
            .map_or(&self.pages.position, |it| &it.position)
            .clone();
        if current.is_none() {
            position.read = self.skip;
        }
        position
    }

    /// The deviations of the page of the last item.
    pub(crate) fn deviations(&self) -> &[Deviation] {
        self.current
            .as_ref()
            .map_or(&[], |current| &current.deviations)
    }

    /// The JSON of the last item; `None` before the first, and if it cannot be found in its page.
    pub(crate) fn raw(&mut self) -> Option<&Bytes> {
        let current = self.current.as_mut()?;
        current.raw.get(current.last?)
    }

    /// The page of the last item.
    pub(crate) fn page_of_last(&self) -> Option<&RawReply> {
        self.current.as_ref().map(|current| current.raw.page())
    }

    pub(crate) fn next(&mut self) -> ItemStep<E> {
        if let Some(duration) = self.sleep.take() {
            return ItemStep::Sleep(duration);
        }
        if let Some(item) = self.current.as_mut().and_then(Current::next) {
            return ItemStep::Item(item);
        }
        match self.pages.next() {
            PageStep::Call(endpoint) => ItemStep::Call(endpoint),
            PageStep::Done => ItemStep::Done,
            PageStep::Fail(error) => ItemStep::Fail(error),
        }
    }

    /// Takes the result of a call.
    pub(crate) fn page(&mut self, result: Result<Reply<E::Output>, Error>) -> Result<(), Error> {
        let mut position = self.pages.position.clone();
        let page = match self.pages.page(result) {
            Ok(page) => page,
            Err(error) => {
                let again = self.scroll.as_mut().and_then(|scroll| scroll.again(&error));
                let Some((pages, wait)) = again else {
                    return Err(error);
                };
                self.pages = pages;
                self.sleep = Some(wait).filter(|wait| !wait.is_zero());
                return Ok(());
            }
        };
        let (page, deviations, raw) = page.into_parts();
        let mut items = E::items(page);
        let places = match &mut self.scroll {
            Some(scroll) => Some(scroll.keep_new(&mut items, &mut self.pages)?),
            None => None,
        };
        // With another page size, what was read may be spread over several pages.
        let skipped = self.skip.min(items.len());
        self.skip -= skipped;
        position.read = skipped;
        let mut items = items.into_iter();
        items.by_ref().take(skipped).for_each(drop);
        self.current = Some(Current {
            items,
            places,
            last: None,
            position,
            deviations,
            raw: RawItems::new(raw, E::ITEMS),
        });
        Ok(())
    }
}

/// The items of a page that is being read.
struct Current<T> {
    items: std::vec::IntoIter<T>,
    /// The places of the items in the page, if it is one of a scroll, which leaves some out.
    places: Option<Vec<usize>>,
    /// The place of the item that was returned last.
    last: Option<usize>,
    position: Position,
    deviations: Vec<Deviation>,
    raw: RawItems,
}

impl<T> Current<T> {
    fn next(&mut self) -> Option<T> {
        let item = self.items.next()?;
        let index = self.position.read;
        self.last = match &self.places {
            Some(places) => places.get(index).copied(),
            None => Some(index),
        };
        self.position.read += 1;
        Some(item)
    }
}
