//! What the server does with one request.

use std::time::Duration;

use super::http2::Frame;

/// One request and what the server does with it.
///
/// The server reads the request, writes a response, and then keeps, closes or breaks the connection.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub(super) reads: Reads,
    pub(super) bytes: Vec<u8>,
    /// Written instead of the bytes over HTTP/2.
    pub(super) frames: Vec<Frame>,
    pub(super) flow: Flow,
    pub(super) then: Then,
}

/// How much of a request the server reads before it responds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// One byte.
    FirstByte,
    /// The request line.
    FirstLine,
    /// The request line and the headers.
    Head,
    /// The head and the first half of the body.
    HalfOfBody,
    /// All of it.
    All,
}

/// How the bytes are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flow {
    AtOnce,
    /// The first at once, the others piece by piece with a pause before each.
    Trickle {
        at_once: usize,
        piece: usize,
        pause: Duration,
    },
    /// Followed by these bytes for as long as the client reads.
    Endless(Vec<u8>),
}

/// What happens to the connection after the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// It waits for the next request.
    Keep,
    /// It is closed in good order.
    Close,
    /// It is closed without the close_notify of TLS.
    CutOff,
    /// It is reset.
    Reset,
    /// It stays open, and nothing more is sent.
    Hang,
    /// When the test says so, these bytes are sent. Then it waits for the next request.
    OnCue(Vec<u8>),
}

impl Exchange {
    /// A response with a `Content-Length`. The connection stays open.
    pub fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let length = body.as_ref().len().to_string();
        let headers = [headers, &[("content-length", &length)]].concat();
        Self::raw([head(status, &headers).as_bytes(), body.as_ref()].concat())
    }

    /// A response with only these headers.
    pub fn unsized_reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        Self::raw([head(status, headers).as_bytes(), body.as_ref()].concat())
    }

    /// Exactly these bytes. The connection stays open.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            reads: Reads::All,
            bytes: bytes.into(),
            frames: Vec::new(),
            flow: Flow::AtOnce,
            then: Then::Keep,
        }
    }

    /// These frames, for a server that speaks HTTP/2. The connection stays open.
    pub fn frames(frames: impl Into<Vec<Frame>>) -> Self {
        Self {
            frames: frames.into(),
            ..Self::raw([])
        }
    }

    /// Reads the request and closes the connection.
    pub fn close_before_reply() -> Self {
        Self::raw([]).then_close()
    }

    /// Reads the request and sends nothing.
    pub fn hang_before_reply() -> Self {
        Self::raw([]).then_hang()
    }

    /// Reads only this much of the request.
    #[must_use]
    pub fn reading(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    /// How much of the request is read.
    pub fn reads(&self) -> Reads {
        self.reads
    }

    /// Writes this many bytes at a time, with a pause before each piece.
    #[must_use]
    pub fn trickling(mut self, bytes: usize, pause: Duration) -> Self {
        self.flow = Flow::Trickle {
            at_once: 0,
            piece: bytes,
            pause,
        };
        self
    }

    /// Repeats these bytes forever after the response.
    #[must_use]
    pub fn then_endlessly(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.flow = Flow::Endless(bytes.into());
        self
    }

    /// Writes the bytes of another exchange after its own.
    #[must_use]
    pub fn followed_by(mut self, other: Self) -> Self {
        self.bytes.extend(other.bytes);
        self
    }

    /// Closes the connection after the response, without the close_notify of TLS.
    #[must_use]
    pub fn then_cut_off(mut self) -> Self {
        self.then = Then::CutOff;
        self
    }

    /// Closes the connection after the response, without announcing it.
    #[must_use]
    pub fn then_close(mut self) -> Self {
        self.then = Then::Close;
        self
    }

    /// Resets the connection after the response.
    #[must_use]
    pub fn then_reset(mut self) -> Self {
        self.then = Then::Reset;
        self
    }

    /// Writes these bytes after the response, one every 5 ms.
    #[must_use]
    pub fn then_trickle(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.flow = Flow::Trickle {
            at_once: self.bytes.len(),
            piece: 1,
            pause: Duration::from_millis(5),
        };
        self.bytes.extend_from_slice(bytes.as_ref());
        self
    }

    /// Sends the bytes of another exchange at [`Server::cue`], without a request for them.
    ///
    /// [`Server::cue`]: crate::Server::cue
    #[must_use]
    pub fn then_on_cue(mut self, other: Self) -> Self {
        self.then = Then::OnCue(other.bytes);
        self
    }

    /// Sends nothing after the response, until the server is dropped.
    #[must_use]
    pub fn then_hang(mut self) -> Self {
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
