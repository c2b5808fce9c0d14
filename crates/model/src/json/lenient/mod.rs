//! Reading what is nearly as documented, without losing the rest.
//!
//! Strict reading comes first, and is all there is if it succeeds. If it fails, the position in the
//! error identifies the offending value. The text is read again with that value as `null`, or without
//! it if `null` does not do either, until it can be read.
//!
//! Serde stops at the first error, so each deviation costs a reading. To keep a long list with a
//! deviation in every item from being read from its start each time, items that were already read are
//! left out of the readings up to the last one. All readings together have a budget, so that no text
//! takes much longer to read than its length allows.

mod deviation;
mod mend;
mod place;
mod repair;
#[cfg(test)]
mod tests;
mod text;

use serde::de::{DeserializeOwned, Error};

use super::object::problem::Scope;
use super::strict;

pub use deviation::{Deviation, DeviationKind};

/// Reads JSON, and takes values of the wrong kind as if they were missing.
///
/// ```
/// use intercom_model::contacts::Contact;
///
/// let json = br#"{"id": "6762", "email": ["a@example.com"], "name": "Ada"}"#;
/// let (contact, deviations) = intercom_model::from_slice::<Contact>(json)?;
/// assert_eq!(contact.name.as_deref(), Some("Ada"));
/// assert_eq!(deviations[0].path, "email");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Up to 100 deviations are returned with their places; more are only counted, by a last one of the kind
/// [`DeviationKind::More`].
///
/// # Errors
///
/// Fails if the text is not JSON, if nothing of it is of the documented kind, or if so much of it is
/// not that it would take too long to read.
pub fn from_slice<T: DeserializeOwned>(
    json: &[u8],
) -> Result<(T, Vec<Deviation>), serde_json::Error> {
    let _scope = Scope::reporting();
    let error = match strict::from_slice(json) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    let mut value = None;
    let (_, deviations) = mend::mend(json, error, &mut |json, is_whole| {
        let read = if is_whole {
            strict::from_slice(json)
        } else {
            serde_json::from_slice(json)
        };
        value = Some(read?);
        Ok(())
    })?;
    match value {
        Some(value) => Ok((value, deviations)),
        None => Err(serde_json::Error::custom("nothing was read")),
    }
}

#[cfg(feature = "unread")]
pub use unread::{Report, from_slice_reporting};

#[cfg(feature = "unread")]
mod unread;
