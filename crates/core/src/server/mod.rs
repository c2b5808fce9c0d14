//! The server half of the endpoints: reading requests and writing replies.
//!
//! It mirrors what a client does, from the same definitions, so the two cannot drift apart.

mod multipart;
mod received;
mod reply;

use bytes::Bytes;
use http::Response;

pub use self::multipart::FromMultipart;
#[cfg(fuzzing)]
pub(crate) use self::multipart::read as read_parts;
pub use self::received::{ReceiveError, Received};
pub use self::reply::{ToReply, json_reply};
use crate::operation::Endpoint;

/// An endpoint, as a server sees it.
pub trait Serve: Endpoint + Sized {
    /// Decodes the request.
    ///
    /// # Errors
    ///
    /// If an argument or the body is missing, or not of its kind.
    fn receive(request: &Received<'_>) -> Result<Self, ReceiveError>;

    /// Encodes the reply.
    fn respond(output: &Self::Output) -> Response<Bytes>;
}
