//! The body of a reply: its errors in the terms of the core, its gzip undone.

use std::io::{self, BufRead, BufReader, Read};
use std::time::Instant;

use flate2::bufread::MultiGzDecoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{Method, Response, StatusCode};
use intercom_core::transport::blocking::Body;
use intercom_core::transport::{TransportError, TransportErrorKind};

use crate::error::{body_too_late, classify};

/// Makes the body one that is read as it arrives, without any limit to its size, and that ends with
/// an error at this time.
pub(crate) fn adopt(
    method: &Method,
    response: Response<ureq::Body>,
    over: Option<Instant>,
) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    // What ureq notes here is of no use above, and its types should not be relied upon.
    parts.extensions.clear();
    let wire = Wire(body.into_reader());
    let body = if has_body(method, parts.status) && is_gzip(&parts.headers) {
        parts.headers.remove(CONTENT_ENCODING);
        parts.headers.remove(CONTENT_LENGTH);
        Body::from_reader(Limited::new(Gunzip::new(wire), over))
    } else {
        Body::from_reader(Limited::new(wire, over))
    };
    Response::from_parts(parts, body)
}

fn has_body(method: &Method, status: StatusCode) -> bool {
    method != Method::HEAD && status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED
}

fn is_gzip(headers: &http::HeaderMap) -> bool {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let (Some(encoding), None) = (encodings.next(), encodings.next()) else {
        return false;
    };
    let encoding = encoding.as_bytes().trim_ascii();
    encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
}

/// Reads until it is too late, also what has arrived.
struct Limited<R> {
    reader: R,
    over: Option<Instant>,
    /// Whether the end was read, which then was in time.
    ended: bool,
}

impl<R> Limited<R> {
    fn new(reader: R, over: Option<Instant>) -> Self {
        Self {
            reader,
            over,
            ended: false,
        }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let late = || self.over.is_some_and(|over| over <= Instant::now());
        if !self.ended && late() {
            return Err(io::Error::other(body_too_late()));
        }
        let count = self.reader.read(buffer)?;
        self.ended |= count == 0 && !buffer.is_empty();
        Ok(count)
    }
}

/// Reads from ureq; what fails is a [`TransportError`].
struct Wire<R>(R);

impl<R: Read> Read for Wire<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| {
            // ureq unpacks the error that it packed into this one.
            io::Error::other(classify(ureq::Error::from(error), true))
        })
    }
}

/// Undoes gzip. No bytes at all are an empty body, not a broken one.
struct Gunzip<R: Read> {
    /// What was not looked at yet. The decoder starts to read when it is made, so it is made late.
    unread: Option<BufReader<R>>,
    decoder: Option<MultiGzDecoder<BufReader<R>>>,
}

impl<R: Read> Gunzip<R> {
    fn new(reader: R) -> Self {
        Self {
            unread: Some(BufReader::new(reader)),
            decoder: None,
        }
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(reader) = &mut self.unread {
            if reader.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.decoder = self.unread.take().map(MultiGzDecoder::new);
        }
        match &mut self.decoder {
            Some(decoder) => decoder.read(buffer).map_err(as_encoding),
            None => Ok(0),
        }
    }
}

/// An error of the connection as it is; any other is one of the gzip.
fn as_encoding(error: io::Error) -> io::Error {
    if error
        .get_ref()
        .is_some_and(|inner| inner.is::<TransportError>())
    {
        return error;
    }
    io::Error::other(TransportError::new(TransportErrorKind::Encoding).with_source(error))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// Gives these bytes and then fails, if told to.
    struct Source(io::Cursor<Vec<u8>>, Option<TransportErrorKind>);

    impl Read for Source {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match (self.0.read(buffer)?, self.1) {
                (0, Some(kind)) => Err(io::Error::other(TransportError::new(kind))),
                (count, _) => Ok(count),
            }
        }
    }

    fn decoded(
        bytes: Vec<u8>,
        then: Option<TransportErrorKind>,
    ) -> Result<String, TransportErrorKind> {
        let mut text = String::new();
        match Gunzip::new(Source(io::Cursor::new(bytes), then)).read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(TransportError::from_body_error(error).kind()),
        }
    }

    #[test]
    fn gzip_is_undone() {
        assert_eq!(decoded(gzip("hello"), None).as_deref(), Ok("hello"));
    }

    #[test]
    fn gzip_in_several_members_is_one_body() {
        let bytes = [gzip("hello, "), gzip("world")].concat();
        assert_eq!(decoded(bytes, None).as_deref(), Ok("hello, world"));
    }

    #[test]
    fn no_bytes_are_an_empty_body() {
        assert_eq!(decoded(Vec::new(), None).as_deref(), Ok(""));
    }

    #[test]
    fn gzip_cut_at_any_place_is_an_encoding_error() {
        let whole = gzip("hello");
        for end in 1..whole.len() {
            let cut = decoded(whole[..end].to_vec(), None);
            assert_eq!(cut, Err(TransportErrorKind::Encoding), "cut at {end}");
        }
    }

    #[test]
    fn corrupt_gzip_is_an_encoding_error() {
        let mut checksum = gzip("hello");
        let place = checksum.len() - 6;
        checksum[place] ^= 1;
        for bytes in [checksum, b"{\"plain\":true}".to_vec()] {
            assert_eq!(decoded(bytes, None), Err(TransportErrorKind::Encoding));
        }
    }

    #[test]
    fn a_broken_connection_is_not_taken_for_broken_gzip() {
        let whole = gzip("hello");
        for kind in [TransportErrorKind::Closed, TransportErrorKind::Timeout] {
            for end in 0..whole.len() {
                let cut = decoded(whole[..end].to_vec(), Some(kind));
                assert_eq!(cut, Err(kind), "cut at {end}");
            }
        }
    }
}
