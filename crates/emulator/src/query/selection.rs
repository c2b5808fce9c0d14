//! Selecting a page from items in any order, without sorting all of them.

use super::order::Rank;

/// How many times the wanted items are collected before they are thinned out.
const SLACK: usize = 8;

/// Returns the first items after a rank, in order, and how many items there are in all.
pub(super) fn first_after<'a, T>(
    items: impl IntoIterator<Item = (Rank<'a>, T)>,
    descending: bool,
    after: Option<&Rank<'_>>,
    count: usize,
) -> (Vec<(Rank<'a>, T)>, usize) {
    let compare =
        |(one, _): &(Rank<'a>, T), (other, _): &(Rank<'a>, T)| one.compare(other, descending);
    let mut total = 0;
    // The first items so far and some more, in no order.
    let mut first = Vec::new();
    // The last of them after they were thinned out: later ones are of no interest.
    let mut worst: Option<Rank<'_>> = None;
    for (rank, item) in items {
        total += 1;
        let is_seen = after.is_some_and(|after| rank.compare(after, descending).is_le());
        let is_late = |worst: &Rank<'_>| rank.compare(worst, descending).is_ge();
        if is_seen || worst.as_ref().is_some_and(is_late) {
            continue;
        }
        first.push((rank, item));
        if first.len() >= SLACK * count {
            let (_, (rank, _), _) = first.select_nth_unstable_by(count - 1, compare);
            worst = Some(rank.clone());
            first.truncate(count);
        }
    }
    first.sort_by(compare);
    first.truncate(count);
    (first, total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::first_after;
    use crate::query::order::{Rank, SortKey};

    fn keys() -> impl Strategy<Value = SortKey<'static>> {
        prop_oneof![
            Just(SortKey::None),
            (-3_i8..3).prop_map(|number| SortKey::Number(number.into())),
            "[aAbBé]{0,2}".prop_map(|text| SortKey::Text(text.into())),
        ]
    }

    proptest! {
        #[test]
        fn the_selected_items_are_those_of_a_full_sort(
            keys in prop::collection::vec(keys(), 0..200),
            descending: bool,
            count in 1_usize..6,
            after in prop::option::of(0_usize..200),
        ) {
            let items: Vec<(Rank<'static>, usize)> = keys
                .into_iter()
                .enumerate()
                .map(|(index, key)| {
                    let id = format!("{:03}", index * 7 % 200).into();
                    (Rank { key, id }, index)
                })
                .collect();
            let after = after.and_then(|index| items.get(index));
            let after = after.map(|(rank, _)| rank.clone());
            let mut sorted = items.clone();
            sorted.sort_by(|(one, _), (other, _)| one.compare(other, descending));
            let rest = sorted.into_iter().filter(|(rank, _)| {
                let after = after.as_ref();
                after.is_none_or(|after| rank.compare(after, descending).is_gt())
            });
            let expected: Vec<usize> = rest.map(|(_, index)| index).take(count).collect();
            let total = items.len();
            let (first, counted) = first_after(items, descending, after.as_ref(), count);
            let selected: Vec<usize> = first.into_iter().map(|(_, index)| index).collect();
            prop_assert_eq!(selected, expected);
            prop_assert_eq!(counted, total);
        }
    }
}
