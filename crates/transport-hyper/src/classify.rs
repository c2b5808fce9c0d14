//! Errors of hyper, h2, rustls and the operating system, as transport errors.

use std::error::Error;
use std::time::Duration;
use std::{fmt, io};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use intercom_connect::{Context, ProxyError, hint, peer, rejected_client};
use intercom_core::transport::{TransportError, TransportErrorKind};
use tower_service::Service;

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// The error of the TCP connector (name lookup, refused, unreachable), which has no public name.
type DialError = <HttpConnector as Service<Uri>>::Error;

/// What a call was waiting for when its time was over.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expired {
    /// A connection, or its turn to make one.
    Start,
    /// The head of the response.
    Head,
}

impl fmt::Display for Expired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("the request was not sent yet"),
            Self::Head => f.write_str("the request was sent, the response had not begun"),
        }
    }
}

impl Error for Expired {}

pub(crate) fn timeout(expired: Expired) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout).with_source(expired)
}

pub(crate) fn connect_timeout(uri: &Uri, limit: Duration) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
        .with_source(format!(
            "connecting to {} took longer than {limit:?}",
            peer(uri)
        ))
        .not_sent()
}

/// The error for a connection that could not be made.
pub(crate) fn of_connect(uri: &Uri, error: BoxError) -> TransportError {
    let kind = kind_of_connect(&*error);
    let peer = peer(uri);
    let source = match kind {
        TransportErrorKind::Timeout => {
            Box::new(Context::new(format!("connecting to {peer}"), error))
        }
        TransportErrorKind::Connect => dialed(error),
        _ => explained(error),
    };
    let failed = TransportError::new(kind).with_peer(peer);
    failed.with_source(source).not_sent()
}

/// Leaves out what the connector says about an error of the operating system: that it connected.
fn dialed(error: BoxError) -> BoxError {
    let through_proxy = find::<ProxyError>(&*error).is_some();
    let code = find(&*error).and_then(io::Error::raw_os_error);
    match code.filter(|_| !through_proxy) {
        Some(code) => io::Error::from_raw_os_error(code).into(),
        None => error,
    }
}

/// The error for a request that was given a connection and got no response.
pub(crate) fn of_request(error: hyper::Error, has_body: bool) -> TransportError {
    let returned = was_returned(&error, has_body);
    let failed = TransportError::new(kind_of_exchange(&error)).with_source(explained(error.into()));
    if returned { failed.not_sent() } else { failed }
}

/// Adds what to do about the error, if the error itself does not say.
fn explained(error: BoxError) -> BoxError {
    match find::<rustls::Error>(&*error).and_then(hint) {
        Some(hint) => Box::new(Context::new(hint, error)),
        None => error,
    }
}

/// The error for a body that broke off, or for a foreign service that returned no response. Only that
/// service knows what it did with the request, so the request counts as sent.
pub(crate) fn of_exchange(error: impl Into<BoxError>) -> TransportError {
    let error = error.into();
    TransportError::new(kind_of_exchange(&*error)).with_source(error)
}

fn kind_of_connect(error: &(dyn Error + 'static)) -> TransportErrorKind {
    let timed_out =
        find(error).is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::TimedOut);
    if timed_out {
        TransportErrorKind::Timeout
    } else if find(error).is_some_and(ProxyError::is_refusal) {
        TransportErrorKind::Refused
    } else if find::<DialError>(error).is_some()
        || find::<ProxyError>(error).is_some()
        || find::<io::Error>(error).is_none()
    {
        TransportErrorKind::Connect
    } else {
        // After TCP, an I/O error belongs to the handshake, even if the peer just hung up.
        TransportErrorKind::Tls
    }
}

fn kind_of_exchange(error: &(dyn Error + 'static)) -> TransportErrorKind {
    if find::<rustls::Error>(error).is_some() {
        // With TLS 1.3, the server may reject the handshake after the client has finished it.
        return TransportErrorKind::Tls;
    }
    if let Some(error) = find::<h2::Error>(error) {
        return if error.is_library() {
            TransportErrorKind::Protocol
        } else {
            TransportErrorKind::Closed
        };
    }
    if find(error).is_some_and(hyper::Error::is_parse) {
        return TransportErrorKind::Protocol;
    }
    if let Some(error) = find::<io::Error>(error) {
        return match error.kind() {
            // A malformed chunk.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                TransportErrorKind::Protocol
            }
            _ => TransportErrorKind::Closed,
        };
    }
    match find::<hyper::Error>(error) {
        // Cut off, cancelled, found dead by a PING, or ended with its runtime.
        Some(_) => TransportErrorKind::Closed,
        None => TransportErrorKind::Other,
    }
}

/// Whether the server certainly did not process the request.
fn was_returned(error: &(dyn Error + 'static), has_body: bool) -> bool {
    // hyper cancels only what it never began to write.
    let canceled = find(error).is_some_and(hyper::Error::is_canceled);
    // RFC 9113, section 8.7: a refused stream was not processed, and neither was one beyond the last
    // that a GOAWAY names; h2 does not end the other streams for it. But if a GOAWAY arrives while hyper
    // hands a request over, hyper ends that request with it although its head may be on the way, and
    // without a body the head is all of the request.
    let refused = find(error).is_some_and(|error: &h2::Error| {
        let is_beyond = error.is_go_away() && has_body;
        error.is_remote() && (is_beyond || error.reason() == Some(h2::Reason::REFUSED_STREAM))
    });
    // With TLS 1.3, the client may send before the server has accepted its certificate. A server
    // processes nothing before it has.
    let unwelcome = find(error).and_then(rejected_client).is_some();
    canceled || refused || unwelcome
}

/// Finds the first error of this type in a chain of sources.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = match error.downcast_ref::<io::Error>() {
            // The source of an I/O error is the source of the error in it, which would be skipped.
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    None
}
