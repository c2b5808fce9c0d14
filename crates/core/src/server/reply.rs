//! Replies, as a server writes them.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use crate::operation::{Empty, Redirect};

/// A reply that is not written as JSON: the server half of [`FromReply`](crate::FromReply).
pub trait ToReply {
    /// Writes the reply.
    fn to_reply(&self) -> Response<Bytes>;
}

impl ToReply for Empty {
    fn to_reply(&self) -> Response<Bytes> {
        Response::default()
    }
}

impl ToReply for Bytes {
    fn to_reply(&self) -> Response<Bytes> {
        Response::new(self.clone())
    }
}

impl ToReply for String {
    fn to_reply(&self) -> Response<Bytes> {
        Response::new(Bytes::from(self.clone()))
    }
}

impl ToReply for Redirect {
    fn to_reply(&self) -> Response<Bytes> {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::FOUND;
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// Returns a 200 with this value as JSON.
pub fn json_reply(value: &impl Serialize) -> Response<Bytes> {
    // Model types have string keys only, which is all that writing JSON can fail for.
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}
