//! Replies that are harder to read than they should be, in the ways in which the service's own are.

mod fields;
mod rewrite;

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use self::rewrite::Rewriter;

/// A way in which a successful reply differs from its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Quirk {
    /// Ids of digits are numbers.
    NumericIds,
    /// Numbers are strings, in the fields in which the service has been seen to send both.
    TextNumbers,
    /// Fields that may be missing are null. Ids, types, lists and what is needed to read the next page stay.
    Nulls,
    /// Fields that may be missing are left out.
    MissingFields,
    /// Objects have fields that no description names, with scalars and with objects.
    UnknownFields,
    /// Open enumerations have a value that no description names.
    UnknownValues,
    /// Times are in milliseconds.
    Milliseconds,
    /// Empty objects are empty arrays.
    EmptyArrays,
}

impl Quirk {
    /// All quirks.
    pub const ALL: [Self; 8] = [
        Self::NumericIds,
        Self::TextNumbers,
        Self::Nulls,
        Self::MissingFields,
        Self::UnknownFields,
        Self::UnknownValues,
        Self::Milliseconds,
        Self::EmptyArrays,
    ];

    /// Returns its name in the control API, such as `numeric_ids`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NumericIds => "numeric_ids",
            Self::TextNumbers => "text_numbers",
            Self::Nulls => "nulls",
            Self::MissingFields => "missing_fields",
            Self::UnknownFields => "unknown_fields",
            Self::UnknownValues => "unknown_values",
            Self::Milliseconds => "milliseconds",
            Self::EmptyArrays => "empty_arrays",
        }
    }

    /// Returns the quirk of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quirk| quirk.name() == name)
    }
}

/// Which quirks replies have, and how often. The default is none.
///
/// Only successful JSON replies are rewritten, and what the workspace stores stays as it is. The same reply
/// is rewritten in the same way each time, as long as the seed is the same.
#[derive(Debug, Clone, Default)]
pub struct Quirks {
    kinds: Vec<Quirk>,
    percent: Option<u8>,
    seed: u64,
}

impl Quirks {
    /// Creates quirks of these kinds, which change half of the fields that they can change.
    #[must_use]
    pub fn new(kinds: impl IntoIterator<Item = Quirk>) -> Self {
        let kinds: Vec<_> = kinds.into_iter().collect();
        Self {
            // Each once, in the order of all.
            kinds: Quirk::ALL
                .into_iter()
                .filter(|quirk| kinds.contains(quirk))
                .collect(),
            ..Self::default()
        }
    }

    /// Turns all quirks on.
    #[must_use]
    pub fn all() -> Self {
        Self::new(Quirk::ALL)
    }

    /// Sets the percentage of the fields that are changed. A percentage above 100 counts as 100.
    #[must_use]
    pub const fn percent(mut self, percent: u8) -> Self {
        self.percent = Some(if percent > 100 { 100 } else { percent });
        self
    }

    /// Sets the seed that decides which fields are changed.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    pub(crate) fn kinds(&self) -> &[Quirk] {
        &self.kinds
    }

    pub(crate) fn share(&self) -> u8 {
        self.percent.unwrap_or(50)
    }

    pub(crate) const fn seeded_with(&self) -> u64 {
        self.seed
    }

    /// Rewrites the body of a reply. Returns whether it did.
    pub(super) fn rewrite(&self, reply: &mut Response<Bytes>) -> bool {
        let kind = reply.headers().get(CONTENT_TYPE);
        let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        if self.kinds.is_empty() || !is_json || !reply.status().is_success() {
            return false;
        }
        let Ok(mut value) = serde_json::from_slice::<Value>(reply.body()) else {
            return false;
        };
        Rewriter::new(&self.kinds, self.share(), self.seed, reply.body()).rewrite(&mut value);
        *reply.body_mut() = Bytes::from(value.to_string());
        true
    }
}
