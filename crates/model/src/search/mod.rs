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
//! Two limits are left to the service, which answers them with an error: a group has at most 15
//! filters, and some fields exist in some versions only.

pub mod contact;
pub mod conversation;
mod field;
mod request;
pub mod ticket;
mod wire;

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use field::{Attribute, Boolean, Date, Field, Integer, Kind, OneOf, Text};
pub use request::{Search, Sort, SortOrder};
pub use wire::{Clause, Join, Operator, Value};

/// The objects that a search is about. It keeps fields of one kind of object out of searches for
/// another.
pub trait Scope: fmt::Debug + Clone + Copy + PartialEq + Send + Sync + 'static {}

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
    /// Filters joined by AND or OR: one level.
    Group
}

typed_clause! {
    /// What to search for: a filter, a group, or groups joined by AND or OR.
    Query
}

impl<S: Scope> Filter<S> {
    fn new(field: &Field<S, impl Kind>, operator: Operator, value: Value) -> Self {
        Self::of(Clause::Filter {
            field: field.name().to_owned(),
            operator,
            value,
        })
    }

    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Group<S> {
        Group::all([self, other])
    }

    /// One must hold.
    #[must_use]
    pub fn or(self, other: Self) -> Group<S> {
        Group::any([self, other])
    }
}

impl<S: Scope> Group<S> {
    /// All of the filters must hold.
    #[must_use]
    pub fn all(filters: impl IntoIterator<Item = Filter<S>>) -> Self {
        Self::of(Clause::joined(
            Join::And,
            filters.into_iter().map(|filter| filter.clause),
        ))
    }

    /// One of the filters must hold.
    #[must_use]
    pub fn any(filters: impl IntoIterator<Item = Filter<S>>) -> Self {
        Self::of(Clause::joined(
            Join::Or,
            filters.into_iter().map(|filter| filter.clause),
        ))
    }

    /// Both must hold.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Query<S> {
        Query::all([self, other.into()])
    }

    /// One must hold.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Query<S> {
        Query::any([self, other.into()])
    }
}

impl<S: Scope> From<Filter<S>> for Group<S> {
    fn from(filter: Filter<S>) -> Self {
        Self::all([filter])
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

impl<S: Scope> Joinable<S> for Group<S> {
    fn into_clause(self) -> Clause {
        self.clause
    }
}

mod sealed {
    pub trait Sealed {}

    impl<S> Sealed for super::Filter<S> {}
    impl<S> Sealed for super::Group<S> {}
}

impl<S: Scope> Query<S> {
    /// All of the filters, or of the groups, must hold.
    #[must_use]
    pub fn all<J: Joinable<S>>(parts: impl IntoIterator<Item = J>) -> Self {
        Self::of(Clause::joined(
            Join::And,
            parts.into_iter().map(Joinable::into_clause),
        ))
    }

    /// One of the filters, or of the groups, must hold.
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

/// A group of groups joined alike is a query of one level: `a.and(b).and(c)` sends three filters.
impl<S: Scope> From<Group<S>> for Query<S> {
    fn from(group: Group<S>) -> Self {
        Self::of(group.clause)
    }
}

impl<S> Serialize for Query<S> {
    fn serialize<Ser: Serializer>(&self, serializer: Ser) -> Result<Ser::Ok, Ser::Error> {
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
