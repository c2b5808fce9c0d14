//! Lists, page after page.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use intercom_model::{NextPage, Pages as ModelPages};

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Error, PagingError};
use crate::reply::Reply;

/// A list that comes in pages.
///
/// It is pure: from a request and its page comes where the next page is, and from that the next
/// request. [`Client::pages`] and [`Client::items`] walk it.
pub trait Paginate: Endpoint + Clone + Send + Sync + 'static {
    /// What the list is of.
    type Item: Send + 'static;

    /// Where the page after this one is; `None` after the last.
    fn next(&self, page: &Self::Output) -> Option<Place>;

    /// Makes this the request of that page. `false` where the place is not one of this list.
    #[must_use]
    fn go_to(&mut self, place: &Place) -> bool;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// Where a page of a list is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// After this cursor.
    Cursor(String),
    /// At this number, from 1.
    Page(u32),
    /// Whatever comes next in this scroll, which the service keeps. Each request moves it on, so that it
    /// goes one way only, and once.
    Scroll(String),
}

/// How far a list was read, as text that can be kept, and read on from in another process.
///
/// ```
/// # use intercom_core::Position;
/// let saved = "cursor:WzE3MzQ1Mzc=+7";
/// let position: Position = saved.parse().unwrap();
/// assert_eq!(position.to_string(), saved);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// The page; `None` for the one that the request names.
    place: Option<Place>,
    /// How many of its items were read.
    read: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            None => f.write_str("start")?,
            Some(Place::Cursor(cursor)) => write!(f, "cursor:{cursor}")?,
            Some(Place::Page(page)) => write!(f, "page:{page}")?,
            Some(Place::Scroll(scroll)) => write!(f, "scroll:{scroll}")?,
        }
        write!(f, "+{}", self.read)
    }
}

/// The text is no [`Position`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsePositionError;

impl fmt::Display for ParsePositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a position such as `cursor:abc+0`, as `position()` gives it")
    }
}

impl std::error::Error for ParsePositionError {}

impl FromStr for Position {
    type Err = ParsePositionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (place, read) = text.rsplit_once('+').ok_or(ParsePositionError)?;
        let place = match place.split_once(':') {
            None if place == "start" => None,
            Some(("cursor", cursor)) => Some(Place::Cursor(cursor.to_owned())),
            Some(("page", page)) => {
                Some(Place::Page(page.parse().map_err(|_| ParsePositionError)?))
            }
            Some(("scroll", scroll)) => Some(Place::Scroll(scroll.to_owned())),
            _ => return Err(ParsePositionError),
        };
        Ok(Self {
            place,
            read: read.parse().map_err(|_| ParsePositionError)?,
        })
    }
}

/// The next place of a list that is paged by cursor.
pub(crate) fn by_cursor(pages: Option<&ModelPages>) -> Option<Place> {
    match pages?.next.as_ref()? {
        NextPage::Cursor(next) => next
            .starting_after
            .clone()
            .filter(|cursor| !cursor.is_empty())
            .map(Place::Cursor),
        NextPage::Url(url) => argument(url, "starting_after").map(Place::Cursor),
    }
}

/// The next place of a list that is paged by number: the number in the address of the next page, or
/// else the one after this page, if there is one.
pub(crate) fn by_page(pages: Option<&ModelPages>) -> Option<Place> {
    let pages = pages?;
    if let Some(NextPage::Url(url)) = &pages.next {
        return argument(url, "page")?.parse().ok().map(Place::Page);
    }
    by_count(pages.page, pages.total_pages)
}

/// The next place of a list that tells the number of this page and of all.
pub(crate) fn by_count(page: Option<u64>, total_pages: Option<u64>) -> Option<Place> {
    let (page, total) = (page?, total_pages?);
    (page < total).then(|| u32::try_from(page + 1).ok().map(Place::Page))?
}

fn argument(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let query = query.split('#').next().unwrap_or(query);
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// Makes a list that comes in pages of an endpoint:
/// `paginate!(List: data [Contact] by cursor starting_after);` names the field of the reply with the
/// items, what they are, and the field of the request with the place.
macro_rules! paginate {
    ($Name:ident: $items:ident [$Item:ty] by cursor in body) => {
        $crate::paging::paginate! { @list $Name, $Item, $items, |page| $crate::paging::by_cursor(page.pages.as_ref()),
            |list, place| match place {
                $crate::paging::Place::Cursor(cursor) => {
                    list.body.pagination.get_or_insert_default().starting_after = Some(cursor.clone());
                    true
                }
                _ => false,
            }
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by cursor $cursor:ident) => {
        $crate::paging::paginate! { @list $Name, $Item, $items, |page| $crate::paging::by_cursor(page.pages.as_ref()),
            |list, place| match place {
                $crate::paging::Place::Cursor(cursor) => {
                    list.$cursor = Some(cursor.clone());
                    true
                }
                _ => false,
            }
        }
    };
    ($Name:ident: $($items:ident).+ [$Item:ty] by page) => {
        $crate::paging::paginate! { @list $Name, $Item, $($items).+, |page| $crate::paging::by_page(page.pages.as_ref()),
            |list, place| match place {
                $crate::paging::Place::Page(page) => {
                    list.page = Some(*page);
                    true
                }
                _ => false,
            }
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by count) => {
        $crate::paging::paginate! { @list $Name, $Item, $items, |page| $crate::paging::by_count(page.page, page.total_pages),
            |list, place| match place {
                $crate::paging::Place::Page(page) => {
                    list.page = Some(*page);
                    true
                }
                _ => false,
            }
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by scroll $scroll:ident) => {
        $crate::paging::paginate! { @list $Name, $Item, $items,
            |page| page.$scroll.clone().filter(|_| !page.$items.is_empty()).map($crate::paging::Place::Scroll),
            |list, place| match place {
                $crate::paging::Place::Scroll(scroll) => {
                    list.$scroll = Some(scroll.clone());
                    true
                }
                _ => false,
            }
        }
    };
    (@list $Name:ident, $Item:ty, $($items:ident).+, |$reply:ident| $next:expr, |$list:ident, $place:ident| $go_to:expr) => {
        impl $crate::Paginate for $Name {
            type Item = $Item;

            fn next(&self, $reply: &Self::Output) -> Option<$crate::paging::Place> {
                $next
            }

            fn go_to(&mut self, $place: &$crate::paging::Place) -> bool {
                let $list = self;
                $go_to
            }

            fn items(page: Self::Output) -> Vec<$Item> {
                page.$($items).+
            }
        }
    };
}

pub(crate) use paginate;

/// Where the reading of a list is, without I/O.
#[derive(Debug)]
struct Pager<E> {
    /// The request of the next page; `None` after the last.
    next: Option<E>,
    position: Position,
    /// Whether the last page was read, and not just an error met.
    finished: bool,
    seen: HashSet<u64>,
}

impl<E: Paginate> Pager<E> {
    fn new(endpoint: E) -> Self {
        Self {
            next: Some(endpoint),
            position: Position::default(),
            finished: false,
            seen: HashSet::new(),
        }
    }

    fn resume(&mut self, position: Position) -> Result<(), PagingError> {
        if matches!(position.place, Some(Place::Scroll(_))) {
            return Err(PagingError::Scroll {
                endpoint: E::SPEC.name,
            });
        }
        let goes = match (&position.place, &mut self.next) {
            (Some(place), Some(endpoint)) => endpoint.go_to(place),
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

    fn advance(&mut self, page: &E::Output) -> Result<(), PagingError> {
        let Some(mut endpoint) = self.next.take() else {
            return Ok(());
        };
        let Some(place) = endpoint.next(page) else {
            self.finished = true;
            return Ok(());
        };
        if self.came_before(&place) || !endpoint.go_to(&place) {
            let position = Position {
                place: Some(place),
                read: 0,
            }
            .to_string();
            return Err(PagingError::Repeated {
                endpoint: E::SPEC.name,
                position,
            });
        }
        self.position = Position {
            place: Some(place),
            read: 0,
        };
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
        self.position.place.as_ref() == Some(place) || !self.seen.insert(hasher.finish())
    }
}

type PendingPage<T> = Pin<Box<dyn Future<Output = Result<Reply<T>, Error>> + Send>>;

/// The pages of a list, as a [`Stream`]. It ends after an error; [`position`](Self::position) then
/// says from where to read on.
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

/// The items of a page that is being read.
struct Current<T> {
    items: std::vec::IntoIter<T>,
    position: Position,
}

impl<T> Current<T> {
    /// The items of a page that is at this position, but for those that were read before.
    fn new(items: Vec<T>, position: Position) -> Self {
        let mut items = items.into_iter();
        items.by_ref().take(position.read).for_each(drop);
        Self { items, position }
    }

    fn next(&mut self) -> Option<T> {
        let item = self.items.next()?;
        self.position.read += 1;
        Some(item)
    }
}

/// The items of a list on all its pages, as a [`Stream`]. It ends after an error;
/// [`position`](Self::position) then says from where to read on.
pub struct Items<E: Paginate> {
    pages: Pages<E>,
    current: Option<Current<E::Item>>,
}

impl<E: Paginate> Items<E> {
    pub(crate) const fn new(pages: Pages<E>) -> Self {
        Self {
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

    /// The next item; `None` after the last.
    pub async fn try_next(&mut self) -> Result<Option<E::Item>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

fn position<E: Paginate>(current: Option<&Current<E::Item>>, pager: &Pager<E>) -> Position {
    let current = current.filter(|current| current.items.len() > 0 || pager.finished);
    current.map_or_else(
        || pager.position.clone(),
        |current| current.position.clone(),
    )
}

impl<E: Paginate> Stream for Items<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Current::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            let position = self.pages.position();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.current = Some(Current::new(E::items(page.into_value()), position))
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
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

/// The same for programs without an async runtime.
pub(crate) mod blocking {
    use std::fmt;

    use super::{Current, Pager, Paginate, Position, position};
    use crate::blocking::Client;
    use crate::error::Error;
    use crate::reply::Reply;

    /// The pages of a list, as an [`Iterator`]. It ends after an error;
    /// [`position`](Self::position) then says from where to read on.
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
            match &result {
                // The page itself is good; that none follows is told after it.
                Ok(page) => self.failed = self.pager.advance(page).err().map(Error::from),
                Err(_) => self.pager.next = None,
            }
            Some(result)
        }
    }

    impl<E: Paginate> fmt::Debug for Pages<E> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "Pages of {} at {}", E::SPEC.name, self.pager.position)
        }
    }

    /// The items of a list on all its pages, as an [`Iterator`]. It ends after an error;
    /// [`position`](Self::position) then says from where to read on.
    pub struct Items<E: Paginate> {
        pages: Pages<E>,
        current: Option<Current<E::Item>>,
    }

    impl<E: Paginate> Items<E> {
        pub(crate) const fn new(pages: Pages<E>) -> Self {
            Self {
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
                        self.current = Some(Current::new(E::items(page.into_value()), position))
                    }
                    Err(error) => return Some(Err(error)),
                }
            }
        }
    }

    impl<E: Paginate> fmt::Debug for Items<E> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "Items of {} at {}", E::SPEC.name, self.position())
        }
    }
}
