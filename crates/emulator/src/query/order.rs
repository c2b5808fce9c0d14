//! The order of lists, and cursors that name a place in it.

use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// A sort key. Objects without a value come first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Key {
    None,
    Number(f64),
    Text(String),
}

impl Key {
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (one, other) => one.kind().cmp(&other.kind()),
        }
    }

    const fn kind(&self) -> u8 {
        match self {
            Self::None => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

/// The place of an item in an ordered list: its key, then its id.
#[derive(Debug, Clone)]
pub(crate) struct Rank {
    pub(crate) key: Key,
    pub(crate) id: String,
}

impl Rank {
    pub(crate) fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let order = self
            .key
            .compare(&other.key)
            .then_with(|| self.id.cmp(&other.id));
        if descending { order.reverse() } else { order }
    }

    /// Returns the cursor after this item. It names the item instead of an offset, so that creating
    /// and deleting items between two pages shifts nothing.
    pub(crate) fn cursor(&self) -> String {
        let key = match &self.key {
            Key::None => Value::Null,
            Key::Number(number) => Value::from(*number),
            Key::Text(text) => Value::from(text.as_str()),
        };
        URL_SAFE_NO_PAD.encode(Value::from(vec![key, Value::from(self.id.as_str())]).to_string())
    }

    pub(crate) fn from_cursor(cursor: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (key, id): (Value, String) = serde_json::from_slice(&json).ok()?;
        let key = match key {
            Value::Null => Key::None,
            Value::Number(number) => Key::Number(number.as_f64()?),
            Value::String(text) => Key::Text(text),
            _ => return None,
        };
        Some(Self { key, id })
    }
}
