//! The body of a search.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{Field, Kind, Query, Scope, Sortable};
use crate::vocabulary::open_enum::open_enum;
use crate::{Extra, Pagination};

open_enum! {
    /// The order of the results.
    pub enum SortOrder {
        Ascending = "ascending",
        Descending = "descending",
    }
}

/// By which field the results are ordered, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound = "")]
#[cfg_attr(feature = "schemars", schemars(bound = ""))]
#[non_exhaustive]
pub struct Sort<S> {
    /// The name of the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// If omitted, the results come in descending order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<SortOrder>,
    #[serde(skip)]
    scope: PhantomData<S>,
}

impl<S: Sortable> Sort<S> {
    /// Least, or earliest, first.
    #[must_use]
    pub fn ascending(field: &Field<S, impl Kind>) -> Self {
        Self::by(field, SortOrder::Ascending)
    }

    /// Greatest, or latest, first.
    #[must_use]
    pub fn descending(field: &Field<S, impl Kind>) -> Self {
        Self::by(field, SortOrder::Descending)
    }

    fn by(field: &Field<S, impl Kind>, order: SortOrder) -> Self {
        Self {
            field: Some(field.name().to_owned()),
            order: Some(order),
            scope: PhantomData,
        }
    }
}

/// A search: the query, the size of its pages, and their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(serialize = "", deserialize = "S: Scope"))]
#[cfg_attr(feature = "schemars", schemars(bound = ""))]
#[non_exhaustive]
pub struct Search<S> {
    /// What to search for.
    pub query: Query<S>,
    /// The size of a page, and its cursor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The order of the results: of contacts from 2.16, of companies in Preview. For conversations and
    /// tickets it is not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort<S>>,
    /// Fields that this crate does not model, sent beside the others.
    #[serde(flatten)]
    pub extra: Extra,
}

impl<S: Scope> Search<S> {
    /// Searches for this, in pages of the service's size and order.
    #[must_use]
    pub fn new(query: impl Into<Query<S>>) -> Self {
        Self {
            query: query.into(),
            pagination: None,
            sort: None,
            extra: Extra::default(),
        }
    }

    /// How many results a page has at most, up to 150.
    #[must_use]
    pub fn per_page(mut self, per_page: u32) -> Self {
        self.pagination.get_or_insert_default().per_page = Some(per_page);
        self
    }

    /// The results after this cursor.
    #[must_use]
    pub fn starting_after(mut self, cursor: impl Into<String>) -> Self {
        self.pagination.get_or_insert_default().starting_after = Some(cursor.into());
        self
    }
}

impl<S: Sortable> Search<S> {
    /// In which order the results come.
    #[must_use]
    pub fn sort(mut self, sort: Sort<S>) -> Self {
        self.sort = Some(sort);
        self
    }
}

impl<S: Scope, Q: Into<Query<S>>> From<Q> for Search<S> {
    fn from(query: Q) -> Self {
        Self::new(query)
    }
}

#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;

    use super::super::{Clause, Join, Operator, Query, Scope};
    use super::{PhantomData, Search, Sort, SortOrder};
    use crate::{AttributeValue, Extra, Pagination};

    fn filter() -> impl Strategy<Value = Clause> {
        let value = prop_oneof![
            "\\PC{0,12}".prop_map(AttributeValue::from),
            any::<i64>().prop_map(AttributeValue::from),
            any::<bool>().prop_map(AttributeValue::from),
            proptest::collection::vec("[a-z]{1,5}", 0..3).prop_map(AttributeValue::from),
        ];
        (
            "[a-z_.]{1,20}",
            proptest::sample::select(Operator::KNOWN),
            value,
        )
            .prop_map(|(field, operator, value)| Clause::Filter {
                field,
                operator,
                value,
            })
    }

    fn group(clause: impl Strategy<Value = Clause>) -> impl Strategy<Value = Clause> {
        (any::<Join>(), proptest::collection::vec(clause, 1..4))
            .prop_map(|(join, clauses)| Clause::Group { join, clauses })
    }

    impl<S: Scope> Arbitrary for Query<S> {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            prop_oneof![filter(), group(filter()), group(group(filter()))]
                .prop_map(Self::of)
                .boxed()
        }
    }

    impl<S: Scope> Arbitrary for Sort<S> {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            any::<(Option<String>, Option<SortOrder>)>()
                .prop_map(|(field, order)| Self {
                    field,
                    order,
                    scope: PhantomData,
                })
                .boxed()
        }
    }

    impl<S: Scope> Arbitrary for Search<S> {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            any::<(Query<S>, Option<Pagination>, Option<Sort<S>>, Extra)>()
                .prop_map(|(query, pagination, sort, extra)| Self {
                    query,
                    pagination,
                    sort,
                    extra,
                })
                .boxed()
        }
    }
}
