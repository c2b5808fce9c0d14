//! A verified request, read as a type.

use std::ops::Deref;

use bytes::Bytes;
use intercom_model::Deviation;
use serde::de::DeserializeOwned;

use crate::receive::{Reason, Reply};

/// A verified request: its value, to which it derefs, and its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed<T> {
    value: T,
    deviations: Vec<Deviation>,
    body: Bytes,
}

impl<T: DeserializeOwned> Signed<T> {
    pub(crate) fn read(body: Bytes) -> Result<Self, Reply> {
        let refuse = |problem: String| Reply::new(Reason::Unreadable(problem));
        if !body.trim_ascii_start().starts_with(b"{") {
            return Err(refuse("it is not a JSON object".to_owned()));
        }
        let (value, deviations) =
            intercom_model::from_slice(&body).map_err(|error| refuse(error.to_string()))?;
        Ok(Self {
            value,
            deviations,
            body,
        })
    }
}

impl<T> Signed<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns what was not as documented, and was read as missing.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns the body as it was received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as a type of your own.
    ///
    /// # Errors
    ///
    /// If the body is not of that type.
    pub fn decode<U: DeserializeOwned>(&self) -> Result<U, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

impl<T> Deref for Signed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
