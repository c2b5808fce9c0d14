//! The body of a response, with its errors as transport errors.

use std::io::{self, Read};

use http::Response;
use intercom_core::transport::blocking::Body;

use crate::classify::classify;
use crate::current;

/// Makes a body that is read as it arrives, without a limit of its size.
pub(crate) fn adopt(response: Response<ureq::Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    // What ureq keeps here is of no use to callers, and should not be relied upon.
    parts.extensions.clear();
    Response::from_parts(parts, Body::from_reader(Arriving(body.into_reader())))
}

/// Reads from ureq. Its errors are transport errors.
struct Arriving<R>(R);

impl<R: Read> Read for Arriving<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        current::reading(|| self.0.read(buffer)).map_err(|error| {
            // ureq unpacks the error that it wrapped in this one.
            io::Error::other(classify(ureq::Error::from(error), true))
        })
    }
}
