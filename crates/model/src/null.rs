//! Reading `null` as nothing.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the default: an empty list, an empty map, an empty id.
pub(crate) fn as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
