//! What is made of the bytes that travel.

use std::io;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};

use crate::transport::Gunzip;

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];

/// The file as it is given out, while it arrives.
#[derive(Debug)]
pub(super) struct Content {
    /// Whether the bytes are given as they travel.
    pub(super) compressed: bool,
    /// Whether it was announced as gzip.
    announced: bool,
    /// Whether its length was. A transport that undoes an encoding removes it.
    sized: bool,
    kind: Kind,
    /// What is given as it came.
    raw: Option<Bytes>,
}

#[derive(Debug)]
enum Kind {
    /// Too little came to tell.
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

    /// Whether its end shows that it is whole.
    pub(super) const fn is_verified(&self) -> bool {
        matches!(self.kind, Kind::Gzip(_))
    }

    /// Whether the transport may have undone the gzip as which it was announced, which some services
    /// name as the encoding of the same bytes too. What comes then are not the bytes of the file.
    pub(super) const fn is_undone(&self) -> bool {
        self.announced && !self.sized && !self.is_verified()
    }

    /// Takes what came; to be called when [`piece`](Self::piece) gave `None`.
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

    /// The next piece to give out; `None` where there is no more without more input.
    pub(super) fn piece(&mut self) -> io::Result<Option<Bytes>> {
        match &mut self.kind {
            Kind::Gzip(gunzip) if !self.compressed => gunzip.piece(),
            _ => Ok(self.raw.take()),
        }
    }

    /// Checks that the input ended where it should; [`piece`](Self::piece) then gives the rest.
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

/// Looks at what comes out, and drops it.
fn drain(gunzip: &mut Gunzip) -> io::Result<()> {
    while gunzip.piece()?.is_some() {}
    Ok(())
}
