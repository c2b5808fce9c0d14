//! Fields that objects are searched by.

use std::sync::Arc;

use intercom_core::model::search::Value;
use intercom_core::model::{AttributeValue, Timestamp};

use super::utc_offset::UtcOffset;

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By value: a text, a number or a boolean.
    Plain,
    /// By day, in a time zone.
    Day(UtcOffset),
    /// By second.
    Second,
    /// By second, with `<` and `>` including the second itself.
    InclusiveSecond {
        /// Whether `<=` and `>=` are allowed too.
        spelled_out: bool,
    },
    /// By ids, of which an object has several.
    Ids,
    /// By ids, but only with `=` and `!=`.
    IdsByEquality,
}

impl Kind {
    pub(crate) const fn is_time(self) -> bool {
        matches!(
            self,
            Self::Day(_) | Self::Second | Self::InclusiveSecond { .. }
        )
    }

    pub(crate) const fn has_ids(self) -> bool {
        matches!(self, Self::Ids | Self::IdsByEquality)
    }
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Term<'a> {
    None,
    Text(&'a str),
    Number(f64),
    Bool(bool),
}

impl<'a> Term<'a> {
    /// Returns the value of a custom attribute.
    pub(crate) fn attribute(value: Option<&'a AttributeValue>) -> Self {
        match value {
            Some(Value::Text(text)) => Self::Text(text),
            Some(Value::Number(number)) => number.as_f64().map_or(Self::None, Self::Number),
            Some(Value::Bool(value)) => Self::Bool(*value),
            _ => Self::None,
        }
    }

    /// Reads the value as a time, in seconds since the epoch.
    pub(crate) fn as_second(self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(number as i64),
            Self::Text(text) => text.parse().ok().map(Timestamp::as_second),
            _ => None,
        }
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Term<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl<'a> From<&'a str> for Term<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Term<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Box<str>> for Term<'a> {
    fn from(text: &'a Box<str>) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Arc<str>> for Term<'a> {
    fn from(text: &'a Arc<str>) -> Self {
        Self::Text(text)
    }
}

impl From<Timestamp> for Term<'_> {
    fn from(time: Timestamp) -> Self {
        Self::Number(time.as_second() as f64)
    }
}

impl From<bool> for Term<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Term<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<i64> for Term<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<f64> for Term<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Whether any of the ids of an object passes a test.
pub(crate) type AnyId<T> = fn(T, &dyn Fn(&str) -> bool) -> bool;

/// How to get the value of a field from an object of type `T`.
pub(crate) enum Get<'a, T> {
    /// A single value.
    One(fn(T) -> Term<'a>),
    /// A single value, by a name within the field's own name.
    Named(fn(T, &'a str) -> Term<'a>, &'a str),
    /// Several ids.
    Ids(AnyId<T>),
}

/// A field that objects of type `T` are searched by.
pub(crate) struct Field<'a, T> {
    pub(crate) kind: Kind,
    pub(crate) get: Get<'a, T>,
}

impl<'a, T> Field<'a, T> {
    pub(crate) const fn one(kind: Kind, get: fn(T) -> Term<'a>) -> Self {
        let get = Get::One(get);
        Self { kind, get }
    }

    pub(crate) const fn named(kind: Kind, get: fn(T, &'a str) -> Term<'a>, name: &'a str) -> Self {
        let get = Get::Named(get, name);
        Self { kind, get }
    }

    pub(crate) const fn ids(kind: Kind, any: AnyId<T>) -> Self {
        let get = Get::Ids(any);
        Self { kind, get }
    }
}

impl<'a, T> Get<'a, T> {
    /// Returns the value of a field that has one.
    pub(crate) fn value(&self, object: T) -> Term<'a> {
        match self {
            Self::One(get) => get(object),
            Self::Named(get, name) => get(object, name),
            Self::Ids(_) => Term::None,
        }
    }
}
