//! Lists that come in pages.

use std::fmt;

use intercom_model::{NextPage, Pages as ModelPages};

use super::endpoint::Endpoint;

/// A list that comes in pages.
///
/// It is pure: the token of the next page is read from a page, and the next request is made from it.
/// [`Client::pages`](crate::Client::pages) and [`Client::items`](crate::Client::items) drive it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list that comes in pages",
    label = "this is not a list that comes in pages",
    note = "`call` returns the whole reply of any other operation"
)]
pub trait Paginate: Endpoint + Clone + Send + Sync + 'static {
    /// An item of the list.
    type Item: Send + 'static;

    /// Identifies an item of a scroll; `None` for any other list. A scroll that breaks off starts
    /// again, and leaves out the items that it returned before.
    const IDENTITY: Option<fn(&Self::Item) -> &str> = None;

    /// The fields of a reply that lead to the items, such as `["data"]`.
    const ITEMS: &'static [&'static str];

    /// Returns the token of the next page; `None` after the last page.
    ///
    /// # Errors
    ///
    /// If the page announces a next page in a form that is not recognised.
    fn next_page(&self, page: &Self::Output) -> Result<Option<PageToken>, UnreadablePageToken>;

    /// Turns this into the request of that page. Returns `false` if the token is not one of this
    /// list.
    #[must_use]
    fn set_page(&mut self, token: &PageToken) -> bool;

    /// Returns the number of a page, if the page states it.
    fn page_number(page: &Self::Output) -> Option<u64> {
        let _ = page;
        None
    }

    /// Returns the items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// A list, or a reference to one: what [`Client::items`](crate::Client::items) and
/// [`Client::pages`](crate::Client::pages) take.
pub trait IntoPaginate {
    /// The list.
    type List: Paginate;

    /// Returns the list.
    fn into_paginate(self) -> Self::List;
}

impl<E: Paginate> IntoPaginate for E {
    type List = E;

    fn into_paginate(self) -> E {
        self
    }
}

/// Identifies a page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageToken {
    /// After this cursor.
    Cursor(String),
    /// At this number, from 1.
    Page(u32),
    /// The next part of this scroll. The service keeps the scroll's place and each request advances
    /// it, so no part can be requested twice.
    Scroll(String),
}

/// The page announces a next page in a form that this crate does not recognise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadablePageToken(String);

impl UnreadablePageToken {
    /// Keeps what the page says of the next one.
    #[must_use]
    pub fn new(found: impl Into<String>) -> Self {
        Self(found.into())
    }
}

impl fmt::Display for UnreadablePageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnreadablePageToken {}

type Next = Result<Option<PageToken>, UnreadablePageToken>;

/// The next page of a list that is paged by cursor.
pub fn by_cursor(pages: Option<&ModelPages>) -> Next {
    match pages.and_then(|pages| pages.next.as_ref()) {
        None => Ok(None),
        Some(NextPage::Cursor(next)) => match &next.starting_after {
            Some(cursor) if cursor.is_empty() => Ok(None),
            Some(cursor) => Ok(Some(PageToken::Cursor(cursor.clone()))),
            None if next.page.is_none() => Ok(None),
            None => Err(unreadable(next)),
        },
        Some(NextPage::Url(url)) => by_argument(url, "starting_after"),
    }
}

/// The next page of a list whose `next` is a URL with this query argument.
pub fn by_url(next: Option<&str>, name: &str) -> Next {
    next.map_or(Ok(None), |url| by_argument(url, name))
}

fn by_argument(url: &str, name: &str) -> Next {
    let cursor = argument(url, name).ok_or_else(|| UnreadablePageToken::new(url))?;
    Ok(Some(PageToken::Cursor(cursor)))
}

/// The next page of a list that is paged by number: the number in the URL of the next page, or else
/// the one after this page, if there is one.
pub fn by_page(pages: Option<&ModelPages>) -> Next {
    let Some(pages) = pages else {
        return Ok(None);
    };
    let (named, found) = match pages.next.as_ref() {
        Some(NextPage::Url(url)) => (
            argument(url, "page").and_then(|page| page.parse().ok()),
            Some(UnreadablePageToken::new(url)),
        ),
        Some(NextPage::Cursor(next)) => (
            next.page.and_then(|page| u32::try_from(page).ok()),
            next.starting_after.as_ref().map(|_| unreadable(next)),
        ),
        None => (None, None),
    };
    match (named, found) {
        (Some(page), _) => Ok(Some(PageToken::Page(page))),
        (None, Some(found)) if pages.page.is_none() || pages.total_pages.is_none() => Err(found),
        (None, _) => by_counters(pages.page, pages.total_pages),
    }
}

/// The next page of a list whose page numbers stand beside its items.
pub fn by_counters(page: Option<u64>, total_pages: Option<u64>) -> Next {
    let (Some(page), Some(total)) = (page, total_pages) else {
        return Ok(None);
    };
    let next = || u32::try_from(page + 1).map_err(|_| UnreadablePageToken::new(page.to_string()));
    (page < total)
        .then(|| next().map(PageToken::Page))
        .transpose()
}

fn unreadable(next: &impl serde::Serialize) -> UnreadablePageToken {
    UnreadablePageToken::new(serde_json::to_string(next).unwrap_or_default())
}

fn argument(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let query = query.split('#').next().unwrap_or(query);
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
