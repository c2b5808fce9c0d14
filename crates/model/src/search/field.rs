//! Fields that can be searched, by what they hold.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::{Filter, Operator, Scope, Value};
use crate::Timestamp;

/// What a field holds, which decides how it can be compared.
pub trait Kind: fmt::Debug + Clone + Copy + Send + Sync + 'static {}

macro_rules! kinds {
    ($( $(#[$meta:meta])* $Name:ident )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub enum $Name {}

        impl Kind for $Name {}
    )*};
}

kinds! {
    /// A text.
    Text
    /// A whole number.
    Integer
    /// A yes or no.
    Boolean
    /// A point in time. On contacts and companies it is compared by calendar day in UTC (in Preview
    /// to the second), on conversations and tickets to the second.
    Date
    /// The id of something of which an object has several, such as tags.
    OneOf
    /// A custom attribute, whose kind each workspace defines.
    Attribute
}

/// A field of the objects `S` that holds a `K`.
#[derive(Debug, Clone)]
pub struct Field<S, K> {
    name: Cow<'static, str>,
    kind: PhantomData<(S, K)>,
}

impl<S: Scope, K: Kind> Field<S, K> {
    /// A field by its name, for one that this crate does not know.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            kind: PhantomData,
        }
    }

    /// A field by a name that is made at run time, such as that of a custom attribute.
    #[must_use]
    pub const fn named(name: String) -> Self {
        Self {
            name: Cow::Owned(name),
            kind: PhantomData,
        }
    }

    /// The name as it is sent.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Compares it in a way that fields of its kind do not have here; the service may refuse it.
    #[must_use]
    pub fn compare(&self, operator: Operator, value: impl Into<Value>) -> Filter<S> {
        Filter::new(self, operator, value.into())
    }
}

/// The fields of a kind of object: what they hold, and their names.
macro_rules! search_fields {
    ($Scope:ident; $( $(#[$meta:meta])* $NAME:ident: $Kind:ident = $name:literal; )*) => {$(
        #[doc = concat!("`", $name, "`")]
        $(#[doc = ""] #[$meta])*
        pub const $NAME: Field<$Scope, $Kind> = Field::new($name);
    )*};
}

pub(super) use search_fields;

/// The comparisons of each kind: what they take, what of it is sent, and the operator of each.
macro_rules! comparisons {
    ($($Kind:ident ($value:ident: $Value:ty => $sent:expr) { $( $(#[$meta:meta])* $method:ident = $operator:ident ),* $(,)? })*) => {$(
        impl<S: Scope> Field<S, $Kind> {$(
            $(#[$meta])*
            #[must_use]
            pub fn $method(&self, $value: $Value) -> Filter<S> {
                self.compare(Operator::$operator, $sent)
            }
        )*}
    )*};
}

comparisons! {
    Text(text: impl AsRef<str> => text.as_ref()) {
        /// Is this text. Words of `source.body` are compared one by one.
        eq = Equal,
        /// Is not this text; objects without a value match too.
        ne = NotEqual,
        /// Contains this text.
        contains = Contains,
        /// Does not contain this text.
        not_contains = NotContains,
        /// Begins with this text.
        starts_with = StartsWith,
        /// Ends with this text.
        ends_with = EndsWith,
    }
    Integer(number: i64 => number) {
        /// Is this number.
        eq = Equal,
        /// Is not this number; objects without a value match too.
        ne = NotEqual,
        /// Is greater than this number.
        gt = Greater,
        /// Is this number, or greater.
        ge = GreaterOrEqual,
        /// Is less than this number.
        lt = Less,
        /// Is this number, or less.
        le = LessOrEqual,
    }
    Boolean(value: bool => value) {
        /// Is so.
        eq = Equal,
        /// Is not so; objects without a value match too.
        ne = NotEqual,
    }
    Date(time: impl Into<Timestamp> => time.into()) {
        /// Is then: on that day, or in that second.
        on = Equal,
        /// Is not then; objects without a value match too. On conversations and tickets, and on
        /// contacts in Preview.
        not_on = NotEqual,
        /// Is later: on a later day, or in a later second. Conversations and tickets are found in that
        /// second too.
        after = Greater,
        /// Is then, or later. On the `created_at` of tickets, and on contacts in Preview.
        from = GreaterOrEqual,
        /// Is earlier: on an earlier day, or in an earlier second. Conversations and tickets are found in
        /// that second too.
        before = Less,
        /// Is then, or earlier. On the `created_at` of tickets, and on contacts in Preview.
        until = LessOrEqual,
    }
    OneOf(id: impl AsRef<str> => id.as_ref()) {
        /// Has the one with this id.
        eq = Equal,
        /// Does not have the one with this id.
        ne = NotEqual,
    }
    Attribute(value: impl Into<Scalar> => value.into().0) {
        /// Is this value.
        eq = Equal,
        /// Is not this value; objects without a value match too.
        ne = NotEqual,
        /// Is greater, or later, than this value.
        gt = Greater,
        /// Is this value, or greater or later.
        ge = GreaterOrEqual,
        /// Is less, or earlier, than this value.
        lt = Less,
        /// Is this value, or less or earlier.
        le = LessOrEqual,
    }
}

impl<S: Scope> Field<S, Text> {
    /// Is one of these texts.
    #[must_use]
    pub fn one_of(&self, values: impl IntoIterator<Item = impl AsRef<str>>) -> Filter<S> {
        self.compare(Operator::In, texts(values))
    }

    /// Is none of these texts.
    #[must_use]
    pub fn none_of(&self, values: impl IntoIterator<Item = impl AsRef<str>>) -> Filter<S> {
        self.compare(Operator::NotIn, texts(values))
    }
}

/// Whether there is a value.
macro_rules! presence {
    ($($Kind:ident)*) => {$(
        impl<S: Scope> Field<S, $Kind> {
            /// Has no value.
            #[must_use]
            pub fn is_unset(&self) -> Filter<S> {
                self.compare(Operator::Equal, Value::Null)
            }

            /// Has a value.
            #[must_use]
            pub fn is_set(&self) -> Filter<S> {
                self.compare(Operator::NotEqual, Value::Null)
            }
        }
    )*};
}

presence! { Text Attribute }

impl<S: Scope> Field<S, Integer> {
    /// Is one of these numbers.
    #[must_use]
    pub fn one_of(&self, values: impl IntoIterator<Item = i64>) -> Filter<S> {
        self.compare(Operator::In, Vec::from_iter(values))
    }

    /// Is none of these numbers.
    #[must_use]
    pub fn none_of(&self, values: impl IntoIterator<Item = i64>) -> Filter<S> {
        self.compare(Operator::NotIn, Vec::from_iter(values))
    }
}

impl<S: Scope> Field<S, Attribute> {
    /// Is one of these values.
    #[must_use]
    pub fn one_of(&self, values: impl IntoIterator<Item = impl Into<Scalar>>) -> Filter<S> {
        self.compare(Operator::In, scalars(values))
    }

    /// Is none of these values.
    #[must_use]
    pub fn none_of(&self, values: impl IntoIterator<Item = impl Into<Scalar>>) -> Filter<S> {
        self.compare(Operator::NotIn, scalars(values))
    }

    /// Contains this text, if it is a string.
    #[must_use]
    pub fn contains(&self, text: impl AsRef<str>) -> Filter<S> {
        self.compare(Operator::Contains, text.as_ref())
    }

    /// Does not contain this text, if it is a string.
    #[must_use]
    pub fn not_contains(&self, text: impl AsRef<str>) -> Filter<S> {
        self.compare(Operator::NotContains, text.as_ref())
    }

    /// Begins with this text, if it is a string.
    #[must_use]
    pub fn starts_with(&self, text: impl AsRef<str>) -> Filter<S> {
        self.compare(Operator::StartsWith, text.as_ref())
    }

    /// Ends with this text, if it is a string.
    #[must_use]
    pub fn ends_with(&self, text: impl AsRef<str>) -> Filter<S> {
        self.compare(Operator::EndsWith, text.as_ref())
    }
}

fn texts(values: impl IntoIterator<Item = impl AsRef<str>>) -> Value {
    Value::List(
        values
            .into_iter()
            .map(|value| Value::from(value.as_ref()))
            .collect(),
    )
}

fn scalars(values: impl IntoIterator<Item = impl Into<Scalar>>) -> Value {
    Value::List(values.into_iter().map(|value| value.into().0).collect())
}

/// What a custom attribute can be compared with: a text, a number, a yes or no, or a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar(Value);

macro_rules! scalars {
    ($($Type:ty),*) => {$(
        impl From<$Type> for Scalar {
            fn from(value: $Type) -> Self {
                Self(value.into())
            }
        }
    )*};
}

scalars!(&str, String, bool, i32, i64, u64, f64, Timestamp);
