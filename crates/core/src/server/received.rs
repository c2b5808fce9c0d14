//! Requests, as a server receives them.

use std::fmt;
use std::slice::Iter;

use serde::de::DeserializeOwned;

use super::multipart::{FromMultipart, read};
use crate::operation::param::Param;

/// A request whose endpoint is known.
#[derive(Debug)]
#[non_exhaustive]
pub struct Received<'a> {
    /// The arguments in the path, in order, decoded.
    pub arguments: Vec<String>,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Received<'a> {
    /// Creates a request from the arguments in its path, its query as it stands in the URL, and its
    /// body.
    #[must_use]
    pub fn new(arguments: Vec<String>, query: Option<&str>, body: &'a [u8]) -> Self {
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
        Self {
            arguments,
            query,
            body,
        }
    }

    /// Parses the next argument of the path.
    ///
    /// # Errors
    ///
    /// If it is missing, or not of its kind.
    #[doc(hidden)]
    pub fn argument<T: Param>(
        &self,
        rest: &mut Iter<'_, String>,
        name: &'static str,
    ) -> Result<T, ReceiveError> {
        let text = rest.next().ok_or(ReceiveError::Missing {
            field: name.to_owned(),
        })?;
        T::from_text(text).map_err(|expected| ReceiveError::Invalid {
            field: name.to_owned(),
            expected,
        })
    }

    /// Parses an argument of the query.
    ///
    /// # Errors
    ///
    /// If it is missing, or not of its kind.
    #[doc(hidden)]
    pub fn query<T: Param>(&self, name: &'static str) -> Result<Option<T>, ReceiveError> {
        let Some((_, text)) = self.query.iter().find(|(key, _)| key == name) else {
            return Ok(None);
        };
        T::from_text(text)
            .map(Some)
            .map_err(|expected| ReceiveError::Invalid {
                field: name.to_owned(),
                expected,
            })
    }

    /// Parses a required argument of the query.
    ///
    /// # Errors
    ///
    /// If it is missing, or not of its kind.
    #[doc(hidden)]
    pub fn required_query<T: Param>(&self, name: &'static str) -> Result<T, ReceiveError> {
        self.query(name)?.ok_or(ReceiveError::Missing {
            field: name.to_owned(),
        })
    }

    /// Reads the body as `multipart/form-data`.
    ///
    /// # Errors
    ///
    /// If it is missing, or not of its kind.
    #[doc(hidden)]
    pub fn parts<T: FromMultipart>(&self) -> Result<T, ReceiveError> {
        let reason = || ReceiveError::Body("expected multipart/form-data".to_owned());
        let parts = read(self.body).ok_or_else(reason)?;
        T::from_parts(parts).map_err(|field| ReceiveError::Missing {
            field: field.to_owned(),
        })
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// If it is missing, or not of its kind.
    #[doc(hidden)]
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ReceiveError> {
        // An update that changes nothing may come without a body.
        let body = if self.body.trim_ascii().is_empty() {
            b"{}"
        } else {
            self.body
        };
        serde_json::from_slice(body).map_err(|error| {
            let message = error.to_string();
            match message
                .strip_prefix("missing field `")
                .and_then(|rest| rest.split_once('`'))
            {
                Some((field, _)) => ReceiveError::Missing {
                    field: field.to_owned(),
                },
                None => ReceiveError::Body(message),
            }
        })
    }
}

/// A request could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiveError {
    /// A required field is missing.
    Missing {
        /// Its name.
        field: String,
    },
    /// An argument in the path or the query is not of its kind.
    Invalid {
        /// Its name.
        field: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The body is not JSON, or is JSON of another shape.
    Body(String),
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { field } => write!(f, "{field} is required"),
            Self::Invalid { field, expected } => write!(f, "{field} must be {expected}"),
            Self::Body(reason) => write!(f, "the body cannot be decoded: {reason}"),
        }
    }
}

impl std::error::Error for ReceiveError {}
