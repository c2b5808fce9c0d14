//! Lists that are read page by page, or item by item.

use std::fmt;

use intercom_model::Deviation;

use super::Driver;
use crate::error::Error;
use crate::machine::{ItemReader, PageReader, Position};
use crate::operation::Paginate;
use crate::wire::Reply;

/// The pages of a list.
///
/// The async client's are a [`Stream`](futures_core::Stream), the blocking client's an [`Iterator`].
/// Both end after an error; [`position`](Self::position) then says where to resume.
#[must_use = "a list is read only as far as it is iterated"]
pub struct Pages<E: Paginate, C: Driver> {
    pub(crate) client: C,
    pub(crate) reader: PageReader<E>,
    pub(crate) pending: C::Pending<Result<Reply<E::Output>, Error>>,
}

impl<E: Paginate, C: Driver> Pages<E, C> {
    pub(crate) fn new(client: C, endpoint: E) -> Self {
        Self {
            client,
            reader: PageReader::new(endpoint),
            pending: C::Pending::default(),
        }
    }

    /// Starts at a saved position, not at the first page.
    ///
    /// # Errors
    ///
    /// If the position belongs to another list, to a page of another size, or to a scroll.
    pub fn resume(mut self, position: Position) -> Result<Self, Error> {
        self.reader.resume(position)?;
        Ok(self)
    }

    /// Returns the position of the next page.
    pub fn position(&self) -> Position {
        self.reader.position().clone()
    }
}

impl<E: Paginate, C: Driver> fmt::Debug for Pages<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({})", self.reader.position())
    }
}

/// The items of a list, on all its pages.
///
/// The async client's are a [`Stream`](futures_core::Stream), the blocking client's an [`Iterator`].
/// Both end after an error; [`position`](Self::position) then says where to resume.
///
/// A scroll that breaks off cannot be resumed. It is restarted instead, if necessary after the minute
/// for which the service keeps the old one, and the items that were returned before are left out.
#[must_use = "a list is read only as far as it is iterated"]
pub struct Items<E: Paginate, C: Driver> {
    pub(crate) client: C,
    pub(crate) reader: ItemReader<E>,
    pub(crate) pending: C::Pending<Result<Reply<E::Output>, Error>>,
}

impl<E: Paginate, C: Driver> Items<E, C> {
    pub(crate) fn new(client: C, endpoint: E) -> Self {
        Self {
            client,
            reader: ItemReader::new(PageReader::new(endpoint)),
            pending: C::Pending::default(),
        }
    }

    /// Starts at a saved position, not at the first item.
    ///
    /// # Errors
    ///
    /// If the position belongs to another list, to a page of another size, or to a scroll.
    pub fn resume(self, position: Position) -> Result<Self, Error> {
        Ok(Self {
            reader: self.reader.resume(position)?,
            ..self
        })
    }

    /// Returns the position of the next item.
    pub fn position(&self) -> Position {
        self.reader.position()
    }

    /// Returns the values on the page of the last item that were not of the documented kind. They were
    /// read as missing.
    pub fn deviations(&self) -> &[Deviation] {
        self.reader.deviations()
    }
}

impl<E: Paginate, C: Driver> fmt::Debug for Items<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({})", self.position())
    }
}
