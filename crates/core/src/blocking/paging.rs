//! Pages and items as iterators.

use std::iter::FusedIterator;

use serde::de::DeserializeOwned;

use super::Client;
use crate::error::Error;
use crate::handle::{self, TypedItem};
use crate::machine::{ItemStep, PageStep};
use crate::operation::{IntoPaginate, Paginate};
use crate::wire::Reply;

/// The pages of a list, as an [`Iterator`].
pub type Pages<E> = handle::Pages<E, Client>;

/// The items of a list on all its pages, as an [`Iterator`].
pub type Items<E> = handle::Items<E, Client>;

/// The items of a list as a type of the caller's, as an [`Iterator`].
pub type TypedItems<E, T> = handle::TypedItems<E, T, Client>;

impl Client {
    /// Reads the pages of a list, starting with the page that the request selects.
    pub fn pages<L: IntoPaginate>(&self, list: L) -> Pages<L::List> {
        Pages::new(self.clone(), list.into_paginate())
    }

    /// Reads the items of a list, on all its pages.
    ///
    /// ```no_run
    /// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::contacts;
    ///
    /// for contact in intercom.items(contacts::List::new().per_page(150)) {
    ///     println!("{:?}", contact?.email);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<L: IntoPaginate>(&self, list: L) -> Items<L::List> {
        Items::new(self.clone(), list.into_paginate())
    }
}

impl<E: Paginate> Iterator for Pages<E> {
    type Item = Result<Reply<E::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.reader.next() {
            PageStep::Call(endpoint) => {
                let result = self.client.call(&endpoint);
                Some(self.reader.page(result))
            }
            PageStep::Done => None,
            PageStep::Fail(error) => Some(Err(error)),
        }
    }
}

impl<E: Paginate> FusedIterator for Pages<E> {}

impl<E: Paginate> Iterator for Items<E> {
    type Item = Result<E::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.reader.next() {
                ItemStep::Item(item) => return Some(Ok(item)),
                ItemStep::Call(endpoint) => {
                    let result = self.client.call(&endpoint);
                    if let Err(error) = self.reader.page(result) {
                        return Some(Err(error));
                    }
                }
                ItemStep::Sleep(duration) => self.client.sleep(duration),
                ItemStep::Done => return None,
                ItemStep::Fail(error) => return Some(Err(error)),
            }
        }
    }
}

impl<E: Paginate> FusedIterator for Items<E> {}

impl<E: Paginate, T: DeserializeOwned> Iterator for TypedItems<E, T> {
    type Item = Result<TypedItem<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.items.next()?;
        Some(item.and_then(|_| self.last()))
    }
}

impl<E: Paginate, T: DeserializeOwned> FusedIterator for TypedItems<E, T> {}
