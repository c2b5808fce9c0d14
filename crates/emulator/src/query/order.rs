//! The order of lists, and cursors that name a place in it.

use std::borrow::Cow;
use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::search::Sort;
use serde_json::Value;

use super::field::{Field, Term};
use super::filter::unknown_field;
use crate::refusal::Refusal;

/// A sort key. Objects without a value come first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SortKey<'a> {
    None,
    Number(f64),
    Text(Cow<'a, str>),
}

impl<'a> From<Term<'a>> for SortKey<'a> {
    fn from(term: Term<'a>) -> Self {
        match term {
            Term::None => Self::None,
            Term::Number(number) => Self::Number(number),
            Term::Bool(value) => Self::Number(f64::from(u8::from(value))),
            Term::Text(text) => Self::Text(text.into()),
        }
    }
}

impl SortKey<'_> {
    /// Returns the integer of a key that is one, and zero otherwise.
    pub(crate) const fn as_i64(&self) -> i64 {
        match self {
            Self::Number(number) => *number as i64,
            _ => 0,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let kind = |key: &Self| match key {
            Self::None => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        };
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => compare_text(one, other),
            (one, other) => kind(one).cmp(&kind(other)),
        }
    }
}

/// Compares texts without regard to case.
fn compare_text(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        let pairs = one.bytes().zip(other.bytes());
        let different = pairs
            .map(|(one, other)| (one.to_ascii_lowercase(), other.to_ascii_lowercase()))
            .find(|(one, other)| one != other);
        return different.map_or_else(
            || one.len().cmp(&other.len()),
            |(one, other)| one.cmp(&other),
        );
    }
    one.to_lowercase().cmp(&other.to_lowercase())
}

/// The place of an item in an ordered list: its key, then its id.
#[derive(Debug, Clone)]
pub(crate) struct Rank<'a> {
    pub(crate) key: SortKey<'a>,
    pub(crate) id: Cow<'a, str>,
}

impl<'a> Rank<'a> {
    pub(crate) fn new(key: impl Into<SortKey<'a>>, id: &'a str) -> Self {
        let (key, id) = (key.into(), id.into());
        Self { key, id }
    }

    /// The rank of an item in a list that is ordered by a number.
    pub(crate) fn by_number(number: i64, id: &'a str) -> Self {
        Self::new(Term::from(number), id)
    }

    pub(crate) fn compare(&self, other: &Rank<'_>, descending: bool) -> Ordering {
        let order = self
            .key
            .compare(&other.key)
            .then_with(|| self.id.cmp(&other.id));
        if descending { order.reverse() } else { order }
    }

    /// Returns the cursor after this item. It names the item instead of an offset, so that creating
    /// and deleting items between two pages shifts nothing. `seen` counts the items up to it, for
    /// the number of the page.
    pub(crate) fn cursor(&self, seen: usize) -> String {
        let key = match &self.key {
            SortKey::None => Value::Null,
            SortKey::Number(number) => Value::from(*number),
            SortKey::Text(text) => Value::from(text.as_ref()),
        };
        let parts = vec![key, Value::from(self.id.as_ref()), Value::from(seen)];
        URL_SAFE_NO_PAD.encode(Value::from(parts).to_string())
    }

    /// Reads a cursor: the rank of the last item, and how many items were seen.
    pub(crate) fn from_cursor(cursor: &str) -> Result<(Rank<'static>, usize), Refusal> {
        let read = || {
            let json = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            let (key, id, seen): (Value, String, usize) = serde_json::from_slice(&json).ok()?;
            let key = match key {
                Value::Null => SortKey::None,
                Value::Number(number) => SortKey::Number(number.as_f64()?),
                Value::String(text) => SortKey::Text(text.into()),
                _ => return None,
            };
            let id = id.into();
            Some((Rank { key, id }, seen))
        };
        read().ok_or_else(|| {
            Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ClientError,
                "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
            )
        })
    }
}

/// The order that a search asks for.
pub(crate) struct Order<'a, T> {
    pub(crate) field: Field<'a, T>,
    pub(crate) descending: bool,
}

/// Checks the order that a search asks for; by default, the newest come first. If it is not strict,
/// an unknown direction is ignored.
pub(crate) fn sort_order<'a, S, T>(
    sort: Option<&'a Sort<S>>,
    default: &'static str,
    strict: bool,
    field: &impl Fn(&'a str) -> Option<Field<'a, T>>,
) -> Result<Order<'a, T>, Refusal> {
    let name = sort.and_then(|sort| sort.field.as_deref());
    let name = name.unwrap_or(default);
    let field = field(name).filter(|field| !field.kind.has_ids());
    let field = field.ok_or_else(|| unknown_field(name))?;
    let direction = sort.and_then(|sort| sort.order.as_ref());
    let descending = match direction.map_or("descending", |order| order.as_str()) {
        "ascending" => false,
        "descending" => true,
        other if strict => {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::InvalidSortOrder,
                format!("Invalid sort order '{other}'. Must be one of: ascending, descending"),
            ));
        }
        _ => true,
    };
    Ok(Order { field, descending })
}
