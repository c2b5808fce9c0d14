//! Strategies for the fields of model types: lists are short, so that objects that hold lists of
//! objects stay small.

use std::marker::PhantomData;

use proptest::prelude::*;

const MOST_ITEMS: usize = 3;

/// The strategy for a field of type `T`: its own method for lists, that of [`Other`] for the rest.
#[derive(Debug)]
pub(crate) struct Field<T>(PhantomData<T>);

impl<T: Arbitrary + 'static> Field<Vec<T>> {
    pub(crate) fn any() -> BoxedStrategy<Vec<T>> {
        proptest::collection::vec(any::<T>(), 0..=MOST_ITEMS).boxed()
    }
}

impl<T: Arbitrary + 'static> Field<Option<Vec<T>>> {
    pub(crate) fn any() -> BoxedStrategy<Option<Vec<T>>> {
        proptest::option::of(Field::<Vec<T>>::any()).boxed()
    }
}

/// Amounts of money, which every JSON library writes and reads alike.
impl Field<Option<f64>> {
    pub(crate) fn any() -> BoxedStrategy<Option<f64>> {
        proptest::option::of((-1_000_000_i32..1_000_000).prop_map(|cents| f64::from(cents) / 100.0))
            .boxed()
    }
}

pub(crate) trait Other<T> {
    fn any() -> BoxedStrategy<T>;
}

impl<T: Arbitrary + 'static> Other<T> for Field<T> {
    fn any() -> BoxedStrategy<T> {
        any::<T>().boxed()
    }
}
