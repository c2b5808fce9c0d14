//! Lists that are read page by page, or item by item.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use bytes::Bytes;
use intercom_model::Deviation;
use serde::de::{DeserializeOwned, Error as _};

use super::Driver;
use crate::error::{DecodeError, DecodeErrorKind, Error, RequestInfo};
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

    /// Returns the JSON of the last item; `None` before the first.
    pub fn raw(&mut self) -> Option<&Bytes> {
        self.reader.raw()
    }

    /// Reads the last item as another type, such as one with fields that this crate does not know.
    ///
    /// # Errors
    ///
    /// If there is no last item, or it is not of that type.
    pub fn decode<T: DeserializeOwned>(&mut self) -> Result<T, serde_json::Error> {
        match self.raw() {
            Some(item) => serde_json::from_slice(item),
            None => Err(serde_json::Error::custom("there is no item to decode")),
        }
    }

    /// Reads every item as another type, such as one with fields that this crate does not know.
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::contacts;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Scored {
    ///     fraud_score: Option<f64>,
    /// }
    ///
    /// let mut scored = intercom.items(contacts::List::new()).typed::<Scored>();
    /// while let Some(contact) = scored.try_next().await? {
    ///     println!("{:?} of {} bytes", contact.fraud_score, contact.raw().len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn typed<T: DeserializeOwned>(self) -> TypedItems<E, T, C> {
        TypedItems {
            items: self,
            item: PhantomData,
        }
    }
}

/// The items of a list, read as a type of the caller's.
///
/// An item that is not of that type is an error of the kind [`Error::Decode`], and the list goes on after
/// it.
#[must_use = "a list is read only as far as it is iterated"]
pub struct TypedItems<E: Paginate, T, C: Driver> {
    pub(crate) items: Items<E, C>,
    item: PhantomData<fn() -> T>,
}

impl<E: Paginate, T: DeserializeOwned, C: Driver> TypedItems<E, T, C> {
    /// Starts at a saved position, not at the first item.
    ///
    /// # Errors
    ///
    /// If the position belongs to another list, to a page of another size, or to a scroll.
    pub fn resume(self, position: Position) -> Result<Self, Error> {
        self.items.resume(position).map(Items::typed)
    }

    /// Returns the position of the next item.
    pub fn position(&self) -> Position {
        self.items.position()
    }

    /// The last item as `T`.
    pub(crate) fn last(&mut self) -> Result<TypedItem<T>, Error> {
        let raw = self.items.raw().cloned().unwrap_or_default();
        match self.items.decode() {
            Ok(value) => Ok(TypedItem { value, raw }),
            Err(source) => Err(self.undecodable(source)),
        }
    }

    fn undecodable(&self, source: serde_json::Error) -> Error {
        let Some(reply) = self.items.reader.page_of_last().cloned() else {
            return Error::Paging(crate::error::PagingError::new(
                E::SPEC.name,
                crate::error::PagingErrorKind::Unreadable {
                    found: source.to_string(),
                },
            ));
        };
        Error::Decode(Box::new(DecodeError {
            info: RequestInfo {
                endpoint: E::SPEC.name,
                method: E::SPEC.method,
                path: E::SPEC.path.to_owned(),
            },
            attempts: 1,
            reply,
            kind: DecodeErrorKind::Json,
            outcome_unknown: false,
            source: Some(source),
        }))
    }
}

impl<E: Paginate, T, C: Driver> fmt::Debug for TypedItems<E, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypedItems({})", self.items.position())
    }
}

/// An item of a list, as a type of the caller's. It derefs to the value.
#[derive(Debug, Clone)]
pub struct TypedItem<T> {
    value: T,
    raw: Bytes,
}

impl<T> TypedItem<T> {
    /// Returns the value.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the JSON of the item, as received.
    pub const fn raw(&self) -> &Bytes {
        &self.raw
    }
}

impl<T> Deref for TypedItem<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<E: Paginate, C: Driver> fmt::Debug for Items<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({})", self.position())
    }
}
