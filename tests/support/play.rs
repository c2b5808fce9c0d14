//! What the server does with one request.

use std::time::Duration;

use super::http2::Frame;

/// One exchange: the server reads a request, writes these bytes, and goes on as told.
#[derive(Debug, Clone)]
pub(crate) struct Play {
    pub(super) reads: Reads,
    pub(super) bytes: Vec<u8>,
    /// What is written instead of the bytes, where HTTP/2 is spoken.
    pub(super) frames: Vec<Frame>,
    pub(super) flow: Flow,
    pub(super) then: Then,
}

/// How much of the request is read first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    FirstByte,
    FirstLine,
    Head,
    HalfOfBody,
    All,
}

/// How the bytes go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flow {
    AtOnce,
    /// The first so many at once, the others a few at a time, with a pause before each.
    Trickle {
        at_once: usize,
        piece: usize,
        pause: Duration,
    },
    /// Followed by these over and over, for as long as anybody reads.
    Endless(Vec<u8>),
}

/// What happens to the connection after the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// It waits for the next request.
    Keep,
    /// It ends in good order.
    Close,
    /// It ends without the farewell of TLS.
    CutOff,
    /// It breaks off (RST).
    Reset,
    /// It stays open, but nothing comes any more.
    Hang,
}

impl Play {
    /// A reply with its length announced; the connection stays open.
    pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let length = body.as_ref().len().to_string();
        let headers = [headers, &[("content-length", &length)]].concat();
        Self::raw([head(status, &headers).as_bytes(), body.as_ref()].concat())
    }

    /// A reply with these headers alone: the test announces the length, or does not.
    pub(crate) fn unsized_reply(
        status: u16,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Self {
        Self::raw([head(status, headers).as_bytes(), body.as_ref()].concat())
    }

    /// Exactly these bytes; the connection stays open.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            reads: Reads::All,
            bytes: bytes.into(),
            frames: Vec::new(),
            flow: Flow::AtOnce,
            then: Then::Keep,
        }
    }

    /// These frames, for a server that speaks HTTP/2; the connection stays open.
    pub(crate) fn frames(frames: impl Into<Vec<Frame>>) -> Self {
        Self {
            frames: frames.into(),
            ..Self::raw([])
        }
    }

    /// The request is read, and the connection closed.
    pub(crate) fn close_before_reply() -> Self {
        Self::raw([]).then_close()
    }

    /// The request is read, and nothing is said.
    pub(crate) fn hang_before_reply() -> Self {
        Self::raw([]).then_hang()
    }

    /// Reads only so much of the request, and leaves the rest where it is.
    pub(crate) fn reading(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    pub(crate) fn reads(&self) -> Reads {
        self.reads
    }

    /// Writes so many bytes at a time, with a pause before each.
    pub(crate) fn trickling(mut self, bytes: usize, pause: Duration) -> Self {
        self.flow = Flow::Trickle {
            at_once: 0,
            piece: bytes,
            pause,
        };
        self
    }

    /// Goes on with these bytes for ever.
    pub(crate) fn then_endlessly(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.flow = Flow::Endless(bytes.into());
        self
    }

    /// Writes the bytes of another play after its own, as if they belonged to them.
    pub(crate) fn followed_by(mut self, other: Self) -> Self {
        self.bytes.extend(other.bytes);
        self
    }

    /// Closes the connection after the bytes, with TLS as only an attacker or a crash would.
    pub(crate) fn then_cut_off(mut self) -> Self {
        self.then = Then::CutOff;
        self
    }

    /// Closes the connection after the bytes, without having announced it.
    pub(crate) fn then_close(mut self) -> Self {
        self.then = Then::Close;
        self
    }

    /// Resets the connection after the bytes.
    pub(crate) fn then_reset(mut self) -> Self {
        self.then = Then::Reset;
        self
    }

    /// Makes these bytes follow, one by one, so slowly that they never seem to end.
    pub(crate) fn then_trickle(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.flow = Flow::Trickle {
            at_once: self.bytes.len(),
            piece: 1,
            pause: Duration::from_millis(5),
        };
        self.bytes.extend_from_slice(bytes.as_ref());
        self
    }

    /// Says nothing more after the bytes, until the server is dropped.
    pub(crate) fn then_hang(mut self) -> Self {
        self.then = Then::Hang;
        self
    }
}

fn head(status: u16, headers: &[(&str, &str)]) -> String {
    let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head + "\r\n"
}
