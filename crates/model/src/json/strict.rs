//! Fast decoding of replies that are as documented.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads JSON.
///
/// serde_json also reads bytes, but validates the UTF-8 of each string separately. Validating the whole
/// text at once is much faster.
pub(crate) fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    match std::str::from_utf8(json) {
        Ok(json) => serde_json::from_str(json),
        Err(_) => Err(not_utf8(json)),
    }
}

/// Returns the error for the first string that is not UTF-8.
fn not_utf8(json: &[u8]) -> serde_json::Error {
    let error = serde_json::from_slice::<Value>(json).err();
    error.unwrap_or_else(|| <serde_json::Error as serde::de::Error>::custom("not UTF-8"))
}
