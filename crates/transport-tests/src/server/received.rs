//! A request as the server saw it.

use std::io::{self, Read};

use super::exchange::Reads;

/// A request that the server read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The version, such as `HTTP/1.1`.
    pub version: String,
    /// In the order they were sent, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// Returns the first header with this name, in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|header| header.0 == name)
            .map(|header| header.1.as_str())
    }

    /// Reads the rest of a request; `None` if only a part of it was to be read.
    pub(super) fn read(
        first: u8,
        stream: &mut impl Read,
        reads: Reads,
    ) -> io::Result<Option<Self>> {
        let mut head = vec![first];
        let end: &[u8] = match reads {
            Reads::FirstByte => return Ok(None),
            Reads::FirstLine => b"\r\n",
            Reads::Head | Reads::HalfOfBody | Reads::All => b"\r\n\r\n",
        };
        while !head.ends_with(end) {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).map_err(io::Error::other)?;
        let mut lines = head.trim_end().split("\r\n");
        let mut first = lines
            .next()
            .unwrap_or_default()
            .split(' ')
            .map(str::to_owned);
        let mut received = Self {
            method: first.next().unwrap_or_default(),
            target: first.next().unwrap_or_default(),
            version: first.next().unwrap_or_default(),
            headers: lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect(),
            body: Vec::new(),
        };
        let length = received.header("content-length").unwrap_or("0").parse();
        let length: usize = length.map_err(io::Error::other)?;
        received.body = match reads {
            Reads::All => vec![0; length],
            Reads::HalfOfBody => vec![0; length / 2],
            _ => Vec::new(),
        };
        stream.read_exact(&mut received.body)?;
        Ok((received.body.len() == length && end.len() == 4).then_some(received))
    }
}
