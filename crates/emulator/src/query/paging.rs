//! Pages of lists.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::{List, NextCursor, NextPage, ObjectType, Pages};

use super::order::Rank;
use crate::object::object;
use crate::refusal::Refusal;

/// The page size of most lists.
pub(crate) const DEFAULT_PER_PAGE: u32 = 50;
pub(crate) const MAX_PER_PAGE: u32 = 150;

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Cut<T> {
    pub(crate) items: Vec<T>,
    pub(crate) total: usize,
    /// The number of the page, from 1.
    page: usize,
    per_page: usize,
    /// The cursor of the next page, if there is one.
    pub(crate) next: Option<String>,
}

/// Sorts a list and returns the page after the cursor.
pub(crate) fn after_cursor<T>(
    mut items: Vec<(Rank, T)>,
    descending: bool,
    cursor: Option<&str>,
    per_page: Option<u32>,
) -> Result<Cut<T>, Refusal> {
    let per_page = page_size(per_page, DEFAULT_PER_PAGE, MAX_PER_PAGE)?;
    items.sort_by(|(one, _), (other, _)| one.compare(other, descending));
    let start = match cursor.filter(|cursor| !cursor.is_empty()) {
        None => 0,
        Some(cursor) => {
            let last = Rank::from_cursor(cursor).ok_or_else(invalid_cursor)?;
            items.partition_point(|(rank, _)| rank.compare(&last, descending).is_le())
        }
    };
    let (total, end) = (items.len(), start.saturating_add(per_page));
    let next = (end < total)
        .then(|| items.get(end - 1).map(|(rank, _)| rank.cursor()))
        .flatten();
    let items = items.into_iter().skip(start).take(per_page);
    Ok(Cut {
        items: items.map(|(_, item)| item).collect(),
        total,
        page: start / per_page + 1,
        per_page,
        next,
    })
}

impl<T> Cut<T> {
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

/// Returns a page of an ordered list by its number. A page past the last one is empty.
pub(crate) fn numbered<T, U>(
    items: Vec<T>,
    place: Numbered,
    view: impl FnMut(T) -> U,
) -> Result<List<U>, Refusal> {
    let per_page = page_size(place.per_page, place.default, place.max)?;
    let page = match place.page {
        None => 1,
        Some(0) => return Err(Refusal::invalid("page", "page must be at least 1")),
        Some(page) => page as usize,
    };
    let total = items.len();
    let start = (page - 1).saturating_mul(per_page);
    let items = items.into_iter().skip(start).take(per_page);
    let mut list = List::from(items.map(view).collect::<Vec<_>>());
    list.total_count = Some(total as u64);
    list.pages = Some(pages(page, per_page, total, None));
    Ok(list)
}

/// Gives the next page of a list as an address, as a few lists do.
pub(crate) fn add_address<T>(list: &mut List<T>, path: &str) {
    let Some(pages) = &mut list.pages else {
        return;
    };
    let (page, per_page) = (pages.page.unwrap_or(1), pages.per_page.unwrap_or_default());
    pages.next = (pages.total_pages > Some(page)).then(|| {
        let next = page + 1;
        NextPage::Url(format!(
            "https://api.intercom.io{path}?per_page={per_page}&page={next}"
        ))
    });
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

pub(crate) fn invalid_cursor() -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::ClientError,
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )
}

#[cfg(test)]
mod tests {
    use super::{Cut, Numbered, after_cursor, numbered};
    use crate::query::{Key, Rank};

    fn ranked(keys: &[i32]) -> Vec<(Rank, i32)> {
        let rank = |(index, key): (usize, &i32)| Rank {
            key: Key::Number(f64::from(*key)),
            id: format!("{index:03}"),
        };
        keys.iter()
            .enumerate()
            .map(|(index, key)| (rank((index, key)), *key))
            .collect()
    }

    fn cut(keys: &[i32], cursor: Option<&str>) -> Cut<i32> {
        after_cursor(ranked(keys), true, cursor, Some(2)).unwrap()
    }

    #[test]
    fn cursors_walk_through_a_list_without_gaps_or_doubles() {
        let keys = [3, 1, 2, 2, 5];
        let (mut seen, mut cursor) = (Vec::new(), None);
        for page in 1..=3 {
            let cut = cut(&keys, cursor.as_deref());
            assert_eq!((cut.page, cut.total), (page, 5));
            seen.extend(cut.items);
            cursor = cut.next;
        }
        assert_eq!(cursor, None);
        assert_eq!(seen, [5, 3, 2, 2, 1]);
    }

    #[test]
    fn an_item_that_vanishes_between_two_pages_shifts_nothing() {
        let first = cut(&[4, 3, 2, 1], None);
        assert_eq!(first.items, [4, 3]);
        let mut rest = ranked(&[4, 3, 2, 1]);
        rest.remove(1);
        let second = after_cursor(rest, true, first.next.as_deref(), Some(2)).unwrap();
        assert_eq!(second.items, [2, 1]);
    }

    #[test]
    fn a_cursor_that_was_not_given_out_is_refused() {
        for cursor in ["x", "W10", "bm8="] {
            assert!(after_cursor(ranked(&[1]), true, Some(cursor), None).is_err());
        }
    }

    #[test]
    fn a_page_size_out_of_range_is_refused() {
        for size in [0, 151] {
            assert!(after_cursor(ranked(&[1]), true, None, Some(size)).is_err());
        }
    }

    #[test]
    fn a_page_behind_the_last_is_empty_and_says_how_many_there_are() {
        let place = |page| Numbered {
            page: Some(page),
            per_page: Some(2),
            default: 20,
            max: 150,
        };
        let list = numbered(vec![1, 2, 3], place(2), |item| item).unwrap();
        assert_eq!(list.data, [3]);
        assert_eq!(list.pages.unwrap().total_pages, Some(2));
        let list = numbered(vec![1, 2, 3], place(3), |item| item).unwrap();
        assert!(list.data.is_empty());
        assert_eq!(list.total_count, Some(3));
        assert!(numbered(vec![1], place(0), |item| item).is_err());
    }
}
