//! Bodies in gzip, decompressed as they are read.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;

use super::gzip::Gunzip;
use crate::error::{TransportError, TransportErrorKind};

/// How many pieces of input without output may follow each other before other tasks get their turn.
const MAX_SILENT: usize = 32;

/// How much of a blocking body is decompressed at a time.
const INPUT: usize = 16 * 1024;

/// A body with its gzip undone.
pub(super) struct Unzipped<B> {
    body: B,
    gunzip: Gunzip,
    /// What a blocking reader has not taken yet.
    piece: Bytes,
    ended: bool,
}

impl<B> Unzipped<B> {
    pub(super) fn new(body: B) -> Self {
        Self {
            body,
            gunzip: Gunzip::new(),
            piece: Bytes::new(),
            ended: false,
        }
    }

    /// Takes the next piece of input, or the end of it.
    fn take(&mut self, input: Option<Bytes>) -> Result<(), TransportError> {
        match input {
            Some(input) => self.gunzip.push(input),
            None => {
                self.ended = true;
                self.gunzip.finish().map_err(not_gzip)?;
            }
        }
        Ok(())
    }
}

impl<B> Unzipped<B>
where
    B: Stream<Item = Result<Bytes, TransportError>> + Unpin,
{
    pub(super) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        for _ in 0..MAX_SILENT {
            if let Some(piece) = self.gunzip.piece().map_err(not_gzip)? {
                return Poll::Ready(Some(Ok(piece)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let input = ready!(Pin::new(&mut self.body).poll_next(context)).transpose()?;
            self.take(input)?;
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<B: Read> Unzipped<B> {
    /// Reads some output, or `None` if more input must be read first. Errors are [`TransportError`]s.
    pub(super) fn read_some(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        if self.piece.is_empty() {
            let piece = self.gunzip.piece().map_err(not_gzip);
            self.piece = match piece.map_err(io::Error::other)? {
                Some(piece) => piece,
                None if self.ended => return Ok(Some(0)),
                None => {
                    let mut input = vec![0; INPUT];
                    let count = self.body.read(&mut input)?;
                    input.truncate(count);
                    let input = (count > 0).then(|| input.into());
                    self.take(input).map_err(io::Error::other)?;
                    return Ok(None);
                }
            };
        }
        let count = self.piece.as_ref().read(buffer)?;
        self.piece.advance(count);
        Ok(Some(count))
    }
}

fn not_gzip(error: io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Encoding).with_source(error)
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

    /// Reads these bytes, and then fails if told to.
    struct Source(io::Cursor<Vec<u8>>, Option<TransportErrorKind>);

    impl Read for Source {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match (self.0.read(buffer)?, self.1) {
                (0, Some(kind)) => Err(io::Error::other(TransportError::new(kind))),
                (count, _) => Ok(count),
            }
        }
    }

    fn read(
        bytes: Vec<u8>,
        then: Option<TransportErrorKind>,
    ) -> Result<String, TransportErrorKind> {
        let mut body = Unzipped::new(Source(io::Cursor::new(bytes), then));
        let mut text = Vec::new();
        loop {
            let mut buffer = [0; 3];
            match body.read_some(&mut buffer) {
                Ok(Some(0)) => return Ok(String::from_utf8(text).unwrap()),
                Ok(count) => text.extend_from_slice(&buffer[..count.unwrap_or(0)]),
                Err(error) => return Err(TransportError::from_body_error(error).kind()),
            }
        }
    }

    #[test]
    fn a_gzip_body_is_decompressed() {
        assert_eq!(read(gzip("hello"), None).as_deref(), Ok("hello"));
        let two = [gzip("hello, "), gzip(""), gzip("world")].concat();
        assert_eq!(read(two, None).as_deref(), Ok("hello, world"));
        assert_eq!(read(Vec::new(), None).as_deref(), Ok(""));
    }

    #[test]
    fn gzip_cut_at_any_place_is_an_encoding_error() {
        let whole = gzip("hello");
        for end in 1..whole.len() {
            let cut = read(whole[..end].to_vec(), None);
            assert_eq!(cut, Err(TransportErrorKind::Encoding), "cut at {end}");
        }
    }

    #[test]
    fn a_broken_connection_is_not_reported_as_invalid_gzip() {
        let whole = gzip("hello");
        for kind in [TransportErrorKind::Closed, TransportErrorKind::Timeout] {
            for end in 0..whole.len() {
                let cut = read(whole[..end].to_vec(), Some(kind));
                assert_eq!(cut, Err(kind), "cut at {end}");
            }
        }
    }
}
