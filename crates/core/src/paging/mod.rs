//! Lists, page after page.

pub(crate) mod blocking;
mod pager;
mod position;
mod stream;

use std::fmt;

use intercom_model::{NextPage, Pages as ModelPages};
pub use position::{ParsePositionError, Position};
pub use stream::{Items, Pages};

use crate::endpoint::Endpoint;

/// A list that comes in pages.
///
/// It is pure: from a request and its page comes where the next page is, and from that the next
/// request. [`Client::pages`](crate::Client::pages) and [`Client::items`](crate::Client::items) walk
/// it.
pub trait Paginate: Endpoint + Clone + Send + Sync + 'static {
    /// What the list is of.
    type Item: Send + 'static;

    /// What tells one item of a scroll from another; `None` where the list is no scroll. A scroll
    /// that broke off starts again, and by this leaves out what it gave before.
    const IDENTITY: Option<fn(&Self::Item) -> &str> = None;

    /// Where the page after this one is; `None` after the last.
    ///
    /// # Errors
    ///
    /// Where the service says that there is one, but not in a way that is known.
    fn next(&self, page: &Self::Output) -> Result<Option<Place>, UnreadablePlace>;

    /// Makes this the request of that page. `false` where the place is not one of this list.
    #[must_use]
    fn go_to(&mut self, place: &Place) -> bool;

    /// The number of a page, where it tells one.
    fn number(page: &Self::Output) -> Option<u64> {
        let _ = page;
        None
    }

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

/// What a page says of the next one is not known to say where that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadablePlace(String);

impl UnreadablePlace {
    /// What the page says.
    #[must_use]
    pub fn new(found: impl Into<String>) -> Self {
        Self(found.into())
    }
}

impl fmt::Display for UnreadablePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnreadablePlace {}

type Next = Result<Option<Place>, UnreadablePlace>;

/// The next place of a list that is paged by cursor.
pub(crate) fn by_cursor(pages: Option<&ModelPages>) -> Next {
    match pages.and_then(|pages| pages.next.as_ref()) {
        None => Ok(None),
        Some(NextPage::Cursor(next)) => match &next.starting_after {
            Some(cursor) if cursor.is_empty() => Ok(None),
            Some(cursor) => Ok(Some(Place::Cursor(cursor.clone()))),
            None if next.page.is_none() => Ok(None),
            None => Err(unreadable(next)),
        },
        Some(NextPage::Url(url)) => by_argument(url, "starting_after"),
    }
}

/// The next place of a list whose next page is an address with this argument.
pub(crate) fn by_url(next: Option<&str>, name: &str) -> Next {
    next.map_or(Ok(None), |url| by_argument(url, name))
}

fn by_argument(url: &str, name: &str) -> Next {
    let cursor = argument(url, name).ok_or_else(|| UnreadablePlace::new(url))?;
    Ok(Some(Place::Cursor(cursor)))
}

/// The next place of a list that is paged by number: the number in the address of the next page, or
/// else the one after this page, if there is one.
pub(crate) fn by_page(pages: Option<&ModelPages>) -> Next {
    let Some(pages) = pages else {
        return Ok(None);
    };
    let (named, found) = match pages.next.as_ref() {
        Some(NextPage::Url(url)) => (
            argument(url, "page").and_then(|page| page.parse().ok()),
            Some(UnreadablePlace::new(url)),
        ),
        Some(NextPage::Cursor(next)) => (
            next.page.and_then(|page| u32::try_from(page).ok()),
            next.starting_after.as_ref().map(|_| unreadable(next)),
        ),
        None => (None, None),
    };
    match (named, found) {
        (Some(page), _) => Ok(Some(Place::Page(page))),
        (None, Some(found)) if pages.page.is_none() || pages.total_pages.is_none() => Err(found),
        (None, _) => by_counters(pages.page, pages.total_pages),
    }
}

/// The next place of a list that tells its numbers beside its items.
pub(crate) fn by_counters(page: Option<u64>, total_pages: Option<u64>) -> Next {
    let (Some(page), Some(total)) = (page, total_pages) else {
        return Ok(None);
    };
    let next = || u32::try_from(page + 1).map_err(|_| UnreadablePlace::new(page.to_string()));
    (page < total).then(|| next().map(Place::Page)).transpose()
}

fn unreadable(next: &impl serde::Serialize) -> UnreadablePlace {
    UnreadablePlace::new(serde_json::to_string(next).unwrap_or_default())
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
    // The items are what the field iterates over.
    ($Name:ident: in $items:ident [$Item:ty] by page) => {
        $crate::paging::paginate! { @walk $Name, $Item,
            |page| $crate::paging::by_page(page.pages.as_ref()),
            Page(page) |list| list.page = Some(*page),
            |page| page.$items.into_iter().collect(),
            number |reply| reply.pages.as_ref()?.page
        }
    };
    // One object or a page of them, by the query.
    ($Name:ident: Found [$Item:ty] by page) => {
        $crate::paging::paginate! { @walk $Name, $Item,
            |page| $crate::paging::by_page(page.pages()),
            Page(page) |list| list.page = Some(*page),
            |page| page.into_iter().collect(),
            number |reply| reply.pages()?.page
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by cursor in body) => {
        $crate::paging::paginate! { @impl $Name, $Item, $items,
            |page| $crate::paging::by_cursor(page.pages.as_ref()),
            Cursor(cursor) |list| {
                list.body.pagination.get_or_insert_default().starting_after = Some(cursor.clone());
            }
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by cursor $cursor:ident) => {
        $crate::paging::paginate! { @impl $Name, $Item, $items,
            |page| $crate::paging::by_cursor(page.pages.as_ref()),
            Cursor(cursor) |list| list.$cursor = Some(cursor.clone())
        }
    };
    // The next page is an address, of which this argument counts.
    ($Name:ident: $items:ident [$Item:ty] by url $cursor:ident) => {
        $crate::paging::paginate! { @impl $Name, $Item, $items,
            |page| $crate::paging::by_url(
                page.pages.as_ref().and_then(|pages| pages.next.as_deref()),
                stringify!($cursor),
            ),
            Cursor(cursor) |list| list.$cursor = Some(cursor.clone())
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by next_cursor $cursor:ident) => {
        $crate::paging::paginate! { @impl $Name, $Item, $items,
            |page| Ok(page.next_cursor.clone()
                .filter(|_| page.has_more != Some(false))
                .map($crate::paging::Place::Cursor)),
            Cursor(cursor) |list| list.$cursor = Some(cursor.clone())
        }
    };
    ($Name:ident: $($items:ident).+ [$Item:ty] by page) => {
        $crate::paging::paginate! { @impl $Name, $Item, $($items).+,
            |page| $crate::paging::by_page(page.pages.as_ref()),
            Page(page) |list| list.page = Some(*page),
            number |reply| reply.pages.as_ref()?.page
        }
    };
    ($Name:ident: $($items:ident).+ [$Item:ty] by page in body) => {
        $crate::paging::paginate! { @impl $Name, $Item, $($items).+,
            |page| $crate::paging::by_page(page.pages.as_ref()),
            Page(page) |list| list.body.page = Some(*page),
            number |reply| reply.pages.as_ref()?.page
        }
    };
    // The numbers stand beside the items, and not in `pages`.
    ($Name:ident: $items:ident [$Item:ty] by counters) => {
        $crate::paging::paginate! { @impl $Name, $Item, $items,
            |page| $crate::paging::by_counters(page.page, page.total_pages),
            Page(page) |list| list.page = Some(*page),
            number |reply| reply.page
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by scroll $scroll:ident) => {
        $crate::paging::paginate! { @impl $Name, $Item, $items,
            |page| Ok(page.$scroll.clone()
                .filter(|_| !page.$items.is_empty())
                .map($crate::paging::Place::Scroll)),
            Scroll(scroll) |list| list.$scroll = Some(scroll.clone()),
            identity |item| item.id.as_str()
        }
    };
    (@impl $Name:ident, $Item:ty, $($items:ident).+, |$reply:ident| $next:expr,
        $Place:ident($place:ident) |$list:ident| $go_to:expr $(, $more:ident |$value:ident| $of:expr)?) => {
        $crate::paging::paginate! { @walk $Name, $Item, |$reply| $next, $Place($place) |$list| $go_to,
            |page| page.$($items).+ $(, $more |$value| $of)? }
    };
    (@walk $Name:ident, $Item:ty, |$reply:ident| $next:expr,
        $Place:ident($place:ident) |$list:ident| $go_to:expr,
        |$page:ident| $items:expr $(, $more:ident |$value:ident| $of:expr)?) => {
        impl $crate::Paginate for $Name {
            type Item = $Item;

            fn next(
                &self,
                $reply: &Self::Output,
            ) -> Result<Option<$crate::paging::Place>, $crate::paging::UnreadablePlace> {
                $next
            }

            fn go_to(&mut self, place: &$crate::paging::Place) -> bool {
                let $crate::paging::Place::$Place($place) = place else {
                    return false;
                };
                let $list = self;
                $go_to;
                true
            }

            fn items($page: Self::Output) -> Vec<$Item> {
                $items
            }

            $($crate::paging::paginate! { @$more |$value| $of })?
        }
    };
    (@number |$reply:ident| $number:expr) => {
        fn number($reply: &Self::Output) -> Option<u64> {
            $number
        }
    };
    (@identity |$item:ident| $identity:expr) => {
        const IDENTITY: Option<fn(&Self::Item) -> &str> = Some(|$item| $identity);
    };
}

pub(crate) use paginate;
