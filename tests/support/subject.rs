//! What the tests of transports are about.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Deadline, TransportError};

/// How a transport is set up. What is not given is left at its default.
#[derive(Clone, Default)]
pub(crate) struct Setup {
    pub(crate) roots: Vec<Vec<u8>>,
    /// A chain and its key.
    pub(crate) client: Option<(Vec<u8>, Vec<u8>)>,
    pub(crate) proxy: Option<String>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_age: Option<Duration>,
    pub(crate) max_idle: Option<usize>,
}

/// Sets a builder up. Both have the same methods, but share no type.
macro_rules! set_up {
    ($builder:expr, $setup:expr) => {{
        let (mut builder, setup): (_, &$crate::support::Setup) = ($builder, $setup);
        builder = builder.root_certificates(setup.roots.clone());
        if let Some((chain, key)) = setup.client.clone() {
            builder = builder.client_certificate([chain], key);
        }
        if let Some(url) = &setup.proxy {
            builder = builder.proxy(url);
        }
        if let Some(limit) = setup.idle_timeout {
            builder = builder.pool_idle_timeout(limit);
        }
        if let Some(limit) = setup.max_age {
            builder = builder.pool_max_age(limit);
        }
        if let Some(connections) = setup.max_idle {
            builder = builder.pool_max_idle_per_host(connections);
        }
        builder.build().map_err(|error| error.to_string())
    }};
}
pub(crate) use set_up;

/// A transport, async or blocking, as the tests use it.
pub(crate) trait Subject {
    /// Another one of its kind that is set up so, or why there can be none.
    fn set_up(&self, setup: &Setup) -> Result<Box<dyn Subject>, String>;

    /// How the transport shows itself.
    fn debug(&self) -> String;

    /// Sends, and reads the whole body. An error of the body is given as the transport error that
    /// it stands for.
    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError>;
}

impl dyn Subject + '_ {
    /// Another one of its kind that trusts this root certificate too.
    pub(crate) fn trusting(&self, root: Vec<u8>) -> Box<dyn Subject> {
        let roots = vec![root];
        self.set_up(&Setup {
            roots,
            ..Setup::default()
        })
        .unwrap()
    }

    /// Sends with a deadline that only a broken test meets.
    pub(crate) fn send(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.exchange(
            request,
            Deadline::at(Instant::now() + Duration::from_secs(30)),
        )
    }

    pub(crate) fn get(&self, url: impl AsRef<str>) -> Result<Response<Vec<u8>>, TransportError> {
        self.send(request("GET", url, ""))
    }

    pub(crate) fn post(
        &self,
        url: impl AsRef<str>,
        body: &'static str,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.send(request("POST", url, body))
    }
}

/// A request with this body, as JSON if there is one.
pub(crate) fn request(method: &str, url: impl AsRef<str>, body: &'static str) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(url.as_ref());
    if !body.is_empty() {
        request = request.header("content-type", "application/json");
    }
    request.body(Bytes::from_static(body.as_bytes())).unwrap()
}
