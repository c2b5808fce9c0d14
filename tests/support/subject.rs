//! What the tests of transports are about.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Deadline, TransportError};

/// A transport, async or blocking, as the tests use it.
pub(crate) trait Subject {
    /// Another one of its kind that trusts this root certificate (DER) too.
    fn trusting(&self, root: Vec<u8>) -> Box<dyn Subject>;

    /// Sends, and reads the whole body. An error of the body is given as the transport error that
    /// it stands for.
    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError>;
}

impl dyn Subject + '_ {
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
