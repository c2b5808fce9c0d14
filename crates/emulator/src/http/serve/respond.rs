//! One request over a socket.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue, VARY,
};
use http::{Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::activity::InFlight;
use super::body::ReplyBody;
use super::{CLIENT_TIMEOUT, Closed};
use crate::http::reply::{Delivery, MAX_BODY, Outcome};
use crate::http::transport::Host;

/// Smaller bodies are not compressed.
const WORTH_COMPRESSING: usize = 1024;

/// How many bytes of a body that may be large a client must send in a second.
const BYTES_PER_SECOND: usize = 8 * 1024 * 1024;

pub(super) async fn respond(
    host: Arc<dyn Host>,
    close: Arc<Notify>,
    request: Request<Incoming>,
    in_flight: InFlight,
) -> Result<Response<ReplyBody>, Closed> {
    let (head, body) = request.into_parts();
    let most = host.max_body(&head);
    // A large body takes longer to send.
    let more = (most.saturating_sub(MAX_BODY) / BYTES_PER_SECOND) as u64;
    let time = CLIENT_TIMEOUT + Duration::from_secs(more);
    let body = match timeout(time, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        // One byte too many, so that the service refuses it.
        Ok(Err(error)) if error.is::<LengthLimitError>() => vec![0; MAX_BODY + 1].into(),
        Ok(Err(_)) | Err(_) => return Err(Closed),
    };
    let gzip = accepts_gzip(&head.headers);
    let request = Request::from_parts(head, body);
    let reply = match host.answer(&request) {
        Outcome::Reply(reply, delivery) => match delivery {
            Delivery::CutShort => reply.map(ReplyBody::half),
            Delivery::BrokenGzip => without_end(compress(reply)).map(ReplyBody::whole),
            Delivery::Trickle(pause) => reply.map(|body| ReplyBody::slow(body, pause)),
            Delivery::ThenClose => reply.map(|body| ReplyBody::last(body, close)),
            Delivery::Whole if gzip && reply.body().len() >= WORTH_COMPRESSING => {
                compress(reply).map(ReplyBody::whole)
            }
            Delivery::Whole => reply.map(ReplyBody::whole),
        },
        Outcome::Stream(reply, arrivals) => reply.map(|body| ReplyBody::stream(body, arrivals)),
        Outcome::Later(later) => later.0.await.map(ReplyBody::whole),
        Outcome::Reset => return Err(Closed),
        Outcome::Hang => std::future::pending().await,
    };
    Ok(reply.map(|body| body.of(in_flight)))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(ACCEPT_ENCODING).iter();
    let mut codings = codings
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>();
        name.trim().eq_ignore_ascii_case("gzip") && weight != Ok(0.0)
    })
}

fn compress(mut reply: Response<Bytes>) -> Response<Bytes> {
    let headers = reply.headers();
    // Ranges are of the uncompressed file.
    if headers.contains_key(CONTENT_ENCODING) || headers.contains_key(ACCEPT_RANGES) {
        return reply;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let compressed = encoder
        .write_all(reply.body())
        .and_then(|()| encoder.finish());
    // Writing to memory does not fail; if it did, the reply would stay uncompressed.
    if let Ok(compressed) = compressed {
        let headers = reply.headers_mut();
        headers.insert(CONTENT_LENGTH, compressed.len().into());
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        *reply.body_mut() = compressed.into();
    }
    reply
}

/// Cuts off the checksum of a gzip body and a few bytes before it.
fn without_end(mut reply: Response<Bytes>) -> Response<Bytes> {
    let body = reply.body_mut();
    body.truncate(body.len().saturating_sub(12));
    let length = body.len();
    reply.headers_mut().insert(CONTENT_LENGTH, length.into());
    reply
}
