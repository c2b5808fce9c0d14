//! HTTP/2 as far as a script needs it: no header is looked into, and no window is ever full.

use std::io::{self, Read, Write};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// What the server says about the stream of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The head of a reply with this `Content-Length`.
    Head(u16, usize),
    /// A part of its body, and whether it is the last.
    Data(&'static str, bool),
    /// The stream is reset for this reason.
    Reset(u32),
    /// The connection ends for this reason; the stream is the last one that it does, or one that
    /// it does not do any more.
    GoAway { includes: bool, reason: u32 },
    /// A frame with a length that its kind cannot have.
    Malformed,
}

/// Reasons, by their names in RFC 9113.
pub(crate) const NO_ERROR: u32 = 0;
pub(crate) const INTERNAL_ERROR: u32 = 2;
pub(crate) const REFUSED_STREAM: u32 = 7;
pub(crate) const CANCEL: u32 = 8;

/// The server's half of the beginning of a connection.
pub(super) fn begin(wire: &mut (impl Read + Write)) -> io::Result<()> {
    let mut preface = [0; 24];
    wire.read_exact(&mut preface)?;
    wire.write_all(&frame(SETTINGS, 0, 0, &[]))?;
    wire.flush()
}

/// What came of the client.
pub(super) enum Came {
    /// A part of the request on this stream, and whether it is the last.
    Part(u32, bool),
    /// The answer to the server's settings.
    Settled,
}

/// Goes on to what comes next of the client.
pub(super) fn next(wire: &mut (impl Read + Write)) -> io::Result<Came> {
    loop {
        let mut head = [0; 9];
        wire.read_exact(&mut head)?;
        let [a, b, c, kind, flags, stream @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        wire.read_exact(&mut payload)?;
        match kind {
            SETTINGS if flags & ACK != 0 => return Ok(Came::Settled),
            SETTINGS | PING if flags & ACK == 0 => {
                let echo = if kind == PING { &payload[..] } else { &[] };
                wire.write_all(&frame(kind, ACK, 0, echo))?;
                wire.flush()?;
            }
            HEADERS | DATA => {
                let stream = u32::from_be_bytes(stream);
                return Ok(Came::Part(stream, flags & END_STREAM != 0));
            }
            _ => {}
        }
    }
}

impl Frame {
    /// The frame as it goes out, about this stream.
    pub(super) fn bytes(&self, stream: u32) -> Vec<u8> {
        match self {
            Self::Head(status, length) => {
                // Literals that name no table but the static one, where 8 is `:status` and 15 + 13
                // is `content-length`.
                let (status, length) = (status.to_string(), length.to_string());
                let fields = [
                    &[0x08, status.len() as u8][..],
                    status.as_bytes(),
                    &[0x0f, 13, length.len() as u8],
                    length.as_bytes(),
                ];
                frame(HEADERS, END_HEADERS, stream, &fields.concat())
            }
            Self::Data(text, last) => {
                let flags = if *last { END_STREAM } else { 0 };
                frame(DATA, flags, stream, text.as_bytes())
            }
            Self::Reset(reason) => frame(RST_STREAM, 0, stream, &reason.to_be_bytes()),
            Self::GoAway { includes, reason } => {
                let last = if *includes { stream } else { stream - 1 };
                let payload = [last.to_be_bytes(), reason.to_be_bytes()].concat();
                frame(GOAWAY, 0, 0, &payload)
            }
            Self::Malformed => frame(RST_STREAM, 0, stream, b"no"),
        }
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let [_, length @ ..] = (payload.len() as u32).to_be_bytes();
    let head = [&length[..], &[kind, flags], &stream.to_be_bytes()];
    [&head.concat(), payload].concat()
}
