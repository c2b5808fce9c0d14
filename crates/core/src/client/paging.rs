//! Pages and items as streams.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::pending::Pending;
use super::{Client, call_owned};
use crate::error::Error;
use crate::handle::{self, TypedItem};
use crate::machine::{ItemStep, PageStep};
use crate::operation::{IntoPaginate, Paginate};
use crate::wire::Reply;

/// The pages of a list, as a [`Stream`].
pub type Pages<E> = handle::Pages<E, Client>;

/// The items of a list on all its pages, as a [`Stream`].
pub type Items<E> = handle::Items<E, Client>;

/// The items of a list as a type of the caller's, as a [`Stream`].
pub type TypedItems<E, T> = handle::TypedItems<E, T, Client>;

impl Client {
    /// Reads the pages of a list, starting with the page that the request selects.
    pub fn pages<L: IntoPaginate>(&self, list: L) -> Pages<L::List> {
        Pages::new(self.clone(), list.into_paginate())
    }

    /// Reads the items of a list, on all its pages.
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::contacts;
    ///
    /// let mut contacts = intercom.items(contacts::List::new().per_page(150));
    /// while let Some(contact) = contacts.try_next().await? {
    ///     println!("{:?}", contact.email);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<L: IntoPaginate>(&self, list: L) -> Items<L::List> {
        Items::new(self.clone(), list.into_paginate())
    }
}

impl<E: Paginate> Pages<E> {
    /// Returns the next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// As [`Client::call`], and [`Error::Paging`] if the list cannot be read on.
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
        loop {
            if let Pending::Call(call) = &mut this.pending {
                let result = ready!(call.as_mut().poll(context));
                this.pending = Pending::Idle;
                return Poll::Ready(Some(this.reader.page(result)));
            }
            match this.reader.next() {
                PageStep::Call(endpoint) => {
                    this.pending = Pending::Call(call_owned(&this.client, endpoint));
                }
                PageStep::Done => return Poll::Ready(None),
                PageStep::Fail(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<E: Paginate> Unpin for Pages<E> {}

impl<E: Paginate> Items<E> {
    /// Returns the next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// As [`Client::call`], and [`Error::Paging`] if the list cannot be read on.
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
            match &mut this.pending {
                Pending::Idle => {}
                Pending::Call(call) => {
                    let result = ready!(call.as_mut().poll(context));
                    this.pending = Pending::Idle;
                    if let Err(error) = this.reader.page(result) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Pending::Sleep(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    this.pending = Pending::Idle;
                }
            }
            match this.reader.next() {
                ItemStep::Item(item) => return Poll::Ready(Some(Ok(item))),
                ItemStep::Call(endpoint) => {
                    this.pending = Pending::Call(call_owned(&this.client, endpoint));
                }
                ItemStep::Sleep(duration) => {
                    this.pending = Pending::Sleep(this.client.sleep_owned(duration));
                }
                ItemStep::Done => return Poll::Ready(None),
                ItemStep::Fail(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<E: Paginate> Unpin for Items<E> {}

impl<E: Paginate, T: DeserializeOwned> TypedItems<E, T> {
    /// Returns the next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// As [`Items::try_next`], and [`Error::Decode`] if the item is not of the type; the list goes on
    /// after it.
    pub async fn try_next(&mut self) -> Result<Option<TypedItem<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<E: Paginate, T: DeserializeOwned> Stream for TypedItems<E, T> {
    type Item = Result<TypedItem<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(Pin::new(&mut self.items).poll_next(context));
        Poll::Ready(item.map(|item| item.and_then(|_| self.last())))
    }
}

impl<E: Paginate, T> Unpin for TypedItems<E, T> {}
