//! Pages and items as streams.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use intercom_model::Deviation;

use super::pager::{Current, Pager, Scroll, position};
use super::{Paginate, Position};
use crate::client::Client;
use crate::error::Error;
use crate::reply::Reply;

type PendingPage<T> = Pin<Box<dyn Future<Output = Result<Reply<T>, Error>> + Send>>;

/// The pages of a list, as a [`Stream`]. It ends after an error; [`position`](Self::position) then
/// says from where to read on.
#[must_use = "nothing is read until it is asked for"]
pub struct Pages<E: Paginate> {
    client: Client,
    pager: Pager<E>,
    pending: Option<PendingPage<E::Output>>,
}

impl<E: Paginate> Pages<E> {
    pub(crate) fn new(client: Client, endpoint: E) -> Self {
        Self {
            client,
            pager: Pager::new(endpoint),
            pending: None,
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

    /// The next page; `None` after the last.
    pub async fn try_next(&mut self) -> Result<Option<Reply<E::Output>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<E: Paginate> Stream for Pages<E> {
    type Item = Result<Reply<E::Output>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let pending = match &mut this.pending {
            Some(pending) => pending,
            None => {
                let Some(endpoint) = this.pager.next.clone() else {
                    return Poll::Ready(None);
                };
                let client = this.client.clone();
                this.pending
                    .insert(Box::pin(async move { client.call(&endpoint).await }))
            }
        };
        let result = ready!(pending.as_mut().poll(context));
        this.pending = None;
        match result {
            Ok(page) => {
                if let Err(error) = this.pager.check(&page) {
                    return Poll::Ready(Some(Err(error.into())));
                }
                // The page itself is good; that none follows is told after it.
                if let Err(error) = this.pager.advance(&page) {
                    this.pending = Some(Box::pin(async move { Err(error.into()) }));
                }
                Poll::Ready(Some(Ok(page)))
            }
            Err(error) => {
                this.pager.next = None;
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

impl<E: Paginate> Unpin for Pages<E> {}

impl<E: Paginate> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages of {} at {}", E::SPEC.name, self.pager.position)
    }
}

/// The items of a list on all its pages, as a [`Stream`]. It ends after an error;
/// [`position`](Self::position) then says from where to read on.
///
/// A scroll that breaks off cannot be read on. It starts again by itself, if need be after the minute
/// for which the service keeps the other, and leaves out what it gave before.
#[must_use = "nothing is read until it is asked for"]
pub struct Items<E: Paginate> {
    pages: Pages<E>,
    current: Option<Current<E::Item>>,
    scroll: Option<Scroll<E>>,
    waiting: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl<E: Paginate> Items<E> {
    pub(crate) fn new(pages: Pages<E>) -> Self {
        Self {
            scroll: Scroll::of(&pages.pager),
            pages,
            current: None,
            waiting: None,
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

    /// The next item; `None` after the last.
    pub async fn try_next(&mut self) -> Result<Option<E::Item>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<E: Paginate> Stream for Items<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(waiting) = &mut this.waiting {
                ready!(waiting.as_mut().poll(context));
                this.waiting = None;
            }
            if let Some(item) = this.current.as_mut().and_then(Current::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            let position = this.pages.position();
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    let (page, deviations, _) = page.into_parts();
                    let mut items = E::items(page);
                    if let Some(scroll) = &mut this.scroll
                        && let Err(error) = scroll.only_new(&mut items, &mut this.pages.pager)
                    {
                        return Poll::Ready(Some(Err(error.into())));
                    }
                    this.current = Some(Current::new(items, deviations, position));
                }
                Some(Err(error)) => {
                    let again = this.scroll.as_mut().and_then(|scroll| scroll.again(&error));
                    let Some((pager, wait)) = again else {
                        return Poll::Ready(Some(Err(error)));
                    };
                    this.pages.pager = pager;
                    if !wait.is_zero() {
                        let client = this.pages.client.clone();
                        this.waiting = Some(Box::pin(async move { client.sleep(wait).await }));
                    }
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<E: Paginate> Unpin for Items<E> {}

impl<E: Paginate> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items of {} at {}", E::SPEC.name, self.position())
    }
}
