//! Decompressing a file while it arrives.

use std::io;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};

use crate::transport::Gunzip;

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];

/// The content of a file, while it arrives.
#[derive(Debug)]
pub(super) struct Content {
    /// Whether the bytes are delivered as transferred.
    pub(super) compressed: bool,
    /// Whether the file was announced as gzip.
    announced: bool,
    /// Whether its size was announced. A transport that decodes the body removes it.
    sized: bool,
    kind: Kind,
    /// What is delivered as it arrived.
    raw: Option<Bytes>,
}

#[derive(Debug)]
enum Kind {
    /// Too little has arrived to tell.
    Unknown(Bytes),
    Plain,
    Gzip(Box<Gunzip>),
}

impl Content {
    pub(super) fn new(headers: &HeaderMap, compressed: bool) -> Self {
        let media = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let media = media
            .and_then(|media| media.split(';').next())
            .map(str::trim);
        let announced = media.is_some_and(|media| {
            media.eq_ignore_ascii_case("application/gzip")
                || media.eq_ignore_ascii_case("application/x-gzip")
        });
        Self {
            compressed,
            announced,
            sized: headers.contains_key(CONTENT_LENGTH),
            kind: Kind::Unknown(Bytes::new()),
            raw: None,
        }
    }

    /// Whether the end of the file shows that it is complete.
    pub(super) const fn is_verified(&self) -> bool {
        matches!(self.kind, Kind::Gzip(_))
    }

    /// Whether the transport may have decompressed the file, which some services announce both as a gzip
    /// file and as gzip-encoded. What arrives then is not the bytes of the file.
    pub(super) const fn is_undone(&self) -> bool {
        self.announced && !self.sized && !self.is_verified()
    }

    /// Takes the next bytes; call it when [`piece`](Self::piece) returned `None`.
    pub(super) fn push(&mut self, bytes: Bytes) -> io::Result<()> {
        let bytes = match &mut self.kind {
            Kind::Unknown(start) => {
                let bytes = joined(std::mem::take(start), bytes);
                if bytes.len() < GZIP_MAGIC.len() {
                    *start = bytes;
                    return Ok(());
                }
                let damaged = self.announced && self.sized;
                self.kind = if damaged || bytes.starts_with(GZIP_MAGIC) {
                    Kind::Gzip(Box::default())
                } else {
                    Kind::Plain
                };
                bytes
            }
            _ => bytes,
        };
        match &mut self.kind {
            Kind::Gzip(gunzip) => {
                gunzip.push(bytes.clone());
                if self.compressed {
                    drain(gunzip)?;
                    self.raw = Some(bytes);
                }
            }
            _ => self.raw = Some(bytes),
        }
        Ok(())
    }

    /// Returns the next piece to deliver; `None` if it needs more input.
    pub(super) fn piece(&mut self) -> io::Result<Option<Bytes>> {
        match &mut self.kind {
            Kind::Gzip(gunzip) if !self.compressed => gunzip.piece(),
            _ => Ok(self.raw.take()),
        }
    }

    /// Checks that the input is complete; [`piece`](Self::piece) then returns the rest.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match &mut self.kind {
            Kind::Unknown(_) if self.announced => Err(io::ErrorKind::UnexpectedEof.into()),
            Kind::Unknown(start) => {
                self.raw = Some(std::mem::take(start)).filter(|start| !start.is_empty());
                self.kind = Kind::Plain;
                Ok(())
            }
            Kind::Plain => Ok(()),
            Kind::Gzip(gunzip) => {
                gunzip.finish()?;
                if self.compressed {
                    drain(gunzip)?;
                }
                Ok(())
            }
        }
    }
}

fn joined(start: Bytes, rest: Bytes) -> Bytes {
    if start.is_empty() {
        return rest;
    }
    let mut joined = BytesMut::from(start);
    joined.extend_from_slice(&rest);
    joined.freeze()
}

/// Decompresses, and drops the output.
fn drain(gunzip: &mut Gunzip) -> io::Result<()> {
    while gunzip.piece()?.is_some() {}
    Ok(())
}
