//! Replies, and how they are delivered.

use std::fmt;
#[cfg(feature = "serve")]
use std::future::Future;
#[cfg(feature = "serve")]
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use intercom_core::model::{ErrorDetail, ErrorList, ObjectType};
use intercom_core::server::json_reply;
use serde_json::json;

use super::event_stream::Arrival;
use crate::object::object;
use crate::refusal::Refusal;

/// The largest request body that is read.
pub(crate) const MAX_BODY: usize = 10 * 1024 * 1024;

/// How many bytes a slow body delivers at a time.
pub(crate) const PIECE: usize = 16;

/// How a request ends.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// With a reply.
    Reply(Response<Bytes>, Delivery),
    /// With a reply whose body begins so, and goes on with what arrives.
    Stream(Response<Bytes>, Arrivals),
    /// With a reply that takes time.
    #[cfg(feature = "serve")]
    Later(Later),
    /// With a closed connection.
    Reset,
    /// Never.
    Hang,
}

impl Outcome {
    /// A reply that is delivered normally.
    pub(crate) const fn reply(reply: Response<Bytes>) -> Self {
        Self::Reply(reply, Delivery::Whole)
    }
}

/// Returns the next piece of a body that goes on.
pub(crate) struct Arrivals(pub(crate) Box<dyn FnMut() -> Arrival + Send>);

impl fmt::Debug for Arrivals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Arrivals")
    }
}

/// A reply that takes time.
#[cfg(feature = "serve")]
pub(crate) struct Later(pub(crate) Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>);

#[cfg(feature = "serve")]
impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

/// How a reply is delivered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Delivery {
    Whole,
    /// Breaks off in the middle of the body.
    CutShort,
    /// Compressed with gzip, without the end of the gzip stream.
    BrokenGzip,
    /// [`PIECE`] bytes at a time, with a pause before each piece.
    Trickle(Duration),
    /// Whole, after which the connection closes.
    ThenClose,
}

/// Returns the first half of a body.
pub(crate) fn half(mut body: Bytes) -> Bytes {
    body.truncate(body.len() / 2);
    body
}

/// Writes a refusal as an error envelope.
pub(crate) fn error_reply(refusal: Refusal, request_id: &str) -> Response<Bytes> {
    let mut reply = match refusal.key {
        Some(key) => json_reply(&json!({ "errors": { key: refusal.message } })),
        None => json_reply(&object!(ErrorList {
            r#type: Some(ObjectType::ErrorList),
            request_id: Some(request_id.to_owned()),
            errors: vec![object!(ErrorDetail {
                code: Some(refusal.code),
                message: Some(refusal.message),
                field: refusal.field,
            })],
        })),
    };
    *reply.status_mut() = refusal.status;
    let headers = refusal.headers.into_iter();
    reply
        .headers_mut()
        .extend(headers.map(|(name, value)| (Some(name), value)));
    reply
}
