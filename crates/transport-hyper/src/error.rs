//! What hyper and what is below it report, as the transport's errors.

use std::error::Error;
use std::time::Duration;
use std::{fmt, io};

use hyper_util::client::legacy::connect::HttpConnector;
use intercom_connect::{ProxyError, hint, rejected_client};
use intercom_core::transport::{TransportError, TransportErrorKind};
use tower_service::Service;

use crate::connect::BoxError;

/// What the TCP connector reports: DNS, refused, unreachable. The type has no public name.
type DialError = <HttpConnector as Service<http::Uri>>::Error;

/// Which wait was too long.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expired {
    /// Making the connection, which may take this long.
    Connect(Duration),
    /// The call ended before there was a connection.
    Start,
    /// The call ended before the response began.
    Head,
    /// The call ended before the body did.
    Body,
    /// The body paused for longer than this.
    Idle(Duration),
}

impl fmt::Display for Expired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(limit) => write!(f, "no connection within {limit:?}"),
            Self::Start => f.write_str("no connection yet"),
            Self::Head => f.write_str("the request was sent, the response had not begun"),
            Self::Idle(limit) => write!(f, "nothing came of the body for {limit:?}"),
            Self::Body => f.write_str("the response had begun, its body had not ended"),
        }
    }
}

impl Error for Expired {}

/// The deadline passed in this wait.
pub(crate) fn timeout(expired: Expired) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout).with_source(expired)
}

/// Why there is no connection.
pub(crate) fn of_connect(error: BoxError) -> TransportError {
    let kind = kind_of_connect(&*error);
    TransportError::new(kind)
        .with_source(explained(error))
        .not_sent()
}

/// Why there is no response to a request that was given a connection.
pub(crate) fn of_request(error: hyper::Error, has_body: bool) -> TransportError {
    let returned = was_returned(&error, has_body);
    let failed = TransportError::new(kind_of_exchange(&error)).with_source(explained(error.into()));
    if returned { failed.not_sent() } else { failed }
}

/// The error, with what to do about it where it does not say.
fn explained(error: BoxError) -> BoxError {
    match find::<rustls::Error>(&*error).and_then(hint) {
        Some(hint) => Box::new(Explained { hint, error }),
        None => error,
    }
}

/// Why the body broke off, or why a service of someone else's gave no response: what that did with the
/// request before, it alone knows, so it counts as sent.
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
        // An I/O error after TCP is of the handshake, also when the peer just hung up.
        TransportErrorKind::Tls
    }
}

fn kind_of_exchange(error: &(dyn Error + 'static)) -> TransportErrorKind {
    if find::<rustls::Error>(error).is_some() {
        // With TLS 1.3 the server's verdict on the handshake may come after it.
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
            // A chunk that is not as HTTP/1.1 has it.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                TransportErrorKind::Protocol
            }
            _ => TransportErrorKind::Closed,
        };
    }
    match find::<hyper::Error>(error) {
        // Cut off, cancelled, found dead by a ping, or gone with its runtime.
        Some(_) => TransportErrorKind::Closed,
        None => TransportErrorKind::Other,
    }
}

/// Whether it is certain that the server did nothing with the request.
fn was_returned(error: &(dyn Error + 'static), has_body: bool) -> bool {
    // hyper cancels only what it never began to write.
    let canceled = find(error).is_some_and(hyper::Error::is_canceled);
    // RFC 9113, section 8.7: a refused stream was not processed, and neither was one beyond the last
    // that a GOAWAY names; the others h2 does not end for it. But hyper gives a GOAWAY that comes while
    // it hands a request over as the end of that one too, when its head is on the way already: without
    // a body, that is all of it.
    let refused = find(error).is_some_and(|error: &h2::Error| {
        let is_beyond = error.is_go_away() && has_body;
        error.is_remote() && (is_beyond || error.reason() == Some(h2::Reason::REFUSED_STREAM))
    });
    // With TLS 1.3, the server's verdict on the client comes when the client may already send. It
    // ends the handshake, before which no server acts on anything.
    let unwelcome = find(error).and_then(rejected_client).is_some();
    canceled || refused || unwelcome
}

/// The first error of this type among an error and all that caused it.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = match error.downcast_ref::<io::Error>() {
            // An I/O error's source is that of the error in it, which would be passed over.
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    None
}

/// An error with what to do about it.
#[derive(Debug)]
struct Explained {
    hint: &'static str,
    error: BoxError,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.hint)
    }
}

impl Error for Explained {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.error)
    }
}
