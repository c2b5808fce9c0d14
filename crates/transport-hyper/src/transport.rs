//! The transport itself: one request out, one head back.

use std::fmt;
use std::future::{Future, poll_fn};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::capture_connection;
use intercom_core::transport::{Body, Deadline, Transport, TransportError, TransportErrorKind};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, sleep_until};

use crate::body;
use crate::builder::{BuildError, HyperTransportBuilder, Settings};
use crate::connect::Connector;
use crate::error::{self, Expired};

/// Sends requests with hyper, over pooled connections.
///
/// A clone shares the connections, so make one and clone it; a new one reads the platform's root
/// certificates again. It must be used inside a tokio runtime whose I/O and time are enabled
/// (`#[tokio::main]` and `Runtime::new` do that), and a pooled connection ends with the runtime
/// in which it was made.
///
/// Dropping the future of a request, or the body of its reply, gives the request up: HTTP/1.1
/// closes the connection, HTTP/2 resets the stream.
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connector, Full<Bytes>>,
    settings: Settings,
}

/// Shows how the transport was set up, without a proxy's credentials.
impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HyperTransport")
            .field(&self.settings)
            .finish()
    }
}

impl HyperTransport {
    /// A transport as [`builder`](Self::builder) makes it when nothing is set.
    ///
    /// # Errors
    ///
    /// When the platform has no root certificates, as in a container without `ca-certificates`.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Sets up a transport.
    #[must_use]
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }

    pub(crate) const fn from_parts(
        client: Client<Connector, Full<Bytes>>,
        settings: Settings,
    ) -> Self {
        Self { client, settings }
    }

    /// The head of the response, or why there is none, before either limit has passed.
    async fn head(
        &self,
        request: Request<Bytes>,
        over: Option<Instant>,
        connect: Option<Duration>,
    ) -> Result<Response<Incoming>, TransportError> {
        let mut request = request.map(Full::new);
        let connection = capture_connection(&mut request);
        let mut response = pin!(self.client.request(request));
        let mut over = pin!(over.map(sleep_until));
        let mut connect_over = pin!(connect.map(sleep));
        poll_fn(|context| {
            // The request is given its connection while it is polled, so that looking at it right
            // afterwards misses nothing, and needs no waker.
            let answer = response.as_mut().poll(context);
            let connected = connection.connection_metadata().is_some();
            if let Poll::Ready(answer) = answer {
                return Poll::Ready(answer.map_err(|error| error::of_request(error, connected)));
            }
            if !connected
                && let (Some(limit), Some(timer)) = (connect, connect_over.as_mut().as_pin_mut())
                && timer.poll(context).is_ready()
            {
                return Poll::Ready(Err(error::timeout(Expired::Connect(limit)).not_sent()));
            }
            if let Some(timer) = over.as_mut().as_pin_mut()
                && timer.poll(context).is_ready()
            {
                return Poll::Ready(Err(if connected {
                    error::timeout(Expired::Head)
                } else {
                    error::timeout(Expired::Start).not_sent()
                }));
            }
            Poll::Pending
        })
        .await
    }
}

#[async_trait]
impl Transport for HyperTransport {
    async fn send(
        &self,
        mut request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        refuse_cleartext(request.uri())?;
        if Handle::try_current().is_err() {
            return Err(TransportError::new(TransportErrorKind::Other)
                .with_source("HyperTransport must be used inside a tokio runtime")
                .not_sent());
        }
        let over = deadline.whole.map(Instant::from_std);
        let head_over = deadline.until_head().map(Instant::from_std);
        if head_over.is_some_and(|over| over <= Instant::now()) {
            return Err(error::timeout(Expired::Start).not_sent());
        }
        request
            .headers_mut()
            .entry(ACCEPT_ENCODING)
            .or_insert(HeaderValue::from_static("gzip"));
        let response = self.head(request, head_over, deadline.connect).await?;
        Ok(body::of_response(response, over))
    }

    /// Comes back after this time, by tokio's clock. Outside of a tokio runtime it panics.
    async fn sleep(&self, duration: Duration) {
        sleep(duration).await;
    }
}

/// Lets `https` pass, and `http` to this machine: a request carries the access token.
fn refuse_cleartext(uri: &Uri) -> Result<(), TransportError> {
    let why = match (uri.scheme_str(), uri.host()) {
        (_, None | Some("")) => "the URL names no host: write it as https://host/path".to_owned(),
        (Some("https"), Some(_)) => return Ok(()),
        (Some("http"), Some(host)) if is_loopback(host) => return Ok(()),
        (Some("http"), Some(host)) => format!(
            "http:// would send the access token to {host} unencrypted: \
             use https://, or http:// to localhost only"
        ),
        (scheme, Some(_)) => format!(
            "the URL has the scheme {:?}: use https://",
            scheme.unwrap_or_default()
        ),
    };
    Err(TransportError::new(TransportErrorKind::Refused)
        .with_source(why)
        .not_sent())
}

/// Whether this host is this machine: `localhost`, 127.0.0.0/8 or `[::1]`.
///
/// Other names are not looked up: what a name stands for, another may decide.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.eq_ignore_ascii_case("localhost.")
        || host
            .parse()
            .is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || bare
            .parse()
            .is_ok_and(|address: Ipv6Addr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(url: &str) -> bool {
        refuse_cleartext(&url.parse().unwrap()).is_ok()
    }

    #[test]
    fn https_goes_to_any_host() {
        assert!(passes("https://api.intercom.io/me"));
        assert!(passes("https://10.0.0.1/"));
    }

    #[test]
    fn http_goes_to_this_machine_alone() {
        for url in [
            "http://localhost/",
            "http://LOCALHOST:8099/",
            "http://127.0.0.1:8099/",
            "http://127.8.9.10/",
            "http://[::1]:8099/",
        ] {
            assert!(passes(url), "{url}");
        }
        for url in [
            "http://api.intercom.io/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "http://0.0.0.0/",
            "http://10.0.0.1/",
            "http://[::2]/",
        ] {
            assert!(!passes(url), "{url}");
        }
    }

    #[test]
    fn other_schemes_and_bare_paths_are_refused() {
        assert!(!passes("ftp://localhost/"));
        assert!(!passes("/contacts"));
    }
}
