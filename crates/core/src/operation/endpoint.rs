//! An operation of the API as a plain value.

use bytes::Bytes;
use http::{HeaderMap, Request};
use intercom_model::Deviation;
use serde::de::DeserializeOwned;

use super::output::FromReply;
use super::{bound, id};
use crate::error::{EncodeError, UnreadableReply};
use crate::wire::Spec;

/// An operation of the API: a request that can be encoded, and how its reply is read.
///
/// The types in [`api`](crate::api) implement it. No method is generic, so a program that uses an
/// endpoint does not compile its serialization again.
///
/// An operation that this crate does not have takes a few lines:
///
/// ```
/// use bytes::Bytes;
/// use http::{HeaderMap, Request};
/// use intercom_core::error::{EncodeError, EncodeErrorKind, UnreadableReply};
/// use intercom_core::{Decoded, Endpoint, Method, Spec};
///
/// #[derive(serde::Deserialize)]
/// struct Survey { name: Option<String> }
///
/// struct GetSurvey(u32);
///
/// impl Endpoint for GetSurvey {
///     const SPEC: Spec = Spec::new("surveys::Get", Method::Get, "/surveys/{survey_id}");
///
///     type Output = Survey;
///
///     fn encode(&self) -> Result<Request<Bytes>, EncodeError> {
///         Request::get(format!("/surveys/{}", self.0))
///             .body(Bytes::new())
///             .map_err(|error| EncodeError::new(Self::SPEC.name, EncodeErrorKind::Target(error.to_string())))
///     }
///
///     fn decode(_: &HeaderMap, body: &Bytes) -> Result<Decoded<Survey>, UnreadableReply> {
///         Decoded::json(body)
///     }
/// }
///
/// assert_eq!(GetSurvey(7).encode()?.uri(), "/surveys/7");
/// # Ok::<(), EncodeError>(())
/// ```
///
/// For a single call, [`RawRequest`](crate::RawRequest) is shorter.
pub trait Endpoint {
    /// The method, the path, and the versions that have the operation.
    const SPEC: Spec;

    /// The reply on success.
    type Output: Send + 'static;

    /// Returns the spec of this request; differs from [`SPEC`](Self::SPEC) only for raw requests.
    fn spec(&self) -> Spec {
        Self::SPEC
    }

    /// Encodes the request, with a path instead of a full URL, and without the headers that every
    /// request has.
    ///
    /// # Errors
    ///
    /// If an argument is empty or cannot be sent.
    fn encode(&self) -> Result<Request<Bytes>, EncodeError>;

    /// Decodes the reply to a successful request.
    ///
    /// # Errors
    ///
    /// If the reply does not have the expected body or headers.
    fn decode(headers: &HeaderMap, body: &Bytes) -> Result<Decoded<Self::Output>, UnreadableReply>;
}

/// A decoded reply, with the places where it differs from its documentation.
#[derive(Debug)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// The reply.
    pub value: T,
    /// The values that were not of the documented kind, and were read as missing.
    pub deviations: Vec<Deviation>,
    /// The paths of the fields that the type does not have.
    #[cfg(feature = "unread")]
    pub unread: Vec<String>,
}

impl<T> Decoded<T> {
    /// Wraps a value without deviations.
    pub const fn new(value: T) -> Self {
        Self {
            value,
            deviations: Vec::new(),
            #[cfg(feature = "unread")]
            unread: Vec::new(),
        }
    }

    /// Reads JSON. Values of the wrong kind are read as missing, and noted as deviations.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, if none of it is of the documented kind, or if it has more than 250,000
    /// objects.
    pub fn json(body: &[u8]) -> Result<Self, UnreadableReply>
    where
        T: DeserializeOwned,
    {
        if bound::has_too_many_objects(body) {
            return Err(UnreadableReply::too_many_objects(bound::MAX_OBJECTS));
        }
        #[cfg(feature = "unread")]
        let decoded = {
            let report = intercom_model::from_slice_reporting(body)?;
            Self {
                value: report.value,
                deviations: report.deviations,
                unread: report.unread,
            }
        };
        #[cfg(not(feature = "unread"))]
        let decoded = {
            let (value, deviations) = intercom_model::from_slice(body)?;
            Self { value, deviations }
        };
        Ok(decoded)
    }
}

/// Decodes a reply that is JSON.
///
/// # Errors
///
/// If the body is not JSON, or none of it is of the documented kind.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<Decoded<T>, UnreadableReply> {
    Decoded::json(body)
}

/// Decodes the reply, in JSON, of a write that cannot be sent again. If an object with an id is expected, a
/// reply that has neither an id nor any other field of the object does not confirm the write.
///
/// # Errors
///
/// If the body is not JSON, if none of it is of the documented kind, or if it does not confirm the write.
pub fn read_written<T: DeserializeOwned>(body: &[u8]) -> Result<Decoded<T>, UnreadableReply> {
    let decoded = Decoded::json(body)?;
    if id::is_missing::<T>(body) {
        return Err(UnreadableReply::missing_field(id::NAME));
    }
    Ok(decoded)
}

/// Decodes a reply that is not JSON.
///
/// # Errors
///
/// If the reply does not have the expected body or headers.
pub fn read_own<T: FromReply>(
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Decoded<T>, UnreadableReply> {
    T::from_reply(headers, body).map(Decoded::new)
}
