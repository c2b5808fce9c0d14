//! The body of a reply: its errors in the terms of the core, its gzip undone.

use std::io::{self, Read};
use std::time::Instant;

use bytes::{Buf, Bytes};
use http::{Method, Response, StatusCode};
use intercom_core::transport::blocking::Body;
use intercom_core::transport::{Gunzip, TransportError, TransportErrorKind};

use crate::current;
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
    let gunzip = if has_body(method, parts.status) {
        Gunzip::of_body(&mut parts.headers)
    } else {
        None
    };
    let body = match gunzip {
        Some(gunzip) => Body::from_reader(Limited::new(Unzipped::new(wire, gunzip), over)),
        None => Body::from_reader(Limited::new(wire, over)),
    };
    Response::from_parts(parts, body)
}

fn has_body(method: &Method, status: StatusCode) -> bool {
    method != Method::HEAD && status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED
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
        current::reading(|| self.0.read(buffer)).map_err(|error| {
            // ureq unpacks the error that it wrapped in this one.
            io::Error::other(classify(ureq::Error::from(error), true))
        })
    }
}

/// Undoes gzip. What fails is a [`TransportError`].
struct Unzipped<R> {
    reader: R,
    gunzip: Gunzip,
    input: Box<[u8]>,
    /// What was made of the input and not read yet.
    piece: Bytes,
    ended: bool,
}

/// How much is taken of the connection at a time.
const INPUT: usize = 16 * 1024;

impl<R: Read> Unzipped<R> {
    fn new(reader: R, gunzip: Gunzip) -> Self {
        Self {
            reader,
            gunzip,
            input: vec![0; INPUT].into(),
            piece: Bytes::new(),
            ended: false,
        }
    }

    /// The next piece, or `None` at the end.
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            if let Some(piece) = self.gunzip.piece().map_err(not_gzip)? {
                return Ok(Some(piece));
            }
            if self.ended {
                return Ok(None);
            }
            match self.reader.read(&mut self.input)? {
                0 => {
                    self.ended = true;
                    self.gunzip.finish().map_err(not_gzip)?;
                }
                count => {
                    let input = self.input.get(..count).unwrap_or_default();
                    self.gunzip.push(Bytes::copy_from_slice(input));
                }
            }
        }
    }
}

impl<R: Read> Read for Unzipped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty()
            && let Some(piece) = self.next()?
        {
            self.piece = piece;
        }
        self.piece
            .as_ref()
            .read(buffer)
            .inspect(|&count| self.piece.advance(count))
    }
}

fn not_gzip(error: io::Error) -> io::Error {
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
        let source = Source(io::Cursor::new(bytes), then);
        match Unzipped::new(source, Gunzip::new()).read_to_string(&mut text) {
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
