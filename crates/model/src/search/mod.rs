//! The language of searches.
//!
//! A query is one filter, or filters joined by AND or OR, in at most two levels. Fields know what
//! they hold and of which objects they are, so a query that the service would refuse for its shape
//! does not compile:
//!
//! ```
//! use intercom_model::Timestamp;
//! use intercom_model::search::{Query, contact};
//!
//! let since = Timestamp::from_second(1_734_537_421);
//! let query = Query::all([contact::ROLE.eq("lead"), contact::CREATED_AT.after(since)]);
//!
//! // Two levels: leads or users of one company, whatever their age.
//! let nested = contact::ROLE.eq("lead").or(contact::ROLE.eq("user")).and(contact::EMAIL_DOMAIN.eq("example.com"));
//! # let _: Query<contact::Contacts> = nested.into();
//! ```
//!
//! ```compile_fail
//! # use intercom_model::search::{Query, contact, conversation};
//! // A field of another object.
//! Query::<contact::Contacts>::all([conversation::STATE.eq("open")]);
//! ```
//!
//! ```compile_fail
//! # use intercom_model::search::contact;
//! // An operator that the field does not have.
//! contact::CREATED_AT.contains("2024");
//! ```
//!
//! ```compile_fail
//! # use intercom_model::search::{Query, contact};
//! // A third level.
//! let two_levels = Query::any([contact::ROLE.eq("lead").and(contact::NAME.eq("Ada"))]);
//! Query::all([two_levels]);
//! ```
//!
//! A group has from 1 to 15 filters, which is checked when it is sent. That some fields exist in some
//! versions only is left to the service.

pub mod company;
pub mod contact;
pub mod conversation;
mod field;
mod request;
pub mod ticket;
mod wire;

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use field::{Attribute, Boolean, Date, Field, Integer, Kind, OneOf, Scalar, Text};
pub use request::{Search, Sort, SortOrder};
pub use wire::{Clause, Join, Operator, Value};

/// The objects that a search is about. It keeps fields of one kind of object out of searches for
/// another.
pub trait Scope: fmt::Debug + Clone + Copy + PartialEq + Send + Sync + 'static {}

/// The objects whose searches take an order. For contacts (from 2.16) and companies (in Preview) the
/// service documents it; for conversations and tickets it does not, but takes it.
pub trait Sortable: Scope {}

macro_rules! typed_clause {
    ($(#[$meta:meta])* $Name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        pub struct $Name<S> {
            clause: Clause,
            scope: PhantomData<S>,
        }

        impl<S: Scope> $Name<S> {
            const fn of(clause: Clause) -> Self {
                Self { clause, scope: PhantomData }
            }

            /// What is sent.
            #[must_use]
            pub const fn clause(&self) -> &Clause {
                &self.clause
            }
        }

        impl<S> fmt::Debug for $Name<S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.clause, f)
            }
        }

        impl<S> fmt::Display for $Name<S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.clause, f)
            }
        }
    };
}

typed_clause! {
    /// A comparison of one field, made by the methods of [`Field`].
    Filter
}

typed_clause! {
    /// What to search for: a filter, a group, or groups joined by AND or OR.
    Query
}

/// Filters joined by AND ([`All`]) or by OR ([`Any`]): one level.
#[derive(Clone, PartialEq)]
pub struct Group<S, J> {
    clause: Clause,
    joined: PhantomData<(S, J)>,
}

/// Marks a [`Group`] all of whose filters must match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum All {}

/// Marks a [`Group`] of whose filters one must match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Any {}

impl<S, J> fmt::Debug for Group<S, J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.clause, f)
    }
}

impl<S, J> fmt::Display for Group<S, J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.clause, f)
    }
}

impl<S, J> Group<S, J> {
    fn joined(join: Join, clauses: impl IntoIterator<Item = Clause>) -> Self {
        Self {
            clause: Clause::joined(join, clauses),
            joined: PhantomData,
        }
    }

    /// What is sent.
    #[must_use]
    pub const fn clause(&self) -> &Clause {
        &self.clause
    }
}

impl<S: Scope> Filter<S> {
    fn new(field: &Field<S, impl Kind>, operator: Operator, value: Value) -> Self {
        Self::of(Clause::Filter {
            field: field.name().to_owned(),
            operator,
            value,
        })
    }

    /// Both must match.
    #[must_use]
    pub fn and(self, other: Self) -> Group<S, All> {
        Group::all([self, other])
    }

    /// One must match.
    #[must_use]
    pub fn or(self, other: Self) -> Group<S, Any> {
        Group::any([self, other])
    }
}

impl<S: Scope> Group<S, All> {
    /// All of the filters must match.
    #[must_use]
    pub fn all(filters: impl IntoIterator<Item = Filter<S>>) -> Self {
        Self::joined(Join::And, filters.into_iter().map(|filter| filter.clause))
    }

    /// The filter must match too.
    #[must_use]
    pub fn and(self, filter: Filter<S>) -> Self {
        Self::joined(Join::And, self.clause.into_clauses().chain([filter.clause]))
    }

    /// This group, or the filter or other group, must match.
    #[must_use]
    pub fn or(self, other: impl Joinable<S>) -> Query<S> {
        Query::of(Clause::joined(Join::Or, [self.clause, other.into_clause()]))
    }
}

impl<S: Scope> Group<S, Any> {
    /// One of the filters must match.
    #[must_use]
    pub fn any(filters: impl IntoIterator<Item = Filter<S>>) -> Self {
        Self::joined(Join::Or, filters.into_iter().map(|filter| filter.clause))
    }

    /// Or the filter must match.
    #[must_use]
    pub fn or(self, filter: Filter<S>) -> Self {
        Self::joined(Join::Or, self.clause.into_clauses().chain([filter.clause]))
    }

    /// This group, and the filter or other group, must match.
    #[must_use]
    pub fn and(self, other: impl Joinable<S>) -> Query<S> {
        Query::of(Clause::joined(
            Join::And,
            [self.clause, other.into_clause()],
        ))
    }
}

/// What can be joined to a query: filters, or groups of them.
pub trait Joinable<S>: sealed::Sealed {
    #[doc(hidden)]
    fn into_clause(self) -> Clause;
}

impl<S: Scope> Joinable<S> for Filter<S> {
    fn into_clause(self) -> Clause {
        self.clause
    }
}

impl<S: Scope, J> Joinable<S> for Group<S, J> {
    fn into_clause(self) -> Clause {
        self.clause
    }
}

mod sealed {
    pub trait Sealed {}

    impl<S> Sealed for super::Filter<S> {}
    impl<S, J> Sealed for super::Group<S, J> {}
}

impl<S: Scope> Query<S> {
    /// All of the filters, or of the groups, must match.
    #[must_use]
    pub fn all<J: Joinable<S>>(parts: impl IntoIterator<Item = J>) -> Self {
        Self::of(Clause::joined(
            Join::And,
            parts.into_iter().map(Joinable::into_clause),
        ))
    }

    /// One of the filters, or of the groups, must match.
    #[must_use]
    pub fn any<J: Joinable<S>>(parts: impl IntoIterator<Item = J>) -> Self {
        Self::of(Clause::joined(
            Join::Or,
            parts.into_iter().map(Joinable::into_clause),
        ))
    }
}

impl<S: Scope> From<Filter<S>> for Query<S> {
    fn from(filter: Filter<S>) -> Self {
        Self::of(filter.clause)
    }
}

impl<S: Scope, J> From<Group<S, J>> for Query<S> {
    fn from(group: Group<S, J>) -> Self {
        Self::of(group.clause)
    }
}

/// A group without filters, or with more than 15, is refused as the service would.
impl<S> Serialize for Query<S> {
    fn serialize<Ser: Serializer>(&self, serializer: Ser) -> Result<Ser::Ok, Ser::Error> {
        self.clause.check().map_err(serde::ser::Error::custom)?;
        self.clause.serialize(serializer)
    }
}

/// Any query that the service would accept for its shape; more than two levels are refused.
impl<'de, S: Scope> Deserialize<'de> for Query<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let clause = Clause::deserialize(deserializer)?;
        if clause.levels() > 2 {
            return Err(serde::de::Error::custom(
                "a query has at most two levels of AND and OR",
            ));
        }
        Ok(Self::of(clause))
    }
}

#[cfg(feature = "schemars")]
impl<S> schemars::JsonSchema for Query<S> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Query".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<Clause>()
    }
}
