//! What the server does with one request.

/// One exchange: the server reads a whole request, writes these bytes, and goes on as told.
#[derive(Debug, Clone)]
pub(crate) struct Play {
    pub(super) bytes: Vec<u8>,
    /// How many of the bytes, at the end, come one by one.
    pub(super) trickled: usize,
    pub(super) then: Then,
}

/// What happens to the connection after the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// It waits for the next request.
    Keep,
    /// It ends in good order.
    Close,
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
            bytes: bytes.into(),
            trickled: 0,
            then: Then::Keep,
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
        self.bytes.extend_from_slice(bytes.as_ref());
        self.trickled = bytes.as_ref().len();
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
