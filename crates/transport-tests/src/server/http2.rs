//! As much of HTTP/2 as a script needs: it decodes no header and fills no window.

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

/// A frame that the server sends on the stream of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// The head of a response: its status and `Content-Length`.
    Head(u16, usize),
    /// A part of the body, and whether it is the last.
    Data(&'static str, bool),
    /// RST_STREAM with this error code.
    Reset(u32),
    /// GOAWAY.
    GoAway {
        /// Whether the stream of the request is the last that the server processes, or the first that
        /// it does not.
        includes: bool,
        /// The error code.
        reason: u32,
    },
    /// A frame with a length that is invalid for its type.
    Malformed,
}

/// The error code of a connection or stream that ends in good order.
pub const NO_ERROR: u32 = 0;
/// The error code of an internal error.
pub const INTERNAL_ERROR: u32 = 2;
/// The error code of a stream that was not processed.
pub const REFUSED_STREAM: u32 = 7;
/// The error code of a stream that is no longer needed.
pub const CANCEL: u32 = 8;

/// Opens the connection.
pub(super) fn begin(wire: &mut (impl Read + Write)) -> io::Result<()> {
    let mut preface = [0; 24];
    wire.read_exact(&mut preface)?;
    wire.write_all(&frame(SETTINGS, 0, 0, &[]))?;
    wire.flush()
}

/// What the client sent.
pub(super) enum Came {
    /// A part of the request on this stream, and whether it is the last.
    Part(u32, bool),
    /// The acknowledgement of the server's settings.
    Settled,
}

/// Reads on to the next thing that matters.
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
    /// Encodes the frame, for this stream.
    pub(super) fn bytes(&self, stream: u32) -> Vec<u8> {
        match self {
            Self::Head(status, length) => {
                // Literals with names from the static table: 8 is `:status`, 15 + 13 is
                // `content-length`.
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
