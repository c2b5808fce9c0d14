//! Pages of lists.

use intercom_core::model::{List, NextCursor, NextPage, ObjectType, Pages};

use super::order::Rank;
use super::selection::first_after;
use crate::object::object;
use crate::refusal::Refusal;

/// The largest page of most lists.
pub(crate) const MAX_PER_PAGE: u32 = 150;

/// The page size of most lists of contacts.
pub(crate) const CONTACTS_PER_PAGE: u32 = 50;

/// One page of a list that is paged by cursor.
#[derive(Debug)]
pub(crate) struct Slice<T> {
    pub(crate) items: Vec<T>,
    pub(crate) total: usize,
    /// The number of the page, from 1.
    page: usize,
    per_page: usize,
    /// The cursor of the next page, if there is one.
    pub(crate) next: Option<String>,
}

/// Returns the page after the cursor of items in any order.
pub(crate) fn after_cursor<'a, T>(
    items: impl IntoIterator<Item = (Rank<'a>, T)>,
    descending: bool,
    cursor: Option<&str>,
    per_page: usize,
) -> Result<Slice<T>, Refusal> {
    let last = match cursor.filter(|cursor| !cursor.is_empty()) {
        None => None,
        Some(cursor) => Some(Rank::from_cursor(cursor)?),
    };
    let after = last.as_ref().map(|(rank, _)| rank);
    // One more than a page, which shows whether there is a next one.
    let (page, total) = first_after(items, descending, after, per_page + 1);
    let seen = last.as_ref().map_or(0, |(_, seen)| *seen);
    Ok(slice(page, seen, total, per_page))
}

/// Returns the page of items that are in order and begin after the cursor.
pub(crate) fn in_order<'a, T>(
    items: impl IntoIterator<Item = (Rank<'a>, T)>,
    seen: usize,
    total: usize,
    per_page: usize,
) -> Slice<T> {
    let page = items.into_iter().take(per_page + 1).collect();
    slice(page, seen, total, per_page)
}

/// Builds a slice from the items of a page and, if there is a next page, one more.
fn slice<T>(mut page: Vec<(Rank<'_>, T)>, seen: usize, total: usize, per_page: usize) -> Slice<T> {
    let next = (page.len() > per_page).then(|| {
        page.truncate(per_page);
        page.last().map(|(rank, _)| rank.cursor(seen + per_page))
    });
    Slice {
        items: page.into_iter().map(|(_, item)| item).collect(),
        total,
        page: seen / per_page + 1,
        per_page,
        next: next.flatten(),
    }
}

impl<T> Slice<T> {
    /// Returns the reply of a list that is paged by cursor.
    pub(crate) fn into_list<U>(self, view: impl FnMut(T) -> U) -> List<U> {
        let next = self.next.map(|cursor| {
            NextPage::Cursor(object!(NextCursor {
                page: Some(self.page as u64 + 1),
                starting_after: Some(cursor),
            }))
        });
        let mut list = List::from(self.items.into_iter().map(view).collect::<Vec<_>>());
        list.total_count = Some(self.total as u64);
        list.pages = Some(pages(self.page, self.per_page, self.total, next));
        list
    }
}

/// A page of a list that is paged by number.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Numbered {
    /// From 1.
    pub(crate) page: Option<u32>,
    pub(crate) per_page: Option<u32>,
    /// The default page size.
    pub(crate) default: u32,
    /// The largest page size.
    pub(crate) max: u32,
}

/// Returns a page of an ordered list, which is at this URL, by its number. A page past the last one is
/// empty.
pub(crate) fn numbered<T, U>(
    items: impl IntoIterator<Item = T>,
    total: usize,
    place: Numbered,
    url: &str,
    view: impl FnMut(T) -> U,
) -> Result<List<U>, Refusal> {
    let per_page = page_size(place.per_page, place.default, place.max)?;
    let page = match place.page {
        None => 1,
        Some(0) => return Err(Refusal::invalid("page", "page must be at least 1")),
        Some(page) => page as usize,
    };
    let start = (page - 1).saturating_mul(per_page);
    let items = items.into_iter().skip(start).take(per_page);
    let mut list = List::from(items.map(view).collect::<Vec<_>>());
    let next = (start.saturating_add(per_page) < total).then(|| {
        let separator = if url.contains('?') { '&' } else { '?' };
        let next = page + 1;
        NextPage::Url(format!("{url}{separator}per_page={per_page}&page={next}"))
    });
    list.total_count = Some(total as u64);
    list.pages = Some(pages(page, per_page, total, next));
    Ok(list)
}

fn pages(page: usize, per_page: usize, total: usize, next: Option<NextPage>) -> Pages {
    object!(Pages {
        r#type: Some(ObjectType::Pages),
        page: Some(page as u64),
        per_page: Some(per_page as u64),
        total_pages: Some(total.div_ceil(per_page) as u64),
        next: next,
    })
}

/// Checks the page size of a request.
pub(crate) fn page_size(asked: Option<u32>, default: u32, max: u32) -> Result<usize, Refusal> {
    match asked.unwrap_or(default) {
        0 => Err(Refusal::invalid("per_page", "Per Page must be at least 1")),
        size if size > max => Err(Refusal::invalid(
            "per_page",
            format!("Per Page is too big: at most {max}"),
        )),
        size => Ok(size as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbered, Slice, after_cursor, numbered, page_size};
    use crate::query::Rank;

    const IDS: [&str; 60] = {
        let mut ids = [""; 60];
        let digits = "000102030405060708091011121314151617181920212223242526272829\
            303132333435363738394041424344454647484950515253545556575859";
        let (mut rest, mut index) = (digits, 0);
        while index < 60 {
            let (id, more) = rest.split_at(2);
            ids[index] = id;
            (rest, index) = (more, index + 1);
        }
        ids
    };

    fn ranked(keys: &[i64]) -> Vec<(Rank<'static>, i64)> {
        let ranks = keys.iter().zip(IDS);
        ranks
            .map(|(key, id)| (Rank::by_number(*key, id), *key))
            .collect()
    }

    fn slice(keys: &[i64], cursor: Option<&str>) -> Slice<i64> {
        after_cursor(ranked(keys), true, cursor, 2).unwrap()
    }

    #[test]
    fn cursors_walk_through_a_list_without_gaps_or_duplicates() {
        let mut keys: Vec<i64> = (0..60).map(|key| key * 7 % 20).collect();
        let (mut seen, mut cursor) = (Vec::new(), None);
        for page in 1..=30 {
            let slice = slice(&keys, cursor.as_deref());
            assert_eq!((slice.page, slice.total), (page, 60));
            seen.extend(slice.items);
            cursor = slice.next;
        }
        assert_eq!(cursor, None);
        keys.sort_unstable();
        keys.reverse();
        assert_eq!(seen, keys);
    }

    #[test]
    fn an_item_that_vanishes_between_two_pages_shifts_nothing() {
        let first = slice(&[4, 3, 2, 1], None);
        assert_eq!(first.items, [4, 3]);
        let mut rest = ranked(&[4, 3, 2, 1]);
        rest.remove(1);
        let second = after_cursor(rest, true, first.next.as_deref(), 2).unwrap();
        assert_eq!(second.items, [2, 1]);
    }

    #[test]
    fn a_foreign_cursor_is_refused() {
        for cursor in ["x", "W10", "bm8="] {
            assert!(after_cursor(ranked(&[1]), true, Some(cursor), 2).is_err());
        }
    }

    #[test]
    fn a_page_size_out_of_range_is_refused() {
        for size in [0, 151] {
            assert!(page_size(Some(size), 50, 150).is_err());
        }
    }

    #[test]
    fn numbered_pages_link_to_the_next_until_the_last() {
        let page = |page| {
            let place = Numbered {
                page: Some(page),
                per_page: Some(2),
                default: 20,
                max: 150,
            };
            numbered([1, 2, 3], 3, place, "http://127.0.0.1/things", |item| item)
        };
        let first = page(1).unwrap();
        let next = serde_json::to_value(first.pages.unwrap().next).unwrap();
        assert_eq!(next, "http://127.0.0.1/things?per_page=2&page=2");
        let last = page(2).unwrap();
        assert_eq!(last.data, [3]);
        assert_eq!(last.pages.unwrap().next, None);
        let past = page(3).unwrap();
        assert!(past.data.is_empty());
        assert_eq!(past.total_count, Some(3));
        assert!(page(0).is_err());
    }
}
