//! What can be wrong with an object as a whole.
//!
//! Plain reading with serde has no place to report it, and goes on. [`from_slice`](crate::from_slice)
//! asks for it as an error, which it then mends and reports.

use std::cell::Cell;

use serde::de::Error;

thread_local! {
    static REPORTED: Cell<bool> = const { Cell::new(false) };
}

/// Has problems of objects reported as errors while it exists, or else not.
pub(crate) struct Scope(bool);

impl Scope {
    pub(crate) fn reporting() -> Self {
        Self(REPORTED.replace(true))
    }

    /// For what is read on trial, such as a part of an object.
    pub(crate) fn quiet() -> Self {
        Self(REPORTED.replace(false))
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        REPORTED.set(self.0);
    }
}

pub(crate) fn is_reported() -> bool {
    REPORTED.get()
}

const MISSING_ITEMS: &str = "missing items: ";
const UNRECOGNIZED: &str = "unrecognized object, ";

/// The error for a list without its field for items.
pub(crate) fn missing_items<E: Error>(field: &str) -> E {
    E::custom(format_args!("{MISSING_ITEMS}{field}"))
}

/// The error for an object none of whose fields belong to its type.
pub(crate) fn unrecognized<E: Error>(name: &str) -> E {
    E::custom(format_args!("{UNRECOGNIZED}expected a {name}"))
}

/// What the message of an error is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem<'a> {
    /// A list without this field.
    MissingItems(&'a str),
    /// An object none of whose fields belong to its type.
    Unrecognized,
    /// Any other.
    Value,
}

impl<'a> Problem<'a> {
    pub(crate) fn of(message: &'a str) -> Self {
        if let Some(field) = message.strip_prefix(MISSING_ITEMS) {
            Self::MissingItems(field)
        } else if message.starts_with(UNRECOGNIZED) {
            Self::Unrecognized
        } else {
            Self::Value
        }
    }
}
